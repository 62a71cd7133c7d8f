import SourceText

/// Builds trees out of tokens. What does not parse becomes a `bad` node and a problem; parsing goes on behind it.
///
/// Grammar: https://go.dev/ref/spec. Nesting beyond the limits is skipped, so that recursion here and in walks is bounded.
struct GoParser {
  /// How deep brackets, blocks and unary operators may be nested.
  static let maximumDepth = 100
  /// How high a tree may be, chains of selectors and calls included.
  static let maximumHeight = 400

  let bytes: [UInt8]
  let tokens: [GoToken]
  /// For each opening bracket the index of its closing one, or of the last token before the next fence; else 0.
  private let partners: [Int32]
  /// Where functions with a name begin, and the last token. Such a function stands inside no bracket, so that no
  /// unclosed bracket reaches beyond it: the token at a fence reads as `end` until `passFence` is called.
  private let fences: [Int]
  private var fence = 0
  var index = 0
  var problems: [SourceProblem]
  var depth = 0
  /// The greatest height of an expression since the current block began.
  var tallest = 0
  /// Whether `T {` starts a composite literal: not in the header of if, for and switch.
  var allowsComposite = true

  init(_ bytes: [UInt8], _ scanned: GoScanner.Result) {
    self.bytes = bytes
    tokens = scanned.tokens
    problems = scanned.problems
    fences = Self.fences(scanned.tokens)
    partners = Self.match(scanned.tokens, fences)
  }

  private static func fences(_ tokens: [GoToken]) -> [Int] {
    var fences: [Int] = []
    for (index, token) in tokens.enumerated() where token.kind == .keywordFunc {
      func kind(_ ahead: Int) -> GoToken.Kind { tokens[min(index + ahead, tokens.count - 1)].kind }
      if kind(1) == .identifier {
        fences.append(index)
      } else if kind(1) == .leftParenthesis {
        // A method: `func (s *T) name(`, in contrast to a literal `func (s *T) result {`.
        let star = kind(3) == .star ? 1 : 0
        if kind(4 + star) == .rightParenthesis, kind(5 + star) == .identifier, kind(6 + star) == .leftParenthesis {
          fences.append(index)
        }
      }
    }
    return fences + [max(tokens.count - 1, 0)]
  }

  private static func match(_ tokens: [GoToken], _ fences: [Int]) -> [Int32] {
    var partners = [Int32](repeating: 0, count: tokens.count)
    var open: [Int] = []
    var start = 0
    for fence in fences {
      for index in start..<fence {
        switch tokens[index].kind {
        case .leftParenthesis, .leftBracket, .leftBrace: open.append(index)
        case .rightParenthesis, .rightBracket, .rightBrace:
          if let partner = open.popLast() { partners[partner] = Int32(truncatingIfNeeded: index) }
        default: break
        }
      }
      for index in open { partners[index] = Int32(truncatingIfNeeded: fence - 1) }
      open = []
      start = fence
    }
    return partners
  }

  // MARK: Tokens

  var token: GoToken { tokens[index] }
  var kind: GoToken.Kind { index == fences[fence] ? .end : tokens[index].kind }
  var nextKind: GoToken.Kind { tokens[min(index + 1, tokens.count - 1)].kind }
  /// Where the last consumed token ends.
  var previousEnd: Int { index > 0 ? tokens[index - 1].range.end : token.range.start }

  @discardableResult
  mutating func advance() -> GoToken {
    let token = tokens[index]
    if index < fences[fence] { index += 1 }
    return token
  }

  /// Goes on behind the fence at which the parser stands. False at the end of the file.
  mutating func passFence() -> Bool {
    guard index == fences[fence], fence < fences.count - 1 else { return false }
    fence += 1
    return true
  }

  mutating func accept(_ kind: GoToken.Kind) -> Bool {
    guard self.kind == kind else { return false }
    advance()
    return true
  }

  /// Consumes the expected token, or reports the one that is there.
  mutating func expect(_ kind: GoToken.Kind) {
    if !accept(kind) { problems.report(.unexpectedToken, token.range) }
  }

  func text(_ range: ByteRange) -> String { String(decoding: bytes[range.start..<range.end], as: UTF8.self) }

  mutating func name() -> SpelledText {
    guard kind == .identifier else {
      problems.report(.unexpectedToken, token.range)
      return SpelledText(text: "", range: ByteRange(at: token.range.start))
    }
    let range = advance().range
    return SpelledText(text: text(range), range: range)
  }

  /// The index of the bracket that closes the one at `index`.
  func partner(of index: Int) -> Int {
    let index = min(index, tokens.count - 1)
    return max(Int(partners[index]), index)
  }

  /// Moves behind the bracket that closes the current one.
  mutating func skipBrackets() {
    index = partner(of: index)
    advance()
  }

  /// Moves to a token that may end the current list, block or statement, over whole brackets.
  mutating func skip(to isEnd: (GoToken.Kind) -> Bool) {
    while kind != .end, !isEnd(kind) {
      switch kind {
      case .leftParenthesis, .leftBracket, .leftBrace: skipBrackets()
      default: advance()
      }
    }
  }

  // MARK: Limits

  /// Runs `body` one level deeper, or skips to the end of the enclosing brackets.
  mutating func nested<Tree>(_ bad: (ByteRange) -> Tree, _ body: (inout GoParser) -> Tree) -> Tree {
    guard depth < Self.maximumDepth else {
      let start = token.range.start
      problems.report(.nestedTooDeep, token.range)
      skip { $0 == .rightParenthesis || $0 == .rightBracket || $0 == .rightBrace }
      return bad(ByteRange(start, previousEnd))
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  mutating func make(_ kind: GoExpression.Kind, from start: Int, over height: Int) -> GoExpression {
    let range = ByteRange(start, previousEnd)
    guard height < Self.maximumHeight else {
      problems.report(.nestedTooDeep, range)
      return GoExpression(kind: .bad, range: range, height: 0)
    }
    tallest = max(tallest, height + 1)
    return GoExpression(kind: kind, range: range, height: height + 1)
  }

  mutating func bad(from start: Int) -> GoExpression { make(.bad, from: start, over: 0) }
}
