extension String {
  /// Whether another text stands in it, byte for byte: many times as fast as the search by characters that it stands in for.
  public func contains(_ other: String) -> Bool {
    var text = self
    var other = other
    return text.withUTF8 { text in other.withUTF8 { other in Self.contains(text, other) } }
  }

  private static func contains(_ text: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = other.first else { return true }
    guard text.count >= other.count else { return false }
    return (0...(text.count - other.count)).contains { start in
      text[start] == first && (1..<other.count).allSatisfy { text[start + $0] == other[$0] }
    }
  }
}
