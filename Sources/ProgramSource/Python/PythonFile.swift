import SourceText

/// Walks once over the logical lines of a Python file and notes what it declares and calls.
struct PythonFileReader {
  /// A logical line: its tokens and how far it is indented.
  struct Line {
    var first: Int
    var last: Int
    var indent: Int
  }

  var parser: PythonParser
  var file: ScriptFile
  var lines: [Line] = []
  /// For each line that opens a block, where the block ends in the file.
  private var blockEnds: [Int] = []
  private var loops: [Int] = []
  private var functions: [(index: Int, end: Int)] = []
  private var conditions: [(asksWhetherEmpty: Bool, end: Int)] = []
  /// Classes around the current line, with whether they are settings filled from the environment.
  private(set) var classes: [(isSettings: Bool, end: Int)] = []
  private var settings: [PythonSetting] = []

  /// The file, and the fields of classes that a library fills from the environment.
  static func read(_ source: SourceFile) -> (file: ScriptFile, settings: [PythonSetting]) {
    let scanned = PythonScanner.scan(source.bytes)
    var reader = PythonFileReader(
      parser: PythonParser(bytes: source.bytes, scanned: scanned), file: ScriptFile(source: source))
    reader.file.problems = scanned.problems
    reader.findLines()
    for line in reader.lines.indices { reader.read(line) }
    return (reader.file, reader.settings)
  }

  private init(parser: PythonParser, file: ScriptFile) {
    self.parser = parser
    self.file = file
  }

  private var tokens: [ScriptToken] { parser.scanned.tokens }
  func symbol(_ index: Int) -> String { index >= 0 && index < tokens.count ? tokens[index].symbol : "" }
  private func word(_ index: Int) -> String {
    index >= 0 && index < tokens.count && tokens[index].kind == .name ? parser.text(tokens[index]) : ""
  }

  private mutating func findLines() {
    var first: Int?
    for index in tokens.indices {
      if tokens[index].kind == .newline || tokens[index].kind == .end {
        if let start = first { lines.append(Line(first: start, last: index - 1, indent: indent(of: start))) }
        first = nil
      } else if first == nil {
        first = index
      }
    }
    // The block of a line ends where the next line begins that is indented no further.
    blockEnds = [Int](repeating: file.source.bytes.count, count: lines.count)
    var open: [Int] = []
    for index in lines.indices {
      while let last = open.last, lines[last].indent >= lines[index].indent {
        blockEnds[last] = tokens[lines[index].first].range.start
        open.removeLast()
      }
      open.append(index)
    }
  }

  /// Blanks before the first token of a line; a tab counts as eight.
  private func indent(of index: Int) -> Int {
    var offset = tokens[index].range.start
    var indent = 0
    while offset > 0, file.source.bytes[offset - 1] == 32 || file.source.bytes[offset - 1] == 9, indent < 1_000 {
      offset -= 1
      indent += file.source.bytes[offset] == 9 ? 8 : 1
    }
    return indent
  }

  // MARK: Lines

  private mutating func read(_ line: Int) {
    let offset = tokens[lines[line].first].range.start
    while let last = loops.last, offset >= last { loops.removeLast() }
    while let last = functions.last, offset >= last.end { functions.removeLast() }
    while let last = conditions.last, offset >= last.end { conditions.removeLast() }
    while let last = classes.last, offset >= last.end { classes.removeLast() }
    let first = lines[line].first
    parser.index = first
    parser.depth = 0
    switch word(first) {
    case "import": readImport(line)
    case "from": readFromImport(line)
    case "def": readFunction(line, first)
    case "async" where word(first + 1) == "def": readFunction(line, first + 1)
    case "class": readClass(line)
    case "for", "while":
      loops.append(blockEnds[line])
      noteAll(line)
    case "try": file.tries.append(ByteRange(offset, blockEnds[line]))
    case "if", "elif": readCondition(line)
    case "return":
      parser.index = first + 1
      if let function = functions.last {
        let value = parser.expressions()
        file.functions[function.index].returns.append(value)
      }
      noteAll(line)
    default:
      readAssignment(line)
      noteAll(line)
    }
  }

  /// Notes all chains of a line that are not noted as parts of others.
  private mutating func noteAll(_ line: Int) {
    for index in lines[line].first...max(lines[line].first, lines[line].last)
    where tokens[index].kind == .name && symbol(index - 1) != "." || isGroup(index) {
      guard isGroup(index) || ["(", ".", "["].contains(symbol(index + 1)), !file.isNoted(tokens[index].range.start),
        !["if", "in", "and", "or", "not", "return", "print", "else", "assert", "await", "yield", "with", "as", "is"]
          .contains(word(index))
      else { continue }
      parser.index = index
      parser.depth = 0
      let chain = parser.suffixed()
      var fallback: ScriptExpression?
      if parser.acceptWord("or") { fallback = parser.suffixed() }
      file.note(chain, isInLoop: !loops.isEmpty, rules: Self.rules, fallback: fallback)
    }
  }

  /// Whether an expression in parentheses begins here, as in `(BASE / "a").read_text()`, and not the arguments of a call.
  private func isGroup(_ index: Int) -> Bool {
    symbol(index) == "(" && (["=", ",", "(", "[", ":"].contains(symbol(index - 1)) || index == 0)
  }

  private static let rules = ScriptFile.NoteRules(fallbackOperators: PythonLanguage.fallbackOperators) {
    $0.contains("environ") && !$0.contains("()")
  }

  // MARK: Names

  private var scope: ByteRange? { functions.last.map { ByteRange(file.functions[$0.index].start, $0.end) } }

  /// `a = b = x`, `a: int = x`, `a, b = x, y`
  private mutating func readAssignment(_ line: Int) {
    var targets: [ScriptExpression] = []
    let start = parser.index
    for _ in 0..<8 {
      let target = parser.expressions()
      if parser.isSymbol(":"), targets.isEmpty, target.name != nil || target.path != nil {
        parser.advance()
        _ = parser.expression()
        guard parser.isSymbol("=") else {
          noteSetting(target, nil)
          return
        }
      }
      guard parser.accept("=") else {
        guard !targets.isEmpty else { return }
        for one in targets { assign(one, target) }
        return
      }
      targets.append(target)
    }
    parser.index = start
  }

  private mutating func assign(_ target: ScriptExpression, _ value: ScriptExpression) {
    switch target.kind {
    case .name(let name):
      noteSetting(target, value)
      var binding = ScriptBinding(name: SpelledText(text: name, range: target.range), scope: scope, value: value)
      binding.isFallback = conditions.last?.asksWhetherEmpty ?? false
      binding.isConditional = !conditions.isEmpty
      file.add(binding)
    case .member(let base, let member) where base.name == "self":
      // A field: whatever method sets it, the others see it.
      file.add(ScriptBinding(name: SpelledText(text: "self." + member.text, range: member.range), value: value))
    case .list(let targets):
      if case .list(let values) = value.kind, values.count == targets.count {
        for (one, part) in zip(targets, values) { assign(one, part) }
      } else {
        for (position, one) in targets.enumerated() where one.name != nil {
          file.add(
            ScriptBinding(
              name: SpelledText(text: one.name ?? "", range: one.range), scope: scope, value: value,
              path: [String(position)]))
        }
      }
    default: break
    }
  }

  /// A field of a class that is filled from the environment.
  private mutating func noteSetting(_ target: ScriptExpression, _ value: ScriptExpression?) {
    guard let name = target.name, classes.last?.isSettings == true, functions.isEmpty, name != "model_config" else {
      return
    }
    settings.append(PythonSetting(name: SpelledText(text: name, range: target.range), fallback: value))
  }

  // MARK: Blocks

  private mutating func readFunction(_ line: Int, _ index: Int) {
    let name = word(index + 1)
    guard symbol(index + 2) == "(" else { return }
    parser.index = index + 2
    let parameters = parser.list { parser -> (SpelledText, ScriptExpression?)? in
      _ = parser.accept("*") || parser.accept("**")
      guard parser.token.kind == .name else { return nil }
      let token = parser.advance()
      if parser.accept(":") { _ = parser.expression() }
      let fallback = parser.accept("=") ? parser.expression() : nil
      return (SpelledText(text: parser.text(token), range: token.range), fallback)
    }
    let function = file.functions.count
    let start = tokens[lines[line].first].range.start
    let body = ByteRange(start, blockEnds[line])
    file.functions.append(
      ScriptFunction(name: name, parameters: parameters.map { ($0.0.text, $0.1) }, start: start, body: body))
    functions.append((function, body.end))
    let isMethod = parameters.first?.0.text == "self"
    for (position, parameter) in parameters.enumerated() {
      file.add(
        ScriptBinding(
          name: parameter.0, scope: body, fallback: parameter.1,
          parameter: (function, isMethod ? position - 1 : position)))
    }
    for parameter in parameters {
      if let fallback = parameter.1 { file.note(fallback, isInLoop: false, rules: Self.rules) }
    }
  }

  private mutating func readClass(_ line: Int) {
    let last = lines[line].last
    let bases = (lines[line].first...max(lines[line].first, last)).map { word($0) }
    classes.append((bases.contains("BaseSettings"), blockEnds[line]))
  }

  private mutating func readCondition(_ line: Int) {
    let first = lines[line].first
    parser.index = first + 1
    let condition = parser.expression()
    let end = blockEnds[line]
    if word(first + 1) == "__name__" {
      file.mainBlocks.append(ByteRange(tokens[first].range.start, end))
      return
    }
    let asks = Self.asksWhetherEmpty(condition)
    conditions.append((asks, end))
    noteAll(line)
    guard asks else { return }
    var ahead = lines[line].last
    while ahead < min(lines[line].last + 60, tokens.count), tokens[ahead].range.start < end {
      let word = word(ahead)
      if word == "raise" || word == "exit" || word == "_exit" || word == "SystemExit" {
        file.guards.append(ScriptGuard(condition: condition.range, exit: tokens[ahead].range))
        return
      }
      ahead += 1
    }
  }

  /// `not x`, `x is None`, `x == ""`, `"X" not in os.environ`
  private static func asksWhetherEmpty(_ condition: ScriptExpression) -> Bool {
    switch condition.kind {
    case .prefix("not", _): true
    case .infix(let operands, let operators):
      if operators.contains("or") || operators.contains("and") {
        operands.contains(where: asksWhetherEmpty)
      } else if operators == ["not in"] {
        operands[1].path?.last == "environ"
      } else if operators == ["is"] || operators == ["=="], let last = operands.last {
        if case .constant = last.kind { true } else { last.literal == "" }
      } else {
        false
      }
    default: false
    }
  }
}

/// A field of a class that a library fills from the environment: https://docs.pydantic.dev/latest/concepts/pydantic_settings
struct PythonSetting: Sendable {
  var name: SpelledText
  var fallback: ScriptExpression?
}
