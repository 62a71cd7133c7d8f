import SourceText

/// A place where an instruction uses a variable that the builder replaces: `$NAME` or `${NAME...}`.
public struct VariableReference: Hashable, Sendable {
  public let name: String
  public let nameRange: ByteRange
  /// From `$` to the end of the name or to the closing brace.
  public let range: ByteRange
  /// What stands behind the name in braces: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `%`, `/`; empty without one.
  public let modifier: String
}

extension Instruction {
  /// The variables that the builder replaces in this instruction, in order, also those inside of `${A:-$B}`.
  ///
  /// The text of RUN, CMD, ENTRYPOINT, HEALTHCHECK and SHELL is none of the builder's business: there the shell replaces
  /// variables, see `Shell.Word`.
  public var variableReferences: [VariableReference] {
    var reader = VariableReferenceReader(line: line, escape: escape)
    for flag in flags where expandsFlag(flag.name) { reader.read(flag.logical) }
    switch keyword {
    case .from:
      if let base = arguments.first { reader.read(base.logical) }
    case .add, .copy, .env, .label, .user, .workdir, .volume, .expose, .stopsignal: reader.read(argumentsPart)
    case .arg:
      for word in arguments {
        guard let sign = line.bytes[word.logical].firstIndex(of: .equals) else { continue }
        reader.read(sign + 1..<word.logical.upperBound)
      }
    case .run, .cmd, .entrypoint, .healthcheck, .shell, .onbuild, .maintainer, .unknown: break
    }
    return reader.references.sorted { $0.range < $1.range }
  }

  private func expandsFlag(_ name: String) -> Bool {
    switch keyword {
    case .from: name == "platform"
    case .add, .copy: name == "chown" || name == "chmod" || name == "checksum"
    case .run: name == "mount"
    default: false
    }
  }
}

/// Finds variables with the builder's quoting rules, without replacing any.
private struct VariableReferenceReader {
  let line: LogicalLine
  let escape: UInt8
  private(set) var references: [VariableReference] = []

  /// A `${` whose brace is not closed yet.
  private struct Open {
    let start: Int
    let name: Range<Int>
    let modifier: Range<Int>
  }

  init(line: LogicalLine, escape: UInt8) {
    self.line = line
    self.escape = escape
  }

  mutating func read(_ part: Range<Int>) {
    var open: [Open] = []
    var isQuoted = false
    var position = part.lowerBound
    while position < part.upperBound {
      let byte = line.bytes[position]
      switch byte {
      case escape: position += 2
      case .doubleQuote:
        isQuoted.toggle()
        position += 1
      case .singleQuote where !isQuoted:
        position = (line.bytes[position + 1..<part.upperBound].firstIndex(of: .singleQuote) ?? part.upperBound - 1) + 1
      case .dollar: readDollar(&position, part.upperBound, &open)
      case .closeBrace:
        position += 1
        if let reference = open.popLast() { add(reference, to: position) }
      default: position += 1
      }
    }
  }

  private mutating func readDollar(_ position: inout Int, _ end: Int, _ open: inout [Open]) {
    let start = position
    position += 1
    let isBraced = position < end && line.bytes[position] == .openBrace
    if isBraced { position += 1 }
    let nameStart = position
    while position < end, line.bytes[position].isNamePart { position += 1 }
    let name = nameStart..<position
    guard !name.isEmpty else { return }
    guard isBraced else { return add(Open(start: start, name: name, modifier: position..<position), to: position) }
    let modifierStart = position
    if position < end, line.bytes[position] == UInt8(ascii: ":") { position += 1 }
    if position < end, "-+?#%/".utf8.contains(line.bytes[position]) { position += 1 }
    open.append(Open(start: start, name: name, modifier: modifierStart..<position))
  }

  private mutating func add(_ reference: Open, to end: Int) {
    references.append(
      VariableReference(
        name: line.text(reference.name), nameRange: line.fileRange(reference.name),
        range: line.fileRange(reference.start..<end), modifier: line.text(reference.modifier)))
  }
}
