import SourceText

/// Cuts a YAML text into tokens. Where a mapping has no brackets, its start, keys and end become tokens too.
///
/// The method is that of YAML 1.2, chapters 6 to 9: a possible key is remembered until a colon confirms it.
/// https://yaml.org/spec/1.2.2/
struct YAMLScanner {
  /// A token that turns out to be a key if a colon follows it on the same line.
  struct SimpleKey {
    var tokenNumber: Int
    var offset: Int
    var line: Int
    var column: Int
    var isRequired: Bool
  }

  let bytes: [UInt8]
  let end: Int
  var offset: Int
  var line = 0
  var lineStart: Int
  var indent = -1
  var indents: [Int] = []
  /// The possible key of each open bracket; the first is that of the block context.
  var simpleKeys: [SimpleKey?] = [nil]
  var simpleKeyAllowed = true
  var tokens: [YAMLToken] = []
  var head = 0
  var tokensTaken = 0
  var isAtEnd = false
  /// The short names of tags that `%TAG` lines give.
  var tagHandles: Set<String> = []
  /// Where the open brackets are.
  var brackets: [Int] = []

  var column: Int { offset - lineStart }
  var flowLevel: Int { brackets.count }

  /// A key must end within this many bytes: https://yaml.org/spec/1.2.2/#742-flow-mappings
  static let longestSimpleKey = 1024
  static let deepestNesting = 200
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
    offset = bytes.starts(with: Self.byteOrderMark) ? Self.byteOrderMark.count : 0
    lineStart = offset
  }

  // MARK: Tokens

  /// The next token, which stays the next one.
  mutating func peek() throws(YAMLSyntaxError) -> YAMLToken {
    try fetchMoreTokens()
    return tokens[head]
  }

  mutating func take() throws(YAMLSyntaxError) -> YAMLToken {
    let token = try peek()
    head += 1
    tokensTaken += 1
    if head > 256 {
      tokens.removeFirst(head - 1)
      head = 1
    }
    return token
  }

  private mutating func fetchMoreTokens() throws(YAMLSyntaxError) {
    while !isAtEnd {
      if head < tokens.count {
        try dropStaleSimpleKeys()
        // The next token may still turn out to be a key, before which other tokens belong.
        guard simpleKeys.contains(where: { $0?.tokenNumber == tokensTaken }) else { return }
      }
      try fetchNextToken()
    }
  }

  private mutating func fetchNextToken() throws(YAMLSyntaxError) {
    skipToNextToken()
    try dropStaleSimpleKeys()
    closeBlocks(deeperThan: column)
    guard offset < end else { return try fetchStreamEnd() }
    let byte = bytes[offset]
    if column == 0, byte == UInt8(ascii: "%") { return try fetchDirective() }
    if column == 0, isDocumentMark(UInt8(ascii: "-")) { return try fetchDocumentMark(.documentStart) }
    if column == 0, isDocumentMark(UInt8(ascii: ".")) { return try fetchDocumentMark(.documentEnd) }
    switch byte {
    case UInt8(ascii: "["): return try fetchFlowStart(.flowSequenceStart)
    case UInt8(ascii: "{"): return try fetchFlowStart(.flowMappingStart)
    case UInt8(ascii: "]"): return try fetchFlowEnd(.flowSequenceEnd)
    case UInt8(ascii: "}"): return try fetchFlowEnd(.flowMappingEnd)
    case UInt8(ascii: ","): return try fetchFlowEntry()
    case UInt8(ascii: "-") where isBlank(at: offset + 1): return try fetchBlockEntry()
    case UInt8(ascii: "?") where isBlank(at: offset + 1): return try fetchKey()
    case UInt8(ascii: ":") where isBlank(at: offset + 1) || flowLevel > 0 && !beginsFlowItem: return try fetchValue()
    case UInt8(ascii: "*"): return try fetchAnchor(.alias)
    case UInt8(ascii: "&"): return try fetchAnchor(.anchor)
    case UInt8(ascii: "!"): return try fetchTag()
    case UInt8(ascii: "|") where flowLevel == 0: return try fetchBlockScalar(.literal)
    case UInt8(ascii: ">") where flowLevel == 0: return try fetchBlockScalar(.folded)
    case UInt8(ascii: "'"): return try fetchQuoted(.singleQuoted)
    case UInt8(ascii: "\""): return try fetchQuoted(.doubleQuoted)
    default: break
    }
    guard startsPlainScalar(byte) else {
      if byte == UInt8(ascii: "\t") { throw tab() }
      throw error("A value cannot begin with `\(Character(UnicodeScalar(byte)))`. Put it in quotes.")
    }
    try fetchPlainScalar()
  }

  /// Whether an item of a list with brackets begins here, which may be a text with a colon first.
  private var beginsFlowItem: Bool {
    let last = tokens.last?.kind
    return last == .flowEntry || last == .flowSequenceStart
  }

  private func startsPlainScalar(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"): true
    case UInt8(ascii: "?"), UInt8(ascii: ":"): !isBlank(at: offset + 1)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"), UInt8(ascii: "\t"):
      false
    default: true
    }
  }

  func error(_ message: String, context: Int? = nil) -> YAMLSyntaxError {
    YAMLSyntaxError(
      message: message, range: ByteRange(offset, min(offset + 1, end)), context: context ?? offset)
  }

  func tab(at index: Int? = nil, context: Int? = nil) -> YAMLSyntaxError {
    let index = index ?? offset
    return YAMLSyntaxError(
      message: "A tab indents this line. YAML allows only spaces there.",
      range: ByteRange(index, index + 1), context: context ?? index, kind: .tab)
  }

  mutating func append(_ kind: YAMLToken.Kind, length: Int) {
    tokens.append(YAMLToken(kind: kind, range: ByteRange(offset, offset + length), column: column))
    offset += length
  }

  mutating func appendScalar(_ scalar: YAMLScalar, _ range: ByteRange, column: Int) {
    tokens.append(YAMLToken(kind: .scalar, range: range, column: column, scalar: scalar))
  }

  // MARK: Blanks

  func byte(at index: Int) -> UInt8? { index < end ? bytes[index] : nil }

  func isBreak(at index: Int) -> Bool {
    guard let byte = byte(at: index) else { return false }
    return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Whether a space, a tab, a line break or the end stands there.
  func isBlank(at index: Int) -> Bool {
    guard let byte = byte(at: index) else { return true }
    return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }

  /// Whether three of `byte` stand here, followed by a blank.
  func isDocumentMark(_ byte: UInt8) -> Bool {
    self.byte(at: offset) == byte && self.byte(at: offset + 1) == byte && self.byte(at: offset + 2) == byte
      && isBlank(at: offset + 3)
  }

  mutating func skipBreak() {
    if bytes[offset] == UInt8(ascii: "\r"), byte(at: offset + 1) == UInt8(ascii: "\n") { offset += 1 }
    offset += 1
    line += 1
    lineStart = offset
  }

  mutating func skipComment() {
    guard byte(at: offset) == UInt8(ascii: "#") else { return }
    while offset < end, !isBreak(at: offset) { offset += 1 }
  }

  private mutating func skipToNextToken() {
    while offset < end {
      // A byte order mark, where files were joined.
      if column == 0, bytes[offset...].starts(with: Self.byteOrderMark) {
        offset += Self.byteOrderMark.count
        lineStart = offset - 1
      }
      // A tab separates tokens, but may not stand where a key could begin.
      while let byte = byte(at: offset),
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") && (flowLevel > 0 || !simpleKeyAllowed)
      {
        offset += 1
      }
      skipComment()
      guard isBreak(at: offset) else { return }
      skipBreak()
      if flowLevel == 0 { simpleKeyAllowed = true }
    }
  }
}
