import SourceText

/// Splits what follows the flags into arguments, in the way of each instruction.
struct ArgumentReader {
  let line: LogicalLine
  /// Without white space at its ends.
  let part: Range<Int>
  let escape: UInt8
  private(set) var form = Instruction.Form.none
  /// The arguments, without `rest`.
  private(set) var words: [Word] = []
  /// The rest of the line: one argument in the form `.text`, all arguments in the form `.words`. Nothing is made of it
  /// before somebody asks.
  private(set) var rest: Range<Int>?
  private(set) var jsonFailure: Int?
  private(set) var problem: Problem?

  init(line: LogicalLine, part: Range<Int>, escape: UInt8) {
    self.line = line
    self.part = part
    self.escape = escape
  }

  mutating func read(_ keyword: Keyword) {
    guard !part.isEmpty else { return }
    switch keyword {
    case .from, .expose: read(part, as: .words)
    case .add, .copy, .volume: if !readJSON(part) { read(part, as: .words) }
    case .run, .cmd, .entrypoint, .shell: if !readJSON(part) { read(part, as: .text) }
    case .env, .label: readPairs(keyword)
    case .arg:
      form = .pairs
      words = quotedWords()
    case .maintainer, .stopsignal, .user, .workdir: read(part, as: .text)
    case .healthcheck: readHealthcheck()
    case .onbuild: readTrigger()
    case .unknown: read(part, as: .text)
    }
  }

  private mutating func read(_ part: Range<Int>, as form: Instruction.Form) {
    self.form = form
    rest = part
  }

  /// False where the text is no JSON array at all; the caller then reads it another way.
  private mutating func readJSON(_ part: Range<Int>) -> Bool {
    let part = trimmed(line.bytes, part)
    guard let first = part.first, line.bytes[first] == .openBracket else { return false }
    switch JSONArray.read(line, part) {
    case .strings(let strings):
      form = .json
      words += strings
    case .notStrings(let range):
      form = .json
      problem = Problem(
        .syntax, line.fileRange(range), "when using JSON array syntax, arrays must be comprised of strings only")
    case .invalid(let offset):
      jsonFailure = line.fileOffset(offset)
      return false
    }
    return true
  }

  /// The first word may be separated by any white space, seen byte by byte.
  private mutating func readHealthcheck() {
    func isSpace(_ byte: UInt8) -> Bool { byte.isWordSpace || byte == 0x85 || byte == 0xA0 }
    var end = part.lowerBound
    while end < part.upperBound, !isSpace(line.bytes[end]) { end += 1 }
    guard end > part.lowerBound else { return }
    words.append(line.word(part.lowerBound..<end))
    form = .words
    while end < part.upperBound, isSpace(line.bytes[end]) { end += 1 }
    guard end < part.upperBound else { return }
    if !readJSON(end..<part.upperBound) { read(end..<part.upperBound, as: .text) }
  }

  /// Looks for the faults that keep the builder from reading the inner instruction, however deep it is.
  private mutating func readTrigger() {
    form = .text
    var part = part
    while true {
      let inner = Instruction.Head(line, part)
      guard inner.keyword == .onbuild, !inner.arguments.isEmpty else {
        var reader = ArgumentReader(line: line, part: inner.arguments, escape: escape)
        if inner.keyword != .onbuild { reader.read(inner.keyword) }
        problem = reader.problem
        return
      }
      part = inner.arguments
    }
  }

  // MARK: Pairs

  private mutating func readPairs(_ keyword: Keyword) {
    let words = quotedWords()
    guard let first = words.first else { return }
    guard contains(.equals, first) else { return readLegacyPair(keyword) }
    form = .pairs
    self.words = words
    if let word = words.first(where: { !contains(.equals, $0) }) {
      problem = Problem(
        .syntax, word.range, "Syntax error - can't find = in \"\(word.text)\". Must be of the form: name=value")
    }
  }

  private mutating func readLegacyPair(_ keyword: Keyword) {
    form = .legacyPair
    var nameEnd = part.lowerBound
    while nameEnd < part.upperBound, !line.bytes[nameEnd].isWordSpace { nameEnd += 1 }
    var valueStart = nameEnd
    while valueStart < part.upperBound, line.bytes[valueStart].isWordSpace { valueStart += 1 }
    words = [line.word(part.lowerBound..<nameEnd)]
    if nameEnd == part.upperBound {
      problem = Problem(.syntax, line.fileRange(part), "\(keyword.name) must have two arguments")
    } else {
      words.append(line.word(valueStart..<part.upperBound))
    }
  }

  private func contains(_ byte: UInt8, _ word: Word) -> Bool { line.bytes[word.logical].contains(byte) }

  /// Words as in a shell: white space in quotes or after the escape character does not end them. Quotes are kept.
  private func quotedWords() -> [Word] {
    var words: [Word] = []
    var start: Int?
    var quote: UInt8?
    var index = part.lowerBound
    let end = part.upperBound
    while index < end {
      let byte = line.bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
        index += byte == escape && open != .singleQuote ? 2 : 1
        continue
      }
      let space = whiteSpaceWidth(line.bytes, index, end)
      if space > 0 {
        if let begin = start { words.append(line.word(begin..<index)) }
        start = nil
        index += space
        continue
      }
      start = start ?? index
      if byte == .singleQuote || byte == .doubleQuote { quote = byte }
      index += byte == escape ? 2 : 1
    }
    if let begin = start, let last = lastWord(begin..<end, endsWithEscape: index > end) { words.append(last) }
    return words
  }

  /// An escape character at the very end of the text stands for nothing.
  private func lastWord(_ range: Range<Int>, endsWithEscape: Bool) -> Word? {
    guard endsWithEscape else { return line.word(range) }
    let kept = range.lowerBound..<range.upperBound - 1
    return kept.isEmpty ? nil : Word(range: line.fileRange(range), text: line.text(kept), logical: kept)
  }
}
