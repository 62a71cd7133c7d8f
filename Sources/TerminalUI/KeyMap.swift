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
    }
  }

  /// The bindings of a page: its own, and those that hold on most pages.
  static func rows(for state: SessionState) -> (special: [Binding], general: [Binding]) {
    let place = place(of: state)
    let here = table.filter { $0.on.contains(place) }
    return (here.filter { $0.on.count <= 6 }, here.filter { $0.on.count > 6 })
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

  /// The table of keys for the README.
  static func markdown(_ language: Language, state: SessionState) -> String {
    var text = ""
    var seen: Set<String> = []
    for binding in table {
      let row = "| `\(binding.shown(state))` | \(binding.label.text(language)) |\n"
      if seen.insert(row).inserted { text += row }
    }
    return text
  }

  private static let everywhere = Set(Place.allCases)
  private static let withoutTyping = everywhere.subtracting([.paste])

  private static func keys(_ keys: [Key], _ action: Action) -> [(key: Key, action: Action)] {
    keys.map { ($0, action) }
  }

  private static let upDown = keys([.up, .character("k")], .up) + keys([.down, .character("j")], .down)

  static let table: [Binding] = [
    Binding(
      keys: (1...9).map { (.character(Character("\($0)")), .answer($0)) }, name: .digits, label: .keyAnswer,
      on: [.question]),
    Binding(keys: upDown, name: .upDown, label: .keyMove, on: [.picker, .findings, .knowledge]),
    Binding(
      keys: keys([.enter, .right, .character("l")], .choose), name: .enter, label: .keyChoose, on: [.picker]),
    Binding(
      keys: keys([.enter, .right, .character("l")], .choose), name: .enter, label: .keyChoose, on: [.question],
      isInBar: false),
    Binding(
      keys: keys([.enter, .right, .character("l")], .choose), name: .enter, label: .keyOpen,
      on: [.findings, .knowledge]),
    Binding(
      keys: keys([.enter, .right, .character("l")], .choose), name: .enter, label: .keyPreview, on: [.conclusion]),
    Binding(keys: keys([.character("a")], .apply), name: .text("a"), label: .keyApply, on: [.fix]),
    Binding(
      keys: keys([.character("a")], .apply), name: .text("a"), label: .keyApply, on: [.conclusion], isInBar: false),
    Binding(keys: keys([.character("r")], .runProbe), name: .text("r"), label: .keyRun, on: [.question]),
    Binding(
      keys: keys([.character("/")], .search), name: .text("/"), label: .keySearch, on: [.picker, .findings, .knowledge]),
    Binding(
      keys: keys([.character("p")], .paste), name: .text("p"), label: .keyPaste, on: [.picker, .question, .nothing]),
    Binding(
      keys: keys([.character("n"), .tab], .next), name: .text("n"), label: .keyNextFinding, on: [.conclusion]),
    Binding(
      keys: keys([.character("N"), .backTab], .previous), name: .text("N"), label: .keyPreviousFinding,
      on: [.conclusion], isInBar: false),
    Binding(keys: keys([.character("n"), .tab], .next), name: .text("n"), label: .keyNextFix, on: [.fix]),
    Binding(
      keys: keys([.character("N"), .backTab], .previous), name: .text("N"), label: .keyPreviousFix, on: [.fix],
      isInBar: false),
    Binding(
      keys: keys([.character("w")], .why), name: .text("w"), label: .keyWhy, on: [.conclusion, .findings, .fix]),
    Binding(keys: keys([.character("w")], .why), name: .text("w"), label: .keyWhyQuestion, on: [.question]),
    Binding(
      keys: keys([.character("t")], .tree), name: .text("t"), label: .keyTree, on: [.question, .conclusion, .nothing]),
    Binding(
      keys: keys([.character("f")], .findings), name: .text("f"), label: .keyFindings,
      on: [.picker, .question, .conclusion, .nothing]),
    Binding(
      keys: keys([.character("x")], .explain), name: .text("x"), label: .keyExplain,
      on: [.question, .conclusion, .findings, .fix, .why]),
    Binding(keys: keys([.character("x")], .explain), name: .text("x"), label: .keyKnowledge, on: [.picker, .nothing]),
    Binding(keys: keys([.character("p")], .paste), name: .text("p"), label: .keyPaste, on: [.conclusion]),
    Binding(
      keys: keys([.character("P")], .savePatch), name: .text("P"), label: .keySavePatch, on: [.fix, .conclusion]),
    Binding(
      keys: keys([.character("e")], .editor), name: .text("e"), label: .keyEditor,
      on: [.fix, .conclusion, .findings, .why]),
    Binding(
      keys: keys([.character("y")], .copy), name: .text("y"), label: .keyCopy,
      on: [.question, .fix, .conclusion, .article]),
    Binding(keys: upDown, name: .upDown, label: .keyMove, on: [.question, .conclusion]),
    Binding(keys: upDown, name: .upDown, label: .keyScroll, on: [.fix, .tree, .why, .article, .help, .nothing]),
    Binding(keys: keys([.control("d"), .enter], .submit), name: .text("^D"), label: .keySubmit, on: [.paste]),
    Binding(keys: keys([.tab, .backTab], .nextField), name: .text("tab"), label: .keyField, on: [.paste]),
    Binding(keys: keys([.control("u")], .clear), name: .text("^U"), label: .keyClear, on: [.paste]),
    Binding(
      keys: keys([.pageUp], .pageUp) + keys([.pageDown, .character(" ")], .pageDown), name: .text("PgUp PgDn"),
      label: .keyPage, on: withoutTyping, isInBar: false),
    Binding(
      keys: keys([.home, .character("g")], .first) + keys([.end, .character("G")], .last), name: .text("Home End"),
      label: .keyEnds, on: withoutTyping, isInBar: false),
    Binding(keys: keys([.character("u")], .undo), name: .text("u"), label: .keyUndo, on: withoutTyping),
    Binding(
      keys: keys([.character("s")], .saveTranscript), name: .text("s"), label: .keySave,
      on: withoutTyping.subtracting([.help])),
    Binding(
      keys: keys([.character("L")], .language), name: .text("L"), label: .keyLanguage, on: withoutTyping, isInBar: false
    ),
    Binding(
      keys: keys([.control("z")], .suspend), name: .text("^Z"), label: .keySuspend, on: everywhere, isInBar: false),
    Binding(
      keys: keys([.escape, .left, .character("h"), .backspace], .back), name: .text("esc"), label: .keyBack,
      on: withoutTyping.subtracting([.picker])),
    Binding(keys: keys([.escape], .back), name: .text("esc"), label: .keyBack, on: [.paste]),
    Binding(
      keys: keys([.character("?")], .help), name: .text("?"), label: .keyHelp, on: withoutTyping.subtracting([.help])),
    Binding(
      keys: keys([.character("q"), .control("c")], .quit), name: .text("q"), label: .keyQuit, on: withoutTyping),
    Binding(keys: keys([.control("c")], .quit), name: .text("^C"), label: .keyQuit, on: [.paste]),
  ]
}
