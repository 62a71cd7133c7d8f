/// The bytes that have a meaning in a Dockerfile or a shell text, by name.
extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var lineFeed: UInt8 { 0x0A }
  static var carriageReturn: UInt8 { 0x0D }
  static var space: UInt8 { 0x20 }
  static var doubleQuote: UInt8 { 0x22 }
  static var hash: UInt8 { 0x23 }
  static var dollar: UInt8 { 0x24 }
  static var singleQuote: UInt8 { 0x27 }
  static var hyphen: UInt8 { 0x2D }
  static var lessThan: UInt8 { 0x3C }
  static var equals: UInt8 { 0x3D }
  static var openBracket: UInt8 { 0x5B }
  static var backslash: UInt8 { 0x5C }
  static var backtick: UInt8 { 0x60 }
  static var openBrace: UInt8 { 0x7B }
  static var closeBrace: UInt8 { 0x7D }

  /// The white space between words: `[\t\v\f\r ]`.
  var isWordSpace: Bool { self == .space || (self >= 0x09 && self <= 0x0D && self != .lineFeed) }
  var isBlank: Bool { self == .space || self == .tab }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isNameStart: Bool { isLetter || self == 0x5F }
  var isNamePart: Bool { isNameStart || isDigit }
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

/// How many bytes the white space character at `offset` has, 0 if none stands there.
///
/// White space is what Unicode calls so (property White_Space), as in Go's `unicode.IsSpace`.
@inline(__always)
func whiteSpaceWidth(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int {
  let byte = bytes[offset]
  if byte < 0x80 { return byte == .space || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
  return wideSpaceWidth(bytes, offset, end)
}

private func wideSpaceWidth(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Int {
  let byte = bytes[offset]
  if byte == 0xC2, offset + 1 < end {
    return bytes[offset + 1] == 0x85 || bytes[offset + 1] == 0xA0 ? 2 : 0
  }
  guard byte == 0xE1 || byte == 0xE2 || byte == 0xE3, offset + 2 < end else { return 0 }
  switch (byte, bytes[offset + 1], bytes[offset + 2]) {
  case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF),
    (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
    return 3
  default: return 0
  }
}

/// The range without white space at both ends.
func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
  var start = range.lowerBound
  while start < range.upperBound {
    let width = whiteSpaceWidth(bytes, start, range.upperBound)
    if width == 0 { break }
    start += width
  }
  var end = range.upperBound
  while end > start {
    let width = bytes[end - 1] < 0x80 ? whiteSpaceWidth(bytes, end - 1, end) : wideSpaceWidth(bytes, before: end, start)
    if width == 0 { break }
    end -= width
  }
  return start..<end
}

/// How many bytes the white space character has that ends before `end`.
private func wideSpaceWidth(_ bytes: [UInt8], before end: Int, _ start: Int) -> Int {
  for width in 2...3 where end - width >= start && wideSpaceWidth(bytes, end - width, end) == width { return width }
  return 0
}

/// Whether the bytes of a range are these, with ASCII letters of either case.
func equalsIgnoringCase(_ bytes: [UInt8], _ range: Range<Int>, _ lowercase: StaticString) -> Bool {
  guard range.count == lowercase.utf8CodeUnitCount else { return false }
  return lowercase.withUTF8Buffer { text in
    for index in 0..<text.count where bytes[range.lowerBound + index].lowercased != text[index] { return false }
    return true
  }
}

/// Whether a short text stands somewhere in the bytes, ASCII letters in either case.
func contains(_ bytes: [UInt8], _ lowercase: StaticString) -> Bool {
  let count = lowercase.utf8CodeUnitCount
  guard bytes.count >= count else { return false }
  return (0...bytes.count - count).contains { equalsIgnoringCase(bytes, $0..<$0 + count, lowercase) }
}
