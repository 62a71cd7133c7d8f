import SourceText

/// A YAML file as nodes that know their bytes; any YAML, not only compose files.
///
/// What cannot be read is a problem, and the rest is there all the same: after a syntax error the lines of the faulty
/// entry are left out and the others read again.
public struct YAMLFile: Sendable {
  public let source: SourceFile
  /// The root of each document. Documents that are empty have a missing scalar.
  public let documents: [YAMLNode]
  /// In the order in which they were found; the first is the one a strict reader would stop at.
  public let problems: [YAMLProblem]

  /// The first document.
  public var root: YAMLNode? { documents.first }

  /// Larger files are refused.
  public static let largestSize = 4 << 20
  private static let mostRepairs = 12

  public init(_ source: SourceFile) {
    self.source = source
    guard source.bytes.count <= Self.largestSize else {
      documents = []
      problems = [
        YAMLProblem(
          kind: .tooLarge, message: "The file is larger than \(Self.largestSize >> 20) MB.", range: ByteRange(at: 0))
      ]
      return
    }
    var (bytes, found) = Self.readable(source.bytes)
    guard found.count <= Self.mostRepairs else {
      documents = []
      problems = [
        YAMLProblem(kind: .encoding, message: "This is no text file.", range: found[0].range)
      ]
      return
    }
    var repairs = 0
    while true {
      var parser = YAMLParser(bytes)
      do {
        try parser.parse()
        documents = parser.documents
        problems = found + parser.problems
        return
      } catch {
        found.append(
          YAMLProblem(
            kind: error.kind, message: error.message, range: error.range,
            related: error.context < error.range.start ? ByteRange(error.context, error.context + 1) : nil))
        repairs += 1
        let faulty = Self.faultyLines(bytes, error)
        if error.kind == .tooLarge || repairs > Self.mostRepairs || faulty.isEmpty {
          documents = parser.documents
          problems = found + parser.problems
          return
        }
        for index in faulty.start..<faulty.end where !Self.isBreak(bytes[index]) { bytes[index] = UInt8(ascii: " ") }
      }
    }
  }

  public init(path: String, text: String) {
    self.init(SourceFile(path: path, text: text))
  }

  /// Where a new entry of a block collection can be inserted as lines of its own, or of a flow collection before its
  /// closing bracket. The lines must end with a line break; where the file lacks one at its end, they must begin with it.
  public func insertionOffset(in node: YAMLNode) -> Int {
    let node = node.target
    if node.isFlow { return max(node.range.start, node.range.end - 1) }
    var offset = min(node.range.end, source.bytes.count)
    while offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    return min(offset + 1, source.bytes.count)
  }

  // MARK: Faults

  /// The bytes with everything that YAML forbids replaced by blanks, and a problem for each.
  private static func readable(_ bytes: [UInt8]) -> ([UInt8], [YAMLProblem]) {
    var result = bytes
    var problems: [YAMLProblem] = []
    var index = 0
    while index < bytes.count, problems.count <= mostRepairs {
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        index += 1
        continue
      }
      let length = sequenceLength(bytes, index)
      if length > 1 {
        index += length
        continue
      }
      let message =
        byte < 0x80 ? "A control character, which YAML does not allow." : "These bytes are no UTF-8."
      problems.append(YAMLProblem(kind: .encoding, message: message, range: ByteRange(index, index + 1)))
      result[index] = UInt8(ascii: " ")
      index += 1
    }
    return (result, problems)
  }

  /// How many bytes the UTF-8 sequence at `index` has; 1 where there is none.
  private static func sequenceLength(_ bytes: [UInt8], _ index: Int) -> Int {
    let first = bytes[index]
    let length = first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1
    guard first < 0xF5, length > 1, index + length <= bytes.count else { return 1 }
    for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return 1 }
    if first == 0xE0 && bytes[index + 1] < 0xA0 || first == 0xED && bytes[index + 1] > 0x9F { return 1 }
    if first == 0xF0 && bytes[index + 1] < 0x90 || first == 0xF4 && bytes[index + 1] > 0x8F { return 1 }
    return length
  }

  /// The lines to leave out after an error: from the line where the construct began, to before the next one that is not
  /// indented deeper.
  private static func faultyLines(_ bytes: [UInt8], _ error: YAMLSyntaxError) -> ByteRange {
    var start = min(error.context, max(bytes.count - 1, 0))
    while start > 0, !isBreak(bytes[start - 1]) { start -= 1 }
    let depth = indentation(bytes, start)
    var end = start
    repeat {
      while end < bytes.count, !isBreak(bytes[end]) { end += 1 }
      while end < bytes.count, isBreak(bytes[end]) { end += 1 }
    } while end < bytes.count && (indentation(bytes, end) > depth)
    // A line that is blank already cannot be left out once more.
    let isBlank = bytes[start..<end].allSatisfy { isBreak($0) || $0 == UInt8(ascii: " ") }
    return isBlank ? ByteRange(at: start) : ByteRange(start, end)
  }

  private static func indentation(_ bytes: [UInt8], _ lineStart: Int) -> Int {
    var index = lineStart
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") { index += 1 }
    return index - lineStart
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
}
