/// How well something is known. Of a row: whether it is there. Of a relation: whether it lists everything.
public enum Grade: Int, Comparable, Sendable {
  /// Nothing is known about what is not listed.
  case open
  /// It is so unless something that nobody could read says otherwise.
  case presumed
  /// Everything was looked at.
  case complete

  public static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
}

/// The order of an instruction in a build. Places in different builds cannot be compared.
public struct BuildOrder: Hashable, Sendable {
  public let build: String
  public let position: Int

  public init(build: String, position: Int) {
    self.build = build
    self.position = position
  }
}

/// One fact.
public struct Row: Sendable {
  /// The number of its relation.
  public let relation: Int
  /// One for each column of the relation.
  public let cells: [Cell]
  /// The place of the whole fact.
  public let place: Place?
  public let order: BuildOrder?
  /// Whether it is presumed rather than sure.
  public let presumed: Bool
}
