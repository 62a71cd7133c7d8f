import SourceText

/// Reads expressions of Python: https://docs.python.org/3/reference/expressions.html
struct PythonParser: ScriptParser {
  let bytes: [UInt8]
  let scanned: ScriptTokens
  var index = 0
  var depth = 0

  /// An expression up to a comma, a closing bracket, a colon or the end of the line.
  mutating func expression() -> ScriptExpression {
    nested { parser in
      let start = parser.token.range.start
      if parser.isWord("lambda") { return parser.lambda() }
      let value = parser.binary(1)
      if parser.isSymbol(":=") {
        parser.advance()
        return parser.expression()
      }
      guard parser.isWord("if") else { return value }
      parser.advance()
      let condition = parser.binary(1)
      guard parser.acceptWord("else") else { return parser.make(.bad, from: start) }
      let other = parser.expression()
      return parser.make(.conditional(condition, value, other), from: start)
    }
  }

  /// Expressions with commas between them; several make a list.
  mutating func expressions() -> ScriptExpression {
    let start = token.range.start
    let first = expression()
    guard isSymbol(",") else { return first }
    var elements = [first]
    while accept(","), token.kind != .newline, !isAtEnd, !closesBracket, !isSymbol("="), elements.count < 1_000 {
      elements.append(expression())
    }
    return make(.list(elements), from: start)
  }

  private mutating func lambda() -> ScriptExpression {
    let start = token.range.start
    while !isAtEnd, token.kind != .newline, !isSymbol(":"), !closesBracket {
      if opensBracket { skipBrackets() } else { advance() }
    }
    if accept(":") { _ = expression() }
    return make(.function, from: start)
  }

  private mutating func binary(_ minimum: Int) -> ScriptExpression {
    let start = token.range.start
    var left = unary()
    while let level = precedence, level >= minimum {
      var operands = [left]
      var operators: [String] = []
      while precedence == level {
        var sign = text(advance())
        if sign == "not" || sign == "is", isWord(sign == "not" ? "in" : "not") { sign += " " + text(advance()) }
        operators.append(sign)
        let operand = binary(level + 1)
        operands.append(operand)
      }
      left = make(.infix(operands, operators), from: start)
    }
    return left
  }

  private var precedence: Int? {
    switch token.kind {
    case .name:
      if isWord("or") { return 1 }
      if isWord("and") { return 2 }
      return isWord("in") || isWord("is") || isWord("not") && next.kind == .name ? 3 : nil
    case .symbol:
      switch token.symbol {
      case "==", "!=", "<", ">", "<=", ">=": return 3
      case "|", "^", "&": return 4
      case "<<", ">>": return 5
      case "+", "-": return 6
      case "*", "/", "//", "%", "@": return 7
      case "**": return 8
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func unary() -> ScriptExpression {
    let start = token.range.start
    let isSign = token.kind == .symbol && ["-", "+", "~", "*", "**"].contains(token.symbol)
    guard isSign || isWord("not") || isWord("await") else { return nested { $0.suffixed() } }
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
      if isSymbol("."), next.kind == .name {
        advance()
        let member = advance()
        expression = make(.member(expression, SpelledText(text: text(member), range: member.range)), from: start)
      } else if isSymbol("[") {
        let keys = list { $0.expression() }
        expression = keys.count == 1 ? make(.index(expression, keys[0]), from: start) : make(.bad, from: start)
      } else if isSymbol("(") {
        let arguments = arguments()
        expression = make(.call(expression, arguments), from: start)
      } else {
        break
      }
    }
    return expression
  }

  mutating func arguments() -> [ScriptArgument] {
    list { parser in
      if parser.token.kind == .name, parser.next.symbol == "=" {
        let label = parser.text(parser.advance())
        parser.advance()
        return ScriptArgument(label: label, value: parser.expression())
      }
      return ScriptArgument(label: nil, value: parser.expression())
    }
  }

  private mutating func operand() -> ScriptExpression {
    let start = token.range.start
    switch token.kind {
    case .name:
      let name = text(advance())
      if ["True", "False", "None"].contains(name) { return make(.constant(name), from: start) }
      return make(.name(name), from: start)
    case .number:
      let number = text(advance())
      return make(.number(number), from: start)
    case .text:
      // Strings side by side are one.
      var parts: [ScriptTextPart] = []
      while token.kind == .text {
        let token = advance()
        parts += PythonText.parts(bytes, token.range, depth: depth)
      }
      return make(.text(parts), from: start)
    case .symbol:
      switch token.symbol {
      case "(":
        let isTuple = holdsComma
        let inner = list { $0.expression() }
        return inner.count == 1 && !isTuple ? inner[0] : make(.list(inner), from: start)
      case "[":
        let elements = list { $0.expression() }
        return make(.list(elements), from: start)
      case "{":
        let entries = list { $0.entry() }
        return make(.object(entries), from: start)
      default:
        if !closesBracket, !isSymbol(","), !isSymbol(":"), !isSymbol("=") { advance() }
        return make(.bad, from: start)
      }
    case .pattern, .newline, .end: return make(.bad, from: start)
    }
  }

  /// Whether the token before the closing bracket of this one is a comma: `(x,)`.
  private var holdsComma: Bool {
    let end = partner(of: index)
    return end > 0 && scanned.tokens[end - 1].symbol == ","
  }

  /// `key: value`, `**rest`; an element of a set has no key.
  private mutating func entry() -> ScriptEntry? {
    if accept("**") { return ScriptEntry(key: nil, value: expression()) }
    let key = expression()
    guard accept(":") else { return nil }
    let value = expression()
    guard let text = key.literal ?? key.name else { return nil }
    let range = key.literal == nil ? key.range : ByteRange(key.range.start + 1, key.range.end - 1)
    return ScriptEntry(key: SpelledText(text: text, range: range), value: value)
  }
}

/// The text of Python's strings.
enum PythonText {
  static func parts(_ bytes: [UInt8], _ range: ByteRange, depth: Int) -> [ScriptTextPart] {
    var start = range.start
    var isRaw = false
    var isFormatted = false
    while start < range.end, bytes[start] != UInt8(ascii: "\""), bytes[start] != UInt8(ascii: "'") {
      isRaw = isRaw || bytes[start] | 0x20 == UInt8(ascii: "r")
      isFormatted = isFormatted || bytes[start] | 0x20 == UInt8(ascii: "f")
      start += 1
    }
    let isTriple = range.end - start >= 6 && bytes[start] == bytes[start + 1] && bytes[start] == bytes[start + 2]
    let quotes = isTriple ? 3 : 1
    let content = ByteRange(start + quotes, max(start + quotes, range.end - quotes))
    if !isFormatted { return [literal(bytes, content, isRaw)] }
    var parts: [ScriptTextPart] = []
    var offset = content.start
    start = offset
    while offset < content.end {
      let byte = bytes[offset]
      if byte == UInt8(ascii: "{"), offset + 1 < content.end, bytes[offset + 1] == byte {
        if offset + 1 > start { parts.append(literal(bytes, ByteRange(start, offset + 1), isRaw)) }
        offset += 2
        start = offset
      } else if byte == UInt8(ascii: "{") {
        if offset > start { parts.append(literal(bytes, ByteRange(start, offset), isRaw)) }
        let (value, end) = hole(bytes, offset + 1, content.end)
        parts.append(.value(self.value(bytes, value, depth: depth)))
        offset = end
        start = offset
      } else {
        offset += 1
      }
    }
    if content.end > start { parts.append(literal(bytes, ByteRange(start, content.end), isRaw)) }
    return parts.isEmpty ? [.literal("", content, isVerbatim: true)] : parts
  }

  /// The expression between braces without its format, and where the text goes on.
  private static func hole(_ bytes: [UInt8], _ start: Int, _ end: Int) -> (ByteRange, Int) {
    var level = 0
    var offset = start
    var valueEnd: Int?
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): level += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): level -= 1
      case UInt8(ascii: "}"):
        if level <= 0 { return (ByteRange(start, valueEnd ?? offset), offset + 1) }
        level -= 1
      case UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "="):
        if level == 0, valueEnd == nil { valueEnd = offset }
      default: break
      }
      offset += 1
    }
    return (ByteRange(start, valueEnd ?? end), end)
  }

  private static func value(_ bytes: [UInt8], _ range: ByteRange, depth: Int) -> ScriptExpression {
    guard depth < 50 else { return ScriptExpression(kind: .bad, range: range) }
    var parser = PythonParser(bytes: bytes, scanned: PythonScanner.scan(bytes, in: range), depth: depth + 15)
    return parser.expression()
  }

  private static func literal(_ bytes: [UInt8], _ range: ByteRange, _ isRaw: Bool) -> ScriptTextPart {
    let content = bytes[range.start..<range.end]
    guard !isRaw, content.contains(UInt8(ascii: "\\")) else {
      return .literal(String(decoding: content, as: UTF8.self), range, isVerbatim: true)
    }
    return .literal(ScriptEscapes.decode(content), range, isVerbatim: false)
  }
}
