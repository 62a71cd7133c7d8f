import StyledText

/// A part of an explanation, as the knowledge base writes them: see `Prose`.
enum ProseBlock {
  case paragraph(String)
  case item(String)
  /// Lines as they are.
  case code([String])

  static func blocks(_ text: String) -> [ProseBlock] {
    var blocks: [ProseBlock] = []
    var isOpen = false
    for part in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = String(decoding: part, as: UTF8.self)
      let content = String(line.drop { $0 == " " })
      if content.isEmpty {
        isOpen = false
      } else if line.hasPrefix("- ") {
        blocks.append(.item(String(line.dropFirst(2))))
        isOpen = true
      } else if isOpen, case .item(let before) = blocks.last {
        blocks[blocks.count - 1] = .item(joined(before, content))
      } else if line.hasPrefix("  ") {
        if isOpen, case .code(let lines) = blocks.last {
          blocks[blocks.count - 1] = .code(lines + [String(line.dropFirst(2))])
        } else {
          blocks.append(.code([String(line.dropFirst(2))]))
        }
        isOpen = true
      } else if isOpen, case .paragraph(let before) = blocks.last {
        blocks[blocks.count - 1] = .paragraph(joined(before, content))
      } else {
        blocks.append(.paragraph(content))
        isOpen = true
      }
    }
    return blocks
  }

  private static func joined(_ before: String, _ after: String) -> String {
    before + (Prose.needsSpace(before, after) ? " " : "") + after
  }
}
