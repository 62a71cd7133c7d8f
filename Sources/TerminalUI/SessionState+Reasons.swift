extension SessionState {
  /// Why a key that the page knows does nothing now; nil when it does something.
  func reason(against action: Action) -> Label? {
    if findingToMend != nil, [.choose, .apply, .savePatch].contains(action) { return nil }
    switch action {
    case .apply:
      guard let fix = fix?.fix else { return .noFix }
      if fix.isApplied { return .fixIsApplied }
      return fix.safety == .manual || fix.files.isEmpty ? .fixIsManual : nil
    case .savePatch: return fix.map { $0.fix.files.isEmpty } ?? true ? .noFix : nil
    case .back: return pages.count == 1 && page.search == nil ? .firstPage : nil
    case .undo: return model.undo == nil ? .nothingToUndo : nil
    case .runProbe: return reasonAgainstProbe
    case .editor: return editorPlace == nil ? .noPlace : nil
    case .copy: return copyText == nil ? .nothingToCopy : nil
    case .choose where page.kind == .lesson: return model.lesson == nil ? .noLesson : nil
    case .findings: return model.findings.isEmpty ? .noFindings : nil
    case .tree: return model.investigation?.tree == nil ? .noTree : nil
    case .submit: return page.draft.isEmpty ? .nothingPasted : nil
    case .next, .previous: return siblingCount < 2 ? .noOther : nil
    case .tip: return page.tips < (model.lesson?.tips.count ?? 0) ? nil : .noMoreTips
    case .lessons: return model.lessons.isEmpty ? .noLessons : nil
    case .explain where page.kind == .lesson: return model.lesson == nil ? .noLesson : nil
    case .solution, .reset: return model.lesson == nil ? .noLesson : nil
    case .choose: return KeyMap.place(of: self) == .conclusion && (finding?.fixes.isEmpty ?? true) ? .noFix : nil
    default: return nil
    }
  }

  private var reasonAgainstProbe: Label? {
    switch model.investigation.map({ $0.question?.probe ?? $0.probe }) {
    case nil, .some(.none): .noProbe
    case .unavailable(let reason): .verbatim(reason)
    case .running: .probeRuns
    case .ready, .inconclusive: nil
    }
  }

  /// How many pages like this one `n` goes through.
  private var siblingCount: Int {
    if case .fix = page.kind { return finding?.fixes.count ?? 0 }
    if page.kind == .lesson { return model.lessons.count }
    if page.kind == .knowledge { return Set(visibleArticles.map(\.group)).count }
    return siblings.count
  }

  /// The findings of the list that the finding on the page belongs to.
  var siblings: [FindingView] {
    guard let finding else { return [] }
    if let findings = model.investigation?.findings, findings.contains(where: { $0.id == finding.id }) {
      return findings
    }
    return model.findings
  }

  var editorPlace: (file: String, line: Int)? {
    if let fix = fix?.fix, case .fix = page.kind, let file = fix.files.first {
      return (file.file, file.lines.first { $0.kind != .context }.flatMap { $0.new ?? $0.old } ?? 1)
    }
    if page.kind == .lesson || page.kind == .layers || page.kind == .solution { return model.lesson?.place }
    return finding?.place
  }

  /// What `y` copies: the command of a question, a fix as a patch, a finding in a line, the text of an article.
  var copyText: String? {
    switch page.kind {
    case .investigation where isAsking:
      let command = model.investigation?.question?.command ?? []
      return command.isEmpty ? nil : command.joined(separator: "\n")
    case .fix: return fix.flatMap { $0.fix.patch.isEmpty ? nil : $0.fix.patch }
    case .article(let id): return model.articles.first { $0.id == id }?.text
    default:
      guard let finding else { return nil }
      let place = finding.place.map { "\($0.file):\($0.line): " } ?? ""
      return "\(place)\(finding.title) [\(finding.cause)]"
    }
  }
}

extension SessionState {
  var visibleSymptoms: [SymptomView] {
    model.symptoms.filter { matches([$0.title, $0.hint, $0.id, $0.description]) }
  }

  var visibleFindings: [FindingView] {
    model.findings.filter { matches([$0.title, $0.cause, $0.service ?? "", $0.place?.file ?? ""]) }
  }

  var visibleArticles: [ArticleView] {
    model.articles.filter { matches([$0.title, $0.id, $0.group]) }
  }

  private func matches(_ texts: [String]) -> Bool {
    guard let search = page.search?.lowercased(), !search.isEmpty else { return true }
    return texts.contains { $0.lowercased().contains(search) }
  }
}
