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

/// Reads the flags at the start of an instruction's text.
///
/// The backslash escapes here whatever the `escape` directive says, as in BuildKit's `extractBuilderFlags`.
struct FlagReader {
  let line: LogicalLine
  private(set) var flags: [InstructionFlag] = []

  init(_ line: LogicalLine) {
    self.line = line
  }

  /// Reads flags from the beginning of `range`; the answer is the place where the arguments begin.
  mutating func read(_ range: Range<Int>) -> Int {
    let end = range.upperBound
    var position = range.lowerBound
    while true {
      while position < end, isSpace(position) { position += 1 }
      guard position + 1 < end, line.bytes[position] == .hyphen, line.bytes[position + 1] == .hyphen else {
        return position
      }
      let start = position
      while position < end, !isSpace(position), !isSpecial(line.bytes[position]) { position += 1 }
      if position == end || isSpace(position) {
        if position == start + 2 { return position }
        appendPlain(start..<position)
        continue
      }
      position = start
      let (text, equals) = readWord(&position, end)
      if text == [.hyphen, .hyphen] { return position }
      flags.append(flag(text, start..<position, equals: equals))
    }
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == .singleQuote || byte == .doubleQuote || byte == .backslash
  }

  /// A flag without quotes and escapes is as it is written.
  private mutating func appendPlain(_ range: Range<Int>) {
    let nameStart = range.lowerBound + 2
    let equals = line.bytes[range].firstIndex(of: .equals)
    let name = nameStart..<(equals ?? range.upperBound)
    let value = (equals.map { $0 + 1 } ?? range.upperBound)..<range.upperBound
    flags.append(
      InstructionFlag(
        range: line.fileRange(range), name: line.text(name), nameRange: line.fileRange(name),
        value: equals == nil ? nil : line.text(value), valueRange: line.fileRange(value), logical: range))
  }

  /// Flags are read byte by byte, so that two bytes above ASCII count as white space there, whatever they belong to.
  private func isSpace(_ offset: Int) -> Bool {
    let byte = line.bytes[offset]
    return byte == .space || (byte >= 0x09 && byte <= 0x0D) || byte == 0x85 || byte == 0xA0
  }

  /// The text without quotes and escapes, and the place of its first `=`.
  private func readWord(_ position: inout Int, _ end: Int) -> (text: [UInt8], equals: Int?) {
    var text: [UInt8] = []
    var quote: UInt8?
    var equals: Int?
    while position < end {
      var byte = line.bytes[position]
      if byte == quote {
        quote = nil
        position += 1
        continue
      }
      if quote == nil {
        if isSpace(position) { break }
        if byte == .singleQuote || byte == .doubleQuote {
          quote = byte
          position += 1
          continue
        }
      }
      if byte == .backslash {
        position += 1
        guard position < end else { break }
        byte = line.bytes[position]
      }
      if byte == .equals, equals == nil { equals = position }
      text.append(byte)
      position += 1
    }
    return (text, equals)
  }

  private func flag(_ text: [UInt8], _ range: Range<Int>, equals: Int?) -> InstructionFlag {
    let split = text.firstIndex(of: .equals) ?? text.count
    let name = String(decoding: text[min(2, split)..<split], as: UTF8.self)
    return InstructionFlag(
      range: line.fileRange(range), name: name,
      nameRange: line.fileRange(range.lowerBound + 2..<max(equals ?? range.upperBound, range.lowerBound + 2)),
      value: equals == nil ? nil : String(decoding: text[(split + 1)...], as: UTF8.self),
      valueRange: line.fileRange((equals.map { $0 + 1 } ?? range.upperBound)..<range.upperBound), logical: range)
  }
}
