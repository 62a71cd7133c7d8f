import SourceText

/// Reads expressions of JavaScript and TypeScript. Types are passed over, functions noted only by where they start.
struct JavaScriptParser: ScriptParser {
  let bytes: [UInt8]
  let scanned: ScriptTokens
  var index = 0
  var depth = 0

  /// An expression up to a comma, a closing bracket, or where a statement ends.
  mutating func expression() -> ScriptExpression {
    nested { parser in
      let start = parser.token.range.start
      if parser.isArrowFunction { return parser.arrowFunction() }
      let condition = parser.binary(1)
      guard parser.isSymbol("?") else { return condition }
      parser.advance()
      let first = parser.expression()
      guard parser.accept(":") else { return parser.make(.bad, from: start) }
      let second = parser.expression()
      return parser.make(.conditional(condition, first, second), from: start)
    }
  }

  private mutating func binary(_ minimum: Int) -> ScriptExpression {
    let start = token.range.start
    var left = unary()
    while let level = precedence, level >= minimum {
      var operands = [left]
      var operators: [String] = []
      while precedence == level {
        operators.append(text(advance()))
        operands.append(binary(level + 1))
      }
      left = make(.infix(operands, operators), from: start)
    }
    return left
  }

  private var precedence: Int? {
    if token.kind == .name { return (isWord("in") || isWord("instanceof")) && !token.startsLine ? 4 : nil }
    guard token.kind == .symbol else { return nil }
    switch token.symbol {
    case "||", "??": return 1
    case "&&": return 2
    case "|", "^", "&": return 3
    case "==", "!=", "===", "!==", "<", ">", "<=", ">=": return 4
    case "<<", ">>", ">>>": return 5
    case "+", "-": return 6
    case "*", "/", "%", "**": return 7
    default: return nil
    }
  }

  private mutating func unary() -> ScriptExpression {
    let start = token.range.start
    let isWordOperator = token.kind == .name && ["typeof", "void", "delete", "await", "yield"].contains(text(token))
    let isSign = token.kind == .symbol && ["!", "-", "+", "~", "++", "--", "..."].contains(token.symbol)
    guard isWordOperator || isSign else { return nested { $0.suffixed() } }
    return nested { parser in
      let sign = parser.text(parser.advance())
      let operand = parser.unary()
      return parser.make(.prefix(sign, operand), from: start)
    }
  }

  mutating func suffixed() -> ScriptExpression {
    let start = token.range.start
    var expression = operand()
    for _ in 0..<200 {
      guard token.kind == .symbol || token.kind == .text || token.kind == .name else { break }
      if isSymbol(".") || isSymbol("?.") {
        let isOptional = isSymbol("?.")
        advance()
        if token.kind == .name {
          let member = advance()
          expression = make(.member(expression, SpelledText(text: text(member), range: member.range)), from: start)
        } else if !(isOptional && (isSymbol("(") || isSymbol("["))) {
          return make(.bad, from: start)
        }
      } else if isSymbol("[") {
        let keys = list { $0.expression() }
        expression = keys.count == 1 ? make(.index(expression, keys[0]), from: start) : make(.bad, from: start)
      } else if isSymbol("(") {
        let arguments = arguments()
        expression = make(.call(expression, arguments), from: start)
      } else if isSymbol("!"), !next.startsLine, !token.startsLine, next.kind != .name, next.kind != .text {
        advance()
      } else if isSymbol("<"), skipTypeArguments() {
        continue
      } else if (isWord("as") || isWord("satisfies")), !token.startsLine {
        skipType()
      } else if token.kind == .text, bytes[token.range.start] == UInt8(ascii: "`"), !token.startsLine {
        advance()
        expression = make(.bad, from: start)
      } else {
        break
      }
    }
    return expression
  }

  mutating func arguments() -> [ScriptArgument] {
    list { ScriptArgument(label: nil, value: $0.expression()) }
  }

  /// `<T, U>` before a call's bracket; nothing is consumed where it is a comparison.
  private mutating func skipTypeArguments() -> Bool {
    var ahead = index + 1
    var level = 1
    let last = min(index + 40, scanned.tokens.count - 1)
    while ahead < last, level > 0 {
      let token = scanned.tokens[ahead]
      switch token.kind {
      case .name, .text: break
      case .symbol:
        switch token.symbol {
        case "<": level += 1
        case ">": level -= 1
        case ">>": level -= 2
        case ".", ",", "[", "]", "|", "{", "}", ":", ";", "?", "&": break
        default: return false
        }
      default: return false
      }
      ahead += 1
    }
    guard level <= 0, scanned.tokens[ahead].symbol == "(" else { return false }
    index = ahead
    return true
  }

  /// `as const`, `as string[]`, `as Record<string, number>`
  private mutating func skipType() {
    advance()
    var level = 0
    while !isAtEnd {
      if opensBracket {
        skipBrackets()
        continue
      }
      if isSymbol("<") { level += 1 }
      if isSymbol(">") { level -= 1 }
      let goesOn =
        token.kind == .name || token.kind == .text || isSymbol(".") || isSymbol("|") || isSymbol("<") || isSymbol(">")
        || level > 0
      if !goesOn || token.startsLine && level == 0 || level < 0 { return }
      advance()
    }
  }

  private mutating func operand() -> ScriptExpression {
    let start = token.range.start
    switch token.kind {
    case .name: return word()
    case .number:
      let number = advance()
      return make(.number(text(number)), from: start)
    case .text:
      let token = advance()
      return make(.text(JavaScriptText.parts(bytes, token.range, depth: depth)), from: start)
    case .symbol:
      switch token.symbol {
      case "(":
        let inner = list { $0.expression() }
        return inner.last ?? make(.bad, from: start)
      case "[":
        let elements = list { $0.isSymbol(",") ? nil : $0.expression() }
        return make(.list(elements), from: start)
      case "{":
        let entries = list { $0.entry() }
        return make(.object(entries), from: start)
      default:
        if !closesBracket, !isSymbol(","), !isSymbol(";") { advance() }
        return make(.bad, from: start)
      }
    case .pattern:
      advance()
      return make(.bad, from: start)
    case .newline, .end: return make(.bad, from: start)
    }
  }

  private mutating func word() -> ScriptExpression {
    let start = token.range.start
    let name = text(advance())
    switch name {
    case "true", "false", "null", "undefined", "NaN": return make(.constant(name), from: start)
    case "new":
      if accept(".") {
        advance()
        return make(.bad, from: start)
      }
      var function = nested { $0.operand() }
      while accept(".") {
        guard token.kind == .name else { break }
        let member = advance()
        function = make(.member(function, SpelledText(text: text(member), range: member.range)), from: start)
      }
      if isSymbol("<") { _ = skipTypeArguments() }
      let arguments = isSymbol("(") ? arguments() : []
      return make(.new(function, arguments), from: start)
    case "async" where isWord("function"):
      advance()
      return function(from: start)
    case "function": return function(from: start)
    case "class":
      while !isAtEnd, !isSymbol("{"), !closesBracket { advance() }
      if isSymbol("{") { skipBrackets() }
      return make(.bad, from: start)
    default: return make(.name(name), from: start)
    }
  }

  private mutating func function(from start: Int) -> ScriptExpression {
    while !isAtEnd, !isSymbol("("), !closesBracket { advance() }
    if isSymbol("(") { skipBrackets() }
    while !isAtEnd, !isSymbol("{"), !closesBracket, !isSymbol(",") { advance() }
    if isSymbol("{") { skipBrackets() }
    return make(.function, from: start)
  }

  /// `x => …`, `(x, y) => …`, `async (x): T => …`
  var isArrowFunction: Bool {
    var ahead = index
    if isWord("async"), !next.startsLine, next.kind == .name || next.symbol == "(" { ahead += 1 }
    let tokens = scanned.tokens
    if tokens[ahead].kind == .name { return tokens[min(ahead + 1, tokens.count - 1)].symbol == "=>" }
    guard tokens[ahead].symbol == "(" else { return false }
    ahead = partner(of: ahead) + 1
    guard ahead < tokens.count else { return false }
    if tokens[ahead].symbol == "=>" { return true }
    // A result type: a few tokens up to the arrow.
    guard tokens[ahead].symbol == ":" else { return false }
    for position in ahead..<min(ahead + 16, tokens.count) {
      if tokens[position].symbol == "=>" { return true }
      if [";", "{", ")", "}"].contains(tokens[position].symbol) { return false }
    }
    return false
  }

  private mutating func arrowFunction() -> ScriptExpression {
    let start = token.range.start
    while !isAtEnd, !isSymbol("=>") {
      if opensBracket { skipBrackets() } else { advance() }
    }
    advance()
    if isSymbol("{") { skipBrackets() } else { _ = expression() }
    return make(.function, from: start)
  }

  /// `key: value`, `key`, `'key': value`, `[key]: value`, `...rest`, `method() {}`
  private mutating func entry() -> ScriptEntry? {
    if accept("...") { return ScriptEntry(key: nil, value: expression()) }
    while (isWord("async") || isWord("get") || isWord("set") || isWord("static")), next.kind == .name { advance() }
    let token = token
    switch token.kind {
    case .name, .number:
      advance()
      let key = SpelledText(text: text(token), range: token.range)
      if accept(":") { return ScriptEntry(key: key, value: expression()) }
      if isSymbol("(") { return ScriptEntry(key: key, value: function(from: token.range.start)) }
      let value = ScriptExpression(kind: .name(key.text), range: token.range)
      if accept("=") { _ = expression() }
      return ScriptEntry(key: key, value: value)
    case .text:
      advance()
      let key =
        ScriptExpression(kind: .text(JavaScriptText.parts(bytes, token.range, depth: depth)), range: token.range)
        .literal ?? ""
      guard accept(":") else { return nil }
      return ScriptEntry(
        key: SpelledText(text: key, range: ByteRange(token.range.start + 1, token.range.end - 1)), value: expression())
    default:
      guard isSymbol("[") else { return nil }
      skipBrackets()
      guard accept(":") else { return nil }
      _ = expression()
      return nil
    }
  }
}
