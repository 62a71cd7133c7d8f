import StyledText

/// A screen as cells. Drawing outside of it does nothing; a wide character that does not fit whole becomes a space.
public struct Canvas: Hashable, Sendable {
  public let size: Size
  public let glyphs: Glyphs
  /// Row by row; `size.width` cells each.
  public private(set) var rows: [[Cell]]
  /// Where a click means something, the last drawn on top.
  public internal(set) var targets: [Target] = []
  /// How many lines of the page's text lie above and below what is shown.
  public internal(set) var hidden = Hidden()
  /// Where the terminal's cursor stands, if the page takes text.
  public internal(set) var cursor: Place?

  public struct Target: Hashable, Sendable {
    public enum Meaning: Hashable, Sendable {
      /// The item of the page's list.
      case item(Int)
      /// The same as the key of this action.
      case action(Action)
    }
    public let rect: Rect
    public let meaning: Meaning
  }

  public struct Hidden: Hashable, Sendable {
    public var above = 0
    public var below = 0
    /// How many lines of the scrolled text are on the screen; 0 where nothing scrolls.
    public var shown = 0
  }

  public struct Place: Hashable, Sendable {
    public let x: Int
    public let y: Int
  }

  public init(_ size: Size, _ glyphs: Glyphs) {
    self.size = size
    self.glyphs = glyphs
    rows = Array(repeating: Array(repeating: .blank, count: size.width), count: size.height)
  }

  public var bounds: Rect { Rect(x: 0, y: 0, width: size.width, height: size.height) }

  /// Puts a line at a place, in at most `width` columns; a longer one ends in an ellipsis.
  mutating func put(_ line: Line, x: Int, y: Int, width: Int = .max) {
    guard y >= 0, y < size.height, x >= 0, x < size.width else { return }
    var column = x
    for cell in line.cut(to: min(width, size.width - x), glyphs.ellipsis).cells {
      set(cell, column, y)
      column += cell.width
    }
  }

  mutating func put(_ text: String, _ role: Role = .text, x: Int, y: Int, width: Int = .max) {
    put(Line(text, role), x: x, y: y, width: width)
  }

  private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
    guard x < size.width else { return }
    repairWideCell(at: x, y)
    guard cell.width == 2 else {
      rows[y][x] = cell
      return
    }
    guard x + 1 < size.width else {
      rows[y][x] = Cell(" ", cell.role)
      return
    }
    repairWideCell(at: x + 1, y)
    rows[y][x] = cell
    rows[y][x + 1] = .secondHalf(cell.role)
  }

  /// Half of a wide character cannot stay when the other half is drawn over.
  private mutating func repairWideCell(at x: Int, _ y: Int) {
    if rows[y][x].width == 0, x > 0 { rows[y][x - 1] = Cell(" ", rows[y][x - 1].role) }
    if rows[y][x].width == 2, x + 1 < size.width { rows[y][x + 1] = Cell(" ", rows[y][x].role) }
  }

  /// The screen as text: one line per row, without the spaces at its end.
  public var text: String {
    rows.map { row in
      let text = row.reduce(into: "") { $0 += $1.text }
      return text.replacingSuffixSpaces()
    }.joined(separator: "\n") + "\n"
  }

  /// The same picture with one letter per role, for tests. Spaces stay spaces.
  var roles: String {
    rows.map { row in
      String(row.map { $0.isBlank ? " " : $0.role.letter }).replacingSuffixSpaces()
    }.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func replacingSuffixSpaces() -> String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
