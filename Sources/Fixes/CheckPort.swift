import DockerfileSyntax
import SourceText

/// Tells the health check of an image another port by the variable that it reads: several services may share the image.
enum CheckPort {
  /// Sets the variable beside another one of the service.
  ///
  /// - Parameters:
  ///   - beside: a value among the service's variables.
  ///   - port: the default inside of `${NAME:-8080}`.
  static func edits(beside: Rewriters.Target, port: Rewriters.Target?) -> [TextEdit]? {
    guard let port, let name = variable(port), let value = beside.value, !value.isEmpty,
      value.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else { return nil }
    let map = beside.file.lineMap
    guard let range = map.range(ofLine: map.position(of: beside.range.start).line) else { return nil }
    let line = beside.file.text(range)
    let indentation = line.prefix { $0 == " " }
    let ending = line.hasSuffix("\r\n") ? "\r\n" : "\n"
    let isItem = line.dropFirst(indentation.count).hasPrefix("- ")
    let setting = isItem ? "- \(name)=\(value)" : "\(name): \"\(value)\""
    let isOpen = !line.hasSuffix(ending)
    return [TextEdit(ByteRange(at: range.end), (isOpen ? ending : "") + indentation + setting + ending)]
  }

  /// The name in `${NAME:-8080}`, by the place of the number.
  private static func variable(_ port: Rewriters.Target) -> String? {
    let before = port.file.bytes[..<min(port.range.start, port.file.bytes.count)]
    var text = Substring(String(decoding: before.suffix(80), as: UTF8.self))
    guard text.hasSuffix("-") else { return nil }
    text.removeLast()
    if text.hasSuffix(":") { text.removeLast() }
    guard let dollar = text.range(ofLast: "${") else { return nil }
    let name = text[dollar...]
    let isName = name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0
    }
    return isName && !name.isEmpty ? String(name) : nil
  }
}

extension Substring {
  /// The place behind the last occurrence of a text.
  fileprivate func range(ofLast text: String) -> Index? {
    var start = endIndex
    while start > startIndex {
      start = index(before: start)
      if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
    }
    return nil
  }
}
