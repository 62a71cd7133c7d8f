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
    /// How many bytes of the file an escape sequence takes that stands for the whole run; nil where every byte of the run
    /// is a byte of the file.
    var escapeLength: Int?
  }

  /// The file itself where the instruction stands on one line, else the joined text.
  let bytes: [UInt8]
  /// The part of `bytes` that is the line.
  let range: Range<Int>
  /// In order; empty where `bytes` is the file.
  let segments: [Segment]

  /// The place in the file of a place in `bytes`. The end of the line is the place after its last byte.
  func fileOffset(_ offset: Int) -> Int {
    guard let segment = segment(of: offset) else { return offset }
    return segment.fileStart + (segment.escapeLength == nil ? offset - segment.start : 0)
  }

  /// The place in the file of a run of `bytes`, from its first byte to its last.
  func fileRange(_ range: Range<Int>) -> ByteRange {
    if segments.isEmpty { return ByteRange(range.lowerBound, range.upperBound) }
    if range.isEmpty { return ByteRange(at: fileOffset(range.lowerBound)) }
    let last = range.upperBound - 1
    let length = segment(of: last)?.escapeLength ?? 1
    return ByteRange(fileOffset(range.lowerBound), fileOffset(last) + length)
  }

  /// The runs of bytes of the file that a part of the line is made of.
  func fileRanges(_ range: Range<Int>) -> [ByteRange] {
    guard !segments.isEmpty else { return [fileRange(range)] }
    var ranges: [ByteRange] = []
    var start = range.lowerBound
    var index = segmentIndex(of: start)
    while start < range.upperBound {
      index += 1
      let end = min(index < segments.count ? segments[index].start : range.upperBound, range.upperBound)
      if start < end { ranges.append(fileRange(start..<end)) }
      start = end
    }
    return ranges
  }

  private func segment(of offset: Int) -> Segment? { segments.isEmpty ? nil : segments[segmentIndex(of: offset)] }

  /// The last segment that begins at or before a place.
  fileprivate func segmentIndex(of offset: Int) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func word(_ range: Range<Int>) -> Word { Word(range: fileRange(range), text: text(range), logical: range) }

  /// What stands between white space.
  func words(_ range: Range<Int>) -> [Word] {
    var words: [Word] = []
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, !bytes[end].isWordSpace { end += 1 }
      if start < end { words.append(word(start..<end)) }
      start = end + 1
    }
    return words
  }

  /// The same line, cut down to a part of it.
  func part(_ range: Range<Int>) -> LogicalLine { LogicalLine(bytes: bytes, range: range, segments: segments) }
}

/// Puts a logical line together from pieces of a file.
struct LogicalLineBuilder {
  private(set) var bytes: [UInt8] = []
  private(set) var segments: [LogicalLine.Segment] = []

  /// Bytes as they stand at a place of the file.
  mutating func append(_ text: some Collection<UInt8>, at fileStart: Int) {
    segments.append(LogicalLine.Segment(start: bytes.count, fileStart: fileStart))
    bytes += text
  }

  /// Bytes that an escape sequence of the file stands for.
  mutating func append(_ text: some Collection<UInt8>, escapedAt fileStart: Int, length: Int) {
    segments.append(LogicalLine.Segment(start: bytes.count, fileStart: fileStart, escapeLength: length))
    bytes += text
  }

  /// A part of another line.
  mutating func append(_ line: LogicalLine, _ part: Range<Int>) {
    guard !line.segments.isEmpty else { return append(line.bytes[part], at: part.lowerBound) }
    var start = part.lowerBound
    var index = line.segmentIndex(of: start)
    while start < part.upperBound {
      let segment = line.segments[index]
      index += 1
      let end = min(index < line.segments.count ? line.segments[index].start : part.upperBound, part.upperBound)
      if let length = segment.escapeLength {
        append(line.bytes[start..<end], escapedAt: segment.fileStart, length: length)
      } else {
        append(line.bytes[start..<end], at: segment.fileStart + start - segment.start)
      }
      start = end
    }
  }

  var line: LogicalLine { LogicalLine(bytes: bytes, range: 0..<bytes.count, segments: segments) }
}
