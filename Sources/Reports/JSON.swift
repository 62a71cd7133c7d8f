/// A JSON value whose members keep their order, so that the same report is the same bytes.
public enum JSON: Sendable {
  case string(String)
  case number(Int)
  case bool(Bool)
  case null
  case array([JSON])
  case object([(String, JSON)])

  /// The value as text.
  ///
  /// - Parameter pretty: with one member a line, indented by one space.
  public func text(pretty: Bool) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: pretty ? 0 : nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .string(let text): Self.quote(text, to: &bytes)
    case .number(let number): bytes += String(number).utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .null: bytes += "null".utf8
    case .array(let values):
      Self.list("[", "]", values, to: &bytes, indent: indent) { value, inner, bytes in
        value.write(to: &bytes, indent: inner)
      }
    case .object(let members):
      Self.list("{", "}", members, to: &bytes, indent: indent) { member, inner, bytes in
        Self.quote(member.0, to: &bytes)
        bytes += (inner == nil ? ":" : ": ").utf8
        member.1.write(to: &bytes, indent: inner)
      }
    }
  }

  private static func list<Value>(
    _ open: String, _ close: String, _ values: [Value], to bytes: inout [UInt8], indent: Int?,
    _ body: (Value, Int?, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    let inner = indent.map { $0 + 1 }
    for (index, value) in values.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(inner, to: &bytes)
      body(value, inner, &bytes)
    }
    if !values.isEmpty { newLine(indent, to: &bytes) }
    bytes += close.utf8
  }

  private static func newLine(_ indent: Int?, to bytes: inout [UInt8]) {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: indent)
  }

  /// Control characters are always escaped: a terminal that shows the report must not obey them.
  private static func quote(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    // Most text has nothing to escape, and goes in as it is.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      bytes += text.utf8
    } else {
      for scalar in text.unicodeScalars { escape(scalar, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar {
    case "\"": bytes += "\\\"".utf8
    case "\\": bytes += "\\\\".utf8
    case "\n": bytes += "\\n".utf8
    case "\r": bytes += "\\r".utf8
    case "\t": bytes += "\\t".utf8
    case _ where scalar.isHarmful:
      let digits = String(scalar.value, radix: 16)
      bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
    default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
  }
}
