/// Reads a JSON text (RFC 8259). Lists and objects may stand 64 deep in one another, so that no input exhausts the stack.
struct JSONParser {
  private let bytes: [UInt8]
  private var offset = 0
  private static let depthLimit = 64

  /// nil for what is no JSON text.
  static func value(_ bytes: [UInt8]) -> JSON? {
    var parser = JSONParser(bytes: bytes)
    guard let value = parser.value(depth: 0) else { return nil }
    parser.skipSpace()
    return parser.offset == bytes.count ? value : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { offset += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value(depth: Int) -> JSON? {
    skipSpace()
    guard depth < Self.depthLimit, let byte = next else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth + 1)
    case UInt8(ascii: "["): return array(depth: depth + 1)
    case UInt8(ascii: "\""): return string().map(JSON.string)
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func word(_ text: String, _ value: JSON) -> JSON? {
    let word = Array(text.utf8)
    guard bytes[offset...].starts(with: word) else { return nil }
    offset += word.count
    return value
  }

  /// Whole numbers only: a report has no others.
  private mutating func number() -> JSON? {
    let start = offset
    while let byte = next, byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) { offset += 1 }
    return Int(String(decoding: bytes[start..<offset], as: UTF8.self)).map(JSON.number)
  }

  private mutating func array(depth: Int) -> JSON? {
    offset += 1
    var values: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(values) }
    while let value = value(depth: depth) {
      values.append(value)
      if take(UInt8(ascii: "]")) { return .array(values) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
    return nil
  }

  private mutating func object(depth: Int) -> JSON? {
    offset += 1
    var members: [(String, JSON)] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\""), let name = string(), take(UInt8(ascii: ":")),
        let value = value(depth: depth)
      else { return nil }
      members.append((name, value))
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { return nil }
    }
  }

  // MARK: Strings

  private mutating func string() -> String? {
    offset += 1
    var text: [UInt8] = []
    while let byte = next {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += Array(String(scalar).utf8)
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = next else { return nil }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return codeUnits()
    default: return nil
    }
  }

  /// One code unit of UTF-16, or two that belong together. One that has lost its partner becomes U+FFFD.
  private mutating func codeUnits() -> Unicode.Scalar? {
    guard let first = codeUnit() else { return nil }
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[offset...].starts(with: Array("\\u".utf8)) else { return "\u{FFFD}" }
    let back = offset
    offset += 2
    guard let second = codeUnit() else { return nil }
    guard (0xDC00...0xDFFF).contains(second) else {
      offset = back
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func codeUnit() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    let digits = bytes[offset..<offset + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    offset += 4
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

extension JSON {
  /// Reads a JSON text; nil for what is none, or holds numbers that are not whole.
  public init?(parsing bytes: [UInt8]) {
    guard let value = JSONParser.value(bytes) else { return nil }
    self = value
  }

  /// The value of a member of an object.
  package subscript(name: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.0 == name }?.1 } else { nil }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var number: Int? { if case .number(let number) = self { number } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var array: [JSON] { if case .array(let values) = self { values } else { [] } }
  package var strings: [String] { array.compactMap(\.string) }
}
