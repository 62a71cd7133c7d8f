import SourceText

/// The text of string literals and templates.
enum JavaScriptText {
  static func parts(_ bytes: [UInt8], _ range: ByteRange, depth: Int) -> [ScriptTextPart] {
    let range = range.clamped(to: bytes.count)
    guard range.count >= 2 else { return [] }
    let content = ByteRange(range.start + 1, range.end - 1)
    if bytes[range.start] != UInt8(ascii: "`") { return [literal(bytes, content)] }
    var parts: [ScriptTextPart] = []
    var start = content.start
    var offset = content.start
    while offset < content.end {
      if bytes[offset] == UInt8(ascii: "\\") {
        offset += 2
      } else if bytes[offset] == UInt8(ascii: "$"), offset + 1 < content.end, bytes[offset + 1] == UInt8(ascii: "{") {
        if offset > start { parts.append(literal(bytes, ByteRange(start, offset))) }
        let end = closing(bytes, offset + 2, content.end)
        parts.append(.value(value(bytes, ByteRange(offset + 2, end), depth: depth)))
        offset = end + 1
        start = offset
      } else {
        offset += 1
      }
    }
    if content.end > start { parts.append(literal(bytes, ByteRange(start, content.end))) }
    return parts.isEmpty ? [.literal("", content, isVerbatim: true)] : parts
  }

  /// Where the brace closes that what is put in ends with.
  static func closing(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var level = 1
    var offset = start
    while offset < end {
      if bytes[offset] == UInt8(ascii: "{") { level += 1 }
      if bytes[offset] == UInt8(ascii: "}") { level -= 1 }
      if level == 0 { return offset }
      offset += 1
    }
    return end
  }

  static func value(_ bytes: [UInt8], _ range: ByteRange, depth: Int) -> ScriptExpression {
    // Templates in templates are read again at each level: only a few levels are followed.
    guard depth < 50 else { return ScriptExpression(kind: .bad, range: range) }
    var parser = JavaScriptParser(bytes: bytes, scanned: JavaScriptScanner.scan(bytes, in: range), depth: depth + 15)
    return parser.expression()
  }

  static func literal(_ bytes: [UInt8], _ range: ByteRange) -> ScriptTextPart {
    let content = bytes[range.start..<range.end]
    guard content.contains(UInt8(ascii: "\\")) else {
      return .literal(String(decoding: content, as: UTF8.self), range, isVerbatim: true)
    }
    return .literal(ScriptEscapes.decode(content), range, isVerbatim: false)
  }
}
