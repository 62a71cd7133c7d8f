import SourceText

/// The libraries that a Python project asks for: requirements.txt, or the dependencies of a pyproject.toml.
///
/// https://pip.pypa.io/en/stable/reference/requirements-file-format, https://packaging.python.org/en/latest/specifications/pyproject-toml
public struct PythonRequirements: Sendable {
  public struct Requirement: Hashable, Sendable {
    public var name: SpelledText
    /// What stands behind the name: `==1.2`, `[redis]>=5`, `@ https://…`; empty for any version.
    public var version: SpelledText
    /// Whether the version is fixed by `==` or `===`.
    public var isPinned: Bool { version.text.contains("==") && !version.text.contains("*") }
    /// Whether a version control tool fetches it: `name @ git+https://…`. The name of `git+https://…` is empty unless
    /// `#egg=` gives it. https://pip.pypa.io/en/stable/topics/vcs-support
    public var isCheckout: Bool { ["git+", "hg+", "svn+", "bzr+"].contains { version.text.contains($0) } }
  }

  public private(set) var requirements: [Requirement] = []
  /// The URLs of `--index-url`, `--extra-index-url` and `--find-links`.
  public private(set) var indexes: [SpelledText] = []
  /// Other files that are read too: `-r base.txt`, `-c constraints.txt`.
  public private(set) var files: [SpelledText] = []
  /// Local folders that are installed: `-e .`.
  public private(set) var folders: [SpelledText] = []
  /// `requires-python`, or poetry's `python`.
  public private(set) var pythonVersion: SpelledText?

  /// Names are the same with other case, `-`, `_` and `.`: https://packaging.python.org/en/latest/specifications/name-normalization
  public func requires(_ name: String) -> Bool {
    requirements.contains { Self.normalized($0.name.text) == Self.normalized(name) }
  }

  public static func normalized(_ name: String) -> String {
    var result = ""
    for character in name.lowercased() {
      let plain: Character = character == "_" || character == "." ? "-" : character
      if plain != "-" || result.last != "-" { result.append(plain) }
    }
    return result
  }

  private let bytes: [UInt8]

  public init(_ source: SourceFile) {
    bytes = source.bytes
    if source.path.hasSuffix(".toml") { readProject() } else { for line in lines() { readLine(line) } }
  }

  // MARK: Bytes

  private func text(_ range: ByteRange) -> String { String(decoding: bytes[range.start..<range.end], as: UTF8.self) }
  private func spelled(_ range: ByteRange) -> SpelledText { SpelledText(text: text(range), range: range) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private func trimmed(_ range: ByteRange) -> ByteRange {
    var range = range
    while range.start < range.end, Self.isBlank(bytes[range.start]) { range.start += 1 }
    while range.end > range.start, Self.isBlank(bytes[range.end - 1]) { range.end -= 1 }
    return range
  }

  /// The lines without comments, which begin at `#` behind a blank or at the start of a line.
  private func lines() -> [ByteRange] {
    var lines: [ByteRange] = []
    var start = 0
    while start < bytes.count {
      var end = start
      var comment: Int?
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
        if bytes[end] == UInt8(ascii: "#"), comment == nil, end == start || Self.isBlank(bytes[end - 1]) {
          comment = end
        }
        end += 1
      }
      let line = trimmed(ByteRange(start, comment ?? end))
      if !line.isEmpty { lines.append(line) }
      start = end + 1
    }
    return lines
  }

  // MARK: requirements.txt

  private mutating func readLine(_ line: ByteRange) {
    guard bytes[line.start] == UInt8(ascii: "-") else { return readRequirement(line) }
    var end = line.start
    while end < line.end, !Self.isBlank(bytes[end]), bytes[end] != UInt8(ascii: "=") { end += 1 }
    let option = text(ByteRange(line.start, end))
    let value = trimmed(ByteRange(min(end + 1, line.end), line.end))
    guard !value.isEmpty else { return }
    switch option {
    case "-i", "--index-url", "--extra-index-url", "-f", "--find-links": indexes.append(spelled(value))
    case "-r", "--requirement", "-c", "--constraint": files.append(spelled(value))
    case "-e", "--editable": if !readCheckout(value) { folders.append(spelled(value)) }
    default: break
    }
  }

  /// `name[extra]>=1.2 ; python_version < "3.9" --hash=…`
  private mutating func readRequirement(_ line: ByteRange) {
    var nameEnd = line.start
    while nameEnd < line.end, Self.isNameByte(bytes[nameEnd]) { nameEnd += 1 }
    let name = ByteRange(line.start, nameEnd)
    if name.isEmpty || text(line).hasPrefix(".") || nameEnd < line.end && bytes[nameEnd] == UInt8(ascii: "/") {
      folders.append(spelled(line))
      return
    }
    guard !readCheckout(line), nameEnd == line.end || bytes[nameEnd] != UInt8(ascii: ":") else { return }
    var end = nameEnd
    while end < line.end, bytes[end] != UInt8(ascii: ";"), bytes[end] != UInt8(ascii: "\\") {
      if Self.isBlank(bytes[end]), end + 2 < line.end, bytes[end + 1] == UInt8(ascii: "-"),
        bytes[end + 2] == UInt8(ascii: "-")
      {
        break
      }
      end += 1
    }
    requirements.append(Requirement(name: spelled(name), version: spelled(trimmed(ByteRange(nameEnd, end)))))
  }

  /// `git+https://host/path@v1#egg=name`. False for what version control does not fetch.
  private mutating func readCheckout(_ line: ByteRange) -> Bool {
    guard let plus = bytes[line.start..<line.end].firstIndex(where: { !Self.isNameByte($0) }),
      bytes[plus] == UInt8(ascii: "+")
    else { return false }
    let words = text(line)
    let egg = words.split(separator: "#").last.flatMap { $0.hasPrefix("egg=") ? $0.dropFirst(4) : nil }
    requirements.append(
      Requirement(name: SpelledText(text: String(egg ?? ""), range: line), version: spelled(line)))
    return true
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "-_.".utf8.contains(byte)
  }

  // MARK: pyproject.toml

  private mutating func readProject() {
    var section = ""
    /// Whether the lines belong to an array of requirements that is still open.
    var isOpen = false
    for line in lines() {
      if !isOpen, bytes[line.start] == UInt8(ascii: "[") {
        section = text(line).filter { $0 != "[" && $0 != "]" && $0 != " " }
        continue
      }
      if isOpen {
        isOpen = !readArray(line)
        continue
      }
      guard let equals = bytes[line.start..<line.end].firstIndex(of: UInt8(ascii: "=")) else { continue }
      let key = trimmed(ByteRange(line.start, equals))
      let value = trimmed(ByteRange(equals + 1, line.end))
      let name = text(key)
      if section == "project" && name == "dependencies" || section == "project.optional-dependencies" {
        isOpen = !readArray(value)
      } else if section == "project", name == "requires-python" {
        pythonVersion = literals(value).first
      } else if section.hasPrefix("tool.poetry"), section.hasSuffix("dependencies") {
        let version = literals(value).first ?? SpelledText(text: "", range: ByteRange(at: value.end))
        if name == "python" {
          pythonVersion = version
        } else if !name.contains(".") {
          requirements.append(Requirement(name: spelled(key), version: version))
        }
      }
    }
  }

  /// The requirements in the quotes of a line. True where the array ends in it.
  private mutating func readArray(_ line: ByteRange) -> Bool {
    var last = line.start
    for literal in literals(line) where !literal.range.isEmpty {
      readRequirement(literal.range)
      last = literal.range.end
    }
    return bytes[last..<line.end].contains(UInt8(ascii: "]"))
  }

  private func literals(_ range: ByteRange) -> [SpelledText] {
    var found: [SpelledText] = []
    var index = range.start
    while index < range.end {
      let quote = bytes[index]
      guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
        index += 1
        continue
      }
      var end = index + 1
      while end < range.end, bytes[end] != quote { end += 1 }
      found.append(spelled(ByteRange(index + 1, end)))
      index = end + 1
    }
    return found
  }
}
