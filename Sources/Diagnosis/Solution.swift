import Inspection
import Knowledge

/// A row that a condition rests on, with the columns that it looked at.
public struct Evidence: Sendable {
  public let row: Row
  /// The columns that the pattern tested; the relation's column count stands for the row itself.
  public let columns: [Int]
  /// Whether the pattern shares a variable with another row: then they speak of one thing.
  public var joined: Bool

  /// The place to show: the first tested cell with a place of its own, else the row's.
  public var place: Place? {
    columns.lazy.filter { $0 > 0 && $0 < row.cells.count }.compactMap { row.cells[$0].place }.first ?? row.place
  }
}

/// What a variable was bound to: a value, and where it stands.
public struct Binding: Sendable {
  public let cell: Cell
  public let order: BuildOrder?
}

/// One way in which a condition holds, or may hold.
public struct Solution: Sendable {
  public var bindings: [Binding?]
  public var truth = Truth.yes
  /// The most that may be claimed, by the branches taken, presumed rows and presumed absences.
  public var claim: Confidence
  public var evidence: [Evidence] = []

  func value(_ variable: Int) -> String? { bindings[variable]?.cell.value }
}
