/// How sure a diagnosis is.
public enum Confidence: Int, Comparable, Sendable, CaseIterable {
  case possible
  case likely
  case proven

  public static func < (left: Confidence, right: Confidence) -> Bool { left.rawValue < right.rawValue }

  public var name: String {
    switch self {
    case .possible: "possible"
    case .likely: "likely"
    case .proven: "proven"
    }
  }

  public init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

/// What a cell is compared with: a constant, or what a variable was bound to.
public enum Operand: Hashable, Sendable {
  case constant(String)
  /// The number of the variable in `Rule.variables`.
  case variable(Int)
}

/// One test of one cell.
public enum Test: Hashable, Sendable {
  /// Binds the variable when it is free, else compares with it.
  case bind(Int)
  case equal(String)
  case notEqual(Operand)
  case oneOf([String])
  case noneOf([String])
  /// Numbers, sizes and durations.
  case less(Operand)
  case more(Operand)
  /// Versions.
  case older(Operand)
  case newer(Operand)
  /// Paths: the cell lies under the operand, or the operand under the cell; a path lies under itself.
  case under(Operand)
  case over(Operand)
  /// The cell begins with, ends with or contains the operand, as text.
  case starts(Operand)
  case ends(Operand)
  case contains(Operand)
  /// A path matches a pattern with `*`, `?` and `**`.
  case glob(String)
  /// Places in one build: the cell's instruction comes before or after the operand's.
  case before(Operand)
  case after(Operand)
}

/// A row that must be there.
public struct Pattern: Hashable, Sendable {
  public struct Match: Hashable, Sendable {
    /// The place of the column in its relation; the relation's column count stands for the row itself (`at`).
    public let column: Int
    public let tests: [Test]

    public init(_ column: Int, _ tests: [Test]) {
      self.column = column
      self.tests = tests
    }
  }

  /// The place of the relation in `KnowledgeBase.relations`.
  public let relation: Int
  public let matches: [Match]

  public init(_ relation: Int, _ matches: [Match]) {
    self.relation = relation
    self.matches = matches
  }
}

/// One line of a condition. All lines of a list must hold together.
public indirect enum Clause: Hashable, Sendable {
  case row(Pattern)
  /// Holds when the lines have no joint match.
  case not([Clause])
  /// Holds when one of the alternatives does; all are tried.
  case any([Alternative])
  /// Holds when the lines do, and is false where they are unknown: for causes that nobody should guess.
  case known([Clause])
}

/// One branch of an `any`, which may claim less than its cause could.
public struct Alternative: Hashable, Sendable {
  public let confidence: Confidence
  public let lines: [Clause]

  public init(_ confidence: Confidence, _ lines: [Clause]) {
    self.confidence = confidence
    self.lines = lines
  }
}
