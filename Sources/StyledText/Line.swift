/// A line of cells, each with its role. It has no place yet: a `Canvas` puts it somewhere.
public struct Line: Hashable, Sendable {
  /// Wide characters are one cell of width 2.
  public private(set) var cells: [Cell]
  /// How many columns the line takes.
  public private(set) var width: Int

  public init(_ text: String = "", _ role: Role = .text) {
    self.init(cells: Sanitiser.cells(text, role))
  }

  package init(cells: some Sequence<Cell>) {
    self.cells = Array(cells)
    width = self.cells.reduce(0) { $0 + $1.width }
  }

  /// A character so many times.
  package static func repeated(_ glyph: String, _ count: Int, _ role: Role) -> Line {
    Line(cells: repeatElement(Cell(glyph, role), count: max(0, count)))
  }

  package static func spaces(_ count: Int) -> Line { repeated(" ", count, .text) }

  public var isEmpty: Bool { cells.isEmpty }
  public var text: String { cells.reduce(into: "") { $0 += $1.text } }

  package mutating func append(_ other: Line) {
    cells += other.cells
    width += other.width
  }

  package static func + (left: Line, right: Line) -> Line {
    var line = left
    line.append(right)
    return line
  }

  package static func += (left: inout Line, right: Line) { left.append(right) }

  /// The line with spaces behind it, up to a width.
  package func padded(to columns: Int) -> Line { self + .spaces(columns - width) }

  /// The line with spaces before it, up to a width.
  package func aligned(right columns: Int) -> Line { .spaces(columns - width) + self }

  /// The line in one role, where it is plain text; marks and colours of their own stay.
  package func emphasised(_ role: Role) -> Line {
    Line(cells: cells.map { $0.role == .text ? Cell($0.text, role, width: $0.width) : $0 })
  }

  /// The line with all cells in one role.
  package func inRole(_ role: Role) -> Line { Line(cells: cells.map { Cell($0.text, role, width: $0.width) }) }

  /// As much as fits into a width. What is left out is told by an ellipsis at the end.
  package func cut(to columns: Int, _ ellipsis: String) -> Line {
    guard width > columns else { return self }
    guard columns > 0 else { return Line() }
    var kept: [Cell] = []
    var used = 0
    for cell in cells {
      if used + cell.width > columns - 1 { break }
      kept.append(cell)
      used += cell.width
    }
    return Line(cells: kept + [Cell(ellipsis, kept.last?.role ?? .dim)])
  }
}

extension Line: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}
