import SourceText

/// A line of output without what terminals and tools put around it.
struct PlainLine {
  /// The line without escape sequences and control characters, and without the backslashes that JSON and other quoted
  /// text put before a quotation mark.
  let bytes: [UInt8]
  private let raw: ArraySlice<UInt8>

  init(_ raw: ArraySlice<UInt8>) {
    self.raw = raw
    bytes = Self.isPlain(raw) ? Array(raw) : Self.kept(raw).map { raw[$0] }
  }

  /// Whether nothing has to be taken away.
  static func isPlain(_ raw: ArraySlice<UInt8>) -> Bool {
    raw.withUnsafeBufferPointer { bytes in
      for index in bytes.indices {
        guard isShown(bytes[index]) else { return false }
        if bytes[index] == 0x5C, index + 1 < bytes.count, bytes[index + 1] == 0x22 { return false }
      }
      return true
    }
  }

  /// Whether a prompt, or a command without one, may stand in the line.
  static func mayHoldCommand(_ raw: ArraySlice<UInt8>) -> Bool {
    let head = raw.prefix(160)
    if let first = head.first, first >= 0x80 || bareStarts.contains(first), isBareCommand(head) || first >= 0x80 {
      return true
    }
    return head.withUnsafeBufferPointer { bytes in
      for index in bytes.indices.dropLast() where bytes[index + 1] == 0x20 {
        switch bytes[index] {
        case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "%"): return true
        default: break
        }
      }
      return false
    }
  }

  private static func isShown(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

  /// The indices of the bytes that belong to the text.
  private static func kept(_ raw: ArraySlice<UInt8>) -> [Int] {
    var kept: [Int] = []
    var index = raw.startIndex
    while index < raw.endIndex {
      if raw[index] == 0x1B {
        index = end(ofEscape: index, raw)
        continue
      }
      if raw[index] == 0x5C, let quote = endOfBackslashes(index, raw), raw[quote] == 0x22 {
        index = quote
        continue
      }
      if isShown(raw[index]) { kept.append(index) }
      index += 1
    }
    return kept
  }

  /// The index behind a run of backslashes; nil at the end of the line.
  private static func endOfBackslashes(_ start: Int, _ raw: ArraySlice<UInt8>) -> Int? {
    var index = start
    while index < raw.endIndex, raw[index] == 0x5C { index += 1 }
    return index < raw.endIndex ? index : nil
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Where a part of the plain line stood in the raw one.
  func source(_ range: Range<Int>) -> ByteRange {
    let kept = Self.kept(raw)
    guard !range.isEmpty, range.upperBound <= kept.count else { return ByteRange(at: 0) }
    return ByteRange(kept[range.lowerBound] - raw.startIndex, kept[range.upperBound - 1] + 1 - raw.startIndex)
  }

  /// What wrote the line: `#9` of a build step, `web-1` before a bar; empty when the line does not say.
  var writer: String {
    let head = bytes.prefix(64)
    if head.first == UInt8(ascii: "#") {
      let digits = head.dropFirst().prefix { $0 >= 0x30 && $0 <= 0x39 }
      if !digits.isEmpty, head.dropFirst(1 + digits.count).first == 0x20 {
        return "#" + String(decoding: digits, as: UTF8.self)
      }
    }
    guard let bar = head.firstIndex(of: UInt8(ascii: "|")), bar > 0 else { return "" }
    let name = head[..<bar].reversed().drop { $0 == 0x20 }
    let text = String(decoding: name.reversed(), as: UTF8.self)
    return text.isEmpty || text.contains(" ") ? "" : text
  }

  /// The container or service whose output a command shows: `docker logs web`; empty for other commands.
  static func container(shownBy command: String) -> String {
    let words = command.split(separator: " ").map(String.init)
    guard let logs = words.firstIndex(of: "logs"), logs > 0, logs < 8 else { return "" }
    let names = words[(logs + 1)...].prefix { !["|", ">", "2>&1", "&&", ";"].contains($0) }.filter {
      !$0.hasPrefix("-") && Int($0) == nil
    }
    return names.count == 1 ? names[0] : ""
  }

  /// The host and port that a client was told to connect to: `curl localhost:8080/x`, `nc web 80`.
  static func address(askedBy command: String) -> (host: String, port: String)? {
    let words = command.split(separator: " ").map(String.init)
    guard let tool = words.firstIndex(where: { ["curl", "wget", "http", "xh", "nc", "telnet"].contains($0) }) else {
      return nil
    }
    let rest = words[(tool + 1)...].filter { !$0.hasPrefix("-") }
    for (index, word) in rest.enumerated() {
      let plain = word.filter { $0 != "\"" && $0 != "'" }
      let bytes = Array((plain.contains("://") ? plain : "http://" + plain).utf8)
      let next = index + 1 < rest.count ? rest[index + 1] : ""
      guard let address = NetworkAddress.all(in: bytes, 0..<bytes.count, limit: 1).first else { continue }
      if address.port == nil, Int(next) != nil { return (address.host, next) }
      guard address.port != nil || plain.contains("://") || address.host.contains(".") || address.host == "localhost"
      else { continue }
      return address.effectivePort.map { (address.host, String($0)) }
    }
    return nil
  }

  /// Whether the line goes on in the next one.
  var isContinued: Bool { bytes.last == UInt8(ascii: "\\") }

  /// The command behind a prompt, `$ docker run x`, or one that was pasted without; nil when the line is none.
  var command: String? {
    let verbatim = verbatim
    let line = verbatim.drop { $0 == 0x20 || $0 == 0x09 }
    guard let prompt = line.first else { return nil }
    if Self.isBareCommand(verbatim[...]) { return String(decoding: verbatim, as: UTF8.self) }
    if prompt >= 0x80, let command = command(behindSign: line) { return command }
    if [UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: ">")].contains(prompt) {
      guard line.dropFirst().first == 0x20, line.count > 2 else { return nil }
      return String(decoding: line.dropFirst(2), as: UTF8.self)
    }
    return command(behindName: line)
  }

  /// The line as it was typed: in a command, a backslash before a quotation mark has a meaning.
  private var verbatim: [UInt8] {
    raw.allSatisfy(Self.isShown) ? Array(raw) : bytes
  }

  private static let bareStarts = Set("dps".utf8)

  /// What stands at the beginning of a line that is a command of an engine and no sentence about one.
  private static let bareCommands = [
    "docker run -", "podman run -", "docker create -", "docker build -", "podman build -", "docker build .",
    "docker service create -", "docker compose up", "docker-compose up", "docker compose -f ", "docker-compose -f ",
    "docker compose run ", "docker-compose run ", "docker compose --",
  ].map { Array($0.utf8) }

  /// Whether the line begins with a command of an engine, without a prompt: so people paste them.
  private static func isBareCommand(_ line: ArraySlice<UInt8>) -> Bool {
    let start = line.starts(with: Array("sudo ".utf8)) ? line.dropFirst(5) : line
    return bareCommands.contains { start.starts(with: $0) }
  }

  /// The command behind the sign of a decorated prompt: `➜  app docker ps`, `❯ docker compose up`.
  private func command(behindSign line: ArraySlice<UInt8>) -> String? {
    let words = line.prefix(120).split(separator: 0x20)
    guard let sign = words.first, Self.signs.contains(Array(sign)) else { return nil }
    let start = words.dropFirst().prefix(5).first { word in Self.typed.contains(String(decoding: word, as: UTF8.self)) }
    return start.map { String(decoding: line[$0.startIndex...], as: UTF8.self) }
  }

  private static let signs = Set(["➜", "❯", "λ", "»", "▶", "→"].map { Array($0.utf8) })

  /// The command behind a prompt that names the machine: `root@web:/# docker ps`, `laptop$ curl web`.
  private func command(behindName line: ArraySlice<UInt8>) -> String? {
    let end = line.prefix(80).indices.first { index in
      [UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: ">")].contains(line[index])
        && index + 2 < line.endIndex && line[index + 1] == 0x20
    }
    guard let end else { return nil }
    let name = line[..<end]
    guard Self.isPrompt(name) else { return nil }
    let command = String(decoding: line[(end + 2)...], as: UTF8.self)
    let program = command.split(separator: " ").first.map(String.init) ?? ""
    return Self.typed.contains(Path.name(program)) ? command : nil
  }

  /// Whether a prompt may look so. A name has no blanks, but for `[me@web ~]$`, `web:shop me$`, `me@web shop %` and
  /// `(venv) me@web:~$`.
  private static func isPrompt(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.contains(0x20), name.first != UInt8(ascii: "[") else { return true }
    let words = name.split(separator: 0x20)
    guard words.count < 4, let first = words.first else { return false }
    return first.contains(UInt8(ascii: "@")) || first.contains(UInt8(ascii: ":")) && first.last != UInt8(ascii: ":")
      || first == Array("PS".utf8)[...] || first.first == UInt8(ascii: "(") && first.last == UInt8(ascii: ")")
  }

  /// What people type where containers run: other words behind a `$` may be anything.
  private static let typed: Set<String> = [
    "docker", "docker-compose", "podman", "podman-compose", "nerdctl", "sudo", "make", "curl", "wget", "http", "nc",
    "telnet", "cd", "ls", "cat", "git", "go", "npm", "yarn", "pnpm", "mvn", "gradle", "pip", "systemctl", "ufw", "dig",
    "iptables", "firewall-cmd", "kubectl", "ps", "ss", "netstat", "time", "export", "echo",
  ]

  /// The index behind an escape sequence: CSI, OSC, or two characters.
  private static func end(ofEscape start: Int, _ raw: ArraySlice<UInt8>) -> Int {
    var index = start + 1
    guard index < raw.endIndex else { return index }
    switch raw[index] {
    case UInt8(ascii: "["):
      index += 1
      while index < raw.endIndex, raw[index] < 0x40 { index += 1 }
      return min(index + 1, raw.endIndex)
    case UInt8(ascii: "]"):
      while index < raw.endIndex, raw[index] != 0x07, raw[index] != 0x1B { index += 1 }
      return min(index + (index < raw.endIndex && raw[index] == 0x1B ? 2 : 1), raw.endIndex)
    default: return index + 1
    }
  }
}
