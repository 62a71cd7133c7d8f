import StyledText

/// An item of a list: lines that belong together, and a heading above them that cannot be marked.
struct ListItem {
  var heading: [Line] = []
  var lines: [Line]

  init(_ lines: [Line]) { self.lines = lines }

  var height: Int { heading.count + lines.count }
}

/// Draws one page. Each screen is an extension of it in a file of its own; here is what they share.
struct Painter {
  let state: SessionState
  var canvas: Canvas
  /// Where borders of panes reach the rule below the body.
  private(set) var dividers: [Int] = []

  var model: SessionModel { state.model }
  var page: Page { state.page }
  var look: Look { state.look }
  var glyphs: Glyphs { state.look.glyphs }

  init(_ state: SessionState) {
    self.state = state
    canvas = Canvas(state.look.size, state.look.glyphs)
  }

  /// A label of the interface in the person's language.
  func label(_ label: Label) -> String {
    let text = label.text(look.language)
    guard glyphs == .ascii else { return text }
    if label == .otherLanguage || label == .keyLanguage { return look.language.other.rawValue }
    return String(text.flatMap { Glyphs.asciiSigns[$0] ?? String($0) })
  }

  func line(_ label: Label, _ role: Role = .text) -> Line { Line(self.label(label), role) }

  // MARK: Borders

  /// A horizontal line, with a title on it if there is one.
  mutating func rule(_ y: Int, x: Int = 0, width: Int, title: Line? = nil) {
    canvas.put(.repeated(glyphs.horizontal, width, .border), x: x, y: y)
    guard let title, width > 8 else { return }
    canvas.put(Line(" ") + title.cut(to: width - 6, glyphs.ellipsis) + " ", x: x + 2, y: y)
  }

  /// A vertical line through a body, joined to the rules above and below it.
  mutating func divide(_ body: Rect, at x: Int) {
    for y in body.y..<body.bottom { canvas.put(Line(glyphs.vertical, .border), x: x, y: y) }
    canvas.put(Line(glyphs.teeDown, .border), x: x, y: body.y - 1)
    canvas.put(Line(glyphs.teeUp, .border), x: x, y: body.bottom)
    if body.bottom == self.body.bottom { dividers.append(x) }
  }

  // MARK: Text

  /// The page's own text, from the line it is scrolled to.
  mutating func scroll(_ lines: [Line], in rect: Rect) {
    guard !rect.isEmpty else { return }
    let first = min(max(0, page.scroll), max(0, lines.count - rect.height))
    for (row, line) in lines.dropFirst(first).prefix(rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + row, width: rect.width)
    }
    canvas.hidden = Canvas.Hidden(
      above: first, below: max(0, lines.count - rect.height - first), shown: min(lines.count, rect.height))
  }

  /// Text that does not scroll; the last line tells how much is left out.
  mutating func put(_ lines: [Line], in rect: Rect) {
    guard !rect.isEmpty else { return }
    let fits = lines.count <= rect.height
    for (row, line) in lines.prefix(fits ? rect.height : rect.height - 1).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + row, width: rect.width)
    }
    if !fits {
      let rest = lines.dropFirst(rect.height - 1).count { !$0.isEmpty }
      canvas.put(line(.moreLines(rest), .dim), x: rect.x, y: rect.bottom - 1, width: rect.width)
    }
  }

  // MARK: Lists

  /// Items below each other, scrolled so that the marked one is whole on the screen.
  mutating func list(_ items: [ListItem], selection: Int, in rect: Rect) {
    guard !rect.isEmpty, !items.isEmpty else { return }
    let selection = min(max(0, selection), items.count - 1)
    let first = firstVisible(items.map(\.height), selection: selection, height: rect.height)
    var y = rect.y
    var shown = first
    while shown < items.count, y < rect.bottom {
      let item = items[shown]
      // Headings above the first item that is shown have no meaning without room for the item itself.
      for heading in item.heading.suffix(max(0, rect.height - item.lines.count)) where y < rect.bottom {
        if y == rect.y, heading.isEmpty { continue }
        canvas.put(heading, x: rect.x, y: y, width: rect.width)
        y += 1
      }
      let top = y
      for line in item.lines where y < rect.bottom {
        let isMarked = shown == selection
        if isMarked { canvas.put(Line(glyphs.selection, .selected), x: rect.x, y: y) }
        canvas.put(isMarked ? line.emphasised(.selected) : line, x: rect.x + 2, y: y, width: rect.width - 2)
        y += 1
      }
      if top == y { break }
      let area = Rect(x: rect.x, y: top, width: rect.width, height: y - top)
      canvas.targets.append(Canvas.Target(rect: area, meaning: .item(shown)))
      shown += 1
    }
    canvas.hidden = Canvas.Hidden(above: first, below: items.count - shown)
  }

  /// The first item such that all from there to the marked one fit.
  private func firstVisible(_ heights: [Int], selection: Int, height: Int) -> Int {
    var used = heights[selection]
    var first = selection
    while first > 0, used + heights[first - 1] <= height {
      first -= 1
      used += heights[first]
    }
    return first
  }

  /// Two parts of a row: one at its left, cut where it must be, one at its right.
  func row(_ left: Line, _ right: Line, width: Int) -> Line {
    guard right.width > 0 else { return left.cut(to: width, glyphs.ellipsis) }
    let room = width - right.width - 1
    guard room > 4 else { return left.cut(to: width, glyphs.ellipsis) }
    return left.cut(to: room, glyphs.ellipsis).padded(to: width - right.width) + right
  }

  // MARK: Signs

  func sign(_ claim: Claim) -> Line {
    switch claim {
    case .proven: Line(glyphs.proven, .proven)
    case .likely: Line(glyphs.likely, .likely)
    case .possible: Line(glyphs.possible, .possible)
    }
  }

  func word(_ claim: Claim) -> Line {
    switch claim {
    case .proven: line(.proven, .proven)
    case .likely: line(.likely, .likely)
    case .possible: line(.possible, .possible)
    }
  }

  func sign(_ mark: EvidenceItem.Mark) -> Line {
    switch mark {
    case .yes: Line(glyphs.yes, .good)
    case .no: Line(glyphs.no, .bad)
    case .unknown: Line(glyphs.unknown, .dim)
    case .note: Line(glyphs.warning, .warning)
    }
  }

  /// A sign and a text that goes on below itself, with the place it comes from.
  func item(_ item: EvidenceItem, width: Int) -> [Line] {
    let text = Prose.styled(item.text)
    var lines = WordWrap.wrap(sign(item.mark) + " " + text, width: width, indent: 2)
    guard let place = item.place else { return lines }
    let last = lines[lines.count - 1]
    let tail = Line("  " + place, .dim)
    if lines.count == 1, last.width + tail.width <= width {
      lines[0] = last + tail
    } else {
      lines += WordWrap.wrap(Line("    " + place, .dim), width: width, indent: 4)
    }
    return lines
  }
}
