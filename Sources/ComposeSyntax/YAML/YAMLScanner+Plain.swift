import SourceText

/// Scalars without quotes.
extension YAMLScanner {
  mutating func fetchPlainScalar() throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    let start = offset
    let startColumn = column
    let deepest = indent + 1
    var text = YAMLText(at: start)  // only where there is more than one line
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
    // Behind a line break a key may follow.
    if lineStart > lastEnd { simpleKeyAllowed = true }
    let range = ByteRange(start, lastEnd)
    let string =
      isMultiline ? text.string : String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    let map = isMultiline ? text.map : SourceMap(verbatim: range)
    appendScalar(YAMLScalar(string, style: .plain, map: map), range, column: startColumn)
  }

  /// Skips blanks and line breaks; whether there was one, and what follows is indented deep enough to belong to the
  /// scalar.
  private mutating func skipToContinuation(deepest: Int) throws(YAMLSyntaxError) -> Bool {
    var sawBreak = false
    while offset < end, isBlank(at: offset) {
      if isBreak(at: offset) {
        skipBreak()
        sawBreak = true
        continue
      }
      if sawBreak, column < deepest, bytes[offset] == UInt8(ascii: "\t") { throw tab() }
      offset += 1
    }
    return sawBreak && (flowLevel > 0 || column >= deepest)
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
      if byte == UInt8(ascii: ":"), isBlank(at: offset + 1) { break }
      if flowLevel > 0, isFlowIndicator(byte) || byte == UInt8(ascii: "?") && isBlank(at: offset + 1) { break }
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
}
