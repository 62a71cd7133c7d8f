import SourceText

/// A value of a JSON file with the bytes that spell it.
public struct JSONValue: Sendable {
  public indirect enum Kind: Sendable {
    case object([JSONMember])
    case array([JSONValue])
    case string(String)
    /// As it is spelled.
    case number(String)
    case boolean(Bool)
    case null
    /// What does not follow the grammar.
    case invalid
  }

  public let kind: Kind
  /// The whole value; of a string its quotes too.
  public let range: ByteRange

  /// The bytes between the quotes of a string, the whole value else.
  public var content: ByteRange {
    if case .string = kind, range.count >= 2 { return ByteRange(range.start + 1, range.end - 1) }
    return range
  }

  public var string: String? { if case .string(let text) = kind { text } else { nil } }
  public var members: [JSONMember] { if case .object(let members) = kind { members } else { [] } }
  public var elements: [JSONValue] { if case .array(let elements) = kind { elements } else { [] } }
  public var integer: Int? { if case .number(let text) = kind { Int(text) } else { nil } }
  public var boolean: Bool? { if case .boolean(let value) = kind { value } else { nil } }

  /// The value of a key. Of a doubled one the last, as `JSON.parse` takes it.
  public subscript(_ key: String) -> JSONValue? { members.last { $0.key.text == key }?.value }

  /// A string with its place, without quotes.
  public var spelled: SpelledText? { string.map { SpelledText(text: $0, range: content) } }
}

public struct JSONMember: Sendable {
  /// The key without quotes.
  public let key: SpelledText
  public let value: JSONValue
}

/// A JSON file. Comments and commas before a closing bracket are taken, as configuration files have them.
///
/// Grammar: https://www.rfc-editor.org/rfc/rfc8259
public struct JSONDocument: Sendable {
  public let source: SourceFile
  public let root: JSONValue
  public let problems: [SourceProblem]

  public init(_ source: SourceFile) {
    var reader = JSONReader(bytes: source.bytes)
    self.source = source
    root = reader.document()
    problems = reader.problems
  }
}

private struct JSONReader {
  static let maximumDepth = 200

  let bytes: [UInt8]
  var offset = 0
  var depth = 0
  var problems: [SourceProblem] = []

  private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func document() -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    skipBlank()
    let value = value()
    skipBlank()
    if offset < bytes.count { problems.report(.unexpectedToken, ByteRange(offset, min(offset + 1, bytes.count))) }
    return value
  }

  private mutating func skipBlank() {
    while let byte {
      if [32, 9, 10, 13].contains(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "/"), offset + 1 < bytes.count, bytes[offset + 1] == byte {
        while offset < bytes.count, bytes[offset] != 10 { offset += 1 }
      } else if byte == UInt8(ascii: "/"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "*") {
        let start = offset
        offset += 2
        while offset + 1 < bytes.count, !(bytes[offset] == UInt8(ascii: "*") && bytes[offset + 1] == UInt8(ascii: "/"))
        { offset += 1 }
        if offset + 1 >= bytes.count { problems.report(.unterminatedComment, ByteRange(start, bytes.count)) }
        offset = min(offset + 2, bytes.count)
      } else {
        return
      }
    }
  }

  private func make(_ kind: JSONValue.Kind, from start: Int) -> JSONValue {
    JSONValue(kind: kind, range: ByteRange(start, offset))
  }

  private mutating func value() -> JSONValue {
    let start = offset
    switch byte {
    case UInt8(ascii: "{"): return nested { $0.object() }
    case UInt8(ascii: "["): return nested { $0.array() }
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let text = string() else { return make(.invalid, from: start) }
      return make(.string(text), from: start)
    default:
      while let byte, !" \t\r\n,]}:[{\"/".utf8.contains(byte) { offset += 1 }
      let word = String(decoding: bytes[start..<offset], as: UTF8.self)
      switch word {
      case "true", "false": return make(.boolean(word == "true"), from: start)
      case "null": return make(.null, from: start)
      default:
        if Double(word) != nil { return make(.number(word), from: start) }
        problems.report(.unexpectedToken, ByteRange(start, max(offset, min(start + 1, bytes.count))))
        return make(.invalid, from: start)
      }
    }
  }

  /// Brackets inside brackets, up to a depth; what is deeper is passed over to the end of the file.
  private mutating func nested(_ body: (inout JSONReader) -> JSONValue) -> JSONValue {
    guard depth < Self.maximumDepth else {
      problems.report(.nestedTooDeep, ByteRange(offset, offset + 1))
      let start = offset
      offset = bytes.count
      return make(.invalid, from: start)
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  private mutating func object() -> JSONValue {
    let start = offset
    offset += 1
    var members: [JSONMember] = []
    var keys: Set<String> = []
    while true {
      skipBlank()
      guard let byte, byte != UInt8(ascii: "}") else { break }
      let keyStart = offset
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), let key = string() else {
        recover(from: keyStart)
        if self.byte == UInt8(ascii: ",") { offset += 1; continue }
        break
      }
      let name = SpelledText(text: key, range: ByteRange(keyStart + 1, max(keyStart + 1, offset - 1)))
      if !keys.insert(key).inserted { problems.report(.duplicateKey, name.range) }
      skipBlank()
      if self.byte == UInt8(ascii: ":") {
        offset += 1
        skipBlank()
        members.append(JSONMember(key: name, value: value()))
      } else {
        problems.report(.unexpectedToken, ByteRange(offset, min(offset + 1, bytes.count)))
        members.append(JSONMember(key: name, value: make(.invalid, from: offset)))
      }
      if !separator(UInt8(ascii: "}")) { break }
    }
    close(UInt8(ascii: "}"), start)
    return make(.object(members), from: start)
  }

  private mutating func array() -> JSONValue {
    let start = offset
    offset += 1
    var elements: [JSONValue] = []
    while true {
      skipBlank()
      guard let byte, byte != UInt8(ascii: "]") else { break }
      let before = offset
      elements.append(value())
      if offset == before { recover(from: before) }
      if !separator(UInt8(ascii: "]")) { break }
    }
    close(UInt8(ascii: "]"), start)
    return make(.array(elements), from: start)
  }

  /// The comma between two elements; false at the end of the brackets. A missing comma is a problem, and goes on.
  private mutating func separator(_ closing: UInt8) -> Bool {
    skipBlank()
    if byte == UInt8(ascii: ",") {
      offset += 1
      return true
    }
    guard let byte, byte != closing else { return false }
    if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { return false }
    problems.report(.unexpectedToken, ByteRange(offset, offset + 1))
    return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
  }

  private mutating func close(_ closing: UInt8, _ start: Int) {
    skipBlank()
    if byte == closing {
      offset += 1
    } else {
      problems.report(.unexpectedToken, byte == nil ? ByteRange(start, start + 1) : ByteRange(offset, offset + 1))
    }
  }

  /// Moves to the next comma or closing bracket.
  private mutating func recover(from start: Int) {
    problems.report(.unexpectedToken, ByteRange(start, min(start + 1, bytes.count)))
    while let byte, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") { offset += 1 }
  }

  /// A string with its quotes; nil for one that its line does not end.
  private mutating func string() -> String? {
    let start = offset
    guard let quote = byte else { return nil }
    if quote == UInt8(ascii: "'") { problems.report(.unexpectedToken, ByteRange(start, start + 1)) }
    offset += 1
    var isEscaped = false
    while let byte, byte != 10 {
      offset += 1
      if byte == quote {
        let content = bytes[(start + 1)..<(offset - 1)]
        return isEscaped ? ScriptEscapes.decode(content) : String(decoding: content, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        if offset < bytes.count, bytes[offset] != 10 { offset += 1 }
      }
    }
    problems.report(.unterminatedString, ByteRange(start, offset))
    return nil
  }
}
