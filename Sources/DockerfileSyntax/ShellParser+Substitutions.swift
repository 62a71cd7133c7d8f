import SourceText

/// What a word is filled with: variables, commands, arithmetic.
extension ShellParser {
  mutating func dollar(_ builder: inout WordBuilder, isQuoted: Bool) {
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

  mutating func bracedVariable(_ builder: inout WordBuilder, isQuoted: Bool) {
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
  mutating func arithmetic() -> ByteRange? {
    let start = position
    guard let end = endOfDoubleParentheses(in: position + 1..<end) else { return nil }
    position = end
    return place(from: start)
  }

  /// The position behind the `))` that closes the `((` here; nil where the last two parentheses do not stand together.
  func endOfDoubleParentheses(in range: Range<Int>) -> Int? {
    var open = 0
    for index in range {
      if bytes[index] == UInt8(ascii: "(") { open += 1 }
      guard bytes[index] == UInt8(ascii: ")") else { continue }
      open -= 1
      if open == 0 { return bytes[index - 1] == UInt8(ascii: ")") ? index + 1 : nil }
    }
    return nil
  }

  /// The commands up to `)`.
  mutating func nestedScript(_ start: Int) -> Shell.Script {
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

  mutating func processSubstitution(_ builder: inout WordBuilder) {
    let start = position
    position += 2
    let script = nestedScript(start)
    builder.add(.process(script, range: place(from: start)))
  }

  /// Between backticks, a backslash before a backtick, a backslash or `$` is taken away before the commands are read.
  mutating func backticks(_ builder: inout WordBuilder, isQuoted: Bool) {
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
}
