/// Turns text of files, logs and people into cells that can do no harm: what a terminal would obey, or what would make the
/// text look different from what it is, becomes U+FFFD.
package enum Sanitiser {
  package static let replacement: Unicode.Scalar = "\u{FFFD}"
  package static let tabStop = 4

  /// The cells of a text of one line. Tabs become spaces up to the next multiple of four columns.
  package static func cells(_ text: String, _ role: Role) -> [Cell] {
    var cells: [Cell] = []
    cells.reserveCapacity(text.utf8.count)
    forEachCell(text, role) { cell, _ in cells.append(cell) }
    return cells
  }

  /// Calls `body` for each cell with the offset in UTF-8 bytes of the character it came from.
  package static func forEachCell(_ text: String, _ role: Role, _ body: (Cell, _ offset: Int) -> Void) {
    var offset = 0
    var column = 0
    var pending: (text: String, width: Int, offset: Int, marks: Int)?
    func flush() {
      guard let cell = pending else { return }
      body(Cell(cell.text, role, width: cell.width), cell.offset)
      column += cell.width
      pending = nil
    }
    for scalar in text.unicodeScalars {
      defer { offset += UTF8.width(scalar) }
      if scalar == "\t" {
        flush()
        for _ in 0..<(tabStop - column % tabStop) {
          body(Cell(" ", role), offset)
          column += 1
        }
        continue
      }
      guard let shown = shown(scalar) else { continue }
      let width = Width.columns(of: shown)
      if width == 0 {
        // curses keeps a character and four marks per cell; more would push the rest of the row away.
        if let cell = pending, cell.marks < 4 {
          pending = (cell.text + String(shown), cell.width, cell.offset, cell.marks + 1)
        }
      } else {
        flush()
        pending = (String(shown), width, offset, 0)
      }
    }
    flush()
  }

  /// The character to show; nil for one that would only join others to a picture whose width terminals disagree about.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F ? scalar : replacement }
    switch scalar.value {
    case 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF, 0xE0100...0xE01EF: return nil
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: replacement
    default: scalar
    }
  }
}
