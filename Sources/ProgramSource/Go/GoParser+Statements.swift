import SourceText

extension GoParser {
  /// The block at the current brace. Without a brace: an empty one, and a problem.
  mutating func block() -> GoBlock {
    let start = token.range.start
    guard kind == .leftBrace else {
      problems.report(.unexpectedToken, token.range)
      return GoBlock(statements: [], range: ByteRange(at: start), height: 0)
    }
    let outer = (tallest, allowsComposite)
    tallest = 0
    allowsComposite = true
    let statements: [GoStatement] = nested({ _ in [] }) { parser in
      parser.advance()
      return parser.statements { $0 == .rightBrace }
    }
    skip { $0 == .rightBrace }
    expect(.rightBrace)
    let height = tallest + 1
    tallest = max(outer.0, height)
    allowsComposite = outer.1
    return GoBlock(statements: statements, range: ByteRange(start, previousEnd), height: height)
  }

  private mutating func statements(until isEnd: (GoToken.Kind) -> Bool) -> [GoStatement] {
    var statements: [GoStatement] = []
    while kind != .end, !isEnd(kind) {
      if kind.isSemicolon {
        advance()
        continue
      }
      let before = index
      statements.append(statement())
      if !kind.isSemicolon, kind != .end, !isEnd(kind) {
        problems.report(.unexpectedToken, token.range)
        skip { $0.isSemicolon || $0 == .rightBrace || isEnd($0) }
      }
      if index == before { advance() }
    }
    return statements
  }

  private mutating func statement() -> GoStatement {
    let start = token.range.start
    let kind: GoStatement.Kind
    switch self.kind {
    case .keywordVar, .keywordConst: kind = .declare(variables())
    case .keywordType:
      _ = types()
      kind = .declare([])
    case .keywordGo:
      advance()
      kind = .go(expression())
    case .keywordDefer:
      advance()
      kind = .defer(expression())
    case .keywordReturn:
      advance()
      kind = .return(self.kind.isSemicolon || self.kind == .rightBrace ? [] : expressions())
    case .leftBrace: kind = .block(block())
    case .keywordIf: kind = ifStatement()
    case .keywordFor: kind = forStatement()
    case .keywordSwitch: kind = switchStatement()
    case .keywordSelect:
      advance()
      kind = .select(clauses(isSelect: true))
    case .keywordBreak, .keywordContinue, .keywordGoto, .keywordFallthrough:
      kind = .jump(advance().kind)
      _ = accept(.identifier)
    case .identifier where nextKind == .colon:
      let label = name()
      advance()
      if self.kind == .rightBrace || self.kind.isSemicolon {
        kind = .labeled(label, GoStatement(kind: .declare([]), range: ByteRange(at: previousEnd)))
      } else {
        let rest = nested({ GoStatement(kind: .bad, range: $0) }) { $0.statement() }
        kind = .labeled(label, rest)
      }
    default: return simpleStatement()
    }
    return GoStatement(kind: kind, range: ByteRange(start, previousEnd))
  }

  /// An expression, assignment, send or increment; in a for header also with `range`.
  private mutating func simpleStatement() -> GoStatement {
    let start = token.range.start
    let left = expressions()
    let kind: GoStatement.Kind
    switch self.kind {
    case .assign, .define, .assignOperation:
      let sign = advance().kind
      kind = self.kind == .keywordRange ? .assign(left, sign, []) : .assign(left, sign, expressions())
    case .arrow:
      advance()
      kind = .send(left[0], expression())
    case .increment, .decrement:
      advance()
      kind = .assign(left, .assignOperation, [])
    default: kind = .expression(left[0])
    }
    return GoStatement(kind: kind, range: ByteRange(start, previousEnd))
  }

  /// Runs `body` where `T {` is no composite literal.
  private mutating func header<Tree>(_ body: (inout GoParser) -> Tree) -> Tree {
    let outer = allowsComposite
    allowsComposite = false
    defer { allowsComposite = outer }
    return body(&self)
  }

  private mutating func ifStatement() -> GoStatement.Kind {
    var branches: [GoBranch] = []
    repeat {
      advance()
      let (initial, condition) = header { $0.condition() }
      branches.append(GoBranch(initial: initial, condition: condition, body: block()))
      guard accept(.keywordElse) else { return .if(branches, nil) }
    } while kind == .keywordIf
    return .if(branches, block())
  }

  private mutating func condition() -> (GoStatement?, GoExpression) {
    var initial: GoStatement?
    var last: GoStatement?
    if kind != .semicolon { last = simpleStatement() }
    if kind.isSemicolon {
      advance()
      initial = last
      last = kind == .leftBrace ? nil : simpleStatement()
    }
    if case .expression(let condition) = last?.kind { return (initial, condition) }
    return (initial, bad(from: token.range.start))
  }

  private mutating func forStatement() -> GoStatement.Kind {
    advance()
    let loop = header { parser -> (GoStatement?, GoExpression?, GoStatement?, GoExpression?) in
      var initial: GoStatement?
      if parser.kind == .leftBrace { return (nil, nil, nil, nil) }
      if parser.accept(.keywordRange) { return (nil, nil, nil, parser.expression()) }
      if parser.kind != .semicolon { initial = parser.simpleStatement() }
      if parser.accept(.keywordRange) { return (initial, nil, nil, parser.expression()) }
      guard parser.kind.isSemicolon else {
        if case .expression(let condition) = initial?.kind { return (nil, condition, nil, nil) }
        return (initial, nil, nil, nil)
      }
      parser.advance()
      var condition: GoExpression?
      if !parser.kind.isSemicolon, parser.kind != .leftBrace { condition = parser.expression() }
      if parser.kind.isSemicolon { parser.advance() }
      var post: GoStatement?
      if parser.kind != .leftBrace { post = parser.simpleStatement() }
      return (initial, condition, post, nil)
    }
    if kind != .leftBrace { skip { $0 == .leftBrace || $0.isSemicolon || $0 == .rightBrace } }
    let body = block()
    return .for(GoLoop(initial: loop.0, condition: loop.1, post: loop.2, range: loop.3, body: body))
  }

  private mutating func switchStatement() -> GoStatement.Kind {
    advance()
    let (initial, tag) = header { parser -> (GoStatement?, GoStatement?) in
      var tag: GoStatement?
      if parser.kind != .leftBrace, !parser.kind.isSemicolon { tag = parser.simpleStatement() }
      guard parser.kind.isSemicolon else { return (nil, tag) }
      parser.advance()
      return (tag, parser.kind == .leftBrace ? nil : parser.simpleStatement())
    }
    return .switch(initial, tag, clauses(isSelect: false))
  }

  private mutating func clauses(isSelect: Bool) -> [GoClause] {
    guard kind == .leftBrace else {
      problems.report(.unexpectedToken, token.range)
      return []
    }
    return nested({ _ in [] as [GoClause] }) { parser in
      parser.advance()
      var clauses: [GoClause] = []
      while parser.kind != .rightBrace, parser.kind != .end {
        if parser.kind.isSemicolon {
          parser.advance()
          continue
        }
        let before = parser.index
        clauses.append(parser.clause(isSelect: isSelect))
        if parser.index == before { parser.advance() }
      }
      parser.expect(.rightBrace)
      return clauses
    }
  }

  private mutating func clause(isSelect: Bool) -> GoClause {
    var labels: [GoExpression] = []
    var communication: GoStatement?
    if accept(.keywordCase) {
      if isSelect { communication = simpleStatement() } else { labels = expressions() }
    } else {
      expect(.keywordDefault)
    }
    if kind != .colon { skip { $0 == .colon || $0 == .rightBrace || $0 == .keywordCase } }
    expect(.colon)
    let start = previousEnd
    let statements = statements { $0 == .rightBrace || $0 == .keywordCase || $0 == .keywordDefault }
    let body = GoBlock(statements: statements, range: ByteRange(start, previousEnd), height: 0)
    return GoClause(labels: labels, communication: communication, body: body)
  }

  // MARK: Declarations

  /// The lines of a var or const declaration, with or without parentheses.
  mutating func variables() -> [GoVariables] {
    let isConstant = advance().kind == .keywordConst
    return group { parser in
      let start = parser.token.range.start
      var names = [parser.name()]
      while parser.accept(.comma) { names.append(parser.name()) }
      var line = GoVariables(isConstant: isConstant, names: names, type: nil, values: [], range: ByteRange(at: start))
      if parser.kind != .assign, !parser.kind.isSemicolon, parser.kind != .rightParenthesis {
        line.type = parser.type()
      }
      if parser.accept(.assign) { line.values = parser.expressions() }
      line.range = ByteRange(start, parser.previousEnd)
      return line
    }
  }

  mutating func types() -> [GoTypeDeclaration] {
    advance()
    return group { parser in
      let start = parser.token.range.start
      let name = parser.name()
      if parser.kind == .leftBracket { parser.skipTypeParameters() }
      _ = parser.accept(.assign)
      let type = parser.type()
      return GoTypeDeclaration(name: name, type: type, range: ByteRange(start, parser.previousEnd))
    }
  }

  /// `[K comparable, V any]` before a type; `[]` and `[4]` begin the type itself.
  private mutating func skipTypeParameters() {
    let closing = partner(of: index)
    switch tokens[min(closing + 1, tokens.count - 1)].kind {
    case .keywordStruct, .keywordInterface, .keywordFunc, .keywordMap, .keywordChan:
      if closing > index + 2 { skipBrackets() }
    case .identifier, .leftBracket, .star:
      if closing > index + 2, tokens[index + 1].kind == .identifier, tokens[index + 2].kind != .period {
        skipBrackets()
      }
    default: break
    }
  }

  /// One declaration, or several between parentheses.
  private mutating func group<Line>(_ line: (inout GoParser) -> Line) -> [Line] {
    guard accept(.leftParenthesis) else { return [line(&self)] }
    var lines: [Line] = []
    while kind != .rightParenthesis, kind != .end {
      if kind.isSemicolon {
        advance()
        continue
      }
      let before = index
      lines.append(line(&self))
      if !kind.isSemicolon, kind != .rightParenthesis {
        problems.report(.unexpectedToken, token.range)
        skip { $0.isSemicolon || $0 == .rightParenthesis || $0 == .rightBrace || $0 == .rightBracket }
      }
      if index == before { advance() }
    }
    expect(.rightParenthesis)
    return lines
  }
}
