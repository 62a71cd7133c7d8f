import SourceText

/// Indentation, keys, brackets and documents.
extension YAMLScanner {
  // MARK: Possible keys

  mutating func saveSimpleKey() throws(YAMLSyntaxError) {
    guard simpleKeyAllowed else { return }
    try removeSimpleKey()
    simpleKeys[simpleKeys.count - 1] = SimpleKey(
      tokenNumber: tokensTaken + tokens.count - head, offset: offset, line: line, column: column,
      isRequired: flowLevel == 0 && indent == column)
  }

  mutating func removeSimpleKey() throws(YAMLSyntaxError) {
    if let key = simpleKeys[simpleKeys.count - 1], key.isRequired { throw missingColon(key) }
    simpleKeys[simpleKeys.count - 1] = nil
  }

  mutating func dropStaleSimpleKeys() throws(YAMLSyntaxError) {
    for index in simpleKeys.indices {
      guard let key = simpleKeys[index],
        key.line < line || key.offset + Self.longestSimpleKey < offset
      else { continue }
      if key.isRequired { throw missingColon(key) }
      simpleKeys[index] = nil
    }
  }

  private func missingColon(_ key: SimpleKey) -> YAMLSyntaxError {
    var lineEnd = key.offset
    while lineEnd < end, !isBreak(at: lineEnd) { lineEnd += 1 }
    return YAMLSyntaxError(
      message: "This line has no `:`, though it stands where its mapping expects a key.",
      range: ByteRange(key.offset, lineEnd), context: key.offset)
  }

  // MARK: Indentation

  private mutating func openBlock(
    at column: Int, _ kind: YAMLToken.Kind, offset: Int, tokenNumber: Int? = nil
  ) throws(YAMLSyntaxError) {
    guard flowLevel == 0, indent < column else { return }
    guard indents.count < Self.deepestNesting else { throw tooDeep() }
    indents.append(indent)
    indent = column
    let token = YAMLToken(kind: kind, range: ByteRange(at: offset), column: column)
    if let tokenNumber {
      tokens.insert(token, at: head + tokenNumber - tokensTaken)
    } else {
      tokens.append(token)
    }
  }

  mutating func closeBlocks(deeperThan column: Int) {
    guard flowLevel == 0 else { return }
    while indent > column, let outer = indents.popLast() {
      tokens.append(YAMLToken(kind: .blockEnd, range: ByteRange(at: offset), column: indent))
      indent = outer
    }
  }

  func tooDeep() -> YAMLSyntaxError {
    YAMLSyntaxError(
      message: "Nested deeper than \(Self.deepestNesting) levels.",
      range: ByteRange(offset, min(offset + 1, end)), context: offset, kind: .tooLarge)
  }

  // MARK: Documents

  mutating func fetchStreamEnd() throws(YAMLSyntaxError) {
    closeBlocks(deeperThan: -1)
    try removeSimpleKey()
    simpleKeyAllowed = false
    append(.streamEnd, length: 0)
    isAtEnd = true
  }

  mutating func fetchDirective() throws(YAMLSyntaxError) {
    closeBlocks(deeperThan: -1)
    try removeSimpleKey()
    simpleKeyAllowed = false
    var index = offset
    while index < end, !isBreak(at: index) { index += 1 }
    let words = bytes[(offset + 1)..<index].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      .prefix { $0.first != UInt8(ascii: "#") }.map { String(decoding: $0, as: UTF8.self) }
    switch words.first {
    case "YAML" where words.count == 2 && isVersion(words[1]): break
    case "TAG" where words.count == 3: tagHandles.insert(words[1])
    default: throw error("A line that begins with `%` is a directive, but there is none like this.")
    }
    append(.directive, length: index - offset)
  }

  private func isVersion(_ text: String) -> Bool {
    let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy { (1...2).contains($0.count) && UInt8($0) != nil }
  }

  mutating func fetchDocumentMark(_ kind: YAMLToken.Kind) throws(YAMLSyntaxError) {
    if let bracket = brackets.last { throw error("This bracket is not closed.", context: bracket) }
    closeBlocks(deeperThan: -1)
    try removeSimpleKey()
    simpleKeyAllowed = false
    append(kind, length: 3)
  }

  // MARK: Brackets

  mutating func fetchFlowStart(_ kind: YAMLToken.Kind) throws(YAMLSyntaxError) {
    guard flowLevel < Self.deepestNesting else { throw tooDeep() }
    try saveSimpleKey()
    simpleKeys.append(nil)
    brackets.append(offset)
    simpleKeyAllowed = true
    append(kind, length: 1)
  }

  mutating func fetchFlowEnd(_ kind: YAMLToken.Kind) throws(YAMLSyntaxError) {
    try removeSimpleKey()
    if !brackets.isEmpty {
      brackets.removeLast()
      simpleKeys.removeLast()
    }
    simpleKeyAllowed = false
    append(kind, length: 1)
  }

  mutating func fetchFlowEntry() throws(YAMLSyntaxError) {
    try removeSimpleKey()
    simpleKeyAllowed = true
    append(.flowEntry, length: 1)
  }

  // MARK: Entries

  mutating func fetchBlockEntry() throws(YAMLSyntaxError) {
    if flowLevel == 0 {
      guard simpleKeyAllowed else { throw error("A list item cannot begin here. Give it a line of its own.") }
      try openBlock(at: column, .blockSequenceStart, offset: offset)
    }
    try removeSimpleKey()
    simpleKeyAllowed = true
    append(.blockEntry, length: 1)
  }

  mutating func fetchKey() throws(YAMLSyntaxError) {
    if flowLevel == 0 {
      guard simpleKeyAllowed else { throw error("A key cannot begin here.") }
      try openBlock(at: column, .blockMappingStart, offset: offset)
    }
    try removeSimpleKey()
    simpleKeyAllowed = flowLevel == 0
    append(.key, length: 1)
  }

  mutating func fetchValue() throws(YAMLSyntaxError) {
    if let key = simpleKeys[simpleKeys.count - 1] {
      tokens.insert(
        YAMLToken(kind: .key, range: ByteRange(at: key.offset), column: key.column),
        at: head + key.tokenNumber - tokensTaken)
      try openBlock(at: key.column, .blockMappingStart, offset: key.offset, tokenNumber: key.tokenNumber)
      simpleKeys[simpleKeys.count - 1] = nil
      simpleKeyAllowed = false
    } else {
      if flowLevel == 0 {
        guard simpleKeyAllowed else {
          throw error("A second `: ` stands on this line. Put the value in quotes, or give the key a line of its own.")
        }
        try openBlock(at: column, .blockMappingStart, offset: offset)
      }
      simpleKeyAllowed = flowLevel == 0
    }
    append(.value, length: 1)
  }

  // MARK: Anchors and tags

  mutating func fetchAnchor(_ kind: YAMLToken.Kind) throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    var index = offset + 1
    while index < end, isAnchorCharacter(bytes[index]) { index += 1 }
    guard index > offset + 1 else {
      throw error("A name must follow `\(kind == .alias ? "*" : "&")`. If it is text, put it in quotes.")
    }
    guard isBlank(at: index) || [UInt8](":,]}".utf8).contains(bytes[index]) else {
      throw error("The name of an anchor holds only printable ASCII characters.", context: offset)
    }
    let name = String(decoding: bytes[(offset + 1)..<index], as: UTF8.self)
    append(kind, length: index - offset)
    tokens[tokens.count - 1].name = name
  }

  mutating func fetchTag() throws(YAMLSyntaxError) {
    try saveSimpleKey()
    simpleKeyAllowed = false
    var index = offset + 1
    let isVerbatim = byte(at: index) == UInt8(ascii: "<")
    if isVerbatim { index += 1 }
    while index < end, isTagCharacter(bytes[index], isVerbatim: isVerbatim) { index += 1 }
    if isVerbatim {
      guard byte(at: index) == UInt8(ascii: ">") else { throw error("This tag has no `>` at its end.") }
      index += 1
    }
    let name = String(decoding: bytes[offset..<index], as: UTF8.self)
    guard isBlank(at: index), name != "!!" else { throw error("A tag is a name, and a blank must follow it.") }
    // `!name!rest` is short for what a `%TAG` line says.
    let parts = name.split(separator: "!", maxSplits: 2, omittingEmptySubsequences: false)
    if parts.count == 3, !parts[1].isEmpty, parts[1].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }),
      !tagHandles.contains("!\(parts[1])!")
    {
      throw error("No `%TAG` line says what `!\(parts[1])!` stands for.")
    }
    append(.tag, length: index - offset)
    tokens[tokens.count - 1].name = name
  }

  /// A name could hold colons in YAML 1.2, but `*a:` is an alias that is a key to all readers in use.
  private func isAnchorCharacter(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ":") && !isFlowIndicator(byte)
  }

  /// https://yaml.org/spec/1.2.2/#56-miscellaneous-characters
  private func isTagCharacter(_ byte: UInt8, isVerbatim: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): isVerbatim
    default: [UInt8]("-_;/?:@&=+$.!~*'()%".utf8).contains(byte)
    }
  }

  func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
    default: false
    }
  }
}
