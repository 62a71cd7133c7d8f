import SourceText

/// Assignments and redirections.
extension ShellParser {
  mutating func assignment() -> Shell.Assignment? {
    guard let first = byte, first.isNameStart else { return nil }
    let start = position
    var index = position
    while index < end, bytes[index].isNamePart { index += 1 }
    let nameEnd = index
    if index < end, bytes[index] == .openBracket {
      while index < end, bytes[index] != UInt8(ascii: "]"), !isWordEnd(bytes[index]) { index += 1 }
      guard index < end, bytes[index] == UInt8(ascii: "]") else { return nil }
      index += 1
    }
    let appends = index < end && bytes[index] == UInt8(ascii: "+")
    if appends { index += 1 }
    guard index < end, bytes[index] == .equals else { return nil }
    position = index + 1
    let value = byte == UInt8(ascii: "(") ? arrayValue() : readWord(until: nil)
    return Shell.Assignment(
      name: line.text(start..<nameEnd), nameRange: line.fileRange(start..<nameEnd), value: value, appends: appends,
      range: place(from: start))
  }

  /// `(a b c)`: its words, joined by spaces, since the word is one value.
  mutating func arrayValue() -> Shell.Word {
    let start = position
    position += 1
    var parts: [Shell.Word.Part] = []
    while true {
      skipLines()
      guard let word = word() else { break }
      if !parts.isEmpty { parts.append(.literal(" ", isQuoted: true)) }
      parts += word.parts
    }
    if byte == UInt8(ascii: ")") { position += 1 } else { reportOpaque(start, "`)` is missing") }
    return Shell.Word(range: place(from: start), parts: parts, isPattern: false)
  }

  mutating func redirection() -> Shell.Redirection? {
    let start = position
    var index = position
    while index < end, bytes[index].isDigit { index += 1 }
    let hasDescriptor = index > position
    guard index < end else { return nil }
    var operation = ""
    let rest = bytes[index..<min(index + 3, end)]
    for candidate in ["<<<", "<<-", "&>>", "<<", "<&", "<>", ">>", ">&", ">|", "&>", "<", ">"]
    where rest.starts(with: candidate.utf8) {
      operation = candidate
      break
    }
    guard !operation.isEmpty, !(hasDescriptor && operation.hasPrefix("&")) else { return nil }
    let isSubstitution = operation.utf8.count == 1 && index + 1 < end && bytes[index + 1] == UInt8(ascii: "(")
    if isSubstitution { return nil }
    let descriptor = hasDescriptor ? Int(line.text(position..<index)) : nil
    position = index + operation.utf8.count
    skipBlanks()
    let target = word() ?? literalWord(position)
    if target.range.isEmpty { reportOpaque(start, "the target of a redirection is missing") }
    let heredoc = operation == "<<" || operation == "<<-" ? heredoc(target, stripsTabs: operation == "<<-") : nil
    return Shell.Redirection(
      descriptor: descriptor, operation: operation, target: target, heredoc: heredoc, range: place(from: start))
  }

  /// Finds the body: it begins behind the line that announces it, or behind the body before it.
  mutating func heredoc(_ target: Shell.Word, stripsTabs: Bool) -> Shell.Heredoc? {
    guard let name = target.value else { return nil }
    if heredocLineEnd < position {
      heredocLineEnd = position
      while heredocLineEnd < end, bytes[heredocLineEnd] != .lineFeed {
        heredocLineEnd += bytes[heredocLineEnd] == .backslash ? 2 : 1
      }
      heredocLineEnd = min(heredocLineEnd, end)
      heredocResume = min(heredocLineEnd + 1, end)
    }
    let start = heredocResume
    var bodyEnd = start
    var isTerminated = false
    let terminator = Array(name.utf8)
    while heredocResume < end {
      let lineStart = heredocResume
      let feed = bytes[lineStart..<end].firstIndex(of: .lineFeed) ?? end
      heredocResume = min(feed + 1, end)
      var content = bytes[lineStart..<feed]
      if stripsTabs { content = content.drop { $0 == .tab } }
      if content.elementsEqual(terminator) {
        isTerminated = true
        break
      }
      bodyEnd = heredocResume
    }
    let isQuoted = target.parts.contains { if case .literal(_, true) = $0 { true } else { false } }
    return Shell.Heredoc(
      name: name, bodyRange: line.fileRange(start..<bodyEnd), expandsVariables: !isQuoted, stripsTabs: stripsTabs,
      isTerminated: isTerminated)
  }
}
