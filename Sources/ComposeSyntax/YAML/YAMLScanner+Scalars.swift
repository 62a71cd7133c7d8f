import SourceText

/// Plain, quoted and block scalars.
extension YAMLScanner {
  /// A text under construction with the places its bytes come from.
  private struct Text {
    var bytes: [UInt8] = []
    var map: SourceMap

    mutating func append(verbatim range: ByteRange, of source: [UInt8]) {
      bytes += source[range.start..<range.end]
      map.append(verbatim: range)
    }

    mutating func append(_ more: [UInt8], from range: ByteRange) {
      bytes += more
      map.append(more.count, from: range)
    }

    /// Line breaks between two lines of text: one becomes a space, of more one is left out.
    mutating func fold(breaks: Int, from range: ByteRange) {
      append(breaks == 1 ? [UInt8(ascii: " ")] : [UInt8](repeating: UInt8(ascii: "\n"), count: breaks - 1), from: range)
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }
  }

  private mutating func appendScalar(_ scalar: YAMLScalar, _ range: ByteRange, column: Int) {
    tokens.append(YAMLToken(kind: .scalar, range: range, column: column, scalar: scalar))
  }

  // MARK: Plain

  mutating func fetchPlainScalar() throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    let start = offset
    let startColumn = column
    let deepest = indent + 1
    var text = Text(map: SourceMap(start: start))  // only where there is more than one line
    var isMultiline = false
    var lastEnd = offset
    while offset < end {
      if column == 0, isDocumentMark(UInt8(ascii: "-")) || isDocumentMark(UInt8(ascii: ".")) { break }
      if byte(at: offset) == UInt8(ascii: "#") { break }
      let line = plainLine()
      if line.isEmpty { break }
      if lastEnd > start {
        if !isMultiline { text.append(verbatim: ByteRange(start, lastEnd), of: bytes) }
        isMultiline = true
        let gap = ByteRange(lastEnd, line.start)
        text.fold(breaks: breaks(in: gap), from: gap)
        text.append(verbatim: line, of: bytes)
      }
      lastEnd = line.end
      guard offset < end, isBlank(at: offset), try skipToContinuation(deepest: deepest) else { break }
    }
    // A scalar of several lines is no key, so that one may follow on the line where it ends.
    if lineStart > lastEnd { simpleKeyAllowed = true }
    let range = ByteRange(start, lastEnd)
    let string =
      isMultiline ? text.string : String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    let map = isMultiline ? text.map : SourceMap(verbatim: range)
    appendScalar(YAMLScalar(string, style: .plain, map: map), range, column: startColumn)
  }

  /// Skips to the next line of a plain scalar, which must be indented deeper than its mapping; stays where the scalar
  /// ends.
  private mutating func skipToContinuation(deepest: Int) throws(YAMLSyntaxError) -> Bool {
    let saved = (offset: offset, line: line, lineStart: lineStart)
    var sawBreak = false
    while offset < end, isBlank(at: offset) {
      if isBreak(at: offset) {
        skipBreak()
        sawBreak = true
        continue
      }
      if flowLevel == 0, sawBreak, column < deepest, bytes[offset] == UInt8(ascii: "\t") {
        throw YAMLSyntaxError(
          message: "A tab indents this line. YAML allows only spaces there.",
          range: ByteRange(offset, offset + 1), context: offset, kind: .tab)
      }
      offset += 1
    }
    if sawBreak, flowLevel > 0 || column >= deepest { return true }
    (offset, line, lineStart) = saved
    return false
  }

  /// The text of a plain scalar on this line, without the blanks at its end.
  private mutating func plainLine() -> ByteRange {
    let start = offset
    var lastEnd = offset
    while offset < end, !isBreak(at: offset) {
      let byte = bytes[offset]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        offset += 1
        if self.byte(at: offset) == UInt8(ascii: "#") { break }
        continue
      }
      if byte == UInt8(ascii: ":") {
        if isBlank(at: offset + 1) { break }
        if flowLevel > 0, let next = self.byte(at: offset + 1), isFlowIndicator(next) { break }
      }
      if flowLevel > 0, isFlowIndicator(byte) { break }
      offset += 1
      lastEnd = offset
    }
    return ByteRange(start, lastEnd)
  }

  private func breaks(in range: ByteRange) -> Int {
    var count = 0
    var index = range.start
    while index < range.end {
      if bytes[index] == UInt8(ascii: "\r") {
        count += 1
        if index + 1 < range.end, bytes[index + 1] == UInt8(ascii: "\n") { index += 1 }
      } else if bytes[index] == UInt8(ascii: "\n") {
        count += 1
      }
      index += 1
    }
    return count
  }

  // MARK: Quoted

  mutating func fetchQuoted(_ style: YAMLScalar.Style) throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    let start = offset
    let startColumn = column
    let quote = bytes[offset]
    offset += 1
    var text = Text(map: SourceMap(start: offset))
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

  private mutating func scanEscape(into text: inout Text, quote: Int) throws(YAMLSyntaxError) {
    let start = offset
    offset += 1
    if isBreak(at: offset) {
      // An escaped line break joins two lines without a space.
      skipBreak()
      while byte(at: offset) == UInt8(ascii: " ") || byte(at: offset) == UInt8(ascii: "\t") { offset += 1 }
      if isBreak(at: offset) {
        let count = try skipBreaks(quote: quote)
        text.append([UInt8](repeating: UInt8(ascii: "\n"), count: count), from: ByteRange(start, offset))
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

  /// https://yaml.org/spec/1.2.2/#57-escaped-characters
  private static let escapes: [UInt8: String] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "t"): "\t",
    UInt8(ascii: "\t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}", UInt8(ascii: "f"): "\u{C}",
    UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}", UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"",
    UInt8(ascii: "/"): "/", UInt8(ascii: "\\"): "\\", UInt8(ascii: "'"): "'", UInt8(ascii: "N"): "\u{85}",
    UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
  ]

  // MARK: Block

  mutating func fetchBlockScalar(_ style: YAMLScalar.Style) throws(YAMLSyntaxError) {
    try removeSimpleKey()
    simpleKeyAllowed = true
    let start = offset
    let startColumn = column
    offset += 1
    var keeps = false
    var strips = false
    var increment = 0
    while let byte = byte(at: offset) {
      if byte == UInt8(ascii: "+") {
        keeps = true
      } else if byte == UInt8(ascii: "-") {
        strips = true
      } else if byte
        >= UInt8(ascii: "1"), byte <= UInt8(ascii: "9")
      {
        increment = Int(byte - UInt8(ascii: "0"))
      } else {
        break
      }
      offset += 1
    }
    while byte(at: offset) == UInt8(ascii: " ") || byte(at: offset) == UInt8(ascii: "\t") { offset += 1 }
    skipComment()
    guard offset >= end || isBreak(at: offset) else {
      throw error("Text after `|` or `>` belongs on the next line, indented.", context: start)
    }
    var lastEnd = offset
    if offset < end { skipBreak() }
    var depth = increment > 0 ? max(indent, 0) + increment : 0
    var text = Text(map: SourceMap(start: offset))
    var pendingBreaks = 0  // line breaks since the last line of text
    var pendingStart = offset
    var breakAfterText = 0
    var previousWasIndented = false
    var isFirst = true
    while true {
      if depth == 0 { depth = blockIndentation() }
      // Blank lines, and the indentation of the next one.
      while offset < end {
        var spaces = 0
        while spaces < depth, byte(at: offset + spaces) == UInt8(ascii: " ") { spaces += 1 }
        guard isBreak(at: offset + spaces) else { break }
        offset += spaces
        skipBreak()
        pendingBreaks += 1
      }
      var spaces = 0
      while spaces < depth, byte(at: offset + spaces) == UInt8(ascii: " ") { spaces += 1 }
      guard offset < end, spaces == depth, offset + spaces < end,
        depth > 0 || !(isDocumentMark(UInt8(ascii: "-")) || isDocumentMark(UInt8(ascii: ".")))
      else {
        if offset < end, spaces < depth, byte(at: offset + spaces) == UInt8(ascii: "\t"), spaces > max(indent, 0) {
          offset += spaces
          throw YAMLSyntaxError(
            message: "A tab indents this line. YAML allows only spaces there.",
            range: ByteRange(offset, offset + 1), context: start, kind: .tab)
        }
        break
      }
      let lineStart = offset + spaces
      let isIndented = bytes[lineStart] == UInt8(ascii: " ") || bytes[lineStart] == UInt8(ascii: "\t")
      let gap = ByteRange(pendingStart, lineStart)
      if isFirst {
        text.append([UInt8](repeating: UInt8(ascii: "\n"), count: pendingBreaks), from: gap)
      } else if style == .folded, !isIndented, !previousWasIndented {
        text.fold(breaks: breakAfterText + pendingBreaks, from: gap)
      } else {
        text.append([UInt8](repeating: UInt8(ascii: "\n"), count: breakAfterText + pendingBreaks), from: gap)
      }
      offset = lineStart
      while offset < end, !isBreak(at: offset) { offset += 1 }
      text.append(verbatim: ByteRange(lineStart, offset), of: bytes)
      lastEnd = offset
      pendingStart = offset
      pendingBreaks = 0
      breakAfterText = 0
      if offset < end {
        skipBreak()
        breakAfterText = 1
      }
      previousWasIndented = isIndented
      isFirst = false
    }
    if keeps {
      text.append(
        [UInt8](repeating: UInt8(ascii: "\n"), count: breakAfterText + pendingBreaks),
        from: ByteRange(pendingStart, offset))
    } else if !strips, breakAfterText > 0 {
      text.append([UInt8(ascii: "\n")], from: ByteRange(pendingStart, min(pendingStart + 1, end)))
    }
    appendScalar(
      YAMLScalar(text.string, style: style, map: text.map), ByteRange(start, lastEnd), column: startColumn)
  }

  /// The indentation of the first line of text, at least one more than that of the mapping around it.
  private func blockIndentation() -> Int {
    var index = offset
    var widest = 0
    while index < end {
      var spaces = 0
      while byte(at: index + spaces) == UInt8(ascii: " ") { spaces += 1 }
      widest = max(widest, spaces)
      guard isBreak(at: index + spaces) else {
        return max(index + spaces < end ? spaces : widest, indent + 1, 1)
      }
      index += spaces + 1
    }
    return max(widest, indent + 1, 1)
  }
}
