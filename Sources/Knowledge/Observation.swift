/// What a line of output means.
public struct Observation: Sendable {
  /// How far the thing got that wrote the line.
  public enum Weight: Int, Sendable {
    /// Something that happened; no complaint.
    case event
    /// The echo of an error that another line names.
    case echo
    /// An error.
    case error
  }

  /// The tool's file and a name within it, `docker/exec-not-found`.
  public let id: String
  /// The kind under which conditions read it.
  public let kind: String
  public let weight: Weight
  /// The symptoms that the line shows, the likeliest first.
  public let symptoms: [String]
  /// The line itself, in parts; any of the patterns may match.
  public let patterns: [LinePattern]
  /// Constant cells of the fact.
  public let cells: [(column: String, value: String)]

  public init(
    id: String, kind: String, weight: Weight, symptoms: [String], patterns: [LinePattern],
    cells: [(column: String, value: String)]
  ) {
    self.id = id
    self.kind = kind
    self.weight = weight
    self.symptoms = symptoms
    self.patterns = patterns
    self.cells = cells
  }
}

/// A pattern for a line: literal text with holes.
///
/// Literal text is compared without regard to ASCII case; a hole takes as little as lets the rest match.
public struct LinePattern: Hashable, Sendable {
  public enum Part: Hashable, Sendable {
    case literal(String)
    /// Any characters; bound to a column when it has a name.
    case hole(column: String?, Class)
  }

  /// What a hole may hold.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// Anything, perhaps nothing.
    case any
    /// One or more characters that are no white space, quote or bracket.
    case word
    /// One or more decimal digits.
    case number
  }

  public let parts: [Part]

  public init(_ parts: [Part]) { self.parts = parts }
}
