/// A place in a file as people count: the line from 1, the column in UTF-8 bytes from 1.
public struct LineColumn: Hashable, Sendable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (left: LineColumn, right: LineColumn) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Where each line of a file begins. A line ends after its line feed; a carriage return belongs to the line it ends.
public struct LineMap: Sendable {
  /// The offset of the first byte of each line. Never empty: an empty file has one empty line.
  public let starts: [Int]
  private let count: Int

  public init(_ bytes: [UInt8]) {
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for offset in buffer.indices where buffer[offset] == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      }
    }
    self.starts = starts
    count = bytes.count
  }

  /// How many lines there are; a last line without any byte counts only in an empty file.
  public var lineCount: Int {
    starts.count > 1 && starts[starts.count - 1] == count ? starts.count - 1 : starts.count
  }

  /// The line and column of a byte. Offsets beyond the file give its end.
  public func position(of offset: Int) -> LineColumn {
    let offset = min(max(offset, 0), count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return LineColumn(line: low + 1, column: offset - starts[low] + 1)
  }

  /// The bytes of a line, its line break included; nil for a line that the file does not have.
  public func range(ofLine line: Int) -> ByteRange? {
    guard line >= 1, line <= starts.count else { return nil }
    return ByteRange(starts[line - 1], line < starts.count ? starts[line] : count)
  }
}
