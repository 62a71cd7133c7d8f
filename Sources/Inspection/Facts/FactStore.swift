import Knowledge

/// All facts of a project, as rows of relations.
public struct FactStore: Sendable {
  public let relations: [Relation]
  public private(set) var rows: [[Row]]
  /// Rows that no relation takes: mistakes in an inspector. Tests keep this empty.
  public private(set) var misfits: [String] = []
  private let numbers: [String: Int]
  private var standard: [Grade]
  private var scoped: [[String: Grade]]
  /// For each relation, its rows by the value of their first column.
  private var index: [[String: [Int]]]
  /// For each relation, its rows whose first column is unknown.
  private var unkeyed: [[Int]]

  public init(relations: [Relation]) {
    self.relations = relations
    numbers = Dictionary(relations.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    rows = Array(repeating: [], count: relations.count)
    standard = Array(repeating: .open, count: relations.count)
    scoped = Array(repeating: [:], count: relations.count)
    index = Array(repeating: [:], count: relations.count)
    unkeyed = Array(repeating: [], count: relations.count)
  }

  public func number(of relation: String) -> Int? { numbers[relation] }

  /// Adds a row. Columns that are not given are unknown.
  public mutating func add(
    _ relation: String, _ cells: KeyValuePairs<String, Cell>, at place: Place? = nil, order: BuildOrder? = nil,
    presumed: Bool = false
  ) {
    guard let number = numbers[relation] else {
      misfits.append("there is no relation \(relation)")
      return
    }
    let columns = relations[number].columns
    var row: [Cell] = []
    row.reserveCapacity(columns.count)
    for (name, cell) in cells {
      // Most rows are written in the order of the columns.
      let next = row.count
      guard
        let column = next < columns.count && columns[next].name == name ? next : relations[number].index(of: name)
      else {
        misfits.append("\(relation) has no column \(name)")
        continue
      }
      if case .choice(let words) = columns[column].type, let value = cell.value, !words.contains(value) {
        misfits.append("\(relation).\(name) cannot be “\(value)”")
      }
      if column < next {
        row[column] = cell
      } else {
        while row.count < column { row.append(.unknown) }
        row.append(cell)
      }
    }
    while row.count < columns.count { row.append(.unknown) }
    append(Row(relation: number, cells: row, place: place, order: order, presumed: presumed))
  }

  /// As above, with columns that are put together from several parts.
  mutating func add(
    _ relation: String, cells: [(String, Cell)], at place: Place? = nil, order: BuildOrder? = nil,
    presumed: Bool = false
  ) {
    guard let number = numbers[relation] else {
      misfits.append("there is no relation \(relation)")
      return
    }
    var row = Array(repeating: Cell.unknown, count: relations[number].columns.count)
    for (name, cell) in cells {
      guard let column = relations[number].index(of: name) else {
        misfits.append("\(relation) has no column \(name)")
        continue
      }
      row[column] = cell
    }
    append(Row(relation: number, cells: row, place: place, order: order, presumed: presumed))
  }

  /// Adds a row whose cells stand in the order of its relation's columns.
  mutating func append(_ row: Row) {
    if let key = row.cells.first?.value {
      index[row.relation][key, default: []].append(rows[row.relation].count)
    } else {
      unkeyed[row.relation].append(rows[row.relation].count)
    }
    rows[row.relation].append(row)
  }

  /// Puts other rows in the place of all those of a relation.
  mutating func replace(_ relation: Int, _ others: [Row]) {
    rows[relation] = []
    unkeyed[relation] = []
    index[relation] = [:]
    for row in others { append(row) }
  }

  /// Says how completely a relation lists what is in a scope; without a scope, what no scope says otherwise of.
  public mutating func declare(_ relation: String, _ grade: Grade, for scope: String? = nil) {
    guard let number = numbers[relation] else {
      misfits.append("there is no relation \(relation)")
      return
    }
    if let scope { scoped[number][scope] = grade } else { standard[number] = grade }
  }

  /// How completely a relation lists what is in a scope; with no scope given, in the least known one.
  public func grade(of relation: Int, for scope: String?) -> Grade {
    if let scope { return scoped[relation][scope] ?? standard[relation] }
    return scoped[relation].values.min() ?? standard[relation]
  }

  /// The places of the rows whose first column has a value, and of those where it is unknown; of all rows without a value.
  public func candidates(_ relation: Int, key: String?) -> Candidates {
    if rows[relation].isEmpty { return Candidates() }
    guard let key else { return Candidates(all: rows[relation].indices) }
    return Candidates(known: index[relation][key] ?? [], unkeyed: unkeyed[relation])
  }

  /// The rows of a relation, for inspectors that read what others found.
  public func rows(_ relation: String) -> [Row] { numbers[relation].map { rows[$0] } ?? [] }

  /// The cell of a row by its column's name; unknown when there is no such column.
  public func cell(_ row: Row, _ column: String) -> Cell {
    relations[row.relation].index(of: column).map { row.cells[$0] } ?? .unknown
  }
}
