import SourceText

/// Which bytes of a file the bytes of a text come from.
public struct SourceMap: Sendable, Hashable {
  /// A run of bytes of the text with the bytes of the file that gave them. A verbatim run agrees byte by byte; another
  /// one came as a whole from an escape, a fold or a substituted variable.
  public struct Segment: Sendable, Hashable {
    public var text: ByteRange
    public var source: ByteRange
    public var isVerbatim: Bool
    /// The variable, from `$` to its end, that gave the run; nil for what stands outside of variables.
    public var expression: ByteRange?
  }

  // Nearly all texts stand in their file as they are; those need no list.
  private var whole: ByteRange
  private var pieces: [Segment]?

  /// A text that stands in the file as it is.
  public init(verbatim source: ByteRange) {
    whole = source
  }

  /// A text that is put together from pieces, the first of which stands at `start`.
  init(start: Int) {
    whole = ByteRange(at: start)
    pieces = []
  }

  /// In the order of the text, without gaps. Empty for an empty text.
  public var segments: [Segment] {
    if let pieces { return pieces }
    return whole.isEmpty ? [] : [Segment(text: ByteRange(0, whole.count), source: whole, isVerbatim: true)]
  }

  /// How many bytes the text has.
  public var count: Int { pieces.map { $0.last?.text.end ?? 0 } ?? whole.count }

  /// Adds bytes that stand in the file as they are.
  mutating func append(verbatim source: ByteRange, expression: ByteRange? = nil) {
    guard !source.isEmpty else { return }
    let count = count
    var list = segments
    pieces = nil
    if let last = list.last, last.isVerbatim, last.source.end == source.start, last.expression == expression {
      list[list.count - 1].text.end += source.count
      list[list.count - 1].source.end = source.end
    } else {
      let text = ByteRange(count, count + source.count)
      list.append(Segment(text: text, source: source, isVerbatim: true, expression: expression))
    }
    pieces = list
  }

  /// Adds `length` bytes that came as a whole from `source`.
  mutating func append(_ length: Int, from source: ByteRange, expression: ByteRange? = nil) {
    guard length > 0 else { return }
    let count = count
    var list = segments
    pieces = nil
    let text = ByteRange(count, count + length)
    list.append(Segment(text: text, source: source, isVerbatim: false, expression: expression))
    pieces = list
  }

  /// Adds the part of another map that stands for `range` of its text.
  mutating func append(_ range: ByteRange, of other: SourceMap, expression: ByteRange? = nil) {
    let segments = other.segments
    var index = Self.firstSegment(of: segments, endingAfter: range.start)
    while index < segments.count, segments[index].text.start < range.end {
      let segment = segments[index]
      let text = ByteRange(max(range.start, segment.text.start), min(range.end, segment.text.end))
      if segment.isVerbatim {
        let source = text.shifted(by: segment.source.start - segment.text.start)
        append(verbatim: source, expression: expression ?? segment.expression)
      } else {
        append(text.count, from: segment.source, expression: expression ?? segment.expression)
      }
      index += 1
    }
  }

  /// The map of a part of the text.
  func slice(_ range: ByteRange) -> SourceMap {
    var result = SourceMap(start: source(of: range).start)
    result.append(range, of: self)
    return result
  }

  /// The map of a text whose source is itself a text with a map.
  func composed(with inner: SourceMap) -> SourceMap {
    var result = SourceMap(start: inner.source(of: ByteRange(at: whole.start)).start)
    for segment in segments {
      let expression = segment.expression.map { inner.source(of: $0) }
      if segment.isVerbatim {
        result.append(segment.source, of: inner, expression: expression)
      } else {
        result.append(segment.text.count, from: inner.source(of: segment.source), expression: expression)
      }
    }
    return result
  }

  /// The bytes of the file that gave a part of the text. A part that touches a substituted run covers all of it; one
  /// that goes beyond a variable covers the whole variable.
  public func source(of range: ByteRange) -> ByteRange {
    let segments = segments
    guard let last = segments.last else { return ByteRange(at: whole.start) }
    if range.start >= last.text.end { return ByteRange(at: last.source.end) }
    let first = segments[Self.firstSegment(of: segments, endingAfter: range.start)]
    let start = first.isVerbatim ? first.source.start + range.start - first.text.start : first.source.start
    if range.isEmpty { return ByteRange(at: start) }
    let index = Self.firstSegment(of: segments, endingAfter: range.end - 1)
    let final = index < segments.count ? segments[index] : last
    let end =
      final.isVerbatim && index < segments.count
      ? final.source.start + range.end - final.text.start : final.source.end
    guard first.expression != final.expression else { return ByteRange(start, end) }
    return ByteRange(first.expression?.start ?? start, final.expression?.end ?? end)
  }

  private static func firstSegment(of segments: [Segment], endingAfter offset: Int) -> Int {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].text.end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
