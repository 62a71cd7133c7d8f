import StyledText

/// A box for an error message, a log or a whole transcript, and the exit code.
extension Painter {
  mutating func pasteBox() {
    let draft = page.draft
    let width = look.size.width - 2
    let isRoomy = body.height >= 14
    var pane = inner(body)
    let intro = WordWrap.wrap(label(.pasteIntro), width: width)
    if isRoomy {
      put([Line()] + intro, in: pane)
      pane = pane.inset(top: intro.count + 2)
    }
    let (box, below) = pane.split(bottom: isRoomy ? 3 : 1)
    textArea(draft, in: box)
    exitCodeField(draft, in: isRoomy ? below.inset(top: 1) : below)
  }

  private mutating func textArea(_ draft: Page.Draft, in box: Rect) {
    let count = draft.text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
    let title = draft.text.isEmpty ? line(.pasteHere, .dim) : line(.lineCount(count), .dim)
    rule(box.y, x: box.x, width: box.width, title: title)
    let area = box.inset(top: 1)
    // The end is what was written last, and what matters most in a log.
    let shown = lastLines(draft.text, max(1, area.height))
    for (row, text) in shown.enumerated() where row < area.height {
      let isLast = row == shown.count - 1
      canvas.put(Line(glyphs.vertical + " ", draft.isInExitCode ? .border : .accent), x: area.x, y: area.y + row)
      let room = area.width - 3
      let visible = isLast && text.width > room ? tail(text, room) : text
      canvas.put(visible, x: area.x + 2, y: area.y + row, width: room)
      if isLast, !draft.isInExitCode {
        cursor(x: area.x + 2 + min(visible.width, room), y: area.y + row)
      }
    }
    for row in shown.count..<max(shown.count, area.height) {
      canvas.put(Line(glyphs.vertical, draft.isInExitCode ? .border : .accent), x: area.x, y: area.y + row)
    }
    canvas.hidden = Canvas.Hidden(above: count - shown.count, below: 0)
  }

  /// The last lines of a text that may be long: what stands before them is not looked at.
  private func lastLines(_ text: String, _ count: Int) -> [Line] {
    var lines: [Line] = []
    var rest = text.utf8[...]
    while lines.count < count {
      let start = rest.lastIndex(of: UInt8(ascii: "\n")).map { rest.index(after: $0) }
      lines.append(Line(String(Substring(rest[(start ?? rest.startIndex)...]).suffix(2000))))
      guard let start else { break }
      rest = rest[..<rest.index(before: start)]
    }
    return lines.reversed()
  }

  /// The last columns of a line that is longer than its field.
  private func tail(_ line: Line, _ width: Int) -> Line {
    var kept: [Cell] = []
    var used = 1
    for cell in line.cells.reversed() {
      if used + cell.width > width { break }
      kept.append(cell)
      used += cell.width
    }
    return Line(glyphs.ellipsis, .dim) + Line(cells: kept.reversed())
  }

  private mutating func exitCodeField(_ draft: Page.Draft, in pane: Rect) {
    let name = line(.exitCode, draft.isInExitCode ? .title : .dim) + "  "
    canvas.put(name, x: pane.x, y: pane.y)
    let value = Line(draft.exitCode, .accent)
    canvas.put(value, x: pane.x + name.width, y: pane.y)
    if draft.isInExitCode { cursor(x: pane.x + name.width + value.width, y: pane.y) }
    let hint = line(.exitCodeHint, .dim)
    let x = pane.x + name.width + 5
    if x + hint.width <= pane.right { canvas.put(hint, x: x, y: pane.y) }
  }

  private mutating func cursor(x: Int, y: Int) {
    canvas.put(Line(glyphs.cursor, .accent), x: x, y: y)
    canvas.cursor = Canvas.Place(x: x, y: y)
  }
}
