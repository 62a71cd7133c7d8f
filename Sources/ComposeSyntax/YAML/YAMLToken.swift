import SourceText

/// What the scanner finds; the parser makes nodes of it.
struct YAMLToken {
  enum Kind: Equatable {
    case streamEnd
    case directive
    case documentStart
    case documentEnd
    case blockSequenceStart
    case blockMappingStart
    case blockEnd
    case flowSequenceStart
    case flowSequenceEnd
    case flowMappingStart
    case flowMappingEnd
    case blockEntry
    case flowEntry
    case key
    case value
    case alias
    case anchor
    case tag
    case scalar
  }

  var kind: Kind
  var range: ByteRange
  /// The column of the first byte, from 0.
  var column: Int
  /// The name of an anchor, alias or tag.
  var name = ""
  var scalar: YAMLScalar?
}

/// Why a YAML text cannot be read.
struct YAMLSyntaxError: Error {
  var message: String
  /// What is wrong.
  var range: ByteRange
  /// Where the construct begins that could not be finished.
  var context: Int
  var kind: YAMLProblem.Kind = .syntax
}

/// A fault of a YAML text.
public struct YAMLProblem: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case syntax
    /// A tab where only spaces may indent.
    case tab
    /// A key that its mapping has already; `related` is the first one.
    case duplicateKey
    /// Bytes that are no UTF-8, or control characters.
    case encoding
    /// Nested deeper, or holding more nodes, than is read.
    case tooLarge
    /// An alias without an anchor before it, or inside of what it stands for.
    case alias
  }

  public var kind: Kind
  public var message: String
  public var range: ByteRange
  /// Another place that explains the fault: the first of two equal keys, the bracket that was not closed.
  public var related: ByteRange?
}
