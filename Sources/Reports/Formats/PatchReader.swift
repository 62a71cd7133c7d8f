/// A patch as replacements of whole lines, for formats that have no patches.
struct PatchReader {
  struct Replacement {
    let file: String
    /// The first line that goes, from 1; where nothing goes, the line before which the text comes.
    let line: Int
    /// The line behind the last one that goes.
    let endLine: Int
    /// The code points of the last line, where it goes and has no line break.
    var lastLength: Int?
    /// Where the text comes behind a last line that stays.
    var text: String
  }

  /// In the order of the patch. What is no patch gives none.
  static func replacements(_ patch: String) -> [Replacement] {
    var reader = PatchReader()
    for line in patch.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) { reader.read(Substring(line)) }
    reader.flush()
    return reader.found
  }

  private var found: [Replacement] = []
  private var file = ""
  /// What is left of the hunk, in lines of the old and the new version.
  private var left = (old: 0, new: 0)
  private var line = 1
  private var removed: [Substring] = []
  private var added: [Substring] = []
  private var hasNoLineBreak = (old: false, new: false)
  private var last: UInt8?

  private mutating func read(_ text: Substring) {
    if text.hasPrefix("\\") {
      if last == UInt8(ascii: "-") { hasNoLineBreak.old = true }
      if last == UInt8(ascii: "+") { hasNoLineBreak.new = true }
      return
    }
    guard left.old > 0 || left.new > 0 else { return header(text) }
    last = text.utf8.first
    switch last {
    case UInt8(ascii: "-"):
      removed.append(Substring(text.utf8.dropFirst()))
      left.old -= 1
    case UInt8(ascii: "+"):
      added.append(Substring(text.utf8.dropFirst()))
      left.new -= 1
    default:
      flush()
      left.old -= 1
      left.new -= 1
      line += 1
    }
  }

  /// A path in quotes, its escapes undone: `\033` for a byte, `\"` and `\\` for themselves.
  private static func unquoted(_ text: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      var value = next
      if (0x30...0x37).contains(next) {
        value = rest.prefix(2).reduce(next & 3) { $0 << 3 | $1 & 7 }
        rest = rest.dropFirst(2)
      }
      bytes.append(value)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func header(_ text: Substring) {
    flush()
    if text.hasPrefix("+++ b/") { file = String(text.dropFirst(6)) }
    if text.hasPrefix("+++ \"b/") { file = Self.unquoted(text.utf8.dropFirst(7)) }
    guard text.hasPrefix("@@ -") else { return }
    let parts = text.split(separator: " ")
    guard parts.count >= 3 else { return }
    let old = Self.span(parts[1])
    left = (old.count, Self.span(parts[2]).count)
    // A span without lines names the line behind which it is.
    line = old.count == 0 ? old.start + 1 : max(1, old.start)
  }

  private static func span(_ text: Substring) -> (start: Int, count: Int) {
    let numbers = text.dropFirst().split(separator: ",")
    let start = number(numbers.first) ?? 1
    return (start, numbers.count > 1 ? number(numbers[1]) ?? 0 : 1)
  }

  /// No file has more lines.
  private static func number(_ text: Substring?) -> Int? {
    text.flatMap { Int($0) }.map { min(max($0, 0), 1 << 32) }
  }

  private mutating func flush() {
    defer {
      line += removed.count
      removed = []
      added = []
      hasNoLineBreak = (false, false)
    }
    guard !removed.isEmpty || !added.isEmpty else { return }
    var text = added.map { $0 + "\n" }.joined()
    if hasNoLineBreak.new { text.unicodeScalars.removeLast() }
    found.append(
      Replacement(
        file: file, line: line, endLine: line + removed.count,
        lastLength: hasNoLineBreak.old ? removed.last?.unicodeScalars.count : nil, text: text))
  }
}
