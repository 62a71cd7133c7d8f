import SourceText

/// Walks once over the tokens of a JavaScript or TypeScript file and notes what it declares and calls.
struct JavaScriptFileReader {
  var parser: JavaScriptParser
  var file: ScriptFile
  /// The ends of the braces, functions, loops and conditions around the current token, innermost last.
  var braces: [ByteRange] = []
  private var functions: [(index: Int, end: Int)] = []
  private var loops: [Int] = []
  var conditions: [(asksWhetherEmpty: Bool, end: Int)] = []

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

  var tokens: [ScriptToken] { parser.scanned.tokens }
  func symbol(_ index: Int) -> String { index >= 0 && index < tokens.count ? tokens[index].symbol : "" }
  func word(_ index: Int) -> String {
    index >= 0 && index < tokens.count && tokens[index].kind == .name ? parser.text(tokens[index]) : ""
  }
  func range(from index: Int) -> ByteRange {
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

  mutating func add(name: String, start: Int, open: Int, close: Int, body: ByteRange) {
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
  mutating func noteChain(_ index: Int) {
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
  static func asksWhetherEmpty(_ condition: ScriptExpression) -> Bool {
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
