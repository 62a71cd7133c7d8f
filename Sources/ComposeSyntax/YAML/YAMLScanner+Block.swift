import SourceText

/// Block scalars: `|` and `>`.
extension YAMLScanner {
  /// What stands behind `|` or `>`.
  private struct BlockHeader {
    enum Chomping { case strip, keep }

    /// nil where one line break is left.
    var chomping: Chomping?
    /// How many columns the text is indented deeper than the mapping around it; nil where the text tells.
    var increment: Int?
  }

  mutating func fetchBlockScalar(_ style: YAMLScalar.Style) throws(YAMLSyntaxError) {
    try removeSimpleKey()
    simpleKeyAllowed = true
    let start = offset
    let startColumn = column
    let header = try scanBlockHeader()
    var lastEnd = offset
    if offset < end { skipBreak() }
    let depth: Int
    if let increment = header.increment {
      depth = max(indent, 0) + increment
    } else {
      depth = try blockIndentation(of: start)
    }
    var text = YAMLText(at: offset)
    var gapStart = offset
    var breaks = 0  // since the last line of text
    var previousIsIndented: Bool?  // nil before the first line
    while try skipBlockIndentation(depth, of: start, &breaks) {
      let isIndented = isBlank(at: offset)
      let gap = ByteRange(gapStart, offset)
      if style == .folded, previousIsIndented == false, !isIndented {
        text.fold(breaks: breaks, from: gap)
      } else {
        text.append(breaks: breaks, from: gap)
      }
      let lineStart = offset
      while offset < end, !isBreak(at: offset) { offset += 1 }
      text.append(verbatim: ByteRange(lineStart, offset), of: bytes)
      lastEnd = offset
      gapStart = offset
      breaks = 0
      if offset < end {
        skipBreak()
        breaks = 1
      }
      previousIsIndented = isIndented
    }
    switch header.chomping {
    case .keep: text.append(breaks: breaks, from: ByteRange(gapStart, offset))
    case nil where previousIsIndented != nil && breaks > 0:
      text.append(breaks: 1, from: ByteRange(gapStart, gapStart + 1))
    case nil, .strip: break
    }
    appendScalar(YAMLScalar(text.string, style: style, map: text.map), ByteRange(start, lastEnd), column: startColumn)
  }

  /// Scans `|` or `>` with what belongs to it, up to the end of the line.
  private mutating func scanBlockHeader() throws(YAMLSyntaxError) -> BlockHeader {
    let start = offset
    var header = BlockHeader()
    offset += 1
    scan: while let byte = byte(at: offset) {
      switch byte {
      case UInt8(ascii: "+") where header.chomping == nil: header.chomping = .keep
      case UInt8(ascii: "-") where header.chomping == nil: header.chomping = .strip
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.increment == nil:
        header.increment = Int(byte - UInt8(ascii: "0"))
      default: break scan
      }
      offset += 1
    }
    while byte(at: offset) == UInt8(ascii: " ") || byte(at: offset) == UInt8(ascii: "\t") { offset += 1 }
    skipComment()
    guard offset >= end || isBreak(at: offset) else {
      throw error("Text after `|` or `>` belongs on the next line, indented.", context: start)
    }
    return header
  }

  /// Skips blank lines and the indentation of the next line; false where the scalar ends.
  private mutating func skipBlockIndentation(
    _ depth: Int, of scalar: Int, _ breaks: inout Int
  ) throws(YAMLSyntaxError) -> Bool {
    while offset < end {
      var spaces = 0
      while spaces < depth, byte(at: offset + spaces) == UInt8(ascii: " ") { spaces += 1 }
      if isBreak(at: offset + spaces) {
        offset += spaces
        skipBreak()
        breaks += 1
        continue
      }
      if spaces == depth, offset + spaces < end {
        offset += spaces
        return true
      }
      offset += spaces
      if byte(at: offset) == UInt8(ascii: "\t") { throw tab(context: scalar) }
      return false
    }
    return false
  }

  /// The indentation of the first line of text or of a longer blank line before it, at least one more than that of the
  /// mapping around it.
  private func blockIndentation(of scalar: Int) throws(YAMLSyntaxError) -> Int {
    var index = offset
    var widest = 0
    while true {
      var spaces = 0
      while byte(at: index + spaces) == UInt8(ascii: " ") { spaces += 1 }
      widest = max(widest, spaces)
      index += spaces
      if byte(at: index) == UInt8(ascii: "\t") { throw tab(at: index, context: scalar) }
      guard isBreak(at: index) else { return max(widest, indent + 1, 1) }
      index += 1
    }
  }
}
