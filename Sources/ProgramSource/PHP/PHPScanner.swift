import SourceText

/// A word, a text or a sign of PHP.
struct PHPToken {
  enum Kind {
    /// `$name`, without the dollar sign.
    case variable
    case name, number, symbol
    /// A literal, without its quotes.
    case text
    /// A literal with double quotes, into which variables may be put.
    case template
  }

  var kind: Kind
  var range: ByteRange
  var text: String
}

/// Reads PHP as tokens. What stands outside of `<?php … ?>`, and comments, are passed over.
///
/// https://www.php.net/manual/en/langref.php
struct PHPScanner {
  private let bytes: [UInt8]
  private var index: Int
  private var tokens: [PHPToken] = []

  /// More tokens than this are no program that people wrote.
  private static let limit = 200_000

  static func scan(_ source: SourceFile) -> [PHPToken] {
    var scanner = PHPScanner(bytes: source.bytes, index: 0)
    scanner.scanAll()
    return scanner.tokens
  }

  private init(bytes: [UInt8], index: Int) {
    self.bytes = bytes
    self.index = index
  }

  private func at(_ ahead: Int = 0) -> UInt8 { index + ahead < bytes.count ? bytes[index + ahead] : 0 }

  private func isNext(_ text: String) -> Bool {
    index + text.utf8.count <= bytes.count && bytes[index..<(index + text.utf8.count)].elementsEqual(text.utf8)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private mutating func add(_ kind: PHPToken.Kind, _ start: Int, _ end: Int) {
    let range = ByteRange(start, end)
    tokens.append(PHPToken(kind: kind, range: range, text: String(decoding: bytes[start..<end], as: UTF8.self)))
  }

  private mutating func scanAll() {
    passPage()
    while index < bytes.count, tokens.count < Self.limit {
      let start = index
      let byte = bytes[index]
      if byte <= 0x20 {
        index += 1
      } else if isNext("?>") {
        passPage()
      } else if isNext("//") || byte == UInt8(ascii: "#") && at(1) != UInt8(ascii: "[") {
        while index < bytes.count, bytes[index] != 0x0A, !isNext("?>") { index += 1 }
      } else if isNext("/*") {
        pass(to: "*/")
      } else if isNext("<<<") {
        passHeredoc()
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        scanText(byte)
      } else if byte == UInt8(ascii: "$"), Self.isName(at(1)) {
        index += 1
        passName()
        add(.variable, start + 1, index)
      } else if Self.isName(byte) || byte == UInt8(ascii: "\\") {
        while index < bytes.count, Self.isName(bytes[index]) || bytes[index] == UInt8(ascii: "\\") { index += 1 }
        add((0x30...0x39).contains(byte) ? .number : .name, start, index)
      } else {
        let symbol = ["??=", "??", "?:", "->", "=>", "::", "||", "==", "!=", ".="].first(where: isNext)
        index += symbol?.utf8.count ?? 1
        add(.symbol, start, index)
      }
    }
  }

  private mutating func passName() {
    while index < bytes.count, Self.isName(bytes[index]) { index += 1 }
  }

  /// Over text that is sent as it is, to the next `<?php` or `<?=`.
  private mutating func passPage() {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), isNext("<?php") || isNext("<?PHP") || isNext("<?=") {
        index += isNext("<?=") ? 3 : 5
        return
      }
      index += 1
    }
  }

  private mutating func pass(to mark: String) {
    index += mark.utf8.count
    while index < bytes.count, !isNext(mark) { index += 1 }
    index = min(index + mark.utf8.count, bytes.count)
  }

  private mutating func scanText(_ quote: UInt8) {
    let start = index + 1
    index += 1
    while index < bytes.count, bytes[index] != quote { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
    let end = min(index, bytes.count)
    index = min(end + 1, bytes.count)
    if quote != UInt8(ascii: "`") { add(quote == UInt8(ascii: "\"") ? .template : .text, start, end) }
  }

  /// `<<<NAME`, `<<<'NAME'` up to a line that begins with the name.
  private mutating func passHeredoc() {
    index += 3
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    let isQuoted = at() == UInt8(ascii: "'") || at() == UInt8(ascii: "\"")
    if isQuoted { index += 1 }
    let start = index
    passName()
    guard index > start else { return }
    let name = bytes[start..<index]
    while let line = bytes[index...].firstIndex(of: 0x0A) {
      index = line + 1
      while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      if index + name.count <= bytes.count, bytes[index..<(index + name.count)].elementsEqual(name),
        !Self.isName(at(name.count))
      {
        index += name.count
        return
      }
    }
    index = bytes.count
  }
}
