import SourceText

/// Reads Python as tokens. A line break is a token where it ends a logical line: outside brackets, without a backslash.
///
/// Source: https://docs.python.org/3/reference/lexical_analysis.html
struct PythonScanner {
  private let buffer: UnsafeBufferPointer<UInt8>
  private var offset: Int
  private let limit: Int
  private var level = 0
  private var startsLine = true
  private var result = ScriptTokens()

  static func scan(_ bytes: [UInt8], in range: ByteRange? = nil) -> ScriptTokens {
    let part = (range ?? ByteRange(0, bytes.count)).clamped(to: bytes.count)
    return bytes.withUnsafeBufferPointer { buffer in
      var scanner = PythonScanner(buffer: buffer, offset: part.start, limit: part.end)
      scanner.scanAll()
      return scanner.result
    }
  }

  private init(buffer: UnsafeBufferPointer<UInt8>, offset: Int, limit: Int) {
    self.buffer = buffer
    self.offset = offset
    self.limit = limit
  }

  private func peek(_ ahead: Int = 0) -> UInt8 { offset + ahead < limit ? buffer[offset + ahead] : 0 }

  private mutating func emit(_ kind: ScriptToken.Kind, from start: Int, symbol: String = "") {
    result.tokens.append(
      ScriptToken(kind: kind, range: ByteRange(start, offset), symbol: symbol, startsLine: startsLine))
    startsLine = kind == .newline
  }

  private mutating func scanAll() {
    if offset == 0, peek() == 0xEF, peek(1) == 0xBB, peek(2) == 0xBF { offset = 3 }
    while offset < limit {
      let byte = buffer[offset]
      switch byte {
      case 32, 9, 13, 12: offset += 1
      case 10: endLine()
      case UInt8(ascii: "#"): scanComment()
      case UInt8(ascii: "\\"): offset += peek(1) == 13 ? 3 : 2
      case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(from: offset)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
      case _ where isNameByte(byte): scanName()
      default: scanSymbol()
      }
    }
    offset = limit
    if result.tokens.last?.kind != .newline { emit(.newline, from: offset) }
    emit(.end, from: offset)
    result.match()
  }

  private mutating func endLine() {
    let start = offset
    offset += 1
    // A bracket that nobody closes must not swallow the file: a line that starts with a statement's word ends it.
    if level > 0, startsStatement(at: offset) { level = 0 }
    if level == 0, let last = result.tokens.last, last.kind != .newline { emit(.newline, from: start) }
  }

  /// Whether a line begins, at its very start, with a word that only statements begin with.
  private func startsStatement(at start: Int) -> Bool {
    for word in Self.statementWords where start + word.count < limit {
      if buffer[start..<(start + word.count)].elementsEqual(word) { return true }
    }
    return false
  }

  private static let statementWords = ["def ", "class ", "import ", "from ", "if __name__", "async def ", "@"].map {
    Array($0.utf8)
  }

  private mutating func scanComment() {
    let start = offset
    while offset < limit, buffer[offset] != 10 { offset += 1 }
    result.comments.append(ByteRange(start, offset))
  }

  private mutating func scanName() {
    let start = offset
    while offset < limit, isNameByte(buffer[offset]) || 48...57 ~= buffer[offset] { offset += 1 }
    // `f"…"`, `rb'…'`
    if offset - start <= 2, peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'"),
      buffer[start..<offset].allSatisfy({ "rbfuRBFU".utf8.contains($0) })
    {
      return scanString(from: start)
    }
    emit(.name, from: start)
  }

  private mutating func scanNumber() {
    let start = offset
    while offset < limit, isNameByte(buffer[offset]) || 48...57 ~= buffer[offset] || buffer[offset] == UInt8(ascii: ".")
    { offset += 1 }
    emit(.number, from: start)
  }

  /// A string with its prefix; `offset` stands at the quote.
  private mutating func scanString(from start: Int) {
    let quote = buffer[offset]
    let isTriple = peek(1) == quote && peek(2) == quote
    offset += isTriple ? 3 : 1
    while offset < limit {
      let byte = buffer[offset]
      if byte == UInt8(ascii: "\\") {
        offset += 2
      } else if byte == quote, !isTriple || peek(1) == quote && peek(2) == quote {
        offset += isTriple ? 3 : 1
        return emit(.text, from: start)
      } else if byte == 10, !isTriple {
        break
      } else {
        offset += 1
      }
    }
    offset = min(offset, limit)
    result.problems.report(.unterminatedString, ByteRange(start, offset))
  }

  private static let symbols: [[UInt8]] = [
    "**=", "//=", ">>=", "<<=", "...", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
    "^=", "@=",
    "**", "//", "<<", ">>",
  ].map { Array($0.utf8) }

  private mutating func scanSymbol() {
    let start = offset
    for symbol in Self.symbols where symbol[0] == buffer[offset] && offset + symbol.count <= limit {
      guard buffer[offset..<(offset + symbol.count)].elementsEqual(symbol) else { continue }
      offset += symbol.count
      return emit(.symbol, from: start, symbol: String(decoding: symbol, as: UTF8.self))
    }
    switch buffer[offset] {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): level += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): level = max(0, level - 1)
    default: break
    }
    offset += 1
    emit(.symbol, from: start, symbol: String(UnicodeScalar(buffer[start])))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), 0x80...: true
    default: false
    }
  }
}
