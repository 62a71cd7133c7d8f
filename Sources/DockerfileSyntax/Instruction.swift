import SourceText

/// One instruction of a Dockerfile: a keyword, flags and arguments, and the heredocs that follow them.
public struct Instruction: Sendable {
  /// How the arguments are written.
  public enum Form: Hashable, Sendable {
    case none
    /// Words between white space.
    case words
    /// One text: the rest of the line. For RUN, CMD and ENTRYPOINT this is the shell form.
    case text
    /// A JSON array of strings. For RUN, CMD and ENTRYPOINT this is the exec form.
    case json
    /// `name=value` words with quotes (ENV, LABEL) or words that may have a value (ARG).
    case pairs
    /// `ENV name value`: one variable, the rest of the line is its value.
    case legacyPair
  }

  /// The place among the instructions of the file, from 0.
  public internal(set) var index = 0
  public let keyword: Keyword
  /// The first word as it is written.
  public let keywordWord: Word
  /// From the first byte to the last one, heredocs included, without the last line break.
  public internal(set) var range: ByteRange
  /// The physical lines, counted from 1, heredocs included.
  public internal(set) var lines: ClosedRange<Int>
  public let flags: [Flag]
  public let form: Form
  /// HEALTHCHECK has its type first. JSON strings are without quotes, everything else is as written.
  public let arguments: [Word]
  /// All arguments, from the first byte to the last one; empty where there are none.
  public let argumentsRange: ByteRange
  /// Where text that begins like a JSON array stops being one, so that the builder takes it for something else.
  public let jsonFailure: Int?
  public internal(set) var heredocs: [Heredoc] = []
  /// The comments above it that the builder counts to it, each from `#` to the end of its line.
  public internal(set) var comments: [ByteRange] = []
  /// Empty lines or comments between its lines, each with its line break.
  public internal(set) var innerTrivia: [ByteRange] = []
  /// Whether there is an empty line between its lines, which a later builder may refuse.
  public internal(set) var hasEmptyContinuationLine = false
  public internal(set) var syntaxProblems: [Problem]

  let line: LogicalLine
  let escape: UInt8
  /// The arguments in the logical line.
  let argumentsPart: Range<Int>

  /// The text with its continuation lines joined, without heredoc bodies.
  public var text: String { line.text(line.range) }

  /// The instruction that ONBUILD puts off, with the heredocs; nil for all others.
  public var trigger: Instruction? {
    guard keyword == .onbuild, !argumentsPart.isEmpty else { return nil }
    var inner = Instruction(line.part(argumentsPart), escape: escape, lines: lines)
    inner.index = index
    inner.range = ByteRange(argumentsRange.start, range.end)
    inner.heredocs = heredocs
    return inner
  }

  /// The flags of a name, in order.
  public func flags(named name: String) -> [Flag] { flags.filter { $0.name == name } }
}

extension Instruction {
  /// The parts of a logical line that every instruction has.
  struct Head {
    let keyword: Keyword
    let keywordPart: Range<Int>
    let flags: [Flag]
    let arguments: Range<Int>

    init(_ line: LogicalLine, _ range: Range<Int>) {
      let content = trimmed(line.bytes, range)
      var position = content.lowerBound
      while position < content.upperBound, !line.bytes[position].isWordSpace { position += 1 }
      keywordPart = content.lowerBound..<position
      keyword = Keyword(line.bytes, keywordPart)
      while position < content.upperBound, line.bytes[position].isWordSpace { position += 1 }
      if position < content.upperBound, line.bytes[position] == .hyphen {
        var reader = FlagReader(line)
        position = reader.read(position..<content.upperBound)
        flags = reader.flags
      } else {
        flags = []
      }
      arguments = trimmed(line.bytes, position..<content.upperBound)
    }
  }

  /// Reads a logical line.
  init(_ line: LogicalLine, escape: UInt8, lines: ClosedRange<Int>) {
    let head = Head(line, line.range)
    var reader = ArgumentReader(line: line, part: head.arguments, escape: escape)
    reader.read(head.keyword)
    self.line = line
    self.escape = escape
    self.lines = lines
    keyword = head.keyword
    keywordWord = line.word(head.keywordPart)
    flags = head.flags
    range = line.fileRange(line.range)
    argumentsPart = head.arguments
    argumentsRange = line.fileRange(head.arguments)
    form = reader.form
    arguments = reader.arguments
    jsonFailure = reader.jsonFailure
    syntaxProblems = reader.problem.map { [$0] } ?? []
  }

  /// Whether the builder looks for heredocs here.
  var mayHoldHeredocs: Bool {
    if keyword != .onbuild { return keyword.mayHoldHeredocs && form != .json }
    return trigger.map { $0.keyword.mayHoldHeredocs && $0.form != .json } ?? false
  }
}
