import SourceText

/// Block scalars: `|` and `>`.
extension YAMLScanner {
  /// What stands behind `|` or `>`.
  private struct BlockHeader {
    enum Chomping { case clip, strip, keep }

    var chomping = Chomping.clip
    /// How many columns the text is indented deeper than the mapping around it; 0 where the text tells.
    var increment = 0
  }

  mutating func fetchBlockScalar(_ style: YAMLScalar.Style) throws(YAMLSyntaxError) {
    try removeSimpleKey()
    simpleKeyAllowed = true
    let start = offset
    let startColumn = column
    let header = try scanBlockHeader()
    var lastEnd = offset
    if offset < end { skipBreak() }
    let depth = header.increment > 0 ? max(indent, 0) + header.increment : blockIndentation()
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
    case .clip where previousIsIndented != nil && breaks > 0:
      text.append(breaks: 1, from: ByteRange(gapStart, gapStart + 1))
    case .clip, .strip: break
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
      case UInt8(ascii: "+"): header.chomping = .keep
      case UInt8(ascii: "-"): header.chomping = .strip
      case UInt8(ascii: "1")...UInt8(ascii: "9"): header.increment = Int(byte - UInt8(ascii: "0"))
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
      if byte(at: offset + spaces) == UInt8(ascii: "\t"), spaces > max(indent, 0) {
        offset += spaces
        throw YAMLSyntaxError(
          message: "A tab indents this line. YAML allows only spaces there.",
          range: ByteRange(offset, offset + 1), context: scalar, kind: .tab)
      }
      return false
    }
    return false
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
