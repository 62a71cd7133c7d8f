/// Explanations as they stand in the knowledge: paragraphs apart by empty lines, items that begin with `- `, lines that begin with
/// two spaces as they are, and words between backticks as code.
package enum Prose {
  package static func lines(_ text: String, width: Int, role: Role = .text) -> [Line] {
    var result: [Line] = []
    var paragraph = ""
    var isItem = false
    func flush() {
      guard !paragraph.isEmpty else { return }
      result += WordWrap.wrap(styled(paragraph, role), width: width, indent: isItem ? 2 : 0)
      paragraph = ""
      isItem = false
    }
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if part.allSatisfy({ $0 == " " }) {
        flush()
        if let last = result.last, !last.isEmpty { result.append(Line()) }
      } else if part.hasPrefix("- ") {
        flush()
        paragraph = String(part)
        isItem = true
      } else if part.hasPrefix("  "), !isItem {
        flush()
        result += WordWrap.wrap(Line(String(part), .code), width: width, indent: 4)
      } else {
        let next = String(part.drop { $0 == " " })
        paragraph += needsSpace(paragraph, next) ? " " + next : next
      }
    }
    flush()
    while let last = result.last, last.isEmpty { result.removeLast() }
    return result
  }

  /// Lines of Chinese text join without a space, and so does all that stands beside its wide punctuation.
  package static func needsSpace(_ before: String, _ after: String) -> Bool {
    guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return false }
    if "，。：；、！？（）《》".unicodeScalars.contains(where: { $0 == last || $0 == first }) { return false }
    return Width.columns(of: last) < 2 || Width.columns(of: first) < 2
  }

  /// One paragraph with its words between backticks as code. A backtick without a partner stays.
  package static func styled(_ text: String, _ role: Role = .text) -> Line {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.count % 2 == 1 else { return Line(text, role) }
    var line = Line()
    for (index, part) in parts.enumerated() { line += Line(String(part), index % 2 == 1 ? .code : role) }
    return line
  }
}
