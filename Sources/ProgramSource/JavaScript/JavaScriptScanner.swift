import SourceText

/// Reads JavaScript and TypeScript as tokens, tolerantly: text between JSX tags gives odd tokens, never a stop.
///
/// Source: https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar
struct JavaScriptScanner {
  private let buffer: UnsafeBufferPointer<UInt8>
  private var offset: Int
  private let limit: Int
  private var result = ScriptTokens()
  private var startsLine = false

  static func scan(_ bytes: [UInt8], in range: ByteRange? = nil) -> ScriptTokens {
    let part = (range ?? ByteRange(0, bytes.count)).clamped(to: bytes.count)
    return bytes.withUnsafeBufferPointer { buffer in
      var scanner = JavaScriptScanner(buffer: buffer, offset: part.start, limit: part.end)
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
    startsLine = false
  }

  private mutating func scanAll() {
    if offset == 0, peek() == 0xEF, peek(1) == 0xBB, peek(2) == 0xBF { offset = 3 }
    if offset == 0, peek() == UInt8(ascii: "#"), peek(1) == UInt8(ascii: "!") { skipLine() }
    while offset < limit {
      let byte = buffer[offset]
      switch byte {
      case 32, 9, 13: offset += 1
      case 10:
        startsLine = true
        offset += 1
      case _ where isNameByte(byte): scanName()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): scanNumber()
      case UInt8(ascii: "\""), UInt8(ascii: "'"): scanString(byte)
      case UInt8(ascii: "`"): scanTemplate()
      case UInt8(ascii: "/"): scanSlash()
      default: scanSymbol()
      }
    }
    emit(.end, from: offset)
    result.match()
  }

  private mutating func skipLine() {
    while offset < limit, buffer[offset] != 10 { offset += 1 }
  }

  private mutating func scanName() {
    let start = offset
    while offset < limit, isNameByte(buffer[offset]) || 48...57 ~= buffer[offset] { offset += 1 }
    emit(.name, from: start)
  }

  private mutating func scanNumber() {
    let start = offset
    while offset < limit, isNameByte(buffer[offset]) || 48...57 ~= buffer[offset] || buffer[offset] == UInt8(ascii: ".")
    {
      offset += 1
    }
    emit(.number, from: start)
  }

  private mutating func scanString(_ quote: UInt8) {
    let start = offset
    offset += 1
    while offset < limit, buffer[offset] != 10 {
      let byte = buffer[offset]
      offset += 1
      if byte == quote { return emit(.text, from: start) }
      if byte == UInt8(ascii: "\\"), offset < limit { offset += 1 }
    }
    // An apostrophe between tags: the rest of the line is text that nobody needs.
    result.problems.report(.unterminatedString, ByteRange(start, offset))
  }

  /// A template to its end, over everything that is put in.
  private mutating func scanTemplate() {
    let start = offset
    var modes: [UInt8] = [UInt8(ascii: "`")]
    offset += 1
    while offset < limit, let mode = modes.last {
      let byte = buffer[offset]
      offset += 1
      if mode == UInt8(ascii: "`") {
        if byte == UInt8(ascii: "\\") {
          offset += 1
        } else if byte == mode {
          modes.removeLast()
        } else if byte == UInt8(ascii: "$"), peek() == UInt8(ascii: "{") {
          offset += 1
          modes.append(UInt8(ascii: "{"))
        }
      } else {
        switch byte {
        case UInt8(ascii: "{"): modes.append(byte)
        case UInt8(ascii: "}"): modes.removeLast()
        case UInt8(ascii: "`"): modes.append(byte)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          while offset < limit, buffer[offset] != byte, buffer[offset] != 10 {
            offset += buffer[offset] == UInt8(ascii: "\\") ? 2 : 1
          }
          offset += 1
        default: break
        }
      }
    }
    offset = min(offset, limit)
    if !modes.isEmpty { result.problems.report(.unterminatedString, ByteRange(start, offset)) }
    emit(.text, from: start)
  }

  private mutating func scanSlash() {
    let start = offset
    if peek(1) == UInt8(ascii: "/") {
      skipLine()
      result.comments.append(ByteRange(start, offset))
    } else if peek(1) == UInt8(ascii: "*") {
      offset += 2
      while offset < limit, !(buffer[offset] == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/")) {
        if buffer[offset] == 10 { startsLine = true }
        offset += 1
      }
      if offset == limit { result.problems.report(.unterminatedComment, ByteRange(start, offset)) }
      offset = min(offset + 2, limit)
      result.comments.append(ByteRange(start, offset))
    } else if startsPattern, let end = patternEnd() {
      offset = end
      emit(.pattern, from: start)
    } else {
      scanSymbol()
    }
  }

  /// Whether a slash here starts a regular expression: nothing stands before it that could be divided.
  private var startsPattern: Bool {
    guard let last = result.tokens.last else { return true }
    switch last.kind {
    case .number, .text, .pattern: return false
    case .symbol: return last.symbol != ")" && last.symbol != "]" && last.symbol != "}"
    case .name:
      let word = String(decoding: buffer[last.range.start..<last.range.end], as: UTF8.self)
      return ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield"]
        .contains(word)
    case .newline, .end: return true
    }
  }

  /// Where a regular expression that starts here ends, its flags included; nil when its line has no end of it nearby.
  private func patternEnd() -> Int? {
    var index = offset + 1
    var isInClass = false
    while index < min(limit, offset + 2_000), buffer[index] != 10 {
      switch buffer[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass:
        index += 1
        while index < limit, isNameByte(buffer[index]) { index += 1 }
        return index
      default: break
      }
      index += 1
    }
    return nil
  }

  private static let symbols: [[UInt8]] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||",
    "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
  ].map { Array($0.utf8) }

  private mutating func scanSymbol() {
    let start = offset
    for symbol in Self.symbols where symbol[0] == buffer[offset] && offset + symbol.count <= limit {
      guard buffer[offset..<(offset + symbol.count)].elementsEqual(symbol) else { continue }
      // `a?.5:b` is a conditional.
      if symbol.count == 2, symbol[0] == UInt8(ascii: "?"), symbol[1] == UInt8(ascii: "."), 48...57 ~= peek(2) {
        continue
      }
      offset += symbol.count
      return emit(.symbol, from: start, symbol: String(decoding: symbol, as: UTF8.self))
    }
    offset += 1
    emit(.symbol, from: start, symbol: String(UnicodeScalar(buffer[start])))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
      UInt8(ascii: "$"), 0x80...:
      true
    case UInt8(ascii: "#"): offset + 1 < limit && buffer[offset] == byte
    default: false
    }
  }
}
