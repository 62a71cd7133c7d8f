/// What each action does.
extension SessionState {
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .up: return step(-1)
    case .down: return step(1)
    case .pageUp: return leap(-1)
    case .pageDown: return leap(1)
    case .first: return isList ? select(0) : scroll(by: -.max / 2)
    case .last: return last()
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
    case .tip:
      page.tips += 1
      return last()
    case .solution: push(Page(.solution))
    case .lessons: return openLessons()
    case .images:
      push(Page(.images))
      return model.images.isEmpty ? [.loadKnowledge] : []
    case .layers:
      push(Page(.layers))
      return [.loadLayers]
    case .reset:
      guard let lesson = model.lesson else { return [] }
      confirmation = Confirmation(text: Label.confirmReset.text(look.language), effect: .resetLesson(lesson.id))
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
    case .lessons:
      guard model.lessons.indices.contains(page.selection) else { return [] }
      let lesson = model.lessons[page.selection]
      push(Page(.lesson))
      return [.startLesson(lesson.id)]
    case .lesson:
      guard let lesson = model.lesson else { return [] }
      push(Page(.investigation))
      return [.investigate(symptom: lesson.symptom)]
    case .images:
      guard model.images.indices.contains(page.selection + 1), let id = model.images[page.selection + 1].first else {
        return []
      }
      push(Page(.article(id)))
      return model.articles.isEmpty ? [.loadKnowledge] : []
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
    let wasTutorial = isInTutorial
    pop()
    return wasTutorial && !isInTutorial ? [.leaveLessons] : []
  }

  /// The list of lessons; it marks the one that is open, else the first that is not solved.
  private mutating func openLessons() -> [Effect] {
    if let index = pages.lastIndex(where: { $0.kind == .lessons }) {
      while pages.count > index + 1 { pop() }
    } else {
      push(Page(.lessons))
    }
    markLesson()
    return []
  }

  /// Marks the lesson that is open, else the first that is not solved.
  public mutating func markLesson() {
    page.selection =
      model.lessons.firstIndex { $0.id == model.lesson?.id } ?? model.lessons.firstIndex { !$0.isSolved } ?? 0
  }

  private mutating func sibling(_ step: Int) -> [Effect] {
    if page.kind == .lesson {
      let count = model.lessons.count
      guard let index = model.lessons.firstIndex(where: { $0.id == model.lesson?.id }) else { return [] }
      return [.startLesson(model.lessons[(index + step + count) % count].id)]
    }
    if page.kind == .knowledge { return leapToGroup(step) }
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

  /// To the first entry of the next group, or of the one before.
  private mutating func leapToGroup(_ step: Int) -> [Effect] {
    let groups = visibleArticles.map(\.group)
    guard groups.indices.contains(page.selection) else { return [] }
    let starts = groups.indices.filter { $0 == 0 || groups[$0] != groups[$0 - 1] }
    let here = starts.lastIndex { $0 <= page.selection } ?? 0
    return select(starts[(here + step + starts.count) % starts.count])
  }

  private mutating func explain() -> [Effect] {
    switch KeyMap.place(of: self) {
    case .picker, .nothing, .lesson: push(Page(.knowledge))
    case .question:
      guard let symptom = model.investigation?.symptom else { return [] }
      push(Page(.article(symptom)))
    default:
      // Where nothing was found, the symptom is all there is to explain.
      guard let id = finding?.cause ?? model.investigation?.symptom else { return [] }
      push(Page(.article(id)))
    }
    return model.articles.isEmpty ? [.loadKnowledge] : []
  }

  private mutating func runProbe() -> [Effect] {
    guard let investigation = model.investigation else { return [] }
    guard let question = investigation.question else { return [.runProbe(question: nil)] }
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
