import StyledText

/// The changed lines of a file with their numbers. The sign tells what happened to a line, not its colour alone.
struct DiffPicture {
  let glyphs: Glyphs
  /// Columns in all.
  let width: Int
  /// Whether a changed line that is too long is cut down to its change, else it goes on below. Lines around it are always cut.
  let cuts: Bool

  func lines(_ diff: DiffView) -> [Line] {
    let digits = max(3, diff.lines.map { max("\($0.old ?? 0)".count, "\($0.new ?? 0)".count) }.max() ?? 0)
    return diff.lines.indices.flatMap { index -> [Line] in
      let line = diff.lines[index]
      if line.kind == .gap { return [Line(glyphs.ellipsis, .dim).aligned(right: digits)] }
      let gutter = gutter(line, digits)
      let room = max(1, width - gutter.width)
      let text = Line(String(line.text.prefix(4000)), role(line.kind))
      if line.kind == .context { return [gutter + text.cut(to: room, glyphs.ellipsis)] }
      if cuts { return [gutter + window(text, around: firstDifference(diff.lines, index), room: room)] }
      return WordWrap.hard(text, width: room).enumerated().map { $0 == 0 ? gutter + $1 : .spaces(gutter.width) + $1 }
    }
  }

  private func gutter(_ line: DiffLine, _ digits: Int) -> Line {
    func number(_ value: Int?) -> Line { Line(value.map { "\($0)" } ?? "", .dim).aligned(right: digits) }
    let sign =
      switch line.kind {
      case .added: glyphs.add
      case .removed: glyphs.remove
      case .context, .gap: " "
      }
    let numbers = width < 60 ? number(line.new ?? line.old) : number(line.old) + "  " + number(line.new)
    return numbers + " " + Line(sign + " ", role(line.kind))
  }

  private func role(_ kind: DiffLine.Kind) -> Role {
    switch kind {
    case .added: .add
    case .removed: .remove
    case .context, .gap: .text
    }
  }

  /// The column where a changed line begins to differ from the one it replaces, or that replaces it; 0 where there is none.
  private func firstDifference(_ lines: [DiffLine], _ index: Int) -> Int {
    let other: Int
    switch lines[index].kind {
    case .removed:
      guard let end = lines[index...].firstIndex(where: { $0.kind != .removed }), lines[end].kind == .added else {
        return 0
      }
      let start = (lines[..<index].lastIndex { $0.kind != .removed } ?? -1) + 1
      other = end + index - start
    case .added:
      let start = (lines[..<index].lastIndex { $0.kind != .added } ?? -1) + 1
      guard start > 0, lines[start - 1].kind == .removed else { return 0 }
      let first = (lines[..<start].lastIndex { $0.kind != .removed } ?? -1) + 1
      other = first + index - start
    case .context, .gap: return 0
    }
    guard lines.indices.contains(other), lines[other].kind != lines[index].kind, lines[other].kind != .context else {
      return 0
    }
    let pairs = zip(Line(lines[index].text).cells, Line(lines[other].text).cells)
    return pairs.prefix { $0 == $1 }.reduce(0) { $0 + $1.0.width }
  }

  /// The part of a line that shows the column, with an ellipsis where something is left out.
  private func window(_ line: Line, around column: Int, room: Int) -> Line {
    guard line.width > room, column > room * 2 / 3 else { return line.cut(to: room, glyphs.ellipsis) }
    let start = min(column - room / 5, line.width - room + 1)
    var skipped = 0
    let rest = line.cells.drop { cell in
      defer { skipped += cell.width }
      return skipped < start
    }
    return (Line(glyphs.ellipsis, .dim) + Line(cells: rest)).cut(to: room, glyphs.ellipsis)
  }
}
