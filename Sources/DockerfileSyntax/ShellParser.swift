import SourceText

/// Reads statements, pipelines and simple commands of a shell text. Never fails: what is no grammar becomes opaque, and
/// reading goes on behind it. Time is linear; nesting is followed to a limit.
struct ShellParser {
  /// What ends a list of statements, beside the end of the text.
  struct Closers: OptionSet {
    let rawValue: UInt16
    static let parenthesis = Closers(rawValue: 1 << 0)
    static let brace = Closers(rawValue: 1 << 1)
    static let then = Closers(rawValue: 1 << 2)
    static let elseOrEnd = Closers(rawValue: 1 << 3)
    static let `do` = Closers(rawValue: 1 << 4)
    static let done = Closers(rawValue: 1 << 5)
    static let branchEnd = Closers(rawValue: 1 << 6)
    static let esac = Closers(rawValue: 1 << 7)

    /// The closer that a reserved word is.
    init(word: String) {
      switch word {
      case "}": self = .brace
      case "then": self = .then
      case "elif", "else", "fi": self = .elseOrEnd
      case "do": self = .do
      case "done": self = .done
      case "esac": self = .esac
      default: self = []
      }
    }

    init(rawValue: UInt16) {
      self.rawValue = rawValue
    }
  }

  static let deepest = 50

  let line: LogicalLine
  let bytes: [UInt8]
  let end: Int
  var position: Int
  var depth = 0
  var opaque: [Shell.Opaque] = []
  /// Where the line ends that announces heredocs, and where reading goes on behind their bodies.
  var heredocLineEnd = -1
  var heredocResume = 0

  init(_ line: LogicalLine) {
    self.line = line
    bytes = line.bytes
    position = line.range.lowerBound
    end = line.range.upperBound
  }

  mutating func parse() -> [Shell.Statement] { statements(until: [], open: []) }

  // MARK: Places

  var byte: UInt8? { position < end ? bytes[position] : nil }

  func byte(at offset: Int) -> UInt8? { position + offset < end ? bytes[position + offset] : nil }

  func place(from start: Int) -> ByteRange { line.fileRange(start..<max(start, min(position, end))) }

  @discardableResult
  mutating func reportOpaque(_ start: Int, _ reason: String) -> Shell.Opaque {
    let piece = Shell.Opaque(range: place(from: start), reason: reason)
    opaque.append(piece)
    return piece
  }

  /// Steps over spaces, tabs, joined line ends, and comments.
  mutating func skipBlanks() {
    while let byte {
      if byte.isBlank {
        position += 1
      } else if byte == .backslash, self.byte(at: 1) == .lineFeed {
        position += 2
      } else if byte == .hash {
        while let byte = self.byte, byte != .lineFeed { _ = byte; position += 1 }
      } else {
        return
      }
    }
  }

  /// Steps over blanks and line ends, and over the bodies of the heredocs that a line has announced.
  mutating func skipLines() {
    skipBlanks()
    while byte == .lineFeed {
      stepOverLineEnd()
      skipBlanks()
    }
  }

  mutating func stepOverLineEnd() {
    if position == heredocLineEnd { position = heredocResume } else { position += 1 }
  }

  func starts(with text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= end else { return false }
    return text.withUTF8Buffer { text in
      for index in 0..<text.count where bytes[position + index] != text[index] { return false }
      return true
    }
  }

  // MARK: Statements

  /// Reads up to one of `until`. What an outer list waits for (`open`) ends this one, too.
  mutating func statements(until: Closers, open: Closers) -> [Shell.Statement] {
    let closers = until.union(open)
    var statements: [Shell.Statement] = []
    while true {
      skipLines()
      guard let byte else { return statements }
      if byte == UInt8(ascii: ")"), closers.contains(.parenthesis) { return statements }
      if starts(with: ";;") || starts(with: ";&"), closers.contains(.branchEnd) { return statements }
      if let word = reservedWord(), !closers.isDisjoint(with: Closers(word: word)) { return statements }
      let start = position
      statements.append(statement(open: closers))
      skipBlanks()
      let rest = position
      if position == start || self.byte == UInt8(ascii: "(") && bytes[max(rest - 1, start)] != UInt8(ascii: ";") {
        if position == start { position += 1 }
        opaque.append(
          Shell.Opaque(range: line.fileRange(rest..<rest + 1), reason: "the shell expects no such character here"))
      }
    }
  }

  private mutating func statement(open: Closers) -> Shell.Statement {
    let start = position
    var pipelines = [pipeline(.first, open: open)]
    var lastEnd = position
    while true {
      skipBlanks()
      let connector: Shell.Pipeline.Connector
      if starts(with: "&&") { connector = .and } else if starts(with: "||") { connector = .or } else { break }
      position += 2
      skipLines()
      pipelines.append(pipeline(connector, open: open))
      lastEnd = position
    }
    let range = line.fileRange(start..<lastEnd)
    var isBackground = false
    if byte == UInt8(ascii: "&") {
      isBackground = true
      position += 1
    } else if byte == UInt8(ascii: ";"), !starts(with: ";;"), !starts(with: ";&") {
      position += 1
    }
    return Shell.Statement(pipelines: pipelines, isBackground: isBackground, range: range)
  }

  private mutating func pipeline(_ connector: Shell.Pipeline.Connector, open: Closers) -> Shell.Pipeline {
    let start = position
    var isNegated = false
    while byte == UInt8(ascii: "!"), self.byte(at: 1).map({ $0.isBlank }) ?? false {
      isNegated.toggle()
      position += 1
      skipBlanks()
    }
    var commands = [command(open: open)]
    var lastEnd = position
    while true {
      skipBlanks()
      guard byte == UInt8(ascii: "|"), self.byte(at: 1) != UInt8(ascii: "|") else { break }
      position += self.byte(at: 1) == UInt8(ascii: "&") ? 2 : 1
      skipLines()
      commands.append(command(open: open))
      lastEnd = position
    }
    return Shell.Pipeline(
      connector: connector, isNegated: isNegated, commands: commands, range: line.fileRange(start..<lastEnd))
  }

  // MARK: Commands

  mutating func command(open: Closers) -> Shell.Command {
    let start = position
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      position = end
      return .opaque(reportOpaque(start, "commands are nested too deeply"))
    }
    if let compound = compoundCommand(open: open) { return compound }
    let command = simpleCommand()
    if command.words.count == 1, command.redirections.isEmpty, command.assignments.isEmpty, starts(with: "()") {
      position += 2
      return function(named: command.words[0], start: start, open: open)
    }
    if command.words.isEmpty, command.assignments.isEmpty, command.redirections.isEmpty {
      return .opaque(skipUnexpected(start))
    }
    return .simple(command)
  }

  /// Steps over what can begin no command: an operator, or a reserved word out of place.
  private mutating func skipUnexpected(_ start: Int) -> Shell.Opaque {
    if let word = reservedWord() {
      position += word.utf8.count
      return reportOpaque(start, "`\(word)` stands alone")
    }
    // Operators that join commands are left to the caller, which knows them.
    if let byte, !"|&;\n".utf8.contains(byte) { position += 1 }
    return reportOpaque(start, "a command is missing")
  }

  private mutating func simpleCommand() -> Shell.SimpleCommand {
    let start = position
    var lastEnd = position
    var assignments: [Shell.Assignment] = []
    var words: [Shell.Word] = []
    var redirections: [Shell.Redirection] = []
    var isTest = false
    if reservedWord() != nil {
      return Shell.SimpleCommand(assignments: [], words: [], redirections: [], range: place(from: start))
    }
    while true {
      skipBlanks()
      if let redirection = redirection() {
        redirections.append(redirection)
      } else if words.isEmpty, let assignment = assignment() {
        assignments.append(assignment)
      } else if isTest, let operation = testOperator() {
        words.append(operation)
      } else if let word = word() {
        words.append(word)
        if words.count == 1, word.value == "[[" { isTest = true }
        if isTest, word.value == "]]" { isTest = false }
      } else {
        break
      }
      lastEnd = position
    }
    position = max(position, lastEnd)
    return Shell.SimpleCommand(
      assignments: assignments, words: words, redirections: redirections, range: line.fileRange(start..<lastEnd))
  }

  /// Between `[[` and `]]`, the operators of the shell are words.
  private mutating func testOperator() -> Shell.Word? {
    let start = position
    if starts(with: "&&") || starts(with: "||") {
      position += 2
    } else if let byte, "()<>|".utf8.contains(byte) {
      position += 1
    } else {
      return nil
    }
    return literalWord(start)
  }

  func literalWord(_ start: Int) -> Shell.Word {
    Shell.Word(
      range: place(from: start), parts: [.literal(line.text(start..<position), isQuoted: false)], isPattern: false)
  }

  /// The reserved word at this place, if one stands here as a word of its own.
  func reservedWord() -> String? {
    guard let first = byte, first.isLetter || first == .openBrace || first == .closeBrace || first == UInt8(ascii: "[")
    else { return nil }
    var index = position
    while index < end, index - position <= 8, !isWordEnd(bytes[index]) { index += 1 }
    let length = index - position
    guard length <= 8 else { return nil }
    let word = String(decoding: bytes[position..<index], as: UTF8.self)
    switch word {
    case "if", "then", "elif", "else", "fi", "for", "select", "while", "until", "do", "done", "case", "esac", "{", "}",
      "function":
      return word
    default: return nil
    }
  }

  /// Whether an unquoted byte ends a word.
  func isWordEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case .space, .tab, .lineFeed, .lessThan, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }
}
