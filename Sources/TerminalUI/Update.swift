/// What an event changes, and what it asks the world to do. A pure function: nothing happens here.
public func update(_ state: SessionState, _ event: Event) -> (state: SessionState, effects: [Effect]) {
  var state = state
  var effects: [Effect] = []
  switch event {
  case .key(let key): effects = state.press(key)
  case .paste(let text): effects = state.take(pasted: text)
  case .click(let x, let y): effects = state.click(x, y)
  case .wheel(let steps): state.wheel(steps)
  case .resize(let size): state.look.size = size
  case .model(let model): state.replace(model)
  case .message(let message): state.message = message
  }
  return (state, effects)
}

extension SessionState {
  fileprivate mutating func press(_ key: Key) -> [Effect] {
    message = nil
    if let confirmation { return answer(confirmation, key) }
    if page.isSearching, let effects = typeSearch(key) { return effects }
    if page.kind == .paste, page.draft.type(key) { return [] }
    guard let action = KeyMap.action(for: key, in: self) else { return [] }
    if let reason = reason(against: action) {
      message = Message(.note, reason.text(look.language))
      return []
    }
    return perform(action)
  }

  private mutating func answer(_ confirmation: Confirmation, _ key: Key) -> [Effect] {
    switch key {
    case .character("y"), .character("Y"), .enter:
      self.confirmation = nil
      return [confirmation.effect]
    case .character("n"), .character("N"), .escape, .character("q"):
      self.confirmation = nil
      return []
    case .control("c"): return [.quit]
    default: return []
    }
  }

  /// A key of the search; nil for one that does what it always does.
  private mutating func typeSearch(_ key: Key) -> [Effect]? {
    switch key {
    case .character(let character): page.search = (page.search ?? "") + String(character)
    case .backspace: page.search = String((page.search ?? "").dropLast())
    case .escape:
      page.search = nil
      page.isSearching = false
    case .enter:
      page.isSearching = false
      return nil
    default: return nil
    }
    page.selection = 0
    return []
  }

  fileprivate mutating func take(pasted text: String) -> [Effect] {
    message = nil
    let text = text.replacingLineBreaks()
    if page.isSearching {
      page.search = (page.search ?? "") + (text.split(separator: "\n").first ?? "")
      page.selection = 0
      return []
    }
    // A paste anywhere else is an error message that somebody wants explained.
    if page.kind != .paste { push(Page(.paste)) }
    page.draft.insert(text)
    return []
  }

  fileprivate mutating func click(_ x: Int, _ y: Int) -> [Effect] {
    message = nil
    guard let target = canvas.targets.last(where: { $0.rect.contains(x: x, y: y) }), confirmation == nil else {
      return []
    }
    page.isSearching = false
    switch target.meaning {
    case .item(let index):
      page.selection = index
      return reason(against: .choose) == nil ? perform(.choose) : []
    case .action(let action): return reason(against: action) == nil ? perform(action) : []
    }
  }

  fileprivate mutating func wheel(_ steps: Int) {
    if isList { select(page.selection + steps) } else { scroll(by: steps * 3) }
  }

  /// The new model may lack what a page is about.
  fileprivate mutating func replace(_ model: SessionModel) {
    let asked = self.model.investigation?.question?.id
    let hadInvestigation = self.model.investigation?.symptom
    self.model = model
    let isNew = asked != model.investigation?.question?.id || hadInvestigation != model.investigation?.symptom
    dropPages { page in
      switch page.kind {
      case .investigation: model.investigation == nil
      case .diagnosis(let id): model.finding(id) == nil
      case .fix(let id, let index): !(model.finding(id)?.fixes.indices.contains(index) ?? false)
      case .why(let id): id.map { model.finding($0) == nil } ?? (model.investigation?.question == nil)
      case .tree: model.investigation == nil
      default: false
      }
    }
    if isNew, page.kind == .investigation {
      page.selection = 0
      page.scroll = 0
    }
  }

  fileprivate mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .up: return step(-1)
    case .down: return step(1)
    case .pageUp: return leap(-1)
    case .pageDown: return leap(1)
    case .first: return isList ? select(0) : scroll(by: -.max / 2)
    case .last: return isList ? select(.max) : scroll(by: .max / 2)
    case .choose: return choose()
    case .answer(let number): return answer(number)
    case .back: return back()
    case .next: return sibling(1)
    case .previous: return sibling(-1)
    case .search:
      page.isSearching = true
      page.search = page.search ?? ""
    case .paste: push(Page(.paste))
    case .findings: push(Page(.findings))
    case .tree: push(Page(.tree))
    case .help: push(Page(.help))
    case .why: push(Page(.why(finding: isAsking ? nil : finding?.id)))
    case .explain: return explain()
    case .runProbe: return runProbe()
    case .apply: return apply()
    case .undo: return [.undo]
    case .editor: return editorPlace.map { [.openEditor(file: $0.file, line: $0.line)] } ?? []
    case .copy: return copyText.map { [.copy($0)] } ?? []
    case .saveTranscript: return [.saveTranscript]
    case .savePatch:
      guard let finding, let fix else { return [] }
      return [.savePatch(finding: finding.id, fix: fix.fix.id)]
    case .language:
      look.language = look.language.other
      return [.translate(look.language)]
    case .suspend: return [.suspend]
    case .quit: return [.quit]
    case .submit: return submit()
    case .nextField: page.draft.isInExitCode.toggle()
    case .clear: page.draft = Page.Draft()
    }
    return []
  }

  private mutating func choose() -> [Effect] {
    switch KeyMap.place(of: self) {
    case .picker:
      let symptoms = visibleSymptoms
      guard !symptoms.isEmpty else { return [] }
      let symptom = symptoms[min(max(0, page.selection), symptoms.count - 1)]
      push(Page(.investigation))
      return [.investigate(symptom: symptom.id)]
    case .question: return answer(page.selection + 1)
    case .conclusion:
      guard let finding, let fix else { return [] }
      return show(fix: fix.index, of: finding)
    case .findings:
      guard let finding else { return [] }
      push(Page(.diagnosis(finding: finding.id)))
    case .knowledge:
      let articles = visibleArticles
      guard !articles.isEmpty else { return [] }
      push(Page(.article(articles[min(max(0, page.selection), articles.count - 1)].id)))
    default: break
    }
    return []
  }

  private mutating func show(fix index: Int, of finding: FindingView) -> [Effect] {
    let kind = Page.Kind.fix(finding: finding.id, fix: index)
    if case .fix = page.kind { page = Page(kind) } else { push(Page(kind)) }
    guard finding.fixes.indices.contains(index) else { return [] }
    let fix = finding.fixes[index]
    return fix.checks == nil && !fix.files.isEmpty ? [.checkFix(finding: finding.id, fix: fix.id)] : []
  }

  private func answer(_ number: Int) -> [Effect] {
    guard let question = model.investigation?.question, question.answers.indices.contains(number - 1) else { return [] }
    return [.answer(question: question.id, answer: question.answers[number - 1].id)]
  }

  private mutating func back() -> [Effect] {
    if page.search != nil {
      page.search = nil
      page.isSearching = false
      return []
    }
    if page.kind == .investigation, (model.investigation?.answersGiven ?? 0) > 0 { return [.takeBack] }
    pop()
    return []
  }

  private mutating func sibling(_ step: Int) -> [Effect] {
    guard let finding else { return [] }
    if case .fix(_, let index) = page.kind {
      let count = finding.fixes.count
      return show(fix: (index + step + count) % count, of: finding)
    }
    let all = siblings
    guard let index = all.firstIndex(where: { $0.id == finding.id }) else { return [] }
    let kind = Page.Kind.diagnosis(finding: all[(index + step + all.count) % all.count].id)
    if case .diagnosis = page.kind { page = Page(kind) } else { push(Page(kind)) }
    return []
  }

  private mutating func explain() -> [Effect] {
    switch KeyMap.place(of: self) {
    case .picker, .nothing: push(Page(.knowledge))
    case .question:
      guard let symptom = model.investigation?.symptom else { return [] }
      push(Page(.article(symptom)))
    default:
      guard let finding else { return [] }
      push(Page(.article(finding.cause)))
    }
    return model.articles.isEmpty ? [.loadKnowledge] : []
  }

  private mutating func runProbe() -> [Effect] {
    guard let question = model.investigation?.question else { return [] }
    let effect = Effect.runProbe(question: question.id)
    if case .ready(readsOnly: false) = question.probe {
      confirmation = Confirmation(
        text: Label.confirmProbe(question.command.first ?? "").text(look.language), effect: effect)
      return []
    }
    return [effect]
  }

  /// A safe fix is applied at once; one that needs an eye only from its preview, and after one more word.
  private mutating func apply() -> [Effect] {
    guard let finding, let fix else { return [] }
    let effect = Effect.applyFix(finding: finding.id, fix: fix.fix.id)
    if case .fix = page.kind {
      if fix.fix.safety == .safe { return [effect] }
      let files = fix.fix.files.map(\.file).joined(separator: ", ")
      confirmation = Confirmation(text: Label.confirmApply(files).text(look.language), effect: effect)
      return []
    }
    return show(fix: fix.index, of: finding)
  }

  private mutating func submit() -> [Effect] {
    let draft = page.draft
    pop()
    if !pages.contains(where: { $0.kind == .investigation }) { push(Page(.investigation)) }
    while page.kind != .investigation { pop() }
    return [.inspectPasted(text: draft.text, exitCode: Int(draft.exitCode))]
  }
}

// MARK: Moving

extension SessionState {
  /// Whether up and down move a mark; else they move the text.
  var isList: Bool {
    switch KeyMap.place(of: self) {
    case .picker, .question, .findings, .knowledge: true
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
    default: 0
    }
  }

  private mutating func step(_ step: Int) -> [Effect] {
    isList ? select(page.selection + step) : scroll(by: step)
  }

  private mutating func leap(_ direction: Int) -> [Effect] {
    let rows = max(1, look.size.height - 6)
    return isList && KeyMap.place(of: self) != .conclusion
      ? select(page.selection + direction * rows) : scroll(by: direction * rows)
  }

  @discardableResult private mutating func select(_ index: Int) -> [Effect] {
    page.selection = min(max(0, index), max(0, itemCount - 1))
    return []
  }

  /// Moves the text, not beyond its ends: the screen as it is drawn knows them.
  @discardableResult private mutating func scroll(by lines: Int) -> [Effect] {
    let hidden = canvas.hidden
    page.scroll = hidden.above + min(max(-hidden.above, lines), hidden.below)
    return []
  }
}

extension Page.Draft {
  var isEmpty: Bool { text.allSatisfy(\.isWhitespace) && exitCode.isEmpty }

  /// The most that is kept of a paste, in bytes: more than any log that tells something.
  private static let limit = 4_000_000

  mutating func insert(_ more: String) {
    if isInExitCode {
      exitCode += more.filter { ("0"..."9").contains($0) }
      exitCode = String(exitCode.prefix(3))
    } else if text.utf8.count + more.utf8.count <= Self.limit {
      text += more
    }
  }

  /// Whether the key was one that writes.
  mutating func type(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .enter where !isInExitCode: insert("\n")
    case .enter: return false
    case .backspace where isInExitCode: exitCode = String(exitCode.dropLast())
    case .backspace: text = String(text.dropLast())
    case .up, .down: isInExitCode = key == .down
    default: return false
    }
    return true
  }
}

extension String {
  /// With a line feed where a terminal sends a carriage return.
  fileprivate func replacingLineBreaks() -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      if scalar == "\r" {
        result.append("\n")
      } else if !(scalar == "\n" && previous == "\r") {
        result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}
