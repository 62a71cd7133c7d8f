import SourceText

/// Reads Go source as tokens and comments. Every byte is looked at once or twice, whatever the bytes are.
///
/// Bytes above 0x7F count as letters. What is no token becomes one of kind `invalid` and a problem.
public struct GoScanner {
  /// What a file or a part of it consists of.
  public struct Result: Sendable {
    /// Without comments; the last one is always of kind `end`.
    public var tokens: [GoToken] = []
    public var comments: [ByteRange] = []
    public var problems: [SourceProblem] = []
  }

  /// The tokens of `bytes`, or of the part of it that `range` names. All ranges count from the start of `bytes`.
  public static func scan(_ bytes: [UInt8], in range: ByteRange? = nil) -> Result {
    let part = (range ?? ByteRange(0, bytes.count)).clamped(to: bytes.count)
    return bytes.withUnsafeBufferPointer { buffer in
      var scanner = GoScanner(buffer: buffer, offset: part.start, limit: part.end)
      scanner.result.tokens.reserveCapacity(part.count / 5 + 2)
      scanner.scanAll()
      return scanner.result
    }
  }

  private let buffer: UnsafeBufferPointer<UInt8>
  private var offset: Int
  private let limit: Int
  private var result = Result()
  private var last = GoToken.Kind.end

  private init(buffer: UnsafeBufferPointer<UInt8>, offset: Int, limit: Int) {
    self.buffer = buffer
    self.offset = offset
    self.limit = limit
  }

  /// The byte `ahead` of the current one, 0 beyond the end.
  private func peek(_ ahead: Int = 0) -> UInt8 {
    offset + ahead < limit ? buffer[offset + ahead] : 0
  }

  private mutating func emit(_ kind: GoToken.Kind, from start: Int) {
    result.tokens.append(GoToken(kind, ByteRange(start, offset)))
    last = kind
  }

  private mutating func scanAll() {
    if offset == 0, peek() == 0xEF, peek(1) == 0xBB, peek(2) == 0xBF { offset = 3 }
    while offset < limit {
      let byte = buffer[offset]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
      case UInt8(ascii: "\n"):
        endLine()
        offset += 1
      case _ where isLetter(byte): scanWord()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
      case UInt8(ascii: "."):
        if isDigit(peek(1)) { scanNumber() } else { scanOperator() }
      case UInt8(ascii: "\""): scanQuoted(UInt8(ascii: "\""), .string)
      case UInt8(ascii: "'"): scanQuoted(UInt8(ascii: "'"), .rune)
      case UInt8(ascii: "`"): scanRaw()
      case UInt8(ascii: "/"):
        if peek(1) == UInt8(ascii: "/") {
          scanLineComment()
        } else if peek(1) == UInt8(ascii: "*") {
          scanGeneralComment()
        } else {
          scanOperator()
        }
      default: scanOperator()
      }
    }
    endLine()
    emit(.end, from: offset)
  }

  private mutating func endLine() {
    if last.endsStatement { emit(.automaticSemicolon, from: offset) }
  }

  private mutating func scanWord() {
    let start = offset
    while offset < limit, isLetter(buffer[offset]) || isDigit(buffer[offset]) { offset += 1 }
    emit(GoToken.Kind.keyword(buffer[start..<offset]) ?? .identifier, from: start)
  }

  private mutating func scanNumber() {
    let start = offset
    var kind = GoToken.Kind.integer
    let isHexadecimal = peek() == UInt8(ascii: "0") && peek(1) | 0x20 == UInt8(ascii: "x")
    while offset < limit {
      let byte = buffer[offset]
      if byte == UInt8(ascii: ".") {
        kind = .float
      } else if byte | 0x20 == (isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")) {
        kind = .float
        if peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") { offset += 1 }
      } else if !isLetter(byte) && !isDigit(byte) {
        break
      }
      offset += 1
    }
    if offset > start, buffer[offset - 1] == UInt8(ascii: "i"), !isHexadecimal { kind = .imaginary }
    emit(kind, from: start)
  }

  /// An interpreted string or a rune: it ends at its quote, or unterminated at the end of the line.
  private mutating func scanQuoted(_ quote: UInt8, _ kind: GoToken.Kind) {
    let start = offset
    offset += 1
    while offset < limit {
      let byte = buffer[offset]
      if byte == UInt8(ascii: "\n") { break }
      offset += 1
      if byte == quote {
        emit(kind, from: start)
        return
      }
      if byte == UInt8(ascii: "\\"), offset < limit, buffer[offset] != UInt8(ascii: "\n") { offset += 1 }
    }
    result.problems.report(.unterminatedString, ByteRange(start, offset))
    emit(.invalid, from: start)
  }

  private mutating func scanRaw() {
    let start = offset
    offset += 1
    while offset < limit, buffer[offset] != UInt8(ascii: "`") { offset += 1 }
    guard offset < limit else {
      result.problems.report(.unterminatedString, ByteRange(start, offset))
      return emit(.invalid, from: start)
    }
    offset += 1
    emit(.rawString, from: start)
  }

  private mutating func scanLineComment() {
    let start = offset
    while offset < limit, buffer[offset] != UInt8(ascii: "\n") { offset += 1 }
    result.comments.append(ByteRange(start, offset))
  }

  /// A general comment; one that holds a newline ends the line like one.
  private mutating func scanGeneralComment() {
    let start = offset
    var holdsNewline = false
    offset += 2
    while offset < limit, !(buffer[offset] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
      if buffer[offset] == UInt8(ascii: "\n") { holdsNewline = true }
      offset += 1
    }
    if offset < limit {
      offset += 2
    } else {
      result.problems.report(.unterminatedComment, ByteRange(start, offset))
    }
    if holdsNewline { endLine() }
    result.comments.append(ByteRange(start, offset))
  }

  private mutating func scanOperator() {
    let start = offset
    let (kind, length) = symbol(peek(), peek(1), peek(2))
    offset += length
    if kind == .invalid { result.problems.report(.invalidCharacter, ByteRange(start, offset)) }
    emit(kind, from: start)
  }

  /// The longest operator or punctuation that starts with these bytes.
  private func symbol(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> (GoToken.Kind, Int) {
    let equals = UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "("): return (.leftParenthesis, 1)
    case UInt8(ascii: ")"): return (.rightParenthesis, 1)
    case UInt8(ascii: "["): return (.leftBracket, 1)
    case UInt8(ascii: "]"): return (.rightBracket, 1)
    case UInt8(ascii: "{"): return (.leftBrace, 1)
    case UInt8(ascii: "}"): return (.rightBrace, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "."): return second == first && third == first ? (.ellipsis, 3) : (.period, 1)
    case UInt8(ascii: ":"): return second == equals ? (.define, 2) : (.colon, 1)
    case equals: return second == equals ? (.comparison, 2) : (.assign, 1)
    case UInt8(ascii: "!"): return second == equals ? (.comparison, 2) : (.exclamation, 1)
    case UInt8(ascii: "+"): return doubled(first, second, .increment, .plus)
    case UInt8(ascii: "-"): return doubled(first, second, .decrement, .minus)
    case UInt8(ascii: "*"): return second == equals ? (.assignOperation, 2) : (.star, 1)
    case UInt8(ascii: "/"), UInt8(ascii: "%"):
      return second == equals ? (.assignOperation, 2) : (.multiplicative, 1)
    case UInt8(ascii: "^"): return second == equals ? (.assignOperation, 2) : (.caret, 1)
    case UInt8(ascii: "|"): return doubled(first, second, .logicalOr, .pipe)
    case UInt8(ascii: "&"):
      if second == UInt8(ascii: "^") { return third == equals ? (.assignOperation, 3) : (.multiplicative, 2) }
      return doubled(first, second, .logicalAnd, .ampersand)
    case UInt8(ascii: "<"), UInt8(ascii: ">"):
      if second == first { return third == equals ? (.assignOperation, 3) : (.multiplicative, 2) }
      if second == equals { return (.comparison, 2) }
      return first == UInt8(ascii: "<") && second == UInt8(ascii: "-") ? (.arrow, 2) : (.comparison, 1)
    default: return (.invalid, 1)
    }
  }

  private func doubled(_ first: UInt8, _ second: UInt8, _ double: GoToken.Kind, _ single: GoToken.Kind)
    -> (GoToken.Kind, Int)
  {
    second == first ? (double, 2) : second == UInt8(ascii: "=") ? (.assignOperation, 2) : (single, 1)
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9") }
}
