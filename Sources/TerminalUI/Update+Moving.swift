/// Moving the mark of a list, or the text of a page.
extension SessionState {
  /// Whether up and down move a mark; else they move the text.
  var isList: Bool {
    switch KeyMap.place(of: self) {
    case .picker, .question, .findings, .knowledge, .lessons, .images: true
    case .conclusion: (finding?.fixes.count ?? 0) > 1
    default: false
    }
  }

  private var itemCount: Int {
    switch KeyMap.place(of: self) {
    case .picker: visibleSymptoms.count
    case .question: model.investigation?.question?.answers.count ?? 0
    case .findings: visibleFindings.count
    case .knowledge: visibleArticles.count
    case .conclusion: finding?.fixes.count ?? 0
    case .lessons: model.lessons.count
    case .images: max(0, model.images.count - 1)
    default: 0
    }
  }

  mutating func step(_ step: Int) -> [Effect] {
    isList ? select(page.selection + step) : scroll(by: step)
  }

  mutating func leap(_ direction: Int) -> [Effect] {
    let rows = max(1, look.size.height - 6)
    if isList, KeyMap.place(of: self) != .conclusion { return select(page.selection + direction * rows) }
    // A line of the last screen stays, so that nothing is passed over.
    return scroll(by: direction * max(1, canvas.hidden.shown - 1))
  }

  mutating func last() -> [Effect] { isList ? select(.max) : scroll(by: .max / 2) }

  @discardableResult mutating func select(_ index: Int) -> [Effect] {
    page.selection = min(max(0, index), max(0, itemCount - 1))
    return []
  }

  /// Moves the text, not beyond its ends: the screen as it is drawn knows them.
  @discardableResult mutating func scroll(by lines: Int) -> [Effect] {
    let hidden = canvas.hidden
    page.scroll = hidden.above + min(max(-hidden.above, lines), hidden.below)
    return []
  }
}
