import SourceText

/// Walks once over the tokens of a JavaScript or TypeScript file and notes what it declares and calls.
struct JavaScriptFileReader {
  private var parser: JavaScriptParser
  private var file: ScriptFile
  /// The ends of the braces, functions, loops and conditions around the current token, innermost last.
  private var braces: [ByteRange] = []
  private var functions: [(index: Int, end: Int)] = []
  private var loops: [Int] = []
  private var conditions: [(asksWhetherEmpty: Bool, end: Int)] = []

  static func read(_ source: SourceFile) -> ScriptFile {
    let scanned = JavaScriptScanner.scan(source.bytes)
    var reader = JavaScriptFileReader(
      parser: JavaScriptParser(bytes: source.bytes, scanned: scanned), file: ScriptFile(source: source))
    reader.file.problems = scanned.problems
    reader.walk()
    return reader.file
  }

  private init(parser: JavaScriptParser, file: ScriptFile) {
    self.parser = parser
    self.file = file
  }

  private var tokens: [ScriptToken] { parser.scanned.tokens }
  private func symbol(_ index: Int) -> String { index >= 0 && index < tokens.count ? tokens[index].symbol : "" }
  private func word(_ index: Int) -> String {
    index >= 0 && index < tokens.count && tokens[index].kind == .name ? parser.text(tokens[index]) : ""
  }
  private func range(from index: Int) -> ByteRange {
    ByteRange(tokens[index].range.start, tokens[parser.partner(of: index)].range.end)
  }

  private mutating func walk() {
    for index in tokens.indices {
      let offset = tokens[index].range.start
      while let last = braces.last, offset >= last.end { braces.removeLast() }
      while let last = functions.last, offset >= last.end { functions.removeLast() }
      while let last = loops.last, offset >= last { loops.removeLast() }
      while let last = conditions.last, offset >= last.end { conditions.removeLast() }
      if tokens[index].symbol == "{" { braces.append(range(from: index)) }
      if tokens[index].symbol == "(" { noteArrow(index) }
      if tokens[index].symbol == "[", symbol(parser.partner(of: index) + 1) == ".",
        tokens[max(index - 1, 0)].kind == .symbol
      {
        noteChain(index)
      }
      if tokens[index].kind == .name, symbol(index - 1) != ".", symbol(index - 1) != "?." { noteWord(index) }
    }
  }

  private mutating func noteWord(_ index: Int) {
    let word = word(index)
    switch word {
    case "const", "let", "var": declare(index)
    case "import": readImport(index)
    case "export": readExport(index)
    case "function": noteFunction(index)
    case "return": noteReturn(index)
    case "for", "while":
      let open = self.word(index + 1) == "await" ? index + 2 : index + 1
      if symbol(open) == "(" { loops.append(blockEnd(behind: parser.partner(of: open))) }
    case "do": loops.append(blockEnd(behind: index))
    case "if": noteCondition(index)
    case "new": noteChain(index)
    case "try" where symbol(index + 1) == "{": file.tries.append(range(from: index + 1))
    case "async", "await", "else", "switch", "case", "catch", "try", "throw", "typeof", "in", "of", "class", "extends",
      "static":
      if word == "async" { noteArrow(index) }
    default:
      if isMethod(index) {
        addFunction(name: word, start: tokens[index].range.start, open: index + 1)
      } else {
        noteArrow(index)
        if symbol(index + 1) == "=", startsStatement(index) { noteAssignment(index, word) }
        let before = self.word(index - 1)
        if !["new", "function", "class"].contains(before) { noteChain(index) }
      }
    }
  }

  /// Whether a name here is no default of destructuring: `{ a = 1 }`.
  private func startsStatement(_ index: Int) -> Bool {
    switch symbol(index - 1) {
    case ",", ":": false
    case "" where ["const", "let", "var"].contains(word(index - 1)): false
    case "{": [")", "=>", "}", ";"].contains(symbol(index - 2)) || ["else", "try", "do"].contains(word(index - 2))
    default: true
    }
  }

  /// Where the block or statement behind a token ends.
  private func blockEnd(behind index: Int) -> Int {
    guard index + 1 < tokens.count else { return file.source.bytes.count }
    if symbol(index + 1) == "{" { return range(from: index + 1).end }
    var ahead = index + 1
    while ahead < min(index + 60, tokens.count - 1), symbol(ahead) != ";", symbol(ahead) != "}" { ahead += 1 }
    return tokens[ahead].range.end
  }

  // MARK: Functions

  /// `name(…) {` in a class or an object.
  private func isMethod(_ index: Int) -> Bool {
    guard symbol(index + 1) == "(" else { return false }
    let before = symbol(index - 1)
    guard
      before == "{" || before == "}" || before == "," || before == ";" || tokens[index].startsLine
        || ["async", "static", "get", "set", "private", "public", "protected"].contains(word(index - 1))
    else { return false }
    let close = parser.partner(of: index + 1)
    if symbol(close + 1) == "{" { return true }
    return symbol(close + 1) == ":" && before != "{" && symbol(close + 3) == "{"
  }

  private mutating func noteFunction(_ index: Int) {
    var open = index + 1
    if symbol(open) == "*" { open += 1 }
    let name = word(open)
    if !name.isEmpty { open += 1 }
    while open < min(index + 40, tokens.count - 1), symbol(open) != "(" { open += 1 }
    addFunction(name: name, start: tokens[index].range.start, open: open)
  }

  private mutating func addFunction(name: String, start: Int, open: Int) {
    guard symbol(open) == "(" else { return }
    let close = parser.partner(of: open)
    var brace = close + 1
    while brace < min(close + 40, tokens.count), symbol(brace) != "{" { brace += 1 }
    guard symbol(brace) == "{" else { return }
    add(name: name, start: start, open: open, close: close, body: range(from: brace))
  }

  private mutating func add(name: String, start: Int, open: Int, close: Int, body: ByteRange) {
    let function = file.functions.count
    let parameters = parameters(open, close)
    let scope = ByteRange(tokens[open].range.start, body.end)
    file.functions.append(
      ScriptFunction(name: name, parameters: parameters.map { ($0.name.text, $0.fallback) }, start: start, body: body))
    functions.append((function, body.end))
    for (position, parameter) in parameters.enumerated() {
      file.add(
        ScriptBinding(
          name: parameter.name, scope: scope, fallback: parameter.fallback, parameter: (function, position)))
    }
  }

  /// The names between the brackets of a function; destructured ones are left out, but keep their place.
  private func parameters(_ open: Int, _ close: Int) -> [(name: SpelledText, fallback: ScriptExpression?)] {
    var parser = parser
    parser.index = open
    guard symbol(open) == "(" else {
      let range = tokens[open].range
      return [(SpelledText(text: parser.text(tokens[open]), range: range), nil)]
    }
    return parser.list { parser in
      _ = parser.accept("...")
      let range = parser.token.range
      let name = parser.token.kind == .name ? parser.text(parser.token) : ""
      if parser.opensBracket { parser.skipBrackets() } else { parser.advance() }
      while !parser.isAtEnd, !parser.isSymbol("="), !parser.isSymbol(","), !parser.closesBracket {
        if parser.opensBracket { parser.skipBrackets() } else { parser.advance() }
      }
      let fallback = parser.accept("=") ? parser.expression() : nil
      return (SpelledText(text: name, range: range), fallback)
    }
  }

  private mutating func noteArrow(_ index: Int) {
    var parser = parser
    parser.index = index
    guard parser.isArrowFunction,
      functions.last.map({ file.functions[$0.index].start != tokens[index].range.start }) ?? true
    else { return }
    if word(index - 1) == "async" { return }
    let open = word(index) == "async" && symbol(index + 1) != "=>" ? index + 1 : index
    let close = symbol(open) == "(" ? parser.partner(of: open) : open
    var arrow = close + 1
    while arrow < tokens.count - 1, symbol(arrow) != "=>" { arrow += 1 }
    if symbol(arrow + 1) == "{" {
      add(name: "", start: tokens[index].range.start, open: open, close: close, body: range(from: arrow + 1))
    } else {
      parser.index = min(arrow + 1, tokens.count - 1)
      let value = parser.expression()
      add(name: "", start: tokens[index].range.start, open: open, close: close, body: value.range)
      file.functions[file.functions.count - 1].returns = [value]
    }
  }

  private mutating func noteReturn(_ index: Int) {
    guard let function = functions.last, !tokens[min(index + 1, tokens.count - 1)].startsLine else { return }
    parser.index = min(index + 1, tokens.count - 1)
    file.functions[function.index].returns.append(parser.expression())
  }

  // MARK: Calls

  /// Notes every call in the chain that a name starts, and in its arguments: `express().listen(3000)` has two.
  private mutating func noteChain(_ index: Int) {
    let next = symbol(index + 1)
    guard word(index) == "new" || symbol(index) == "[" || ["(", ".", "?.", "[", "<"].contains(next),
      !file.isNoted(tokens[index].range.start)
    else { return }
    parser.index = index
    parser.depth = 0
    let chain = parser.suffixed()
    let path = chain.path
    var fallback: ScriptExpression?
    if path?.first == "module" || path?.first == "exports", parser.isSymbol("=") { noteExports(path ?? []) }
    if let path, Self.rules.isRead(path), parser.isSymbol("||") || parser.isSymbol("??") {
      parser.advance()
      parser.depth = 0
      fallback = parser.suffixed()
    }
    note(chain, fallback: fallback)
  }

  private mutating func note(_ expression: ScriptExpression, fallback: ScriptExpression? = nil) {
    file.note(expression, isInLoop: !loops.isEmpty, rules: Self.rules, fallback: fallback)
  }

  private static let rules = ScriptFile.NoteRules(fallbackOperators: JavaScriptLanguage.fallbackOperators) {
    $0.first == "process" || $0.first == "import"
  }

  // MARK: Names

  private var scope: ByteRange? { braces.last }

  private mutating func declare(_ index: Int) {
    parser.index = index + 1
    parser.depth = 0
    for _ in 0..<200 {
      declareOne()
      guard parser.accept(",") else { return }
    }
  }

  private mutating func declareOne() {
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

  private mutating func skipType() {
    while !parser.isAtEnd, !parser.isSymbol("="), !parser.isSymbol(","), !parser.isSymbol(";"), !parser.closesBracket {
      if parser.opensBracket { parser.skipBrackets() } else { parser.advance() }
    }
  }

  private typealias Destructured = (name: SpelledText, member: String, fallback: ScriptExpression?)

  /// `{ PORT = 3000, HOST: host }`
  private mutating func destructured() -> [Destructured] {
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

  private mutating func addDestructured(_ names: [Destructured], _ value: ScriptExpression) {
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

  private mutating func noteAssignment(_ index: Int, _ name: String) {
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

  // MARK: Modules

  private mutating func noteRequire(_ value: ScriptExpression, _ local: String, _ name: String?) {
    var value = value
    if case .member(let base, let member) = value.kind, name == nil {
      if let module = Self.required(base) {
        file.imports.append(ScriptImport(module: module, name: member.text, local: local, range: base.range))
      }
      return
    }
    if case .call(let function, _) = value.kind, Self.required(function) != nil { value = function }
    if let module = Self.required(value) {
      file.imports.append(ScriptImport(module: module, name: name, local: local, range: value.range))
    }
  }

  private static func required(_ expression: ScriptExpression) -> String? {
    guard case .call(let function, let arguments) = expression.kind else { return nil }
    return JavaScriptLanguage.required(function, arguments)
  }

  /// `import a, { b as c } from 'm'`, `import * as n from 'm'`, `import 'm'`
  private mutating func readImport(_ index: Int) {
    guard symbol(index + 1) != "(", symbol(index + 1) != "." else { return noteChain(index) }
    parser.index = index + 1
    var names: [(name: String?, local: String)] = []
    if parser.isWord("type"), parser.next.kind == .name || parser.next.symbol == "{" { parser.advance() }
    if parser.token.kind == .name {
      names.append(("default", parser.text(parser.advance())))
      if parser.accept("=") {
        let value = parser.expression()
        return noteRequire(value, names[0].local, nil)
      }
      _ = parser.accept(",")
    }
    if parser.accept("*") {
      parser.advance()
      if parser.token.kind == .name { names.append((nil, parser.text(parser.advance()))) }
    } else if parser.isSymbol("{") {
      names += importedNames().map { ($0.name, $0.local) }
    }
    _ = parser.acceptWord("from")
    guard parser.token.kind == .text else { return }
    let token = parser.token
    let module = ScriptExpression(
      kind: .text(JavaScriptText.parts(parser.bytes, token.range, depth: 50)), range: token.range)
    guard let path = module.literal else { return }
    if names.isEmpty { file.imports.append(ScriptImport(module: path, range: token.range)) }
    for (name, local) in names {
      file.imports.append(ScriptImport(module: path, name: name, local: local, range: token.range))
    }
  }

  private mutating func importedNames() -> [(name: String, local: String)] {
    parser.list { parser in
      guard parser.token.kind == .name else { return nil }
      let name = parser.text(parser.advance())
      guard parser.acceptWord("as"), parser.token.kind == .name else { return (name, name) }
      return (name, parser.text(parser.advance()))
    }
  }

  /// `module.exports = …`, `exports.name = …`
  private mutating func noteExports(_ path: [String]) {
    let names = path.drop { $0 == "module" || $0 == "exports" }
    guard names.count <= 1, path.contains("exports") else { return }
    parser.advance()
    parser.depth = 0
    file.exports[names.first ?? ""] = parser.expression()
  }

  private mutating func readExport(_ index: Int) {
    parser.index = index + 1
    parser.depth = 0
    if parser.acceptWord("default") {
      file.exports["default"] = parser.expression()
    } else if parser.isSymbol("{") {
      for (name, exported) in importedNames() { file.exportedNames[exported] = name }
    } else if ["const", "let", "var"].contains(word(index + 1)) {
      if symbol(index + 2) == "" { file.exportedNames[word(index + 2)] = word(index + 2) }
    } else if word(index + 1) == "function" || word(index + 1) == "async" {
      let name = word(index + 1) == "async" ? word(index + 3) : word(index + 2)
      file.exportedNames[name] = name
    }
  }

  // MARK: Conditions

  private mutating func noteCondition(_ index: Int) {
    guard symbol(index + 1) == "(" else { return }
    let close = parser.partner(of: index + 1)
    let condition = range(from: index + 1)
    parser.index = min(index + 2, tokens.count - 1)
    parser.depth = 0
    let expression = parser.expression()
    let end = blockEnd(behind: close)
    conditions.append((Self.asksWhetherEmpty(expression), end))
    guard Self.asksWhetherEmpty(expression) else { return }
    var ahead = close + 1
    while ahead < min(close + 80, tokens.count), tokens[ahead].range.start < end {
      let word = word(ahead)
      if word == "throw" || word == "exit" && symbol(ahead - 1) == "." {
        file.guards.append(ScriptGuard(condition: condition, exit: tokens[ahead].range))
        return
      }
      ahead += 1
    }
  }

  /// `!x`, `x === undefined`, `x == null`, `x === ''`, also joined by `||`.
  private static func asksWhetherEmpty(_ condition: ScriptExpression) -> Bool {
    switch condition.kind {
    case .prefix("!", _): true
    case .infix(let operands, let operators):
      if operators.contains("||") || operators.contains("&&") {
        operands.contains(where: asksWhetherEmpty)
      } else if let sign = operators.first, sign.hasPrefix("=="), let last = operands.last {
        if case .constant = last.kind { true } else { last.literal == "" }
      } else {
        false
      }
    default: false
    }
  }
}
