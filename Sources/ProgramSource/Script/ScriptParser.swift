import SourceText

/// What the parsers of scripting languages share: a cursor over tokens, and bounds of nesting.
protocol ScriptParser {
  var bytes: [UInt8] { get }
  var scanned: ScriptTokens { get }
  var index: Int { get set }
  var depth: Int { get set }
}

extension ScriptParser {
  static var maximumDepth: Int { 60 }

  var token: ScriptToken { scanned.tokens[index] }
  var next: ScriptToken { scanned.tokens[min(index + 1, scanned.tokens.count - 1)] }
  var isAtEnd: Bool { token.kind == .end }
  var previousEnd: Int { index > 0 ? scanned.tokens[index - 1].range.end : token.range.start }

  func text(_ token: ScriptToken) -> String {
    String(decoding: bytes[token.range.start..<token.range.end], as: UTF8.self)
  }

  func isSymbol(_ symbol: String) -> Bool { token.kind == .symbol && token.symbol == symbol }
  func isWord(_ word: String) -> Bool {
    token.kind == .name && token.range.count == word.utf8.count && text(token) == word
  }

  @discardableResult
  mutating func advance() -> ScriptToken {
    let token = token
    if index < scanned.tokens.count - 1 { index += 1 }
    return token
  }

  mutating func accept(_ symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func acceptWord(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  /// The index of the bracket that closes the one at `index`.
  func partner(of index: Int) -> Int { max(scanned.partners[index], index) }

  mutating func skipBrackets() {
    index = partner(of: index)
    advance()
  }

  var opensBracket: Bool { isSymbol("(") || isSymbol("[") || isSymbol("{") }
  var closesBracket: Bool { isSymbol(")") || isSymbol("]") || isSymbol("}") }

  func make(_ kind: ScriptExpression.Kind, from start: Int) -> ScriptExpression {
    ScriptExpression(kind: kind, range: ByteRange(start, max(start, previousEnd)))
  }

  /// Runs `body` one level deeper; where that is too deep, passes over one token or bracket instead.
  mutating func nested(_ body: (inout Self) -> ScriptExpression) -> ScriptExpression {
    let start = token.range.start
    guard depth < Self.maximumDepth else {
      if opensBracket { skipBrackets() } else if !closesBracket { advance() }
      return make(.bad, from: start)
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  /// Elements between the current bracket and the one that closes it, separated by commas.
  mutating func list<Element>(_ element: (inout Self) -> Element?) -> [Element] {
    let end = partner(of: index)
    advance()
    var elements: [Element] = []
    while index < end {
      let before = index
      if let element = element(&self) { elements.append(element) }
      if accept(",") { continue }
      // What was not understood goes to the next comma of this level.
      while index < end, !isSymbol(",") {
        if opensBracket { skipBrackets() } else { advance() }
      }
      if !accept(","), index == before { advance() }
    }
    index = end
    advance()
    return elements
  }
}
