import SourceText

/// A Dockerfile as BuildKit's frontend reads it, with every byte in its place.
///
/// Reading never fails: what the builder would refuse is a problem, and the rest of the file is read all the same.
public struct Dockerfile: Sendable {
  /// A piece of the file between two instructions, or an instruction. Nodes follow one another without gaps.
  public struct Node: Sendable {
    public enum Kind: Hashable, Sendable {
      case byteOrderMark
      /// The index into `directives`.
      case directive(Int)
      case comment
      case emptyLine
      /// The index into `instructions`.
      case instruction(Int)
    }

    public let kind: Kind
    /// With the line break at its end.
    public let range: ByteRange
  }

  public let bytes: [UInt8]
  public let nodes: [Node]
  public let directives: [Directive]
  public let instructions: [Instruction]
  /// `\` or, after a directive, a backtick.
  public let escape: UInt8
  /// What keeps the builder from splitting the file into instructions. It stops at the first of them.
  public let syntaxProblems: [Problem]
  let scripts = ShellScripts()

  /// Reads the bytes of a Dockerfile, in time proportional to their number.
  public init(_ bytes: [UInt8]) {
    var parser = DockerfileParser(bytes)
    parser.parse()
    self.bytes = bytes
    nodes = parser.nodes
    directives = parser.directives
    instructions = parser.instructions
    escape = parser.escape
    syntaxProblems = parser.problems
  }

  public init(text: String) {
    self.init(Array(text.utf8))
  }

  /// The text of a range; bytes that are no UTF-8 become U+FFFD.
  public func text(_ range: ByteRange) -> String {
    let range = range.clamped(to: bytes.count)
    return String(decoding: bytes[range.start..<range.end], as: UTF8.self)
  }
}
