import SourceText

/// A comment at the top of the file that speaks to the builder: `# name=value`.
///
/// https://docs.docker.com/reference/dockerfile/#parser-directives
public struct Directive: Hashable, Sendable {
  /// In lower case: `syntax`, `escape` or `check`.
  public let name: String
  public let value: String
  public let nameRange: ByteRange
  public let valueRange: ByteRange
  /// From `#` to the last byte of the value.
  public let range: ByteRange
  /// The physical line, counted from 1.
  public let line: Int
}

extension Directive {
  static let names = ["syntax", "escape", "check"]

  /// Reads one line without its line break. It must begin with the comment sign; nil if it is no directive.
  init?(_ bytes: [UInt8], _ content: Range<Int>, line: Int, commentSign: [UInt8] = [.hash]) {
    guard bytes[content].starts(with: commentSign) else { return nil }
    let end = content.upperBound
    var index = content.lowerBound + commentSign.count
    while index < end {
      let width = whiteSpaceWidth(bytes, index, end)
      if width == 0 { break }
      index += width
    }
    let nameStart = index
    guard index < end, bytes[index].isLetter else { return nil }
    while index < end, bytes[index].isLetter || bytes[index].isDigit { index += 1 }
    let nameEnd = index
    func skipSpace() { while index < end, isSpace(bytes[index]) { index += 1 } }
    skipSpace()
    guard index < end, bytes[index] == .equals else { return nil }
    index += 1
    let afterSign = index
    skipSpace()
    if index == end { index = max(afterSign, end - 1) }  // a value of white space alone is one of its characters
    guard index < end else { return nil }
    var valueEnd = end
    while valueEnd > index + 1, isSpace(bytes[valueEnd - 1]) { valueEnd -= 1 }

    let name = String(decoding: bytes[nameStart..<nameEnd].map(\.lowercased), as: UTF8.self)
    guard Self.names.contains(name) else { return nil }
    self.init(
      name: name, value: String(decoding: bytes[index..<valueEnd], as: UTF8.self),
      nameRange: ByteRange(nameStart, nameEnd), valueRange: ByteRange(index, valueEnd),
      range: ByteRange(content.lowerBound, valueEnd), line: line)
    func isSpace(_ byte: UInt8) -> Bool { byte.isBlank || byte == .carriageReturn || byte == 0x0C }
  }
}
