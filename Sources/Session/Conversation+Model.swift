import Diagnosis
import Inspection
import Knowledge
import Reports
import TerminalUI

extension Conversation {
  /// All that the screens show, in the person's language.
  public mutating func view() -> SessionModel {
    var model = SessionModel(project: ProjectView(path: project.name, summary: summary, engine: engineState))
    model.notice = notice
    model.symptoms = examination.findings.map { symptomView($0.symptom, $0.findings) }
    model.lessons = lessonItems
    if let lesson, let id = lesson.given.symptom {
      model.findings = examination.findings(of: id)?.diagnoses.map { findingView($0, symptom: id) } ?? []
      model.lesson = lessonView(model.findings)
      if showsLayers { model.layers = layerLines }
    } else {
      model.findings = examination.all.map { findingView($0.diagnosis, symptom: $0.symptom) }
    }
    if lesson == nil, showsLayers {
      layers = layers ?? layerLines
      model.layers = layers ?? []
    }
    if let symptom = symptom.flatMap(knowledge.symptom) { model.investigation = investigationView(symptom) }
    if showsKnowledge {
      model.articles = articles
      model.images = ImageTable(knowledge.images, language: language).rows
    }
    if let record = project.writer?.undoable.first {
      let files = record.changes.map { Path.name($0.path) }.joined(separator: ", ")
      model.undo = "\(record.title[language]) (\(files))"
    }
    return model
  }

  /// What stands on the screen while the files are looked at for the first time.
  public static func opening(knowledge: KnowledgeBase, project: Project, language: Knowledge.Language) -> SessionModel {
    let summary = Saying.looksAtFiles(0).text(language)
    var model = SessionModel(project: ProjectView(path: project.name, summary: summary))
    model.notice = project.notice?[language]
    model.symptoms = knowledge.symptoms.map { symptom in
      let summary = symptom.summary[language]
      var view = SymptomView(
        id: symptom.id, title: symptom.title[language], hint: summary.asHint, description: summary,
        known: knowledge.causes(of: symptom.id).count)
      view.isWeighed = false
      return view
    }
    return model
  }

  /// "3 services · 2 Dockerfiles"
  var summary: String {
    let facts = examination.inspection.facts
    let dockerfiles = Set(facts.rows("build").compactMap { facts.cell($0, "dockerfile").value }.filter { !$0.isEmpty })
    return say(.summary(services: examination.inspection.services.count, dockerfiles: dockerfiles.count))
  }

  /// What is special about the project, then what could not be read of it.
  private var notice: String? {
    let problems = examination.inspection.problems
    let unread = problems.first.map { problem in
      let place = problem.file.map { file -> String in
        let line = problem.range.flatMap { range in
          examination.inspection.files[file].map { $0.lineMap.position(of: range.start).line }
        }
        return line.map { "\(file):\($0): " } ?? "\(file): "
      }
      return say(.unread((place ?? "") + problem.message, problems.count - 1))
    }
    let texts = [project.notice?[language], unread].compactMap { $0 }
    return texts.isEmpty ? nil : texts.joined(separator: " ")
  }

  // MARK: Symptoms

  private func symptomView(_ symptom: Symptom, _ findings: Findings) -> SymptomView {
    let summary = symptom.summary[language]
    var view = SymptomView(
      id: symptom.id, title: symptom.title[language], hint: summary.asHint,
      description: summary, known: knowledge.causes(of: symptom.id).count)
    // Each cause once, however many services it holds for.
    var seen: Set<String> = []
    let diagnoses = findings.diagnoses.filter { seen.insert($0.cause.id).inserted }
    view.fitting = diagnoses.count
    view.best = findings.diagnoses.map(\.confidence).max().map(Claim.init)
    view.causes = diagnoses.map { candidate($0) }
    if examination.inspection.log.symptom == symptom.id {
      view.suggestion = say(examination.inspection.log.lines.isEmpty ? .exitCodeShowsIt : .logShowsIt)
    }
    return view
  }

  func candidate(_ diagnosis: Diagnosis) -> CandidateView {
    var reader = EvidenceReader(inspection: examination.inspection, language: language)
    let primary = reader.read(diagnosis.evidence, of: diagnosis).first
    return CandidateView(
      id: diagnosis.cause.id, title: diagnosis.text(diagnosis.cause.title, language),
      claim: Claim(diagnosis.confidence),
      note: primary?.placeText ?? "")
  }

  // MARK: The investigation

  private mutating func investigationView(_ symptom: Symptom) -> InvestigationView? {
    guard let findings = examination.findings(of: symptom.id) else { return nil }
    if let asked = walkQuestion(findings) { return walkView(symptom, findings, asked) }
    let standings = examination.standings(of: symptom.id)
    var view = InvestigationView(symptom: symptom.id, title: symptom.title[language], known: standings.count)
    let open = standings.filter(\.isOpen)
    let asking = Asking(symptom: symptom, findings: findings, candidates: Set(open.map(\.cause.id)))
    // After a fix only what speaks for itself is worth naming.
    view.candidates = candidates(findings, applied == nil ? open : [])
    view.rejected = rejected(standings)
    // From the end of a lesson's tree the way leads back to the lesson.
    view.answersGiven = lesson == nil ? answersHere.count : 0
    // What is proven needs no more questions, and after a fix it is time to try it.
    if findings.diagnoses.first?.confidence != .proven, applied == nil {
      view.question = questionView(asking, findings)
    }
    if lesson == nil { view.probe = probeState }
    view.tree = TreeViews(
      knowledge: knowledge, language: language, findings: findings, standings: standings, asking: asking,
      current: view.question?.id,
      settledBy: Dictionary(
        findings.path.map { ($0.question.id, settledBy($0)) }, uniquingKeysWith: { first, _ in first })
    ).view(of: symptom)
    view.evidence = evidence(findings)
    if view.question == nil {
      // After a fix it is time to try it; what is merely possible can wait.
      let isWorthTelling = applied == nil || findings.diagnoses.first?.confidence != .possible
      view.findings = isWorthTelling ? findings.shown.map { findingView($0, symptom: symptom.id) } : []
      if view.findings.isEmpty { view.closing = closing(open) }
      if applied != nil { view.closingTitle = say(.cured) }
    }
    return view
  }

  /// What holds or may hold, then what nothing speaks against.
  private func candidates(_ findings: Findings, _ open: [Standing]) -> [CandidateView] {
    var seen: Set<String> = []
    let found = findings.diagnoses.filter { seen.insert($0.cause.id).inserted }.map { candidate($0) }
    let rest = open.filter { !seen.contains($0.cause.id) }.map { standing in
      CandidateView(
        id: standing.cause.id, title: standing.cause.title.rendered(language) { _ in nil }, claim: .possible)
    }
    return found + rest
  }

  private func questionView(_ asking: Asking, _ findings: Findings) -> QuestionView? {
    guard let (question, branches) = asking.next(knowledge) else { return nil }
    return questionView(
      question, branches, asking, number: answersHere.count + 1, service: findings.diagnoses.first?.service)
  }

  func questionView(
    _ question: Question, _ branches: [(answer: String, tree: Tree)], _ asking: Asking, number: Int, service: String?
  ) -> QuestionView {
    let service = service ?? examination.inspection.services.first
    let value: (Substring) -> String? = { $0 == "service" ? service : nil }
    var answers = question.answers.map { answer in
      let tree = branches.first { $0.answer == answer.id }?.tree
      return AnswerView(
        id: answer.id, text: answer.text.rendered(language, value: value),
        leaves: tree.map { asking.candidates(in: $0).count })
    }
    answers.append(
      AnswerView(id: Question.unknownAnswer, text: say(.cannotTell), leaves: asking.candidates.count))
    var view = QuestionView(
      id: question.id, number: number, more: asking.depth(below: branches.map(\.tree)),
      text: question.text.rendered(language, value: value), why: question.reason.rendered(language, value: value),
      answers: answers)
    view.command = question.command.map { [Template($0).rendered(value)] } ?? []
    if lesson == nil {
      view.probe = probeState
      view.probeCommands = probe?.commands ?? []
    }
    return view
  }

  /// Where nothing is left to ask and nothing was found: what was looked at, and what would help.
  private func closing(_ open: [Standing]) -> String {
    guard let applied else {
      return say(.lookedAt(files: examination.inspection.files.count, open: open.count)) + "\n\n" + say(.pasteHelps)
    }
    var paragraphs = [say(.appliedFix(applied.title[language], applied.files.joined(separator: ", ")))]
    if !applied.commands.isEmpty {
      paragraphs.append(say(.thenRun) + "\n" + applied.commands.map { "  " + $0 }.joined(separator: "\n"))
    }
    return (paragraphs + [say(.stillFails)]).joined(separator: "\n\n")
  }
}

extension KnowledgeBase {
  /// The causes through which a symptom shows.
  func causes(of symptom: String) -> [Cause] {
    causes.filter { cause in cause.symptoms.contains { $0.id == symptom } }
  }
}

extension Claim {
  init(_ confidence: Confidence) {
    switch confidence {
    case .proven: self = .proven
    case .likely: self = .likely
    case .possible: self = .possible
    }
  }
}

extension String {
  /// A sentence as half a line beside a title.
  fileprivate var asHint: String {
    let text = hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self
    // An abbreviation keeps its letters.
    guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
    return first.lowercased() + text.dropFirst()
  }
}
