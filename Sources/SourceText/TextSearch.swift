// Searches byte for byte: many times as fast as those by characters and by patterns that they stand in for.

extension String {
  /// Whether another text stands in it.
  public func contains(_ other: String) -> Bool { firstRange(of: other) != nil }
}

extension StringProtocol {
  /// Where another text stands first; the empty text stands everywhere.
  public func firstRange(of other: some StringProtocol) -> Range<String.Index>? {
    var text = Substring(self)
    var other = String(other)
    let found = text.withUTF8 { text in other.withUTF8 { other in offset(of: other, in: text) } }
    guard let found else { return nil }
    let start = utf8.index(startIndex, offsetBy: found)
    return start..<utf8.index(start, offsetBy: other.utf8.count)
  }
}

extension [UInt8] {
  /// Where other bytes stand first.
  public func firstRange(of other: [UInt8]) -> Range<Int>? { self[...].firstRange(of: other) }
}

extension ArraySlice<UInt8> {
  /// Where other bytes stand first.
  public func firstRange(of other: [UInt8]) -> Range<Int>? {
    let found = withUnsafeBufferPointer { text in other.withUnsafeBufferPointer { other in offset(of: other, in: text) }
    }
    return found.map { startIndex + $0..<startIndex + $0 + other.count }
  }
}

private func offset(of other: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
  guard let first = other.first else { return 0 }
  guard text.count >= other.count else { return nil }
  return (0...(text.count - other.count)).first { start in
    text[start] == first && (1..<other.count).allSatisfy { text[start + $0] == other[$0] }
  }
}
