import StyledText

/// Keys, what they do, where, and what they are called. The one table that dispatch, bottom bar, help and README read.
struct Binding: Sendable {
  /// One action per key; several keys may share one.
  let keys: [(key: Key, action: Action)]
  /// How the keys are written: a name, or a place for a glyph.
  let name: Name
  let label: Label
  let on: Set<KeyMap.Place>
  /// Whether the bottom bar may show it.
  var isInBar = true

  enum Name: Sendable {
    case text(String)
    case upDown, enter
    /// As many digits as the question has answers.
    case digits
  }

  var actions: [Action] { keys.map(\.action) }

  func shown(_ state: SessionState) -> String {
    let glyphs = state.look.glyphs
    switch name {
    case .text(let text): return text
    case .upDown: return glyphs.up + glyphs.down
    case .enter: return glyphs.enter
    case .digits:
      let count = min(9, state.model.investigation?.question?.answers.count ?? 9)
      return count > 1 ? "1-\(count)" : "1"
    }
  }
}

enum KeyMap {
  /// Where a key may mean something of its own.
  enum Place: Hashable, Sendable, CaseIterable {
    case picker, paste, question, conclusion, nothing, fix, tree, findings, why, knowledge, article, help
    case lessons, lesson, solution, images, layers
  }

  struct Hint: Hashable {
    let key: String
    let text: String
    let action: Action?
  }

  static func action(for key: Key, in state: SessionState) -> Action? {
    let place = place(of: state)
    for binding in table where binding.on.contains(place) {
      if let match = binding.keys.first(where: { $0.key == key }) { return match.action }
    }
    return nil
  }

  /// How a key is written that means something on any page; nil for one that never does.
  static func name(of key: Key, in state: SessionState) -> String? {
    if case .character(let character) = key, character.isNumber { return nil }
    return table.first { $0.keys.contains { $0.key == key } }?.shown(state)
  }

  static func place(of state: SessionState) -> Place {
    switch state.page.kind {
    case .picker: return .picker
    case .paste: return .paste
    case .investigation:
      guard let investigation = state.model.investigation else { return .nothing }
      if investigation.question != nil { return .question }
      return investigation.findings.isEmpty ? .nothing : .conclusion
    case .diagnosis: return .conclusion
    case .fix: return .fix
    case .tree: return .tree
    case .findings: return .findings
    case .why: return .why
    case .knowledge: return .knowledge
    case .article: return .article
    case .help: return .help
    case .lessons: return .lessons
    case .images: return .images
    case .layers: return .layers
    case .lesson: return .lesson
    case .solution: return .solution
    }
  }

  /// The bindings of a page: its own, and those that hold on most pages.
  static func rows(for state: SessionState) -> (special: [Binding], general: [Binding]) {
    let place = place(of: state)
    return (pageKeys.filter { $0.on.contains(place) }, commonKeys.filter { $0.on.contains(place) })
  }

  /// The keys that fit into the bottom bar: the most useful first, then an ellipsis if some are left out, and always the way
  /// back, the help and the way out.
  static func bar(_ state: SessionState, width: Int) -> [Hint] {
    let place = place(of: state)
    let usable = table.filter { binding in
      binding.on.contains(place) && binding.isInBar && !binding.actions.allSatisfy { state.reason(against: $0) != nil }
    }
    func hint(_ binding: Binding) -> Hint {
      let only = Set(binding.actions).count == 1 ? binding.actions.first : nil
      return Hint(key: binding.shown(state), text: binding.label.text(state.look.language), action: only)
    }
    func columns(_ hint: Hint) -> Int { Line(hint.key + " " + hint.text).width + 2 }
    let endings: Set<Action> = [.back, .help, .quit]
    let end = usable.filter { !endings.isDisjoint(with: $0.actions) }.map(hint)
    let others = usable.filter { endings.isDisjoint(with: $0.actions) }.map(hint)
    let room = width - end.reduce(0) { $0 + columns($1) } + 2
    if others.reduce(0, { $0 + columns($1) }) <= room { return others + end }
    var kept: [Hint] = []
    var used = 3
    for hint in others {
      if used + columns(hint) > room { break }
      used += columns(hint)
      kept.append(hint)
    }
    return kept + [Hint(key: state.look.glyphs.ellipsis, text: "", action: .help)] + end
  }

  /// The table of keys for the README: each key once, with all that it does.
  static func markdown(_ language: Language, state: SessionState) -> String {
    var keys: [String] = []
    var labels: [String: [String]] = [:]
    for binding in table {
      let key = binding.shown(state)
      let label = binding.label.text(language)
      if labels[key] == nil { keys.append(key) }
      if labels[key]?.contains(label) != true { labels[key, default: []].append(label) }
    }
    let rows = keys.map { "| `\($0)` | \((labels[$0] ?? []).joined(separator: "; ")) |\n" }
    return "| key | |\n|---|---|\n" + rows.joined()
  }
}
