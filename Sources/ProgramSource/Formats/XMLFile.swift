import SourceText

/// An element of an XML file with the bytes it was written in.
public struct XMLElement: Sendable {
  /// The name as written.
  public let name: SpelledText
  /// From `<` of the start tag to `>` of the end tag.
  public fileprivate(set) var range: ByteRange
  /// The text between the tags without the blanks around it, for an element that holds nothing else.
  public fileprivate(set) var text: SpelledText?
  public fileprivate(set) var children: [XMLElement] = []

  /// The first child of this name.
  public subscript(_ name: String) -> XMLElement? { children.first { $0.name.text == name } }

  /// The element at the end of a path of names.
  public func element(at path: [String]) -> XMLElement? {
    var element: XMLElement? = self
    for name in path { element = element?[name] }
    return element
  }

  /// The children of this name below a child, as the `<plugin>` of `<plugins>`.
  public func elements(_ path: String...) -> [XMLElement] {
    guard let last = path.last, let parent = element(at: path.dropLast()) else { return [] }
    return parent.children.filter { $0.name.text == last }
  }

  /// Whether an element of one of these names is anywhere in it.
  public func holds(_ names: String...) -> Bool {
    var rest = children
    while let next = rest.popLast() {
      if names.contains(next.name.text) { return true }
      rest += next.children
    }
    return false
  }
}

/// The elements and texts of an XML file, as far as build files need them: no namespaces, no entities but the five.
///
/// https://www.w3.org/TR/xml/
public struct XMLFile: Sendable {
  public let source: SourceFile
  public private(set) var root: XMLElement?
  public private(set) var problems: [SourceProblem] = []

  private static let deepestNesting = 200

  public init(_ source: SourceFile) {
    self.source = source
    let bytes = source.bytes
    var open: [XMLElement] = []
    var textStart = 0
    var index = 0
    func find(_ text: String, from start: Int) -> Int? {
      let mark = Array(text.utf8)
      var index = start
      while index + mark.count <= bytes.count {
        if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index }
        index += 1
      }
      return nil
    }
    func skip(_ start: String, _ end: String) -> Bool {
      guard bytes[index...].starts(with: Array(start.utf8)) else { return false }
      index = find(end, from: index + start.utf8.count).map { $0 + end.utf8.count } ?? bytes.count
      return true
    }
    func close(_ element: XMLElement, end: Int) {
      var element = element
      element.range.end = end
      if open.isEmpty { root = root ?? element } else { open[open.count - 1].children.append(element) }
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if skip("<!--", "-->") || skip("<![CDATA[", "]]>") || skip("<?", "?>") || skip("<!", ">") { continue }
      let start = index
      let isEnd = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "/")
      let nameStart = index + (isEnd ? 2 : 1)
      var nameEnd = nameStart
      while nameEnd < bytes.count, !" \t\r\n/><".utf8.contains(bytes[nameEnd]) { nameEnd += 1 }
      var end = nameEnd
      var quote: UInt8?
      while end < bytes.count, quote != nil || bytes[end] != UInt8(ascii: ">") {
        if quote == bytes[end] {
          quote = nil
        } else if quote == nil, bytes[end] == UInt8(ascii: "\"") || bytes[end] == UInt8(ascii: "'") {
          quote = bytes[end]
        }
        end += 1
      }
      guard end < bytes.count, nameEnd > nameStart else {
        problems.report(.unexpectedToken, ByteRange(start, min(start + 1, bytes.count)))
        break
      }
      index = end + 1
      let name = SpelledText(
        text: source.text(ByteRange(nameStart, nameEnd)), range: ByteRange(nameStart, nameEnd))
      if isEnd {
        guard var element = open.popLast() else {
          problems.report(.unexpectedToken, ByteRange(start, index))
          break
        }
        if element.name.text != name.text { problems.report(.unexpectedToken, name.range) }
        if element.children.isEmpty { element.text = Self.text(source, ByteRange(textStart, start)) }
        close(element, end: index)
      } else {
        let element = XMLElement(name: name, range: ByteRange(start, index))
        if bytes[end - 1] == UInt8(ascii: "/") {
          close(element, end: index)
        } else if open.count < Self.deepestNesting {
          open.append(element)
          textStart = index
        } else {
          problems.report(.nestedTooDeep, name.range)
          break
        }
      }
    }
    if let last = open.last { problems.report(.unexpectedToken, last.name.range) }
    while let element = open.popLast() { close(element, end: bytes.count) }
  }

  private static func text(_ source: SourceFile, _ range: ByteRange) -> SpelledText? {
    var range = range
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
    while range.start < range.end, isBlank(source.bytes[range.start]) { range.start += 1 }
    while range.end > range.start, isBlank(source.bytes[range.end - 1]) { range.end -= 1 }
    guard !range.isEmpty else { return nil }
    var text = source.text(range)
    // A comment inside of a text is rare; then there is no single place for the text.
    guard !text.utf8.contains(UInt8(ascii: "<")) else { return nil }
    if text.utf8.contains(UInt8(ascii: "&")) { text = unescaped(text) }
    return SpelledText(text: text, range: range)
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let mark = rest.firstIndex(of: "&") {
      result += rest[..<mark]
      rest = rest[mark...]
      let entities = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")]
      if let (name, character) = entities.first(where: { rest.hasPrefix($0.0) }) {
        result += character
        rest = rest.dropFirst(name.count)
      } else {
        result += "&"
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}
