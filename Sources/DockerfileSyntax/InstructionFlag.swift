import SourceText

/// A `--name=value` or `--name` between the keyword and the arguments.
public struct InstructionFlag: Hashable, Sendable {
  public let range: ByteRange
  /// Without the hyphens.
  public let name: String
  public let nameRange: ByteRange
  /// Without quotes and escapes; nil where there is no `=`.
  public let value: String?
  /// As written, quotes inside; where there is no value, the empty place after the name.
  public let valueRange: ByteRange
  /// The place in the logical line.
  let logical: Range<Int>
}

/// Finds the flags at the start of an instruction's text.
///
/// The backslash escapes here whatever the `escape` directive says, as in BuildKit's `extractBuilderFlags`.
struct FlagReader {
  private struct Found {
    let range: Range<Int>
    /// The place of the first `=`.
    let equals: Int?
    let hasQuotes: Bool
  }

  private let line: LogicalLine
  private let end: Int
  private var position: Int

  private init(_ line: LogicalLine, _ range: Range<Int>) {
    self.line = line
    position = range.lowerBound
    end = range.upperBound
  }

  /// The place where the flags at the beginning of `range` end and the arguments begin.
  static func end(of range: Range<Int>, in line: LogicalLine) -> Int {
    var reader = FlagReader(line, range)
    while reader.next() != nil {}
    return reader.position
  }

  static func flags(_ range: Range<Int>, in line: LogicalLine) -> [InstructionFlag] {
    var reader = FlagReader(line, range)
    var flags: [InstructionFlag] = []
    while let found = reader.next() { flags.append(reader.flag(found)) }
    return flags
  }

  /// Flags are read byte by byte, so that two bytes above ASCII count as white space there, whatever they belong to.
  private func isSpace(_ byte: UInt8) -> Bool {
    byte == .space || (byte >= 0x09 && byte <= 0x0D) || byte == 0x85 || byte == 0xA0
  }

  /// Goes over a flag. Two hyphens alone end the flags without being one.
  private mutating func next() -> Found? {
    while position < end, isSpace(line.bytes[position]) { position += 1 }
    let start = position
    guard end - start >= 2, line.bytes[start] == .hyphen, line.bytes[start + 1] == .hyphen else { return nil }
    var length = 0
    var quote: UInt8?
    var equals: Int?
    var hasQuotes = false
    while position < end {
      let byte = line.bytes[position]
      if byte == quote {
        quote = nil
      } else if quote == nil, isSpace(byte) {
        break
      } else if quote == nil, byte == .singleQuote || byte == .doubleQuote {
        quote = byte
        hasQuotes = true
      } else {
        if byte == .backslash {
          hasQuotes = true
          position += 1
          guard position < end else { break }
        }
        if equals == nil, line.bytes[position] == .equals { equals = position }
        length += 1
      }
      position += 1
    }
    return length == 2 ? nil : Found(range: start..<position, equals: equals, hasQuotes: hasQuotes)
  }

  private func flag(_ found: Found) -> InstructionFlag {
    let text = found.hasQuotes ? unquoted(found.range) : Array(line.bytes[found.range])
    let sign = found.equals == nil ? nil : text.firstIndex(of: .equals)
    let nameStart = found.range.lowerBound + 2
    let nameEnd = max(found.equals ?? found.range.upperBound, nameStart)
    let valueStart = found.equals.map { $0 + 1 } ?? found.range.upperBound
    return InstructionFlag(
      range: line.fileRange(found.range), name: String(decoding: text[2..<(sign ?? text.count)], as: UTF8.self),
      nameRange: line.fileRange(nameStart..<nameEnd),
      value: sign.map { String(decoding: text[($0 + 1)...], as: UTF8.self) },
      valueRange: line.fileRange(valueStart..<found.range.upperBound), logical: found.range)
  }

  private func unquoted(_ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    var quote: UInt8?
    var isEscaped = false
    for byte in line.bytes[range] {
      if isEscaped {
        isEscaped = false
      } else if byte == quote {
        quote = nil
        continue
      } else if quote == nil, byte == .singleQuote || byte == .doubleQuote {
        quote = byte
        continue
      } else if byte == .backslash {
        isEscaped = true
        continue
      }
      text.append(byte)
    }
    return text
  }
}
