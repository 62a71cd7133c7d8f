/// What an event changes, and what it asks the world to do. A pure function: nothing happens here.
public func update(_ state: SessionState, _ event: Event) -> (state: SessionState, effects: [Effect]) {
  let before = state
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
  if let finding = state.findingToMend, !effects.contains(.quit) { effects.append(.planFixes(finding: finding.id)) }
  if state.model.lesson != nil, state.isInTutorial, let sight = state.sight, sight != before.sight {
    effects.append(.saw(sight))
  }
  return (state, effects)
}

extension SessionState {
  fileprivate mutating func press(_ key: Key) -> [Effect] {
    message = nil
    if let confirmation { return answer(confirmation, key) }
    if page.isSearching, let effects = typeSearch(key) { return effects }
    if page.kind == .paste, page.draft.type(key) { return [] }
    guard let action = KeyMap.action(for: key, in: self) else {
      message = KeyMap.name(of: key, in: self).map { Message(.note, Label.keyOfOtherPages($0).text(look.language)) }
      return []
    }
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

  /// What the judge says stands at the top of the lesson's page; when all is done, that page comes up by itself.
  private mutating func showJudgement(isSolved: Bool) {
    if isSolved, pages.contains(where: { $0.kind == .lesson }) { while page.kind != .lesson { pop() } }
    if page.kind == .lesson { page.scroll = 0 }
  }

  /// The new model may lack what a page is about.
  fileprivate mutating func replace(_ model: SessionModel) {
    let asked = self.model.investigation?.question?.id
    let lesson = self.model.lesson?.id
    let judged = self.model.lesson.map(\.judgement)
    let wasSolved = self.model.lesson?.isSolved ?? true
    let hadInvestigation = self.model.investigation?.symptom
    self.model = model
    if lesson != model.lesson?.id {
      if page.kind == .lesson { page = Page(.lesson) }
    } else if let now = model.lesson, judged != now.judgement {
      showJudgement(isSolved: now.isSolved && !wasSolved)
    }
    let isNew = asked != model.investigation?.question?.id || hadInvestigation != model.investigation?.symptom
    dropPages { page in
      switch page.kind {
      case .investigation: model.investigation == nil
      case .diagnosis(let id): model.finding(id) == nil
      case .fix(let id, let index): !(model.finding(id)?.fixes.indices.contains(index) ?? false)
      case .why(let id): id.map { model.finding($0) == nil } ?? (model.investigation == nil)
      case .tree: model.investigation == nil
      default: false
      }
    }
    if isNew, page.kind == .investigation {
      page.selection = 0
      page.scroll = 0
    }
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
