import SourceText

extension GoParser {
  mutating func expression() -> GoExpression { binary(1) }

  mutating func expressions() -> [GoExpression] {
    var list = [expression()]
    while accept(.comma) { list.append(expression()) }
    return list
  }

  /// Operators of one precedence make one node, so that a sum of a thousand parts is not a thousand levels high.
  private mutating func binary(_ minimum: Int) -> GoExpression {
    let start = token.range.start
    var left = unary()
    while let level = precedence(kind), level >= minimum {
      var operands = [left]
      var operators: [String] = []
      while precedence(kind) == level {
        operators.append(text(advance().range))
        operands.append(binary(level + 1))
      }
      left = make(.binary(operands, operators), from: start, over: operands.map(\.height).max() ?? 0)
    }
    return left
  }

  private func precedence(_ kind: GoToken.Kind) -> Int? {
    switch kind {
    case .logicalOr: 1
    case .logicalAnd: 2
    case .comparison: 3
    case .plus, .minus, .pipe, .caret: 4
    case .star, .multiplicative, .ampersand: 5
    default: nil
    }
  }

  private mutating func unary() -> GoExpression {
    switch kind {
    case .star, .ampersand, .exclamation, .minus, .plus, .caret, .arrow, .tilde:
      let start = token.range.start
      return nested({ GoExpression(kind: .bad, range: $0, height: 1) }) { parser in
        let kind = parser.advance().kind
        let operand = parser.unary()
        return parser.make(.unary(kind, operand), from: start, over: operand.height)
      }
    default: return primary()
    }
  }

  private mutating func primary() -> GoExpression {
    nested({ GoExpression(kind: .bad, range: $0, height: 1) }) { $0.operandWithSuffixes() }
  }

  private mutating func operandWithSuffixes() -> GoExpression {
    let start = token.range.start
    var expression = operand()
    while true {
      switch kind {
      case .period:
        advance()
        expression = kind == .leftParenthesis ? assertion(expression, start) : selector(expression, start)
      case .leftParenthesis:
        let arguments = list(.rightParenthesis)
        let height = max(expression.height, arguments.map(\.height).max() ?? 0)
        expression = make(.call(expression, arguments), from: start, over: height)
      case .leftBracket: expression = index(expression, start)
      case .leftBrace where canStartComposite(expression):
        expression = composite(expression, from: start)
      default: return expression
      }
    }
  }

  private mutating func selector(_ base: GoExpression, _ start: Int) -> GoExpression {
    let member = name()
    return make(.selector(base, member), from: start, over: base.height)
  }

  private mutating func assertion(_ base: GoExpression, _ start: Int) -> GoExpression {
    advance()
    var type: GoExpression?
    if !accept(.keywordType) { type = self.type() }
    skip { $0 == .rightParenthesis || $0.isSemicolon || $0 == .rightBrace }
    expect(.rightParenthesis)
    return make(.assertion(base, type), from: start, over: max(base.height, type?.height ?? 0))
  }

  /// `x[i]`, `x[i:j]`, `F[int, string]`
  private mutating func index(_ base: GoExpression, _ start: Int) -> GoExpression {
    let outer = allowsComposite
    allowsComposite = true
    defer { allowsComposite = outer }
    advance()
    var indices: [GoExpression] = []
    var isSlice = false
    while kind != .rightBracket, kind != .end {
      if accept(.colon) {
        isSlice = true
      } else if !accept(.comma) {
        let before = index
        indices.append(expression())
        if index == before || !(kind == .comma || kind == .colon || kind == .rightBracket) {
          problems.report(.unexpectedToken, token.range)
          skip { $0 == .rightBracket || $0 == .rightParenthesis || $0 == .rightBrace }
          break
        }
      }
    }
    expect(.rightBracket)
    let height = max(base.height, indices.map(\.height).max() ?? 0)
    return make(isSlice ? .slice(base) : .index(base, indices), from: start, over: height)
  }

  /// Expressions between the current bracket and its closing one.
  private mutating func list(_ closing: GoToken.Kind) -> [GoExpression] {
    let outer = allowsComposite
    allowsComposite = true
    defer { allowsComposite = outer }
    advance()
    var list: [GoExpression] = []
    while kind != closing, kind != .end {
      list.append(expression())
      _ = accept(.ellipsis)
      if accept(.comma) { continue }
      _ = accept(.automaticSemicolon)
      if kind != closing {
        problems.report(.unexpectedToken, token.range)
        skip { $0 == .comma || $0 == .rightParenthesis || $0 == .rightBracket || $0 == .rightBrace }
        if !accept(.comma) { break }
      }
    }
    expect(closing)
    return list
  }

  private func canStartComposite(_ expression: GoExpression) -> Bool {
    switch expression.kind {
    case .array, .map, .structure: true
    case .name: allowsComposite
    case .selector(let base, _): allowsComposite && base.name != nil
    case .index(let base, _):
      switch base.kind {
      case .name, .selector: allowsComposite
      default: false
      }
    default: false
    }
  }

  /// `{a, b: c, {d}}` behind its type, or without one inside another literal.
  private mutating func composite(_ type: GoExpression?, from start: Int) -> GoExpression {
    let outer = allowsComposite
    allowsComposite = true
    defer { allowsComposite = outer }
    advance()
    var elements: [GoElement] = []
    var height = type?.height ?? 0
    while kind != .rightBrace, kind != .end {
      var element = GoElement(key: nil, value: elementValue())
      if accept(.colon) { element = GoElement(key: element.value, value: elementValue()) }
      height = max(height, element.value.height, element.key?.height ?? 0)
      elements.append(element)
      if accept(.comma) { continue }
      _ = accept(.automaticSemicolon)
      if kind != .rightBrace {
        problems.report(.unexpectedToken, token.range)
        skip { $0 == .comma || $0 == .rightParenthesis || $0 == .rightBracket || $0 == .rightBrace }
        if !accept(.comma) { break }
      }
    }
    expect(.rightBrace)
    return make(.composite(type, elements), from: start, over: height)
  }

  private mutating func elementValue() -> GoExpression {
    guard kind == .leftBrace else { return expression() }
    let start = token.range.start
    return nested({ GoExpression(kind: .bad, range: $0, height: 1) }) { $0.composite(nil, from: start) }
  }

  private mutating func operand() -> GoExpression {
    let start = token.range.start
    switch kind {
    case .identifier:
      let range = advance().range
      return make(.name(text(range)), from: start, over: 0)
    case .string, .rawString:
      let range = advance().range
      guard let text = GoLiteral.string(bytes, range) else {
        problems.report(.invalidEscape, range)
        return bad(from: start)
      }
      return make(.string(text), from: start, over: 0)
    case .integer, .float, .imaginary:
      let range = advance().range
      return make(.number(text(range)), from: start, over: 0)
    case .rune:
      advance()
      return make(.rune, from: start, over: 0)
    case .leftParenthesis: return parenthesised()
    case .keywordFunc: return functionLiteral()
    case .leftBracket, .keywordMap, .keywordChan, .keywordStruct, .keywordInterface: return type()
    case .invalid:
      advance()
      return bad(from: start)
    default:
      problems.report(.unexpectedToken, token.range)
      return bad(from: start)
    }
  }

  private mutating func parenthesised() -> GoExpression {
    let outer = allowsComposite
    allowsComposite = true
    defer { allowsComposite = outer }
    advance()
    let inner = expression()
    skip { $0 == .rightParenthesis || $0.isSemicolon || $0 == .rightBrace }
    expect(.rightParenthesis)
    return inner
  }

  private mutating func functionLiteral() -> GoExpression {
    let start = token.range.start
    advance()
    let signature = self.signature()
    guard kind == .leftBrace else { return make(.functionType(signature), from: start, over: signature.height) }
    let body = block()
    return make(.function(signature, body), from: start, over: max(signature.height, body.height))
  }
}
