/// Takes secrets out of text that somebody wants to show to others. It takes out too much rather than too little.
public struct Redaction: Sendable {
  /// What stands where a secret was.
  public static let mark = "[redacted]"

  /// Texts that give a person away, such as the home folder, with what stands there instead.
  let names: [(text: [UInt8], instead: [UInt8])]

  public init(_ names: [(text: String, instead: String)] = []) {
    self.names = names.filter { $0.text.utf8.count > 2 }.map { (Array($0.text.utf8), Array($0.instead.utf8)) }
  }

  public func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var cuts = SecretRanges.all(in: bytes, isProgram: false)
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      cuts += Self.more(in: Array(bytes[start..<end])).map { ($0.lowerBound + start)..<($0.upperBound + start) }
      start = end + 1
    }
    return String(decoding: renamed(Self.without(cuts, bytes)), as: UTF8.self)
  }

  /// The text with a mark for each cut; one mark for those that only a line's end parts.
  private static func without(_ cuts: [Range<Int>], _ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var end = 0
    for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) where cut.upperBound > end {
      let start = max(end, cut.lowerBound)
      if end == 0 || start > end, end == 0 || bytes[end..<start] != [0x0A] {
        result += bytes[end..<start] + Array(mark.utf8)
      }
      end = cut.upperBound
    }
    return result + bytes[end...]
  }

  private func renamed(_ line: [UInt8]) -> [UInt8] {
    names.reduce(line) { line, name in
      var result: [UInt8] = []
      var rest = line[...]
      while let range = rest.firstRange(of: name.text) {
        result += rest[..<range.lowerBound] + name.instead
        rest = rest[range.upperBound...]
      }
      return result + rest
    }
  }

  // MARK: One line

  /// What a report shows, and a text for strangers does not: values that may be secrets by a wider reading of their names,
  /// keys within a line, and what follows in a line that was made by a machine.
  private static func more(in line: [UInt8]) -> [Range<Int>] {
    if line.firstRange(of: Array("PRIVATE KEY-----".utf8)) != nil { return [0..<line.count] }
    let rest = line.count > longest ? [longest..<line.count] : []
    return assigned(Array(line.prefix(longest))) + rest
  }

  /// `SecretRanges` reads no further in a line. In bytes.
  private static let longest = SecretRanges.reach

  /// The values of `password=x`, `"token": "x"`, `--secret x`, `["--secret", "x"]`, `Authorization: Bearer x`, and signed
  /// tokens.
  private static func assigned(_ line: [UInt8]) -> [Range<Int>] {
    var cuts: [Range<Int>] = []
    var index = 0
    while index < line.count {
      guard isWord(line[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < line.count, isWord(line[index]) { index += 1 }
      let name = String(decoding: line[start..<index], as: UTF8.self)
      if isSignedToken(name) { cuts.append(start..<index) }
      guard isSecret(name), let value = value(behind: index, of: name, line) else { continue }
      if !value.isEmpty { cuts.append(value) }
      index = max(index, value.upperBound)
    }
    return cuts
  }

  private static func value(behind end: Int, of name: String, _ line: [UInt8]) -> Range<Int>? {
    var start = end
    func skip(_ bytes: [UInt8]) { while start < line.count, bytes.contains(line[start]) { start += 1 } }
    skip([UInt8(ascii: "\""), UInt8(ascii: "'")])
    skip([0x20, 0x09])
    if name.hasPrefix("-") {
      skip([UInt8(ascii: ",")])
      skip([0x20, 0x09])
    }
    // `--password x`, and the old form of `ENV PASSWORD x`.
    let isFlag = name.hasPrefix("-") || line.drop { $0 == 0x20 }.starts(with: "ENV ".utf8)
    if start < line.count, [UInt8(ascii: "="), UInt8(ascii: ":")].contains(line[start]) {
      start += 1
      skip([0x20, 0x09])
    } else if !isFlag || start == end {
      return nil
    }
    guard start < line.count else { return nil }
    if let quote = [UInt8(ascii: "\""), UInt8(ascii: "'")].first(where: { $0 == line[start] }) {
      let close = line[(start + 1)...].firstIndex(of: quote) ?? line.count
      return (start + 1)..<close
    }
    // What stands for a value gives none away, and neither does the name of a build's secret.
    if line[start] == UInt8(ascii: "$") || line[start...].starts(with: "id=".utf8) { return nil }
    // A header's value has several words; elsewhere the value ends at a blank.
    let isHeader = name.lowercased().hasSuffix("authorization") || name.lowercased().hasSuffix("cookie")
    let stops: [UInt8] =
      isHeader
      ? [UInt8(ascii: "\""), UInt8(ascii: "'")]
      : [0x20, 0x09, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","), UInt8(ascii: "}")]
    let close = line[start...].firstIndex { stops.contains($0) } ?? line.count
    return start..<close
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// A JSON Web Token: its header begins with `{"`, in Base64. https://www.rfc-editor.org/rfc/rfc7519#section-3
  private static func isSignedToken(_ word: String) -> Bool {
    word.hasPrefix("eyJ") && word.utf8.count > 40 && word.contains(".")
  }

  private static func isSecret(_ name: String) -> Bool {
    let plain = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "." }
    return SecretNames.matches(name.filter { $0 != "-" })
      || [
        "secret", "token", "passw", "passphrase", "credential", "apikey", "accesskey", "privatekey", "authorization",
        "cookie", "signature", "dsn",
      ].contains(where: plain.contains) || ["auth", "key", "pwd", "pass"].contains(where: plain.hasSuffix)
  }
}
