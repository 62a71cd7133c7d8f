import SourceText

/// What in the files and the output of a project nobody else may know, so that a report can leave it out.
///
/// A secret is the value of a variable or key whose name says so (`DB_PASSWORD=…`, `"apiKey": "…"`), a token whose form
/// gives it away, the password of an address, or a private key. What stands where the real one would be (`changeme`) is none.
public struct Secrets: Sendable {
  /// Values that are hidden wherever they stand, the longest first.
  private var values: [[UInt8]] = []

  /// A shorter value is hidden only where it is given to its name: `5432` is also a port.
  private static let shortest = 6
  /// More than this are not looked for; each costs a walk through every text.
  private static let most = 256

  public init() {}

  /// - Parameter request: what was given on the command line and by the host.
  public init(_ inspection: InspectionResult, _ request: InspectionRequest) {
    var found: Set<[UInt8]> = []
    func add(_ value: some Collection<UInt8>) {
      if value.count >= Self.shortest, found.count < Self.most { found.insert(Array(value)) }
    }
    for file in inspection.files.values {
      for range in SecretRanges.all(in: file.bytes, isProgram: SecretRanges.isProgram(file.path)) {
        add(file.bytes[range])
      }
    }
    for text in inspection.log.lines.map(\.text) + request.commands {
      let bytes = Array(text.utf8)
      for range in SecretRanges.all(in: bytes, isProgram: false) { add(bytes[range]) }
    }
    let given = request.buildArguments.merging(
      request.environment.filter { inspection.environment.contains($0.key) }, uniquingKeysWith: { first, _ in first })
    for (name, value) in given where SecretNames.matches(name) && !SecretNames.isPlaceholder(value) { add(value.utf8) }
    values = found.sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
  }

  /// The text with stars for every byte of a secret, so that columns stay what they are.
  ///
  /// - Parameter isSettings: whether `NAME=value` gives a value, as in instructions and logs. In prose and programs only a
  ///   value in quotes is one.
  public func masked(_ text: String, isSettings: Bool = false) -> String {
    let bytes = Array(text.utf8)
    let masked = hidden(SecretRanges.all(in: bytes, isProgram: !isSettings), in: bytes)
    return masked == bytes ? text : String(decoding: masked, as: UTF8.self)
  }

  /// The content of a file with stars for every byte of a secret.
  public func masked(_ bytes: [UInt8], path: String) -> [UInt8] {
    hidden(SecretRanges.all(in: bytes, isProgram: SecretRanges.isProgram(path)), in: bytes)
  }

  private func hidden(_ ranges: [Range<Int>], in bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for range in ranges { for index in range { result[index] = UInt8(ascii: "*") } }
    for value in values { Self.hide(value, in: &result) }
    return result
  }

  private static func hide(_ value: [UInt8], in bytes: inout [UInt8]) {
    guard let first = value.first, bytes.count >= value.count else { return }
    var index = 0
    while let start = bytes[index...].firstIndex(of: first), start + value.count <= bytes.count {
      index = start + 1
      guard bytes[start..<(start + value.count)].elementsEqual(value) else { continue }
      index = start + value.count
      for place in start..<index { bytes[place] = UInt8(ascii: "*") }
    }
  }
}

extension InspectionResult {
  /// The same with stars for the secrets in some of its files, and without the others, and in its log. Places and facts stay
  /// what they are.
  public func masked(by secrets: Secrets, only paths: Set<String>) -> InspectionResult {
    func masked(_ line: LogReading.Line) -> LogReading.Line {
      LogReading.Line(number: line.number, range: line.range, text: secrets.masked(line.text, isSettings: true))
    }
    var result = self
    result.files = files.filter { paths.contains($0.key) }.mapValues {
      SourceFile(path: $0.path, bytes: secrets.masked($0.bytes, path: $0.path))
    }
    result.log.lines = log.lines.map(masked)
    result.log.tellingLines = log.tellingLines.map(masked)
    return result
  }
}

/// Where a text holds secrets.
enum SecretRanges {
  /// In a program a value is a literal: `password = os.environ["X"]` gives nothing away.
  static func isProgram(_ path: String) -> Bool {
    [".go", ".js", ".mjs", ".cjs", ".ts", ".tsx", ".jsx", ".py", ".java", ".kt", ".rb", ".php", ".rs", ".cs", ".c"]
      .contains(where: path.hasSuffix)
  }

  /// How much of a line is read, in bytes. Whatever is longer was made by a machine for a machine.
  static let reach = 4096

  static func all(in bytes: [UInt8], isProgram: Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    var isKey = false
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let mark = self.mark(in: bytes, start..<end)
      if mark == .end { isKey = false }
      if isKey, mark == .none { found.append(trimmed(bytes, start..<end)) }
      if mark == .begin { isKey = true }
      read(bytes, start..<min(end, start + reach), isProgram, &found)
      start = end + 1
    }
    return found
  }

  private enum Mark { case none, begin, end }

  /// `-----BEGIN RSA PRIVATE KEY-----`, wherever it stands in its line.
  private static func mark(in bytes: [UInt8], _ line: Range<Int>) -> Mark {
    guard line.count < 200, line.count > 20, bytes[line].contains(UInt8(ascii: "-")) else { return .none }
    guard holds(bytes[line], privateKey) else { return .none }
    return holds(bytes[line], beginning) ? .begin : .end
  }

  private static let privateKey = Array("PRIVATE KEY-----".utf8)
  private static let beginning = Array("-----BEGIN".utf8)

  private static func trimmed(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int> {
    let start = bytes[line].firstIndex { $0 > 0x20 } ?? line.upperBound
    let end = (bytes[start..<line.upperBound].lastIndex { $0 > 0x20 } ?? start - 1) + 1
    return start..<max(start, end)
  }

  /// Finds names with values, tokens and passwords of addresses in one walk along a line.
  private static func read(_ bytes: [UInt8], _ line: Range<Int>, _ isProgram: Bool, _ found: inout [Range<Int>]) {
    let isVariable = line.count > 4 && bytes[line].starts(with: environment)
    var index = line.lowerBound
    while index < line.upperBound {
      defer { index += 1 }
      switch bytes[index] {
      case UInt8(ascii: "="), UInt8(ascii: ":"):
        if let secret = named(bytes, index, line, isProgram)
          ?? SecretNames.password(at: index, in: bytes, line.upperBound)
        {
          found.append(secret)
        }
      // `ENV TOKEN value` has nothing between name and value but a blank.
      case 0x20 where isVariable && isInstruction(bytes, line.lowerBound..<index):
        if let secret = named(bytes, index, line, isProgram) { found.append(secret) }
      default:
        if let token = SecretNames.token(at: index, in: bytes, line.upperBound) {
          found.append(token)
          index = token.upperBound - 1
        }
      }
    }
  }

  private static let environment = Array("ENV ".utf8)

  // MARK: Names with values

  private static func named(_ bytes: [UInt8], _ index: Int, _ line: Range<Int>, _ isProgram: Bool) -> Range<Int>? {
    guard let name = name(before: index, bytes, line), SecretNames.matches(name),
      let value = value(after: index + 1, bytes, line.upperBound, isProgram)
    else { return nil }
    let text = String(decoding: bytes[value], as: UTF8.self)
    return text.contains("${") || text.hasPrefix("$") || SecretNames.isPlaceholder(text) ? nil : value
  }

  /// Whether a line begins `ENV NAME`.
  private static func isInstruction(_ bytes: [UInt8], _ head: Range<Int>) -> Bool {
    guard head.count > 4, head.count < 100 else { return false }
    let words = bytes[head].split(separator: 0x20)
    return words.count == 2 && words[0].count == 3 && words[0].elementsEqual(Array("ENV".utf8))
      && bytes[head.upperBound - 1] != 0x20
  }

  /// The name before a sign: `DB_PASSWORD`, `"apiKey"`, `db.password `.
  private static func name(before index: Int, _ bytes: [UInt8], _ line: Range<Int>) -> String? {
    var end = index
    while end > line.lowerBound, [0x20, 0x22, 0x27, 0x3A].contains(bytes[end - 1]), index - end < 4 { end -= 1 }
    var start = end
    while start > line.lowerBound, isPart(bytes[start - 1]), end - start < 64 { start -= 1 }
    guard end - start >= 3 else { return nil }
    var words: [UInt8] = []
    for place in start..<end {
      let isUpper = (0x41...0x5A).contains(bytes[place])
      if isUpper, place > start, (0x61...0x7A).contains(bytes[place - 1]) { words.append(UInt8(ascii: "_")) }
      words.append(bytes[place])
    }
    let text = words.map { $0 | 0x20 }
    guard hints.contains(where: { Self.holds(text[...], $0) }) else { return nil }
    return String(decoding: words, as: UTF8.self)
  }

  /// What every name of a secret has in it.
  private static let hints = ["pass", "token", "secret", "key", "pwd", "cred", "auth", "pat"].map { Array($0.utf8) }

  private static func holds(_ text: ArraySlice<UInt8>, _ part: [UInt8]) -> Bool {
    var rest = text
    while rest.count >= part.count {
      if rest.starts(with: part) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func value(after start: Int, _ bytes: [UInt8], _ end: Int, _ isProgram: Bool) -> Range<Int>? {
    var index = start
    while index < end, bytes[index] == 0x20 || bytes[index] == UInt8(ascii: "=") { index += 1 }
    guard index < end else { return nil }
    let quote = bytes[index]
    if quote == 0x22 || quote == 0x27 || quote == 0x60 {
      let close = bytes[(index + 1)..<end].firstIndex(of: quote) ?? end
      return close > index + 1 ? (index + 1)..<close : nil
    }
    if isProgram { return nil }
    let close = bytes[index..<end].firstIndex { $0 <= 0x20 || [0x22, 0x27, 0x2C, 0x29, 0x7D].contains($0) } ?? end
    return close > index ? index..<close : nil
  }
}
