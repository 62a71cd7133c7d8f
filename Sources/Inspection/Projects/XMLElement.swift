import SourceText

/// An element of an XML file, with the elements in it.
///
/// Made for manifests: attributes, entities and namespaces are passed over, and a file that is not well-formed gives what
/// could be read of it. https://www.w3.org/TR/xml/#sec-logical-struct
struct XMLElement {
  let name: String
  /// Between the tags, white space at both ends left out.
  fileprivate(set) var content: ByteRange
  fileprivate(set) var children: [XMLElement] = []

  /// The first element of that name in it.
  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// Whether an element of that name is anywhere in it.
  func holds(_ name: String) -> Bool { children.contains { $0.name == name || $0.holds(name) } }
}

extension XMLElement {
  /// Deeper elements are passed over.
  private static let depthLimit = 60

  /// The outermost element of a file; nil where there is none.
  init?(_ file: SourceFile) {
    let bytes = file.bytes
    var open: [XMLElement] = []
    var tooDeep = 0
    var root: XMLElement?
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count else {
        index += 1
        continue
      }
      if let end = Self.passed(bytes, index) {
        index = end
        continue
      }
      let isClosing = bytes[index + 1] == UInt8(ascii: "/")
      let begin = index + (isClosing ? 2 : 1)
      guard let end = bytes[begin...].firstIndex(of: UInt8(ascii: ">")) else { break }
      let name = String(decoding: bytes[begin..<end].prefix { !" \t\r\n/".utf8.contains($0) }, as: UTF8.self)
      if isClosing {
        if tooDeep > 0 {
          tooDeep -= 1
        } else if let depth = open.lastIndex(where: { $0.name == name }) {
          while open.count > depth, let element = open.popLast() {
            let closed = element.closed(at: index, bytes)
            if open.isEmpty { root = root ?? closed } else { open[open.count - 1].children.append(closed) }
          }
        }
      } else if bytes[end - 1] == UInt8(ascii: "/") {
        if !open.isEmpty { open[open.count - 1].children.append(XMLElement(name: name, content: ByteRange(at: end))) }
      } else if open.count < Self.depthLimit {
        open.append(XMLElement(name: name, content: ByteRange(at: end + 1)))
      } else {
        tooDeep += 1
      }
      index = end + 1
    }
    guard let root else { return nil }
    self = root
  }

  private func closed(at end: Int, _ bytes: [UInt8]) -> XMLElement {
    var (start, end) = (content.start, max(end, content.start))
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    var element = self
    element.content = ByteRange(start, end)
    return element
  }

  /// Where a comment, declaration or CDATA section ends that begins here; nil for a tag.
  private static func passed(_ bytes: [UInt8], _ start: Int) -> Int? {
    for (mark, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
    where bytes[start...].starts(with: mark.utf8) {
      let last = Array(end.utf8)
      var index = start + mark.utf8.count
      while index + last.count <= bytes.count {
        if bytes[index] == last[0], bytes[index...].starts(with: last) { return index + last.count }
        index += 1
      }
      return bytes.count
    }
    return nil
  }
}
