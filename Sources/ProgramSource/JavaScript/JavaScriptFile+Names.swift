import SourceText

/// What names stand for.
extension JavaScriptFileReader {
  var scope: ByteRange? { braces.last }

  mutating func declare(_ index: Int) {
    parser.index = index + 1
    parser.depth = 0
    for _ in 0..<200 {
      declareOne()
      guard parser.accept(",") else { return }
    }
  }

  mutating func declareOne() {
    let start = parser.token
    if start.symbol == "{" {
      let names = destructured()
      guard parser.accept("=") else { return }
      let value = parser.expression()
      addDestructured(names, value)
      return
    }
    guard start.kind == .name else { return }
    let name = SpelledText(text: parser.text(start), range: start.range)
    parser.advance()
    if parser.isSymbol(":") { skipType() }
    guard parser.accept("=") else {
      file.add(ScriptBinding(name: name, scope: scope))
      return
    }
    let value = parser.expression()
    noteRequire(value, name.text, nil)
    file.add(ScriptBinding(name: name, scope: scope, value: value))
  }

  mutating func skipType() {
    while !parser.isAtEnd, !parser.isSymbol("="), !parser.isSymbol(","), !parser.isSymbol(";"), !parser.closesBracket {
      if parser.opensBracket { parser.skipBrackets() } else { parser.advance() }
    }
  }

  typealias Destructured = (name: SpelledText, member: String, fallback: ScriptExpression?)

  /// `{ PORT = 3000, HOST: host }`
  mutating func destructured() -> [Destructured] {
    parser.list { parser in
      guard parser.token.kind == .name else { return nil }
      let token = parser.advance()
      let member = parser.text(token)
      var name = SpelledText(text: member, range: token.range)
      if parser.accept(":") {
        guard parser.token.kind == .name else { return nil }
        let token = parser.advance()
        name = SpelledText(text: parser.text(token), range: token.range)
      }
      let fallback = parser.accept("=") ? parser.expression() : nil
      return (name, member, fallback)
    }
  }

  mutating func addDestructured(_ names: [Destructured], _ value: ScriptExpression) {
    for (name, member, fallback) in names {
      noteRequire(value, name.text, member)
      file.add(
        ScriptBinding(name: name, scope: scope, value: value, path: [member], fallback: fallback))
      if value.path == ["process", "env"] {
        let read = ScriptExpression(
          kind: .member(value, SpelledText(text: member, range: name.range)), range: name.range)
        file.reads.append(ScriptRead(expression: read, fallback: fallback))
      }
    }
  }

  mutating func noteAssignment(_ index: Int, _ name: String) {
    parser.index = index + 2
    parser.depth = 0
    let value = parser.expression()
    if name == "module" || name == "exports" { return }
    let spelled = SpelledText(text: name, range: tokens[index].range)
    let declared = file.bindings(of: name, at: tokens[index].range.start).last
    var binding = ScriptBinding(name: spelled, scope: declared?.scope, value: value)
    binding.isFallback = conditions.last?.asksWhetherEmpty ?? false
    binding.isConditional = !conditions.isEmpty
    file.add(binding)
  }
}
