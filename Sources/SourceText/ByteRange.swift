/// A half-open range of byte offsets into one file: `start` is the first byte, `end` the one after the last.
///
/// Offsets count from 0. A range may be empty: it then names the place between two bytes.
public struct ByteRange: Hashable, Sendable {
  public var start: Int
  public var end: Int

  /// The range from `start` up to, not including, `end`. An `end` before `start` gives an empty range at `start`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The empty range at `offset`.
  public init(at offset: Int) {
    self.init(offset, offset)
  }

  public var count: Int { end - start }
  public var isEmpty: Bool { start == end }

  public func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
  public func contains(_ other: ByteRange) -> Bool { start <= other.start && other.end <= end }

  /// Whether the two share a byte. Empty ranges share none, so they overlap nothing.
  public func overlaps(_ other: ByteRange) -> Bool { max(start, other.start) < min(end, other.end) }

  /// The smallest range that holds both.
  public func union(_ other: ByteRange) -> ByteRange { ByteRange(min(start, other.start), max(end, other.end)) }

  /// The same range, moved by `offset` bytes.
  public func shifted(by offset: Int) -> ByteRange { ByteRange(start + offset, end + offset) }

  /// The part of this range that lies inside `0..<count`.
  public func clamped(to count: Int) -> ByteRange {
    let first = min(max(start, 0), count)
    return ByteRange(first, min(max(end, first), count))
  }
}

extension ByteRange: Comparable {
  /// By start, then by end.
  public static func < (left: ByteRange, right: ByteRange) -> Bool {
    (left.start, left.end) < (right.start, right.end)
  }
}

extension ByteRange: CustomStringConvertible {
  public var description: String { "\(start)..<\(end)" }
}
