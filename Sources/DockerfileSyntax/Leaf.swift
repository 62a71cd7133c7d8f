import SourceText

/// The smallest piece of a Dockerfile: a run of bytes that has one meaning.
public struct Leaf: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case byteOrderMark
    case directive
    case comment
    case keyword
    case flag
    /// A part of the arguments; a word that goes over several lines has several.
    case argument
    case heredocBody
    case heredocEnd
    /// White space, line breaks, and the escape characters that join lines.
    case space
  }

  public let kind: Kind
  public let range: ByteRange
}

extension Dockerfile {
  /// All leaves in order. They follow one another without gaps, so that together they are the file.
  public var leaves: [Leaf] {
    var leaves: [Leaf] = []
    for node in nodes {
      switch node.kind {
      case .byteOrderMark: leaves.append(Leaf(kind: .byteOrderMark, range: node.range))
      case .emptyLine: leaves.append(Leaf(kind: .space, range: node.range))
      case .comment, .directive:
        let isDirective = if case .directive = node.kind { true } else { false }
        append(
          [Leaf(kind: isDirective ? .directive : .comment, range: comment(in: node.range))], node.range, to: &leaves)
      case .instruction(let index): append(instructions[index].leaves(in: self), node.range, to: &leaves)
      }
    }
    return leaves
  }

  /// Puts leaves into a range and fills the gaps between them with white space.
  private func append(_ inner: [Leaf], _ range: ByteRange, to leaves: inout [Leaf]) {
    var position = range.start
    for leaf in inner where leaf.range.start >= position && !leaf.range.isEmpty && leaf.range.end <= range.end {
      if leaf.range.start > position {
        leaves.append(Leaf(kind: .space, range: ByteRange(position, leaf.range.start)))
      }
      leaves.append(leaf)
      position = leaf.range.end
    }
    if position < range.end { leaves.append(Leaf(kind: .space, range: ByteRange(position, range.end))) }
  }

  /// The comment on a line, from its sign to its last byte, without the line break.
  fileprivate func comment(in range: ByteRange) -> ByteRange {
    let start = bytes[range.start..<range.end].firstIndex(of: .hash) ?? range.start
    let end = bytes[start..<range.end].lastIndex { $0 != .lineFeed && $0 != .carriageReturn }.map { $0 + 1 }
    return ByteRange(start, end ?? range.end)
  }
}

extension Instruction {
  /// The leaves of the instruction in order, without the white space between them.
  fileprivate func leaves(in file: Dockerfile) -> [Leaf] {
    var leaves = pieces(keywordPart, .keyword)
    for flag in flags { leaves += pieces(of: flag) }
    leaves += pieces(argumentsPart, .argument)
    for trivia in innerTrivia {
      let comment = file.comment(in: trivia)
      if file.bytes[comment.start] == .hash { leaves.append(Leaf(kind: .comment, range: comment)) }
    }
    for heredoc in heredocs {
      leaves.append(Leaf(kind: .heredocBody, range: heredoc.bodyRange))
      if let end = heredoc.terminatorRange { leaves.append(Leaf(kind: .heredocEnd, range: end)) }
    }
    return leaves.sorted { $0.range < $1.range }
  }

  private func pieces(of flag: InstructionFlag) -> [Leaf] { pieces(flag.logical, .flag) }

  /// The runs of bytes of the file that a part of the logical line is made of.
  private func pieces(_ part: Range<Int>, _ kind: Leaf.Kind) -> [Leaf] {
    line.fileRanges(part).map { Leaf(kind: kind, range: $0) }
  }
}
