import SourceText

/// Words, assignments and redirections.
extension ShellParser {
  /// The word that begins here; nil if an operator, a line end or the end of the text stands here.
  mutating func word() -> Shell.Word? {
    guard let byte else { return nil }
    let isSubstitution = (byte == .lessThan || byte == UInt8(ascii: ">")) && self.byte(at: 1) == UInt8(ascii: "(")
    guard !isWordEnd(byte) || isSubstitution else { return nil }
    return readWord(until: nil)
  }

  /// Reads a word. With `until`, white space and operators are part of it, and it ends before that byte.
  mutating func readWord(until stop: UInt8?) -> Shell.Word {
    let start = position
    var builder = WordBuilder()
    while let byte {
      if byte == stop { break }
      switch byte {
      case .singleQuote: singleQuoted(&builder)
      case .doubleQuote: doubleQuoted(&builder)
      case .backtick: backticks(&builder, isQuoted: false)
      case .dollar: dollar(&builder, isQuoted: false)
      case .backslash: escaped(&builder)
      case .lessThan, UInt8(ascii: ">"):
        if stop == nil, self.byte(at: 1) == UInt8(ascii: "(") {
          processSubstitution(&builder)
        } else if stop == nil {
          return builder.word(place(from: start))
        } else {
          builder.add(byte)
          position += 1
        }
      case UInt8(ascii: "("):
        // A pattern of bash: `@(a|b)`.
        if stop == nil, !builder.endsWithPatternOperator { return builder.word(place(from: start)) }
        extendedPattern(&builder)
      default:
        if stop == nil, isWordEnd(byte) { return builder.word(place(from: start)) }
        builder.add(byte)
        position += 1
      }
    }
    return builder.word(place(from: start))
  }

  /// Collects the parts of a word.
  private struct WordBuilder {
    private var parts: [Shell.Word.Part] = []
    private var text: [UInt8] = []
    private var isQuoted = false
    private var hasText = false
    private var isPattern = false

    var endsWithPatternOperator: Bool { !isQuoted && (text.last.map { "@?*+!".utf8.contains($0) } ?? false) }

    mutating func add(_ byte: UInt8) {
      if hasText, isQuoted { flush() }
      hasText = true
      isQuoted = false
      if "*?[{".utf8.contains(byte) || byte == UInt8(ascii: "~") && text.isEmpty && parts.isEmpty { isPattern = true }
      text.append(byte)
    }

    mutating func addQuoted(_ bytes: some Sequence<UInt8>) {
      if hasText, !isQuoted { flush() }
      hasText = true
      isQuoted = true
      text += bytes
    }

    mutating func add(_ part: Shell.Word.Part) {
      flush()
      parts.append(part)
    }

    private mutating func flush() {
      if hasText { parts.append(.literal(String(decoding: text, as: UTF8.self), isQuoted: isQuoted)) }
      text = []
      hasText = false
    }

    mutating func word(_ range: ByteRange) -> Shell.Word {
      flush()
      return Shell.Word(range: range, parts: parts, isPattern: isPattern)
    }
  }

  // MARK: Quotes

  private mutating func escaped(_ builder: inout WordBuilder) {
    position += 1
    guard let byte else { return builder.addQuoted([.backslash]) }
    if byte == .lineFeed {
      position += 1
      return
    }
    let width = min(scalarWidth(byte), end - position)
    builder.addQuoted(bytes[position..<position + width])
    position += width
  }

  private mutating func singleQuoted(_ builder: inout WordBuilder) {
    let start = position
    position += 1
    let close = bytes[position..<end].firstIndex(of: .singleQuote)
    builder.addQuoted(bytes[position..<(close ?? end)])
    position = close.map { $0 + 1 } ?? end
    if close == nil { reportOpaque(start, "a single quote is not closed") }
  }

  private mutating func doubleQuoted(_ builder: inout WordBuilder) {
    let start = position
    position += 1
    builder.addQuoted([])
    while let byte {
      switch byte {
      case .doubleQuote:
        position += 1
        return
      case .dollar: dollar(&builder, isQuoted: true)
      case .backtick: backticks(&builder, isQuoted: true)
      case .backslash:
        position += 1
        guard let next = self.byte else { break }
        position += 1
        if next == .lineFeed { break }
        builder.addQuoted(
          next == .doubleQuote || next == .dollar || next == .backslash || next == .backtick
            ? [next] : [.backslash, next])
      default:
        builder.addQuoted(CollectionOfOne(byte))
        position += 1
      }
    }
    reportOpaque(start, "a double quote is not closed")
  }

  /// `$'...'`, where escapes count as in C.
  private mutating func ansiQuoted(_ builder: inout WordBuilder) {
    let start = position
    position += 2
    var text: [UInt8] = []
    while let byte {
      position += 1
      if byte == .singleQuote {
        builder.addQuoted(text)
        return
      }
      guard byte == .backslash, let escape = self.byte else {
        text.append(byte)
        continue
      }
      position += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(.lineFeed)
      case UInt8(ascii: "t"): text.append(.tab)
      case UInt8(ascii: "r"): text.append(.carriageReturn)
      case UInt8(ascii: "a"): text.append(0x07)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "e"), UInt8(ascii: "E"): text.append(0x1B)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "v"): text.append(0x0B)
      case .backslash, .singleQuote, .doubleQuote, UInt8(ascii: "?"): text.append(escape)
      default: text += [.backslash, escape]
      }
    }
    builder.addQuoted(text)
    reportOpaque(start, "a single quote is not closed")
  }

  private mutating func extendedPattern(_ builder: inout WordBuilder) {
    var open = 0
    while let byte, byte != .lineFeed {
      builder.add(byte)
      position += 1
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") {
        open -= 1
        if open == 0 { return }
      }
    }
  }

  // MARK: Substitutions

  private mutating func dollar(_ builder: inout WordBuilder, isQuoted: Bool) {
    let start = position
    switch byte(at: 1) {
    case .openBrace: bracedVariable(&builder, isQuoted: isQuoted)
    case UInt8(ascii: "("):
      if byte(at: 2) == UInt8(ascii: "("), let range = arithmetic() {
        builder.add(.arithmetic(range))
      } else {
        position += 2
        let script = nestedScript(start)
        builder.add(.command(script, range: place(from: start), isQuoted: isQuoted))
      }
    case .singleQuote where !isQuoted: ansiQuoted(&builder)
    case .doubleQuote where !isQuoted: position += 1
    case let next?:
      var nameEnd = position + 1
      if next.isNameStart {
        while nameEnd < end, bytes[nameEnd].isNamePart { nameEnd += 1 }
      } else if next.isDigit || "@*#?-$!".utf8.contains(next) {
        nameEnd += 1
      } else {
        position += 1
        if isQuoted { builder.addQuoted([.dollar]) } else { builder.add(.dollar) }
        return
      }
      let name = line.text(position + 1..<nameEnd)
      position = nameEnd
      builder.add(
        .variable(
          Shell.Variable(name: name, modifier: "", argument: nil, range: place(from: start), isQuoted: isQuoted)))
    case nil:
      position += 1
      builder.add(.dollar)
    }
  }

  private mutating func bracedVariable(_ builder: inout WordBuilder, isQuoted: Bool) {
    let start = position
    position += 2
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      position = end
      reportOpaque(start, "variables are nested too deeply")
      return
    }
    var modifier = ""
    // `${#name}` is a length, `${!name}` an indirection.
    if byte == .hash || byte == UInt8(ascii: "!"),
      self.byte(at: 1).map({ $0.isNamePart || $0 == UInt8(ascii: "@") }) ?? false
    {
      modifier = line.text(position..<position + 1)
      position += 1
    }
    let nameStart = position
    while let byte, byte.isNamePart { _ = byte; position += 1 }
    if position == nameStart, let byte, "@*#?-$!".utf8.contains(byte) { position += 1 }
    let name = line.text(nameStart..<position)
    if byte == .openBracket {
      while let byte, byte != .closeBrace, byte != UInt8(ascii: "]") { _ = byte; position += 1 }
      if byte == UInt8(ascii: "]") { position += 1 }
    }
    let modifierStart = position
    if byte == UInt8(ascii: ":") { position += 1 }
    if let byte, "-=?+#%/^,@".utf8.contains(byte) {
      position += 1
      if self.byte == byte, "#%/^,".utf8.contains(byte) { position += 1 }
    }
    modifier += line.text(modifierStart..<position)
    let argument = byte == .closeBrace || byte == nil ? nil : readWord(until: .closeBrace)
    if byte == .closeBrace { position += 1 } else { reportOpaque(start, "`}` is missing") }
    builder.add(
      .variable(
        Shell.Variable(
          name: name, modifier: modifier, argument: argument, range: place(from: start), isQuoted: isQuoted)))
  }

  /// `$((...))`; nil if it does not end with two parentheses.
  private mutating func arithmetic() -> ByteRange? {
    let start = position
    var open = 0
    var index = position + 1
    while index < end {
      if bytes[index] == UInt8(ascii: "(") { open += 1 }
      if bytes[index] == UInt8(ascii: ")") {
        open -= 1
        if open == 0 {
          guard bytes[index - 1] == UInt8(ascii: ")") else { return nil }
          position = index + 1
          return place(from: start)
        }
      }
      index += 1
    }
    return nil
  }

  /// The commands up to `)`.
  private mutating func nestedScript(_ start: Int) -> Shell.Script {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      position = end
      return Shell.Script(statements: [], opaque: [reportOpaque(start, "commands are nested too deeply")])
    }
    let known = opaque.count
    let statements = statements(until: .parenthesis, open: [])
    if byte == UInt8(ascii: ")") { position += 1 } else { reportOpaque(start, "`)` is missing") }
    return Shell.Script(statements: statements, opaque: Array(opaque[known...]))
  }

  private mutating func processSubstitution(_ builder: inout WordBuilder) {
    let start = position
    position += 2
    let script = nestedScript(start)
    builder.add(.process(script, range: place(from: start)))
  }

  /// Between backticks, a backslash before a backtick, a backslash or `$` is taken away before the commands are read.
  private mutating func backticks(_ builder: inout WordBuilder, isQuoted: Bool) {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    var content = LogicalLineBuilder()
    var pieceStart = position
    while let byte, byte != .backtick {
      let next = self.byte(at: 1)
      if byte == .backslash, next == .backtick || next == .backslash || next == .dollar {
        content.append(line, pieceStart..<position)
        pieceStart = position + 1
        position += 1
      }
      position += 1
    }
    position = min(position, end)
    content.append(line, pieceStart..<position)
    if byte == .backtick { position += 1 } else { reportOpaque(start, "a backtick is not closed") }
    guard depth <= Self.deepest else {
      reportOpaque(start, "commands are nested too deeply")
      return
    }
    var parser = ShellParser(content.line)
    parser.depth = depth
    let statements = parser.parse()
    opaque += parser.opaque
    builder.add(
      .command(
        Shell.Script(statements: statements, opaque: parser.opaque), range: place(from: start), isQuoted: isQuoted))
  }

  // MARK: Assignments and redirections

  mutating func assignment() -> Shell.Assignment? {
    guard let first = byte, first.isNameStart else { return nil }
    let start = position
    var index = position
    while index < end, bytes[index].isNamePart { index += 1 }
    let nameEnd = index
    if index < end, bytes[index] == .openBracket {
      while index < end, bytes[index] != UInt8(ascii: "]"), !isWordEnd(bytes[index]) { index += 1 }
      guard index < end, bytes[index] == UInt8(ascii: "]") else { return nil }
      index += 1
    }
    let appends = index < end && bytes[index] == UInt8(ascii: "+")
    if appends { index += 1 }
    guard index < end, bytes[index] == .equals else { return nil }
    position = index + 1
    let value = byte == UInt8(ascii: "(") ? arrayValue() : readWord(until: nil)
    return Shell.Assignment(
      name: line.text(start..<nameEnd), nameRange: line.fileRange(start..<nameEnd), value: value, appends: appends,
      range: place(from: start))
  }

  /// `(a b c)`: its words, joined by spaces, since the word is one value.
  private mutating func arrayValue() -> Shell.Word {
    let start = position
    position += 1
    var parts: [Shell.Word.Part] = []
    while true {
      skipLines()
      guard let word = word() else { break }
      if !parts.isEmpty { parts.append(.literal(" ", isQuoted: true)) }
      parts += word.parts
    }
    if byte == UInt8(ascii: ")") { position += 1 } else { reportOpaque(start, "`)` is missing") }
    return Shell.Word(range: place(from: start), parts: parts, isPattern: false)
  }

  mutating func redirection() -> Shell.Redirection? {
    let start = position
    var index = position
    while index < end, bytes[index].isDigit { index += 1 }
    let hasDescriptor = index > position
    guard index < end else { return nil }
    var operation = ""
    let rest = bytes[index..<min(index + 3, end)]
    for candidate in ["<<<", "<<-", "&>>", "<<", "<&", "<>", ">>", ">&", ">|", "&>", "<", ">"]
    where rest.starts(with: candidate.utf8) {
      operation = candidate
      break
    }
    guard !operation.isEmpty, !(hasDescriptor && operation.hasPrefix("&")) else { return nil }
    let isSubstitution = operation.utf8.count == 1 && index + 1 < end && bytes[index + 1] == UInt8(ascii: "(")
    if isSubstitution { return nil }
    let descriptor = hasDescriptor ? Int(line.text(position..<index)) : nil
    position = index + operation.utf8.count
    skipBlanks()
    let target = word() ?? literalWord(position)
    if target.range.isEmpty { reportOpaque(start, "the target of a redirection is missing") }
    let heredoc = operation == "<<" || operation == "<<-" ? heredoc(target, stripsTabs: operation == "<<-") : nil
    return Shell.Redirection(
      descriptor: descriptor, operation: operation, target: target, heredoc: heredoc, range: place(from: start))
  }

  /// Finds the body: it begins behind the line that announces it, or behind the body before it.
  private mutating func heredoc(_ target: Shell.Word, stripsTabs: Bool) -> Shell.Heredoc? {
    guard let name = target.value else { return nil }
    if heredocLineEnd < position {
      heredocLineEnd = position
      while heredocLineEnd < end, bytes[heredocLineEnd] != .lineFeed {
        heredocLineEnd += bytes[heredocLineEnd] == .backslash ? 2 : 1
      }
      heredocLineEnd = min(heredocLineEnd, end)
      heredocResume = min(heredocLineEnd + 1, end)
    }
    let start = heredocResume
    var bodyEnd = start
    var isTerminated = false
    let terminator = Array(name.utf8)
    while heredocResume < end {
      let lineStart = heredocResume
      let feed = bytes[lineStart..<end].firstIndex(of: .lineFeed) ?? end
      heredocResume = min(feed + 1, end)
      var content = bytes[lineStart..<feed]
      if stripsTabs { content = content.drop { $0 == .tab } }
      if content.elementsEqual(terminator) {
        isTerminated = true
        break
      }
      bodyEnd = heredocResume
    }
    let isQuoted = target.parts.contains { if case .literal(_, true) = $0 { true } else { false } }
    return Shell.Heredoc(
      name: name, bodyRange: line.fileRange(start..<bodyEnd), expandsVariables: !isQuoted, stripsTabs: stripsTabs,
      isTerminated: isTerminated)
  }
}
