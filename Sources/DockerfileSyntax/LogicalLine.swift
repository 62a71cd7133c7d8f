import SourceText

/// The text of an instruction as the builder sees it: continuation lines joined, comments and empty lines between them
/// dropped. It knows for each of its bytes where that byte stands in the file.
struct LogicalLine: Sendable {
  /// A run of bytes that also stand side by side in the file.
  struct Segment: Sendable {
    /// Where the run begins in `bytes`.
    let start: Int
    /// Where it begins in the file.
    let fileStart: Int
  }

  /// The file itself where the instruction stands on one line, else the joined text.
  let bytes: [UInt8]
  /// The part of `bytes` that is the line.
  let range: Range<Int>
  /// In order; empty where `bytes` is the file.
  let segments: [Segment]

  /// The place in the file of a place in `bytes`. The end of the line is the place after its last byte.
  func fileOffset(_ offset: Int) -> Int {
    guard !segments.isEmpty else { return offset }
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle } else { high = middle }
    }
    return segments[low].fileStart + offset - segments[low].start
  }

  /// The place in the file of a run of `bytes`, from its first byte to its last.
  func fileRange(_ range: Range<Int>) -> ByteRange {
    if segments.isEmpty { return ByteRange(range.lowerBound, range.upperBound) }
    if range.isEmpty { return ByteRange(at: fileOffset(range.lowerBound)) }
    return ByteRange(fileOffset(range.lowerBound), fileOffset(range.upperBound - 1) + 1)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func word(_ range: Range<Int>) -> Word { Word(range: fileRange(range), text: text(range), logical: range) }

  /// The same line, cut down to a part of it.
  func part(_ range: Range<Int>) -> LogicalLine { LogicalLine(bytes: bytes, range: range, segments: segments) }
}
