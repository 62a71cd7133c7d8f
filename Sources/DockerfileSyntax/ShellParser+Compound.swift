import SourceText

/// Groups, branches, loops and functions.
extension ShellParser {
  /// The compound command that begins here; nil if none does.
  mutating func compoundCommand(open: Closers) -> Shell.Command? {
    let start = position
    if starts(with: "((") {
      if let arithmetic = arithmeticCommand() { return arithmetic }
    }
    if byte == UInt8(ascii: "(") {
      position += 1
      let statements = statements(until: .parenthesis, open: open)
      if byte == UInt8(ascii: ")") { position += 1 } else { reportOpaque(start, "`)` is missing") }
      let redirections = redirections()
      return .subshell(Shell.Block(statements: statements, redirections: redirections, range: place(from: start)))
    }
    guard let word = reservedWord() else { return nil }
    switch word {
    case "{":
      position += 1
      let statements = statements(until: .brace, open: open)
      expect("}", start)
      let redirections = redirections()
      return .group(Shell.Block(statements: statements, redirections: redirections, range: place(from: start)))
    case "if": return conditional(start, open: open)
    case "while", "until": return conditionLoop(word, start, open: open)
    case "for", "select": return itemLoop(word, start, open: open)
    case "case": return selection(start, open: open)
    case "function":
      position += word.utf8.count
      skipBlanks()
      guard let name = self.word() else { return .opaque(reportOpaque(start, "the name of a function is missing")) }
      skipBlanks()
      if starts(with: "()") { position += 2 }
      return function(named: name, start: start, open: open)
    default: return nil
    }
  }

  private mutating func arithmeticCommand() -> Shell.Command? {
    let start = position
    let lineEnd = bytes[position..<end].firstIndex(of: .lineFeed) ?? end
    guard let end = endOfDoubleParentheses(in: position..<lineEnd) else { return nil }
    position = end
    return .arithmetic(place(from: start))
  }

  /// Steps over a reserved word that has to stand here.
  private mutating func expect(_ word: String, _ start: Int) {
    skipLines()
    if reservedWord() == word {
      position += word.utf8.count
    } else {
      reportOpaque(start, "`\(word)` is missing")
    }
  }

  mutating func function(named name: Shell.Word, start: Int, open: Closers) -> Shell.Command {
    skipLines()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      position = end
      return .opaque(reportOpaque(start, "commands are nested too deeply"))
    }
    guard let body = compoundCommand(open: open) else {
      return .opaque(reportOpaque(start, "the body of a function is missing"))
    }
    return .function(name: name, body: body, range: place(from: start))
  }

  private mutating func redirections() -> [Shell.Redirection] {
    var redirections: [Shell.Redirection] = []
    while true {
      let before = position
      skipBlanks()
      guard let redirection = redirection() else {
        position = before
        return redirections
      }
      redirections.append(redirection)
    }
  }

  private mutating func conditional(_ start: Int, open: Closers) -> Shell.Command {
    var branches: [Shell.Conditional.Branch] = []
    var otherwise: [Shell.Statement]?
    position += 2
    while true {
      let condition = statements(until: .then, open: open.union(.elseOrEnd))
      expect("then", start)
      let body = statements(until: .elseOrEnd, open: open)
      branches.append(Shell.Conditional.Branch(condition: condition, body: body))
      guard reservedWord() == "elif" else { break }
      position += 4
    }
    if reservedWord() == "else" {
      position += 4
      otherwise = statements(until: .elseOrEnd, open: open)
    }
    expect("fi", start)
    let redirections = redirections()
    return .conditional(
      Shell.Conditional(
        branches: branches, otherwise: otherwise, redirections: redirections, range: place(from: start)))
  }

  /// `do ... done`
  private mutating func loopBody(_ start: Int, open: Closers) -> [Shell.Statement] {
    expect("do", start)
    let body = statements(until: .done, open: open)
    expect("done", start)
    return body
  }

  private mutating func conditionLoop(_ kind: String, _ start: Int, open: Closers) -> Shell.Command {
    position += kind.utf8.count
    let condition = statements(until: .do, open: open.union(.done))
    let body = loopBody(start, open: open)
    let redirections = redirections()
    return .loop(
      Shell.Loop(
        kind: kind, variable: nil, items: [], condition: condition, body: body, redirections: redirections,
        range: place(from: start)))
  }

  private mutating func itemLoop(_ kind: String, _ start: Int, open: Closers) -> Shell.Command {
    position += kind.utf8.count
    skipBlanks()
    var variable: Shell.Word?
    var items: [Shell.Word] = []
    if starts(with: "((") { _ = arithmeticCommand() } else { variable = word() }
    skipLines()
    if starts(with: "in"), byte(at: 2).map(isWordEnd) ?? true {
      position += 2
      skipBlanks()
      while let item = word() {
        items.append(item)
        skipBlanks()
      }
    }
    skipBlanks()
    if byte == UInt8(ascii: ";") { position += 1 }
    skipLines()
    let body: [Shell.Statement]
    if reservedWord() == "{" {
      position += 1
      body = statements(until: .brace, open: open)
      expect("}", start)
    } else {
      body = loopBody(start, open: open)
    }
    let redirections = redirections()
    return .loop(
      Shell.Loop(
        kind: kind, variable: variable, items: items, condition: [], body: body, redirections: redirections,
        range: place(from: start)))
  }

  private mutating func selection(_ start: Int, open: Closers) -> Shell.Command {
    position += 4
    skipBlanks()
    guard let subject = word() else { return .opaque(reportOpaque(start, "the word after `case` is missing")) }
    skipLines()
    if starts(with: "in"), byte(at: 2).map(isWordEnd) ?? true {
      position += 2
    } else {
      reportOpaque(start, "`in` is missing")
    }
    var branches: [Shell.Selection.Branch] = []
    while true {
      skipLines()
      guard byte != nil, reservedWord() != "esac" else { break }
      guard let branch = selectionBranch(open: open) else { break }
      branches.append(branch)
    }
    expect("esac", start)
    let redirections = redirections()
    return .selection(
      Shell.Selection(subject: subject, branches: branches, redirections: redirections, range: place(from: start)))
  }

  /// `pattern | pattern) statements ;;`
  private mutating func selectionBranch(open: Closers) -> Shell.Selection.Branch? {
    let start = position
    if byte == UInt8(ascii: "(") { position += 1 }
    var patterns: [Shell.Word] = []
    while true {
      skipBlanks()
      guard let pattern = word() else { break }
      patterns.append(pattern)
      skipBlanks()
      guard byte == UInt8(ascii: "|") else { break }
      position += 1
    }
    guard byte == UInt8(ascii: ")"), !patterns.isEmpty else {
      if position == start { return nil }
      reportOpaque(start, "a pattern of `case` does not end with `)`")
      return nil
    }
    position += 1
    let body = statements(until: [.branchEnd, .esac], open: open)
    if starts(with: ";;&") {
      position += 3
    } else if starts(with: ";;") || starts(with: ";&") {
      position += 2
    }
    return Shell.Selection.Branch(patterns: patterns, body: body)
  }
}
