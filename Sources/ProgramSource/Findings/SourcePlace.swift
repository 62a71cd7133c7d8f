import SourceText

/// Bytes of one file: where a finding stands.
public struct SourcePlace: Hashable, Sendable, Comparable {
  /// The path of the file as its `SourceFile` names it.
  public var path: String
  public var range: ByteRange

  public init(_ path: String, _ range: ByteRange) {
    self.path = path
    self.range = range
  }

  public static func < (left: SourcePlace, right: SourcePlace) -> Bool {
    (left.path, left.range) < (right.path, right.range)
  }
}

/// A name, word or text of a file and where it stands.
public struct SpelledText: Hashable, Sendable {
  public var text: String
  public var range: ByteRange

  public init(text: String, range: ByteRange) {
    self.text = text
    self.range = range
  }
}

/// Something in a file that does not follow the file's grammar.
public struct SourceProblem: Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case unterminatedString = "unterminated-string"
    case unterminatedComment = "unterminated-comment"
    case invalidCharacter = "invalid-character"
    case invalidEscape = "invalid-escape"
    case unexpectedToken = "unexpected-token"
    case nestedTooDeep = "nested-too-deep"
    case missingPackageClause = "missing-package-clause"
    case unknownDirective = "unknown-directive"
    case malformedLine = "malformed-line"
    case malformedVersion = "malformed-version"
    case duplicateKey = "duplicate-key"
    case conflictMarker = "conflict-marker"
    case tooManyProblems = "too-many-problems"
  }

  public var kind: Kind
  public var range: ByteRange

  public init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

extension [SourceProblem] {
  /// Adds a problem, up to a hundred of them: a binary file has as many problems as bytes.
  mutating func report(_ kind: SourceProblem.Kind, _ range: ByteRange) {
    if count < 99 {
      append(SourceProblem(kind, range))
    } else if count == 99 {
      append(SourceProblem(.tooManyProblems, range))
    }
  }
}
