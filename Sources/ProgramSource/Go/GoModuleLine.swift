import SourceText

/// One directive of a go.mod or go.work file; a block counts as one directive per line.
///
/// Grammar: https://go.dev/ref/mod#go-mod-file-lexical
struct GoModuleLine {
  var verb: SpelledText
  /// What follows the verb, quotes taken off, `=>` included.
  var words: [SpelledText]
  /// From the first word of the line to the last, without a comment.
  var range: ByteRange
  /// The text behind `//`, without blanks around it.
  var comment: String

  /// The directives of a file. Lines that are none are passed over with a problem.
  static func read(_ bytes: [UInt8], _ problems: inout [SourceProblem]) -> [GoModuleLine] {
    var lines: [GoModuleLine] = []
    var block: SpelledText?
    for lineRange in bytes.lineRanges {
      let (words, comment) = split(bytes, lineRange, &problems)
      guard let first = words.first, let last = words.last else { continue }
      let range = first.range.union(last.range)
      if ["<<<<<<<", "=======", ">>>>>>>"].contains(String(first.text.prefix(7))) {
        problems.report(.conflictMarker, range)
      } else if let verb = block {
        if first.text == ")" {
          block = nil
        } else {
          lines.append(GoModuleLine(verb: verb, words: words, range: range, comment: comment))
        }
      } else if words.count == 2, last.text == "(" {
        block = first
      } else {
        lines.append(GoModuleLine(verb: first, words: Array(words.dropFirst()), range: range, comment: comment))
      }
    }
    if let block { problems.report(.malformedLine, block.range) }
    return lines
  }

  private static func split(_ bytes: [UInt8], _ line: ByteRange, _ problems: inout [SourceProblem])
    -> (words: [SpelledText], comment: String)
  {
    var words: [SpelledText] = []
    var offset = line.start
    while offset < line.end {
      let byte = bytes[offset]
      let start = offset
      switch byte {
      case 32, 9, 13: offset += 1
      case UInt8(ascii: "/") where offset + 1 < line.end && bytes[offset + 1] == byte:
        return (words, String(decoding: bytes[(offset + 2)..<line.end], as: UTF8.self).trimmed)
      case UInt8(ascii: "\""), UInt8(ascii: "`"):
        offset += 1
        while offset < line.end, bytes[offset] != byte { offset += 1 }
        let content = ByteRange(start + 1, offset)
        words.append(
          SpelledText(text: String(decoding: bytes[content.start..<content.end], as: UTF8.self), range: content))
        if offset == line.end { problems.report(.unterminatedString, ByteRange(start, offset)) }
        offset += 1
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
        offset += 1
        words.append(SpelledText(text: String(UnicodeScalar(byte)), range: ByteRange(start, offset)))
      default:
        while offset < line.end, !" \t\r()[],\"`".utf8.contains(bytes[offset]) {
          if bytes[offset] == UInt8(ascii: "/"), offset + 1 < line.end, bytes[offset + 1] == bytes[offset] { break }
          offset += 1
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        words.append(SpelledText(text: text, range: ByteRange(start, offset)))
      }
    }
    return (words, "")
  }
}

extension [UInt8] {
  /// The lines without their line breaks; a last line without any byte is none.
  var lineRanges: [ByteRange] {
    var ranges: [ByteRange] = []
    var start = 0
    withUnsafeBufferPointer { buffer in
      for offset in buffer.indices where buffer[offset] == 10 {
        ranges.append(ByteRange(start, offset))
        start = offset + 1
      }
    }
    if start < count { ranges.append(ByteRange(start, count)) }
    return ranges
  }
}

extension Substring {
  /// The text without blanks, tabs and carriage returns at its ends.
  var trimmed: String {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 13 }
    var rest = utf8
    while let first = rest.first, isBlank(first) { rest.removeFirst() }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(Substring(rest))
  }
}

extension String {
  var trimmed: String { self[...].trimmed }
}
