/// The size of a screen in columns and rows.
public struct Size: Hashable, Sendable {
  public var width: Int
  public var height: Int

  public init(_ width: Int, _ height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The smallest size on which the session draws its screens.
  public static let smallest = Size(40, 12)
}

/// A rectangle of cells. Columns and rows count from 0; the ends are exclusive, and never lie before the start.
public struct Rect: Hashable, Sendable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  public var right: Int { x + width }
  public var bottom: Int { y + height }
  public var isEmpty: Bool { width == 0 || height == 0 }

  public func contains(x column: Int, y row: Int) -> Bool {
    x <= column && column < right && y <= row && row < bottom
  }

  /// The rectangle without so many columns at its left and right, and rows at its top and bottom.
  public func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }

  /// The first `rows` rows, and the rest.
  public func split(top rows: Int) -> (top: Rect, rest: Rect) {
    let rows = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: rows), Rect(x: x, y: y + rows, width: width, height: height - rows)
    )
  }

  /// What is left above the last `rows` rows, and those rows.
  public func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
    let parts = split(top: height - min(max(0, rows), height))
    return (parts.top, parts.rest)
  }

  /// The columns before `column`, counted from the left edge, and those after the one that a border takes.
  public func split(border column: Int) -> (left: Rect, right: Rect) {
    let column = min(max(0, column), max(0, width - 1))
    return (
      Rect(x: x, y: y, width: column, height: height),
      Rect(x: x + column + 1, y: y, width: width - column - 1, height: height)
    )
  }
}
