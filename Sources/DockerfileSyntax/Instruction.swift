import SourceText
import Synchronization

/// One instruction of a Dockerfile: a keyword, flags and arguments, and the heredocs that follow them.
///
/// Instructions never change; as objects they are handed around at no cost.
public final class Instruction: Sendable {
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
  public let index: Int
  public let keyword: Keyword
  /// From the first byte to the last one, heredocs included, without the last line break.
  public let range: ByteRange
  /// The physical lines, counted from 1, heredocs included.
  public let lines: ClosedRange<Int>
  public let form: Form
  /// Where text that begins like a JSON array stops being one, so that the builder takes it for something else.
  public let jsonFailure: Int?
  public let heredocs: [Heredoc]
  /// The comments above it that the builder counts to it, each from `#` to the end of its line.
  public let comments: [ByteRange]
  /// Empty lines or comments between its lines, each with its line break.
  public let innerTrivia: [ByteRange]
  /// Whether there is an empty line between its lines, which a later builder may refuse.
  public let hasEmptyContinuationLine: Bool
  public let syntaxProblems: [Problem]

  let line: LogicalLine
  let escape: UInt8
  /// The keyword in the logical line.
  let keywordPart: Range<Int>
  /// The arguments in the logical line.
  let argumentsPart: Range<Int>
  private let flagsPart: Range<Int>
  private let words: [Word]
  private let rest: Range<Int>?
  private let known = Mutex<InstructionReader.Reading?>(nil)

  init(_ draft: consuming Draft) {
    index = draft.index
    keyword = draft.head.keyword
    keywordPart = draft.head.keywordPart
    flagsPart = draft.head.flags
    argumentsPart = draft.head.arguments
    range = draft.range
    lines = draft.lines
    form = draft.arguments.form
    words = draft.arguments.words
    rest = draft.arguments.rest
    jsonFailure = draft.arguments.jsonFailure
    heredocs = draft.heredocs
    comments = draft.comments
    innerTrivia = draft.innerTrivia
    hasEmptyContinuationLine = draft.hasEmptyContinuationLine
    syntaxProblems = draft.problems
    line = draft.line
    escape = draft.escape
  }

  /// Read when it is first asked for: many ask.
  var reading: InstructionReader.Reading {
    if let known = known.withLock({ $0 }) { return known }
    let reading = InstructionReader.read(self)
    known.withLock { $0 = reading }
    return reading
  }

  /// The first word as it is written.
  public var keywordWord: Word { line.word(keywordPart) }

  /// HEALTHCHECK has its type first. JSON strings are without quotes, everything else is as written.
  public var arguments: [Word] {
    guard let rest else { return words }
    return form == .words ? line.words(rest) : words + [line.word(rest)]
  }

  /// All arguments, from the first byte to the last one; empty where there are none.
  public var argumentsRange: ByteRange { line.fileRange(argumentsPart) }

  /// The text with its continuation lines joined, without heredoc bodies.
  public var text: String { line.text(line.range) }

  /// The instruction that ONBUILD puts off, with the heredocs; nil for all others.
  public var trigger: Instruction? {
    guard keyword == .onbuild, !argumentsPart.isEmpty else { return nil }
    var draft = Draft(line.part(argumentsPart), escape: escape, lines: lines)
    draft.index = index
    draft.range = ByteRange(line.fileRange(argumentsPart).start, range.end)
    draft.heredocs = heredocs
    return Instruction(draft)
  }

  /// False for most instructions, and known without reading flags.
  var mayHaveFlags: Bool { !flagsPart.isEmpty }

  public var flags: [InstructionFlag] { mayHaveFlags ? FlagReader.flags(flagsPart, in: line) : [] }

  /// An instruction that a base image puts off. It stands in no file: all its ranges are the place that brings it along.
  convenience init?(trigger text: String, at place: ByteRange, of from: Instruction) {
    let bytes = Array(text.utf8)
    let content = trimmed(bytes, bytes.indices)
    guard !content.isEmpty else { return nil }
    let segment = LogicalLine.Segment(start: 0, fileStart: place.start, escapeLength: place.count)
    var draft = Draft(
      LogicalLine(bytes: bytes, range: content, segments: [segment]), escape: .backslash, lines: from.lines)
    draft.index = from.index
    self.init(draft)
  }

  /// The flags of a name, in order.
  public func flags(named name: String) -> [InstructionFlag] { flags.filter { $0.name == name } }
}

extension Instruction {
  /// The parts of a logical line that every instruction has.
  struct Head {
    let keyword: Keyword
    let keywordPart: Range<Int>
    /// Empty where there are none.
    let flags: Range<Int>
    let arguments: Range<Int>

    init(_ line: LogicalLine, _ range: Range<Int>) {
      let content = trimmed(line.bytes, range)
      var position = content.lowerBound
      while position < content.upperBound, !line.bytes[position].isWordSpace { position += 1 }
      keywordPart = content.lowerBound..<position
      keyword = Keyword(line.bytes, keywordPart)
      while position < content.upperBound, line.bytes[position].isWordSpace { position += 1 }
      let start = position
      if position < content.upperBound, line.bytes[position] == .hyphen {
        position = FlagReader.end(of: position..<content.upperBound, in: line)
      }
      flags = start..<position
      arguments = trimmed(line.bytes, position..<content.upperBound)
    }
  }

  /// What is known of an instruction while its lines are read.
  struct Draft: ~Copyable {
    let line: LogicalLine
    let escape: UInt8
    let head: Head
    let arguments: ArgumentReader
    var index = 0
    var range: ByteRange
    var lines: ClosedRange<Int>
    var heredocs: [Heredoc] = []
    var comments: [ByteRange] = []
    var innerTrivia: [ByteRange] = []
    var hasEmptyContinuationLine = false
    var problems: [Problem] = []

    init(_ line: LogicalLine, escape: UInt8, lines: ClosedRange<Int>) {
      self.line = line
      self.escape = escape
      self.lines = lines
      head = Head(line, line.range)
      range = line.fileRange(line.range)
      var reader = ArgumentReader(line: line, part: head.arguments, escape: escape)
      reader.read(head.keyword)
      arguments = reader
      if let problem = reader.problem { problems.append(problem) }
    }

    /// Whether the builder looks for heredocs here.
    var mayHoldHeredocs: Bool {
      if head.keyword != .onbuild { return head.keyword.mayHoldHeredocs && arguments.form != .json }
      guard !head.arguments.isEmpty else { return false }
      return Draft(line.part(head.arguments), escape: escape, lines: lines).holdsHeredocsAsTrigger
    }

    private var holdsHeredocsAsTrigger: Bool { head.keyword.mayHoldHeredocs && arguments.form != .json }
  }
}
