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

/// The frontend that a file asks for.
public struct SyntaxDirective: Hashable, Sendable {
  /// The image reference, `docker/dockerfile:1`: the value up to its first space.
  public let reference: String
  public let value: String
  /// nil where it stands in a JSON document.
  public let range: ByteRange?
  /// The physical line, counted from 1.
  public let line: Int
}

extension Dockerfile {
  /// What the builder looks for before it reads the file: a `syntax` directive, which may also follow a `#!` line, begin
  /// with `//`, or be a key of a JSON document.
  public var syntaxDirective: SyntaxDirective? {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var line = 1
    if bytes[start...].starts(with: [.hash, UInt8(ascii: "!")]) {
      start = (bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count - 1) + 1
      line += 1
    }
    for sign in [[UInt8.hash], Array("//".utf8)] {
      if let found = Self.directives(bytes, from: start, line: line, commentSign: sign).first(where: {
        $0.name == "syntax"
      }) {
        return SyntaxDirective(
          reference: String(found.value.prefix { $0 != " " }), value: found.value, range: found.valueRange,
          line: found.line)
      }
    }
    guard let value = JSONArray.string(ofKey: "syntax", in: bytes, from: start) else { return nil }
    return SyntaxDirective(reference: value, value: value, range: nil, line: line - 1)
  }

  /// The lines at the top that are directives; unlike in the parser, no white space may stand before them.
  private static func directives(
    _ bytes: [UInt8], from start: Int, line: Int, commentSign: [UInt8]
  ) -> [Directive] {
    var directives: [Directive] = []
    var start = start
    var line = line
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count
      let contentEnd = end > start && bytes[end - 1] == .carriageReturn ? end - 1 : end
      guard let directive = Directive(bytes, start..<contentEnd, line: line, commentSign: commentSign),
        !directives.contains(where: { $0.name == directive.name })
      else { break }
      directives.append(directive)
      start = end + 1
      line += 1
    }
    return directives
  }
}
