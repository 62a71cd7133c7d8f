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
  struct WordBuilder {
    var parts: [Shell.Word.Part] = []
    var text: [UInt8] = []
    var isQuoted = false
    private var hasText = false
    var isPattern = false

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
  mutating func ansiQuoted(_ builder: inout WordBuilder) {
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
}
