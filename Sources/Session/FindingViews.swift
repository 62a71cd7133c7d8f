import Diagnosis
import Fixes
import Inspection
import Knowledge
import Reports
import SourceText
import StyledText
import TerminalUI

/// Diagnoses and fixes as the screens show them.
extension Conversation {
  mutating func findingView(_ diagnosis: Diagnosis, symptom: String) -> FindingView {
    var reader = EvidenceReader(inspection: examination.inspection, language: language)
    let evidence = reader.read(diagnosis.evidence, of: diagnosis)
    var view = FindingView(
      id: diagnosis.id, cause: diagnosis.cause.id, claim: Claim(diagnosis.confidence),
      title: diagnosis.text(diagnosis.cause.title, language), service: service(of: diagnosis),
      excerpts: Excerpts.of(evidence, files: examination.inspection.files),
      explanation: diagnosis.text(diagnosis.cause.explanation, language))
    view.symptoms = diagnosis.cause.symptoms.compactMap { knowledge.symptom($0.id)?.title[language] }
    view.evidence = groups(
      evidence.map { ($0, EvidenceItem.Mark.yes) } + reader.read(diagnosis.against, of: diagnosis).map { ($0, .no) })
    if plansFixesWhenSeen, lesson == nil, !diagnosis.cause.fixes.isEmpty {
      let planned = examination.plannedFixes(for: diagnosis, symptom: symptom)
      view.fixes = planned?.map { fixView($0, of: diagnosis) } ?? []
      view.fixesAreComing = planned == nil
    } else {
      view.fixes = examination.fixes(for: diagnosis, symptom: symptom).map { fixView($0, of: diagnosis) }
    }
    view.why = why(diagnosis, symptom: symptom)
    view.see = diagnosis.cause.references
    return view
  }

  /// The service it is about; for a build, the one that runs what it makes.
  private func service(of diagnosis: Diagnosis) -> String? {
    if let service = diagnosis.service { return service }
    guard let build = diagnosis.value(of: "build") ?? diagnosis.subject else { return nil }
    let facts = examination.inspection.facts
    let services = facts.rows("service").filter { facts.cell($0, "build").value == build }
    return services.count == 1 ? facts.cell(services[0], "service").value : nil
  }

  // MARK: Evidence

  /// What is known about a symptom from elsewhere than the tree: the log's telling lines, answers, and what each finding rests on.
  func evidence(_ findings: Findings) -> [EvidenceGroup] {
    var reader = EvidenceReader(inspection: examination.inspection, language: language)
    let text = FactText(relations: knowledge.relations, language: language)
    var files: [EvidenceItem] = []
    var engine: [EvidenceItem] = []
    for step in findings.path where !step.byPerson {
      // What the log says stands below, in its own words.
      guard let first = step.evidence.first, first.place?.source != .log else { continue }
      let item = EvidenceItem(.yes, text.text(first), place: settledBy(step))
      if case .engine = first.place?.source { engine.append(item) } else { files.append(item) }
    }
    for diagnosis in findings.diagnoses.prefix(4) {
      guard let primary = reader.read(diagnosis.evidence, of: diagnosis).first, primary.file != nil else { continue }
      files.append(EvidenceItem(.yes, primary.label ?? primary.text.firstLine, place: primary.placeText))
    }
    let log = examination.inspection.log.tellingLines.map {
      EvidenceItem(.yes, $0.text, place: say(.logLine($0.number)))
    }
    let answers = answersHere.map { given in
      self.answer(given.answer, to: given.question)
    }
    let groups = [
      EvidenceGroup(.files, files), EvidenceGroup(.engine, engine), EvidenceGroup(.log, log),
      EvidenceGroup(.you, answers),
    ]
    return groups.filter { !$0.items.isEmpty }
  }

  /// What a person answered, and to which question.
  private func answer(_ id: String, to question: String) -> EvidenceItem {
    let question = knowledge.question(question)
    let answer = question?.answers.first { $0.id == id }?.text[language] ?? say(.cannotTell)
    return EvidenceItem(id == Question.unknownAnswer ? .unknown : .yes, answer, place: question?.text[language])
  }

  /// The evidence that stands in no file.
  private func groups(_ evidence: [(item: ReportEvidence, mark: EvidenceItem.Mark)]) -> [EvidenceGroup] {
    let origins: [(String, EvidenceGroup.Origin)] = [("log", .log), ("engine", .engine), ("answer", .you)]
    return origins.compactMap { from, origin in
      let items = evidence.filter { $0.item.file == nil && $0.item.from == from }.map { entry in
        if let given = examination.request.answers[entry.item.text], origin == .you {
          return answer(given, to: entry.item.text)
        }
        return EvidenceItem(entry.mark, entry.item.text, place: entry.item.start.map { say(.logLine($0.line)) })
      }
      return items.isEmpty ? nil : EvidenceGroup(origin, items)
    }
  }

  /// What settled a question: a place in a file, a line of the log, or the person.
  func settledBy(_ step: Findings.Step) -> String {
    if step.byPerson { return say(.yourAnswer) }
    return step.evidence.lazy.compactMap { self.place($0.place) }.first ?? ""
  }

  /// A place in a file together with what stands there: `main.go:12  server := …`
  private func quoted(_ place: Place?) -> String? {
    guard let name = self.place(place) else { return nil }
    guard case .file(let path) = place?.source, let start = place?.range.start,
      let file = examination.inspection.files[path]
    else { return name }
    let map = file.lineMap
    let text = map.range(ofLine: map.position(of: start).line).map { Redaction().text(file.text($0)) } ?? ""
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? name : "\(name)  \(words.count > 60 ? words.prefix(60) + "…" : words)"
  }

  func place(_ place: Place?) -> String? {
    switch place?.source {
    case .file(let path):
      let line = examination.inspection.files[path].map { $0.lineMap.position(of: place?.range.start ?? 0).line }
      return line.map { "\(path):\($0)" } ?? path
    case .log: return examination.inspection.log.line(at: place?.range.start ?? 0).map { say(.logLine($0.number)) }
    case .exitCode: return say(.exitCode)
    case .answer: return say(.yourAnswer)
    case .command: return say(.yourCommand)
    case .engine(let command): return command
    case .knowledge, nil: return nil
    }
  }

  // MARK: Why

  private mutating func why(_ diagnosis: Diagnosis, symptom: String) -> WhyView {
    let text = FactText(relations: knowledge.relations, language: language)
    var conditions: [EvidenceItem] = []
    for evidence in diagnosis.evidence {
      var item = EvidenceItem(.yes, text.text(evidence), place: quoted(evidence.place))
      if case .answer(let question) = evidence.place?.source, let given = examination.request.answers[question] {
        item = answer(given, to: question)
      }
      if !conditions.contains(item) { conditions.append(item) }
    }
    for line in diagnosis.cause.when {
      if case .not = line { conditions.append(EvidenceItem(.yes, text.text(line, diagnosis.solution))) }
    }
    conditions += diagnosis.against.map { EvidenceItem(.no, text.text($0), place: quoted($0.place)) }
    return WhyView(conditions: conditions, others: rejected(examination.standings(of: symptom)))
  }

  /// The causes that are not among the findings, each with what speaks against it.
  func rejected(_ standings: [Standing]) -> [CandidateView] {
    let text = RejectionText(facts: examination.inspection.facts, language: language) { [self] in place($0) }
    return standings.compactMap { standing in
      standing.rejection.map { rejection in
        CandidateView(
          id: standing.cause.id, title: standing.cause.title.rendered(language) { _ in nil }, claim: .possible,
          note: text.text(rejection))
      }
    }
  }

  // MARK: Fixes

  private func fixView(_ fix: Fix, of diagnosis: Diagnosis) -> FixView {
    var view = FixView(
      id: fix.template.id, title: fix.title[language], safety: FixView.Safety(fix.template.safety),
      files: fix.changes.map { DiffView($0.diff) }, note: fix.note?[language], run: fix.commands)
    if fix.check == .cures {
      view.checks = [EvidenceItem(.yes, say(.isGone(diagnosis.cause.id))), EvidenceItem(.yes, say(.nothingNew))]
    }
    view.patch = fix.patch
    return view
  }
}

extension FixView.Safety {
  init(_ safety: Knowledge.Safety) {
    switch safety {
    case .safe: self = .safe
    case .unsafe: self = .unsafe
    case .manual: self = .manual
    }
  }
}

extension DiffView {
  init(_ diff: UnifiedDiff) {
    var lines: [DiffLine] = []
    for hunk in diff.hunks {
      if !lines.isEmpty { lines.append(DiffLine(.gap, "")) }
      var (old, new) = (hunk.oldStart, hunk.newStart)
      for line in hunk.lines {
        let text = String(decoding: line.bytes.trimmingLineBreak, as: UTF8.self)
        switch line {
        case .context:
          lines.append(DiffLine(.context, old: old, new: new, text))
          (old, new) = (old + 1, new + 1)
        case .removed:
          lines.append(DiffLine(.removed, old: old, text))
          old += 1
        case .added:
          lines.append(DiffLine(.added, new: new, text))
          new += 1
        }
      }
    }
    self.init(file: diff.newPath ?? diff.oldPath ?? "", lines: lines)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingLineBreak: ArraySlice<UInt8> {
    var bytes = self
    while let last = bytes.last, last == 0x0A || last == 0x0D { bytes = bytes.dropLast() }
    return bytes
  }
}

extension ReportEvidence {
  /// `main.go:12`; nil for what stands in no file.
  var placeText: String? {
    guard let file, let start else { return file }
    return "\(file):\(start.line)"
  }
}

extension String {
  fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
