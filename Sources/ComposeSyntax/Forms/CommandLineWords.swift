import SourceText

/// Splits a `command:` or `entrypoint:` that is one string, as compose does: like a shell, but without expanding
/// anything, and stopping at the first unquoted `;`, `&`, `|`, `<` or `>`.
enum CommandLineWords {
  struct Word {
    var text: String
    /// The bytes of the string that the word was read from, quotes included.
    var range: ByteRange
    /// Whether the word stands there byte by byte.
    var isVerbatim: Bool
  }

  /// nil where a quote or `$(` is not closed.
  static func split(_ line: String) -> [Word]? {
    var words: [Word] = []
    var buffer: [UInt8] = []
    var start: Int?
    var hasWord = false
    var isEscaped = false
    var single = false
    var double = false
    var back = false
    var dollar = false
    let bytes = Array(line.utf8)

    func finish(_ end: Int) {
      let range = ByteRange(start ?? end, end)
      let isVerbatim = buffer.count == range.count
      words.append(Word(text: String(decoding: buffer, as: UTF8.self), range: range, isVerbatim: isVerbatim))
      buffer = []
      start = nil
      hasWord = false
    }

    var index = 0
    var end = bytes.count
    scan: while index < bytes.count {
      let byte = bytes[index]
      defer { index += 1 }
      let isSpace = byte == 32 || byte == 9 || byte == 10 || byte == 13
      if start == nil, !isSpace { start = index }
      if isEscaped {
        buffer.append(byte == UInt8(ascii: "t") ? 9 : byte == UInt8(ascii: "n") ? 10 : byte)
        isEscaped = false
        hasWord = true
        continue
      }
      if byte == UInt8(ascii: "\\") {
        if single { buffer.append(byte) } else { isEscaped = true }
        continue
      }
      if isSpace {
        if single || double || back || dollar { buffer.append(byte) } else if hasWord { finish(index) }
        continue
      }
      switch byte {
      case UInt8(ascii: "`"):
        if !single, !double, !dollar { back.toggle() }
      case UInt8(ascii: ")"):
        if !single, !double, !back { dollar.toggle() }
      case UInt8(ascii: "("):
        if !single, !double, !back {
          guard !dollar, buffer.last == UInt8(ascii: "$") else { return nil }
          dollar = true
          buffer.append(byte)
          continue
        }
      case UInt8(ascii: "\""):
        if !single, !dollar {
          if double { hasWord = true }
          double.toggle()
          continue
        }
      case UInt8(ascii: "'"):
        if !double, !dollar {
          if single { hasWord = true }
          single.toggle()
          continue
        }
      case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        if !single, !double, !back, !dollar {
          if byte == UInt8(ascii: ">"), let first = buffer.first, first >= 48, first <= 57 { hasWord = false }
          end = index
          break scan
        }
      default: break
      }
      buffer.append(byte)
      hasWord = true
    }
    if hasWord { finish(end) }
    return isEscaped || single || double || back || dollar ? nil : words
  }
}
