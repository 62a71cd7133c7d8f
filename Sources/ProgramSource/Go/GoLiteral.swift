import SourceText

/// The values of Go's literals: https://go.dev/ref/spec#String_literals and #Integer_literals
enum GoLiteral {
  /// The text of an interpreted or raw string literal, quotes included in `range`.
  /// Nil for an escape that Go refuses.
  static func string(_ bytes: [UInt8], _ range: ByteRange) -> String? {
    let range = range.clamped(to: bytes.count)
    guard range.count >= 2 else { return nil }
    let content = bytes[(range.start + 1)..<(range.end - 1)]
    if bytes[range.start] == UInt8(ascii: "`") {
      return String(decoding: content.contains(13) ? ArraySlice(content.filter { $0 != 13 }) : content, as: UTF8.self)
    }
    guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
    return unescape(content)
  }

  /// Whether each byte of the text stands for itself in the source, so that a part of the text has a range of its own.
  static func isVerbatim(_ bytes: [UInt8], _ range: ByteRange) -> Bool {
    let range = range.clamped(to: bytes.count)
    guard range.count >= 2 else { return false }
    let isRaw = bytes[range.start] == UInt8(ascii: "`")
    return !bytes[range.start..<range.end].contains(isRaw ? 13 : UInt8(ascii: "\\"))
  }

  /// An integer literal in any base, with `_` between digits. Nil when it is none, or too large for 64 bits.
  static func integer(_ text: String) -> Int? {
    var digits = text.utf8.filter { $0 != UInt8(ascii: "_") }[...]
    var radix = 10
    if digits.count > 1, digits.first == UInt8(ascii: "0") {
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): (radix, digits) = (16, digits.dropFirst(2))
      case UInt8(ascii: "b"): (radix, digits) = (2, digits.dropFirst(2))
      case UInt8(ascii: "o"): (radix, digits) = (8, digits.dropFirst(2))
      default: (radix, digits) = (8, digits.dropFirst(1))
      }
    }
    return Int(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  private static func unescape(_ content: ArraySlice<UInt8>) -> String? {
    var text: [UInt8] = []
    var rest = content
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let escape = rest.popFirst() else { return nil }
      switch escape {
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "a"): text.append(7)
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "v"): text.append(11)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): text.append(escape)
      case UInt8(ascii: "x"):
        guard let value = number(&rest, 2, 16) else { return nil }
        text.append(UInt8(truncatingIfNeeded: value))
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        guard let value = number(&rest, escape == UInt8(ascii: "u") ? 4 : 8, 16), let scalar = Unicode.Scalar(value)
        else { return nil }
        text += Array(String(Character(scalar)).utf8)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        rest = content[(rest.startIndex - 1)...]
        guard let value = number(&rest, 3, 8), value < 256 else { return nil }
        text.append(UInt8(truncatingIfNeeded: value))
      default: return nil
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, _ count: Int, _ radix: Int) -> UInt32? {
    guard rest.count >= count else { return nil }
    let digits = rest.prefix(count)
    rest = rest.dropFirst(count)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
  }
}
