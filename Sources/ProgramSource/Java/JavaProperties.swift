import SourceText

/// A `.properties` file: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
public struct JavaProperties: Sendable {
  public struct Entry: Hashable, Sendable {
    public var key: SpelledText
    /// Without escapes and line continuations; its bytes as they stand in the file.
    public var value: SpelledText
    /// Whether the bytes are the value, letter by letter.
    public var isSpelled: Bool
  }

  public private(set) var entries: [Entry] = []
  private let bytes: [UInt8]

  /// The value of a key. Of a doubled one the last, as Java takes it.
  public subscript(_ key: String) -> Entry? { entries.last { $0.key.text == key } }

  public init(_ source: SourceFile) {
    bytes = source.bytes
    var offset = 0
    while offset < bytes.count {
      while offset < bytes.count, Self.isBlank(bytes[offset]) || Self.isBreak(bytes[offset]) { offset += 1 }
      guard offset < bytes.count else { return }
      let end = logicalEnd(from: offset)
      if bytes[offset] != UInt8(ascii: "#"), bytes[offset] != UInt8(ascii: "!") {
        entries.append(entry(ByteRange(offset, end), source))
        offset = end
      } else {
        while offset < bytes.count, !Self.isBreak(bytes[offset]) { offset += 1 }
      }
    }
  }

  /// The end of the line, which goes on where a backslash stands before the line break.
  private func logicalEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, !Self.isBreak(bytes[index]) {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      let isCRLF = bytes[index + 1] == 13 && index + 2 < bytes.count && bytes[index + 2] == 10
      index += isCRLF ? 3 : 2
    }
    return min(index, bytes.count)
  }

  private func entry(_ line: ByteRange, _ source: SourceFile) -> Entry {
    var keyEnd = line.start
    while keyEnd < line.end, !Self.isBlank(bytes[keyEnd]), !"=:".utf8.contains(bytes[keyEnd]) {
      keyEnd += bytes[keyEnd] == UInt8(ascii: "\\") ? 2 : 1
    }
    keyEnd = min(keyEnd, line.end)
    var start = keyEnd
    while start < line.end, Self.isBlank(bytes[start]) { start += 1 }
    if start < line.end, "=:".utf8.contains(bytes[start]) { start += 1 }
    while start < line.end, Self.isBlank(bytes[start]) { start += 1 }
    let key = ByteRange(line.start, keyEnd)
    let value = ByteRange(start, line.end)
    let text = Self.unescaped(bytes[value.start..<value.end])
    return Entry(
      key: SpelledText(text: Self.unescaped(bytes[key.start..<key.end]), range: key),
      value: SpelledText(text: text, range: value), isSpelled: text == source.text(value))
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        result.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      switch bytes[index] {
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "r"): result.append(13)
      case 10, 13:
        while index < bytes.endIndex, isBreak(bytes[index]) || isBlank(bytes[index]) { index += 1 }
        continue
      case let other: result.append(other)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 12 }
  private static func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
}
