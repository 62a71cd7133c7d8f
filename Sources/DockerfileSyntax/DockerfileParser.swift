import SourceText

/// Splits a file into directives, comments and instructions, with their continuation lines and heredocs.
///
/// The reference is BuildKit's frontend/dockerfile/parser/parser.go.
struct DockerfileParser {
  private struct Line {
    let start: Int
    /// Without the line break.
    let contentEnd: Int
    let end: Int
    /// From 1.
    let number: Int

    var content: Range<Int> { start..<contentEnd }
    var range: ByteRange { ByteRange(start, end) }
  }

  /// BuildKit reads lines up to this length, the line break included.
  static let longestLine = 65_536

  private let bytes: [UInt8]
  private var offset = 0
  private var lineNumber = 0
  private var pendingComments: [ByteRange] = []
  private var readsDirectives = true
  /// The lines of the instruction that is being read, without what joins them.
  private var pieces: [Range<Int>] = []
  private(set) var escape = UInt8.backslash
  private(set) var nodes: [Dockerfile.Node] = []
  private(set) var directives: [Directive] = []
  private(set) var instructions: [Instruction] = []
  private(set) var problems: [Problem] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func parse() {
    // Most lines are some thirty bytes long, most instructions some fifty.
    nodes.reserveCapacity(bytes.count / 32)
    instructions.reserveCapacity(bytes.count / 48)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      nodes.append(Dockerfile.Node(kind: .byteOrderMark, range: ByteRange(0, 3)))
      offset = 3
    }
    while let line = nextLine() {
      let content = skipSpace(line.content)
      if content.isEmpty {
        readsDirectives = false
        nodes.append(Dockerfile.Node(kind: .emptyLine, range: line.range))
      } else if bytes[content.lowerBound] == .hash {
        readComment(line, content)
      } else {
        readsDirectives = false
        readInstruction(line, content)
      }
    }
    if instructions.isEmpty {
      problems.append(Problem(.syntax, ByteRange(at: bytes.count), "file with no instructions"))
    }
  }

  // MARK: Lines

  private mutating func nextLine() -> Line? {
    guard offset < bytes.count else { return nil }
    let start = offset
    let feed = bytes.withUnsafeBufferPointer { buffer in
      UnsafeBufferPointer(rebasing: buffer[start...]).firstIndex(of: .lineFeed)
    }
    let end = feed.map { start + $0 + 1 } ?? bytes.count
    var contentEnd = end
    while contentEnd > start, bytes[contentEnd - 1] == .lineFeed || bytes[contentEnd - 1] == .carriageReturn {
      contentEnd -= 1
    }
    offset = end
    lineNumber += 1
    if end - start > Self.longestLine || (feed == nil && end - start == Self.longestLine) {
      problems.append(
        Problem(
          .syntax, ByteRange(start, contentEnd),
          "dockerfile line greater than max allowed size of \(Self.longestLine - 1)"))
    }
    return Line(start: start, contentEnd: contentEnd, end: end, number: lineNumber)
  }

  private func skipSpace(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound {
      let width = whiteSpaceWidth(bytes, start, range.upperBound)
      if width == 0 { break }
      start += width
    }
    return start..<range.upperBound
  }

  /// Takes the escape character away that joins a line with the next one.
  private func cutContinuation(_ range: Range<Int>) -> (text: Range<Int>, continues: Bool) {
    var end = range.upperBound
    while end > range.lowerBound, bytes[end - 1].isBlank { end -= 1 }
    guard end > range.lowerBound, bytes[end - 1] == escape else { return (range, false) }
    if end - 1 > range.lowerBound, bytes[end - 2] == escape { return (range, false) }
    return (range.lowerBound..<end - 1, true)
  }

  // MARK: Comments and directives

  private mutating func readComment(_ line: Line, _ content: Range<Int>) {
    if readsDirectives, let directive = Directive(bytes, content, line: line.number) {
      if directives.contains(where: { $0.name == directive.name }) {
        problems.append(
          Problem(.syntax, directive.range, "only one \(directive.name) parser directive can be used"))
      } else if directive.name == "escape" {
        readEscape(directive)
      }
      nodes.append(Dockerfile.Node(kind: .directive(directives.count), range: line.range))
      directives.append(directive)
      return
    }
    readsDirectives = false
    nodes.append(Dockerfile.Node(kind: .comment, range: line.range))
    if trimmed(bytes, content.lowerBound + 1..<content.upperBound).isEmpty, content.lowerBound == line.start {
      pendingComments = []
    } else {
      pendingComments.append(ByteRange(content.lowerBound, content.upperBound))
    }
  }

  private mutating func readEscape(_ directive: Directive) {
    switch directive.value {
    case "\\": escape = .backslash
    case "`": escape = .backtick
    default:
      problems.append(
        Problem(
          .syntax, directive.valueRange, "invalid escape token '\(directive.value)' does not match ` or \\"))
    }
  }

  // MARK: Instructions

  private mutating func readInstruction(_ first: Line, _ content: Range<Int>) {
    var last = first
    var trivia: [ByteRange] = []
    var hasEmptyLine = false
    var (text, continues) = cutContinuation(content)
    var line = LogicalLine(bytes: bytes, range: text, segments: [])
    if continues {
      pieces.removeAll(keepingCapacity: true)
      pieces.append(text)
      while continues, let next = nextLine() {
        last = next
        let visible = skipSpace(next.content)
        if visible.isEmpty || bytes[visible.lowerBound] == .hash {
          trivia.append(next.range)
          hasEmptyLine = hasEmptyLine || visible.isEmpty
          continue
        }
        (text, continues) = cutContinuation(next.content)
        pieces.append(text)
      }
      line = joinPieces()
    }
    var draft = Instruction.Draft(line, escape: escape, lines: first.number...last.number)
    draft.index = instructions.count
    draft.range = ByteRange(content.lowerBound, last.contentEnd)
    draft.comments = pendingComments
    draft.innerTrivia = trivia
    draft.hasEmptyContinuationLine = hasEmptyLine
    pendingComments = []
    if draft.mayHoldHeredocs { readHeredocs(&draft) }
    if !draft.problems.isEmpty { problems += draft.problems }
    nodes.append(Dockerfile.Node(kind: .instruction(instructions.count), range: ByteRange(first.start, offset)))
    instructions.append(Instruction(draft))
  }

  private func joinPieces() -> LogicalLine {
    var joined: [UInt8] = []
    var segments: [LogicalLine.Segment] = []
    joined.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    segments.reserveCapacity(pieces.count)
    for piece in pieces {
      segments.append(LogicalLine.Segment(start: joined.count, fileStart: piece.lowerBound))
      joined += bytes[piece]
    }
    return LogicalLine(bytes: joined, range: 0..<joined.count, segments: segments)
  }

  private mutating func readHeredocs(_ draft: inout Instruction.Draft) {
    let (heredocs, problem) = Heredoc.announced(in: draft.line)
    if let problem { draft.problems.append(problem) }
    for var heredoc in heredocs {
      let terminator = Array(heredoc.name.utf8)
      let start = offset
      var bodyEnd = start
      while let line = nextLine() {
        draft.lines = draft.lines.lowerBound...line.number
        var content = line.content
        if heredoc.stripsTabs {
          content = (bytes[content].firstIndex { $0 != .tab } ?? content.upperBound)..<content.upperBound
        }
        if content.count == terminator.count, bytes[content].elementsEqual(terminator) {
          heredoc.terminatorRange = ByteRange(line.start, line.contentEnd)
          break
        }
        bodyEnd = line.end
      }
      heredoc.bodyRange = ByteRange(start, bodyEnd)
      draft.range.end = heredoc.terminatorRange?.end ?? max(bodyEnd, draft.range.end)
      if heredoc.terminatorRange == nil {
        draft.problems.append(Problem(.syntax, heredoc.operatorRange, "unterminated heredoc"))
      }
      draft.heredocs.append(heredoc)
    }
  }
}
