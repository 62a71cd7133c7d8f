/// Lines of a file with marks below the characters that matter.
package struct Excerpt {
  package let view: ExcerptView
  package let glyphs: Glyphs
  /// Columns in all.
  package let width: Int

  package init(view: ExcerptView, glyphs: Glyphs, width: Int) {
    self.view = view
    self.glyphs = glyphs
    self.width = width
  }

  /// The file's name and the lines below it.
  package func lines() -> [Line] {
    var lines = [Line(view.file, .accent)]
    var previous: Int?
    for line in view.lines {
      if let previous, line.number > previous + 1 {
        lines.append(Line(glyphs.ellipsis, .dim).aligned(right: numberWidth))
      }
      lines += sourceLines(line.clipped)
      previous = line.number
    }
    return lines
  }

  private var numberWidth: Int { max(4, view.lines.map { "\($0.number)".count }.max() ?? 0) }
  private var room: Int { max(1, width - numberWidth - 3) }

  private func gutter(_ number: Int?) -> Line {
    let number = number.map { "\($0)" } ?? ""
    return Line(number, .dim).aligned(right: numberWidth) + Line(" \(glyphs.vertical) ", .border)
  }

  private func sourceLines(_ source: ExcerptLine) -> [Line] {
    let laid = LaidOut(source.text)
    let spans = source.marks.map { (mark: $0, columns: laid.columns(from: $0.start, to: $0.end)) }
    let window = window(laid.width, around: spans.map(\.columns))
    let marked = laid.line(in: window, glyphs.ellipsis) { offset in
      guard let mark = source.marks.first(where: { $0.start <= offset && offset < $0.end }) else { return .text }
      return mark.isPrimary ? .primary : .context
    }
    var lines = [gutter(source.number) + marked]
    for span in spans { lines += markLines(span.mark, span.columns, window) }
    return lines
  }

  /// The columns of the source line that are shown: from its start where the marks are then visible.
  private func window(_ total: Int, around marks: [Range<Int>]) -> Range<Int> {
    guard total > room, let first = marks.map(\.lowerBound).min(), let last = marks.map(\.upperBound).max(),
      last > room - 1
    else { return 0..<room }
    let start = max(0, min(first - 4, total - room))
    return start..<min(total, start + room)
  }

  private func markLines(_ mark: ExcerptMark, _ columns: Range<Int>, _ window: Range<Int>) -> [Line] {
    let start = min(max(columns.lowerBound, window.lowerBound), max(window.lowerBound, window.upperBound - 1))
    let end = min(max(columns.upperBound, start + 1), max(start + 1, window.upperBound))
    let role: Role = mark.isPrimary ? .primary : .context
    let indent = start - window.lowerBound
    let under = Line.spaces(indent) + .repeated(mark.isPrimary ? glyphs.primary : glyphs.context, end - start, role)
    guard !mark.label.isEmpty else { return [gutter(nil) + under] }
    let label = Line(mark.label, role)
    if under.width + 1 + label.width <= room { return [gutter(nil) + under + " " + label] }
    // Below the mark, as far to the left as it takes to be in one line.
    let below = min(indent, max(0, room - label.width))
    return [gutter(nil) + under] + WordWrap.wrap(label, width: room - below).map { gutter(nil) + .spaces(below) + $0 }
  }
}

extension ExcerptLine {
  /// Of a line of a megabyte only what lies around its first mark.
  fileprivate var clipped: ExcerptLine {
    let most = 4096
    guard text.utf8.count > most else { return self }
    let start = min(max(0, (marks.map(\.start).min() ?? 0) - 256), text.utf8.count - most)
    // Not in the middle of a character.
    let bytes = text.utf8.dropFirst(start).drop { $0 & 0xC0 == 0x80 }.prefix(most)
    let skipped = text.utf8.distance(from: text.utf8.startIndex, to: bytes.startIndex)
    let shifted = marks.map {
      ExcerptMark($0.start - skipped, min($0.end - skipped, most), isPrimary: $0.isPrimary, label: $0.label)
    }
    return ExcerptLine(number, String(decoding: bytes, as: UTF8.self), shifted)
  }
}

/// A source line as cells that know which byte they came from.
private struct LaidOut {
  private var cells: [(cell: Cell, offset: Int, column: Int)] = []
  private(set) var width = 0

  package init(_ text: String) {
    var column = 0
    var cells: [(Cell, Int, Int)] = []
    Sanitiser.forEachCell(text, .text) { cell, offset in
      cells.append((cell, offset, column))
      column += cell.width
    }
    self.cells = cells
    width = column
  }

  /// The columns of a range of bytes; beyond the text, its end.
  package func columns(from start: Int, to end: Int) -> Range<Int> {
    let first = cells.first { $0.offset >= start }?.column ?? width
    let last = cells.first { $0.offset >= end && $0.offset >= start }?.column ?? width
    return first..<max(first, last)
  }

  package func line(in window: Range<Int>, _ ellipsis: String, role: (Int) -> Role) -> Line {
    var shown: [Cell] = []
    for (cell, offset, column) in cells where window.lowerBound <= column && column + cell.width <= window.upperBound {
      shown.append(Cell(cell.text, role(offset), width: cell.width))
    }
    if window.lowerBound > 0, let first = shown.first {
      shown.replaceSubrange(0..<1, with: [Cell(ellipsis, .dim)] + (first.width == 2 ? [Cell(" ")] : []))
    }
    if window.upperBound < width, let last = shown.last {
      shown.removeLast()
      if last.width == 2 { shown.append(Cell(" ")) }
      shown.append(Cell(ellipsis, .dim))
    }
    return Line(cells: shown)
  }
}
