import SourceText

/// The text of a scalar under construction with the places its bytes come from.
struct YAMLText {
  private(set) var bytes: [UInt8] = []
  private(set) var map: SourceMap

  init(at start: Int) {
    map = SourceMap(start: start)
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(verbatim range: ByteRange, of source: [UInt8]) {
    bytes += source[range.start..<range.end]
    map.append(verbatim: range)
  }

  mutating func append(_ more: [UInt8], from range: ByteRange) {
    bytes += more
    map.append(more.count, from: range)
  }

  mutating func append(breaks: Int, from range: ByteRange) {
    append([UInt8](repeating: UInt8(ascii: "\n"), count: breaks), from: range)
  }

  /// Line breaks between two lines of text: one becomes a space, of more one is left out.
  mutating func fold(breaks: Int, from range: ByteRange) {
    if breaks == 1 { append([UInt8(ascii: " ")], from: range) } else { append(breaks: breaks - 1, from: range) }
  }
}
