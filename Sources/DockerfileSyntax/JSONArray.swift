/// Reads the JSON form of an instruction's arguments: an array of strings.
///
/// Without recursion, since the text may nest arrays as deep as it is long. Grammar: RFC 8259, as Go's `encoding/json`
/// reads it (which gives up at 10,000 levels).
struct JSONArray {
  enum Outcome {
    /// Each string with its value and its place, quotes included.
    case strings([Word])
    /// An array, but with something else than strings in it; the place of the first.
    case notStrings(Range<Int>)
    /// Not JSON: the place of the first byte that is wrong.
    case invalid(Int)
  }

  static let deepest = 10_000

  private let line: LogicalLine
  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  /// Reads the part of a line that begins with `[`.
  static func read(_ line: LogicalLine, _ range: Range<Int>) -> Outcome {
    var reader = JSONArray(line: line, bytes: line.bytes, end: range.upperBound, position: range.lowerBound)
    return reader.read()
  }

  /// The string of a key in a document that is one JSON object; nil if there is none.
  static func string(ofKey key: String, in bytes: [UInt8], from start: Int) -> String? {
    let line = LogicalLine(bytes: bytes, range: start..<bytes.count, segments: [])
    var reader = JSONArray(line: line, bytes: bytes, end: bytes.count, position: start)
    reader.skipSpace()
    guard reader.next == .openBrace else { return nil }
    var isObject = reader
    guard isObject.skipValue() else { return nil }
    isObject.skipSpace()
    guard isObject.next == nil else { return nil }
    var found: String?
    reader.position += 1
    while true {
      reader.skipSpace()
      guard reader.next == .doubleQuote, let name = reader.readString() else { return found }
      reader.skipSpace()
      reader.position += 1  // the colon
      reader.skipSpace()
      let value = reader.next == .doubleQuote ? reader.readString() : nil
      if name == key { found = value }
      if value == nil, !reader.skipValue() { return found }
      reader.skipSpace()
      guard reader.next == UInt8(ascii: ",") else { return found }
      reader.position += 1
    }
  }

  private mutating func read() -> Outcome {
    var strings: [Word] = []
    var other: Range<Int>?
    position += 1
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
    } else {
      while true {
        skipSpace()
        let start = position
        if next == .doubleQuote {
          guard let value = readString() else { return .invalid(position) }
          strings.append(Word(range: line.fileRange(start..<position), text: value, logical: start..<position))
        } else {
          guard skipValue() else { return .invalid(position) }
          other = other ?? start..<position
        }
        skipSpace()
        if next == UInt8(ascii: ",") {
          position += 1
        } else if next == UInt8(ascii: "]") {
          position += 1
          break
        } else {
          return .invalid(position)
        }
      }
    }
    skipSpace()
    if position < end { return .invalid(position) }
    return other.map { .notStrings($0) } ?? .strings(strings)
  }

  private var next: UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == .space || byte == .tab || byte == .carriageReturn || byte == .lineFeed {
      position += 1
    }
  }

  // MARK: Values that are not strings

  /// Skips one value of any kind. On failure `position` is the wrong byte.
  private mutating func skipValue() -> Bool {
    var closers: [UInt8] = []
    repeat {
      skipSpace()
      guard let byte = next else { return false }
      switch byte {
      case .openBracket, .openBrace:
        position += 1
        let closer = byte + 2  // `]` and `}` stand two places behind their openers in ASCII
        skipSpace()
        if next == closer {
          position += 1
        } else {
          closers.append(closer)
          guard closers.count < Self.deepest else { return false }
          if byte == .openBrace { guard skipKey() else { return false } }
          continue
        }
      case .doubleQuote: guard skipString() else { return false }
      case UInt8(ascii: "t"): guard skipLiteral("true") else { return false }
      case UInt8(ascii: "f"): guard skipLiteral("false") else { return false }
      case UInt8(ascii: "n"): guard skipLiteral("null") else { return false }
      default: guard skipNumber() else { return false }
      }
      guard skipClosers(&closers) else { return false }
    } while !closers.isEmpty
    return true
  }

  /// After a value inside an array or object: closes what ends here, or steps over the comma.
  private mutating func skipClosers(_ closers: inout [UInt8]) -> Bool {
    while let closer = closers.last {
      skipSpace()
      if next == closer {
        position += 1
        closers.removeLast()
      } else if next == UInt8(ascii: ",") {
        position += 1
        return closer == .closeBrace ? skipKey() : true
      } else {
        return false
      }
    }
    return true
  }

  private mutating func skipKey() -> Bool {
    skipSpace()
    guard next == .doubleQuote, skipString() else { return false }
    skipSpace()
    guard next == UInt8(ascii: ":") else { return false }
    position += 1
    return true
  }

  private mutating func skipLiteral(_ literal: StaticString) -> Bool {
    for index in 0..<literal.utf8CodeUnitCount {
      guard next == literal.utf8Start[index] else { return false }
      position += 1
    }
    return true
  }

  /// A number that Go cannot hold is a fault there.
  private mutating func skipNumber() -> Bool {
    let start = position
    if next == .hyphen { position += 1 }
    if next == UInt8(ascii: "0") { position += 1 } else { guard skipDigits() else { return false } }
    if next == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() else { return false }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == .hyphen { position += 1 }
      guard skipDigits() else { return false }
    }
    guard Double(String(decoding: bytes[start..<position], as: UTF8.self))?.isFinite == true else {
      position = start
      return false
    }
    return true
  }

  private mutating func skipDigits() -> Bool {
    guard next?.isDigit == true else { return false }
    while next?.isDigit == true { position += 1 }
    return true
  }

  // MARK: Strings

  /// Steps over a string. On failure `position` is the wrong byte.
  private mutating func skipString() -> Bool {
    position += 1
    while let byte = next {
      if byte == .doubleQuote {
        position += 1
        return true
      }
      guard byte >= 0x20 else { return false }
      position += 1
      if byte == .backslash { guard skipEscape() else { return false } }
    }
    return false
  }

  private mutating func skipEscape() -> Bool {
    switch next {
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard let byte = next, hexadecimal(byte) != nil else { return false }
        position += 1
      }
      return true
    case .doubleQuote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
      return true
    default: return false
    }
  }

  /// The value of the string at `position`, nil if it is no valid string.
  private mutating func readString() -> String? {
    let start = position + 1
    guard skipString() else { return nil }
    let content = bytes[start..<position - 1]
    return content.contains(.backslash) ? unescape(content) : String(decoding: content, as: UTF8.self)
  }

  /// `content` is known to be well formed.
  private func unescape(_ content: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var index = content.startIndex
    while index < content.endIndex {
      if content[index] == .backslash {
        let (text, length) = escape(content[index...])
        result += text
        index += length
      } else {
        result.append(content[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What a string that has been read stands for, with the place of each of its bytes.
  static func content(_ word: Word, of line: LogicalLine) -> LogicalLine {
    guard word.logical.count >= 2 else { return line.part(word.logical) }
    let content = line.bytes[word.logical.lowerBound + 1..<word.logical.upperBound - 1]
    let reader = JSONArray(line: line, bytes: [], end: 0, position: 0)
    var builder = LogicalLineBuilder()
    var index = content.startIndex
    while index < content.endIndex {
      if content[index] == .backslash {
        let (text, length) = reader.escape(content[index...])
        let place = line.fileRange(index..<min(index + length, content.endIndex))
        builder.append(text, escapedAt: place.start, length: place.count)
        index += length
      } else {
        let end = content[index...].firstIndex(of: .backslash) ?? content.endIndex
        builder.append(line, index..<end)
        index = end
      }
    }
    return builder.line
  }

  /// The bytes that the escape sequence at the beginning stands for, and its length.
  private func escape(_ content: ArraySlice<UInt8>) -> (text: [UInt8], length: Int) {
    let index = content.startIndex + 2
    guard index <= content.endIndex else { return ([.backslash], 1) }
    switch content[index - 1] {
    case UInt8(ascii: "b"): return ([0x08], 2)
    case UInt8(ascii: "f"): return ([0x0C], 2)
    case UInt8(ascii: "n"): return ([.lineFeed], 2)
    case UInt8(ascii: "r"): return ([.carriageReturn], 2)
    case UInt8(ascii: "t"): return ([.tab], 2)
    case UInt8(ascii: "u"):
      let unit = codeUnit(content, index)
      if unit & 0xFC00 == 0xD800, index + 9 < content.endIndex, content[index + 4] == .backslash,
        content[index + 5] == UInt8(ascii: "u")
      {
        let low = codeUnit(content, index + 6)
        if low & 0xFC00 == 0xDC00 {
          return (encoded(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)), 12)
        }
      }
      return (encoded(unit), 6)
    case let byte: return ([byte], 2)
    }
  }

  private func encoded(_ scalar: UInt32) -> [UInt8] { Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8) }

  private func codeUnit(_ content: ArraySlice<UInt8>, _ start: Int) -> UInt32 {
    content[start..<min(start + 4, content.endIndex)].reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
  }

  private func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }
}
