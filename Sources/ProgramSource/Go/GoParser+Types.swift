import SourceText

extension GoParser {
  mutating func type() -> GoExpression {
    nested({ GoExpression(kind: .bad, range: $0, height: 1) }) { $0.typeBody() }
  }

  private mutating func typeBody() -> GoExpression {
    let start = token.range.start
    switch kind {
    case .identifier: return typeName()
    case .star, .tilde, .arrow:
      let kind = advance().kind
      let base = type()
      return make(.unary(kind, base), from: start, over: base.height)
    case .leftParenthesis:
      advance()
      let inner = type()
      skip { $0 == .rightParenthesis || $0.isSemicolon || $0 == .rightBrace }
      expect(.rightParenthesis)
      return inner
    case .leftBracket:
      skipBrackets()
      let element = type()
      return make(.array(element), from: start, over: element.height)
    case .keywordMap:
      advance()
      guard accept(.leftBracket) else { return bad(from: start) }
      let key = type()
      skip { $0 == .rightBracket || $0.isSemicolon || $0 == .rightBrace }
      expect(.rightBracket)
      let value = type()
      return make(.map(key, value), from: start, over: max(key.height, value.height))
    case .keywordChan:
      advance()
      _ = accept(.arrow)
      let element = type()
      return make(.channel(element), from: start, over: element.height)
    case .keywordFunc:
      advance()
      let signature = self.signature()
      return make(.functionType(signature), from: start, over: signature.height)
    case .keywordStruct: return structure()
    case .keywordInterface:
      advance()
      if kind == .leftBrace { skipBrackets() }
      return make(.interface, from: start, over: 0)
    default:
      problems.report(.unexpectedToken, token.range)
      return bad(from: start)
    }
  }

  /// `T`, `pkg.T`, `T[int]`
  private mutating func typeName() -> GoExpression {
    let start = token.range.start
    let first = name()
    var type = make(.name(first.text), from: start, over: 0)
    if accept(.period) {
      let member = name()
      type = make(.selector(type, member), from: start, over: type.height)
    }
    if kind == .leftBracket, nextKind != .rightBracket {
      skipBrackets()
      type = make(.index(type, []), from: start, over: type.height)
    }
    return type
  }

  private mutating func structure() -> GoExpression {
    let start = token.range.start
    advance()
    guard accept(.leftBrace) else { return make(.structure([]), from: start, over: 0) }
    var fields: [GoField] = []
    while kind != .rightBrace, kind != .end {
      if kind.isSemicolon {
        advance()
        continue
      }
      fields.append(field())
      if !kind.isSemicolon, kind != .rightBrace {
        problems.report(.unexpectedToken, token.range)
        skip { $0.isSemicolon || $0 == .rightBrace || $0 == .rightParenthesis || $0 == .rightBracket }
        if !kind.isSemicolon, kind != .rightBrace { break }
      }
    }
    expect(.rightBrace)
    return make(.structure(fields), from: start, over: fields.reduce(0) { max($0, $1.type.height) })
  }

  private mutating func field() -> GoField {
    var field: GoField
    if kind == .identifier, startsNamedEntry {
      var names = [name()]
      while accept(.comma) { names.append(name()) }
      field = GoField(names: names, type: type(), tag: nil)
    } else {
      field = GoField(names: [], type: type(), tag: nil)
    }
    if kind == .string || kind == .rawString {
      let range = advance().range
      field.tag = GoLiteral.string(bytes, range).map { SpelledText(text: $0, range: range) }
    }
    return field
  }

  /// Whether the identifier here names a field or parameter, not its type: `a []T`, `a [4]T`, `a, b T`, but not `L[T]`.
  private var startsNamedEntry: Bool {
    switch nextKind {
    case .automaticSemicolon, .semicolon, .period, .string, .rawString, .rightBrace, .rightParenthesis: return false
    case .leftBracket:
      let closing = partner(of: index + 1)
      if closing == index + 2 { return true }
      switch tokens[min(closing + 1, tokens.count - 1)].kind {
      case .comma, .rightParenthesis, .automaticSemicolon, .semicolon, .string, .rawString, .rightBrace, .period:
        return false
      default: return true
      }
    default: return true
    }
  }

  /// Parameters and results behind `func`, or behind a method's name.
  mutating func signature() -> GoSignature {
    var signature = GoSignature()
    if kind == .leftBracket { skipBrackets() }
    guard kind == .leftParenthesis else {
      problems.report(.unexpectedToken, token.range)
      return signature
    }
    signature.parameters = parameters()
    switch kind {
    case .leftParenthesis: signature.results = parameters()
    case .identifier, .star, .leftBracket, .keywordMap, .keywordChan, .keywordFunc, .keywordStruct, .keywordInterface,
      .arrow:
      signature.results = [GoParameter(name: nil, type: type())]
    default: break
    }
    return signature
  }

  /// `(a, b int, c ...string)` or `(int, error)`. A lone name before a named entry shares that entry's type.
  mutating func parameters() -> [GoParameter] {
    advance()
    var parameters: [GoParameter] = []
    var named = false
    while kind != .rightParenthesis, kind != .end {
      parameters.append(parameter(&named))
      if accept(.comma) { continue }
      if kind != .rightParenthesis {
        problems.report(.unexpectedToken, token.range)
        skip { $0 == .comma || $0 == .rightParenthesis || $0 == .rightBrace || $0 == .rightBracket }
        if !accept(.comma) { break }
      }
    }
    expect(.rightParenthesis)
    guard named else { return parameters }
    for position in parameters.indices.reversed() where parameters[position].name == nil {
      let entry = parameters[position].type
      guard let name = entry.name, position + 1 < parameters.count else { continue }
      parameters[position].name = SpelledText(text: name, range: entry.range)
      parameters[position].type = parameters[position + 1].type
    }
    return parameters
  }

  private mutating func parameter(_ named: inout Bool) -> GoParameter {
    if accept(.ellipsis) { return GoParameter(name: nil, type: type(), isVariadic: true) }
    guard kind == .identifier, nextKind != .comma, startsNamedEntry else { return GoParameter(name: nil, type: type()) }
    named = true
    let name = self.name()
    let isVariadic = accept(.ellipsis)
    return GoParameter(name: name, type: type(), isVariadic: isVariadic)
  }
}
