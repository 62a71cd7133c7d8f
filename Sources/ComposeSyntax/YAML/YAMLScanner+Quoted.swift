import SourceText

/// Scalars in single and double quotes.
extension YAMLScanner {
  mutating func fetchQuoted(_ style: YAMLScalar.Style) throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    let start = offset
    let startColumn = column
    let quote = bytes[offset]
    offset += 1
    var text = YAMLText(at: offset)
    var run = offset  // since here, everything is verbatim
    while true {
      guard offset < end else {
        throw YAMLSyntaxError(
          message: "The quote that begins here is not closed.",
          range: ByteRange(start, start + 1), context: start)
      }
      let byte = bytes[offset]
      if byte == quote {
        if style == .singleQuoted, self.byte(at: offset + 1) == quote {
          text.append(verbatim: ByteRange(run, offset), of: bytes)
          text.append([quote], from: ByteRange(offset, offset + 2))
          offset += 2
          run = offset
          continue
        }
        break
      }
      if byte == UInt8(ascii: "\\"), style == .doubleQuoted {
        text.append(verbatim: ByteRange(run, offset), of: bytes)
        try scanEscape(into: &text, quote: start)
        run = offset
      } else if isBreak(at: offset) {
        var blank = offset
        while blank > run, bytes[blank - 1] == UInt8(ascii: " ") || bytes[blank - 1] == UInt8(ascii: "\t") {
          blank -= 1
        }
        text.append(verbatim: ByteRange(run, blank), of: bytes)
        let count = try skipBreaks(quote: start)
        text.fold(breaks: count, from: ByteRange(blank, offset))
        run = offset
      } else {
        offset += 1
      }
    }
    text.append(verbatim: ByteRange(run, offset), of: bytes)
    offset += 1
    let inside = ByteRange(start + 1, offset - 1)
    let isVerbatim = text.map.segments.allSatisfy(\.isVerbatim)
    let map = isVerbatim && text.map.count == inside.count ? SourceMap(verbatim: inside) : text.map
    appendScalar(
      YAMLScalar(text.string, style: style, map: map), ByteRange(start, offset), column: startColumn)
  }

  /// Skips line breaks and the blanks around them; returns how many there were.
  private mutating func skipBreaks(quote: Int) throws(YAMLSyntaxError) -> Int {
    var count = 0
    while offset < end, isBlank(at: offset) {
      if isBreak(at: offset) {
        skipBreak()
        count += 1
        if isDocumentMark(UInt8(ascii: "-")) || isDocumentMark(UInt8(ascii: ".")) {
          throw YAMLSyntaxError(
            message: "The quote that begins here is not closed.",
            range: ByteRange(quote, quote + 1), context: quote)
        }
      } else {
        offset += 1
      }
    }
    return count
  }

  private mutating func scanEscape(into text: inout YAMLText, quote: Int) throws(YAMLSyntaxError) {
    let start = offset
    offset += 1
    if isBreak(at: offset) {
      // An escaped line break joins two lines without a space.
      skipBreak()
      while byte(at: offset) == UInt8(ascii: " ") || byte(at: offset) == UInt8(ascii: "\t") { offset += 1 }
      if isBreak(at: offset) {
        let count = try skipBreaks(quote: quote)
        text.append(breaks: count, from: ByteRange(start, offset))
      }
      return
    }
    guard let byte = byte(at: offset) else { return }
    offset += 1
    if let simple = Self.escapes[byte] {
      text.append(Array(simple.utf8), from: ByteRange(start, offset))
      return
    }
    let digits: Int
    switch byte {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default:
      throw YAMLSyntaxError(
        message: "`\\\(Character(UnicodeScalar(byte)))` is no escape. Double the backslash, or use single quotes.",
        range: ByteRange(start, offset), context: quote)
    }
    var code: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = self.byte(at: offset).flatMap(Self.hexadecimal) else {
        throw YAMLSyntaxError(
          message: "This escape needs \(digits) hexadecimal digits.",
          range: ByteRange(start, min(offset + 1, end)), context: quote)
      }
      code = code << 4 | digit
      offset += 1
    }
    guard let scalar = UnicodeScalar(code) else {
      throw YAMLSyntaxError(
        message: "This escape stands for no character.", range: ByteRange(start, offset), context: quote)
    }
    text.append(Array(String(Character(scalar)).utf8), from: ByteRange(start, offset))
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// https://yaml.org/spec/1.2.2/#57-escaped-characters, but `\/` is refused and `\'` taken, as compose does.
  private static let escapes: [UInt8: String] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
    UInt8(ascii: "\t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"",
    UInt8(ascii: "\\"): "\\", UInt8(ascii: "'"): "'", UInt8(ascii: "N"): "\u{85}",
    UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]
}
