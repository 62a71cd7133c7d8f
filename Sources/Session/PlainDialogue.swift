import Diagnosis
import Fixes
import Knowledge
import Reports
import StyledText
import TerminalUI

/// The session as a dialogue of lines: text out, one line in, text out. It asks the same questions as the screens.
public struct PlainDialogue: Sendable {
  private enum Place: Sendable {
    case symptom
    /// Lines of a paste, up to one with a single dot.
    case pasting([String])
    case question
    case findings
    /// A fix that a person must look at waits for their word.
    case confirming(Offer)
  }

  /// A fix that can be written.
  private struct Offer: Sendable {
    let finding: String
    let fix: FixView
  }

  private(set) var conversation: Conversation
  private let style: TextStyle
  private var place = Place.symptom
  private(set) var model: SessionModel
  public private(set) var isOver = false

  public init(_ conversation: Conversation, style: TextStyle) {
    self.conversation = conversation
    self.style = style
    model = self.conversation.view()
  }

  private func say(_ saying: Saying) -> String { saying.text(conversation.language) }

  /// Sentences in lines that break between words.
  private func prose(_ text: String) -> String {
    Prose.lines(text, width: style.columns).map { $0.text + "\n" }.joined()
  }

  public mutating func opening() -> String {
    let notice = model.notice.map { prose($0) + "\n" } ?? ""
    return "\(model.project.path) · \(model.project.summary)\n\(notice)"
      + (conversation.symptom == nil ? symptoms() : go())
  }

  public mutating func reply(to line: String) -> String {
    let line = line.trimmed
    if case .pasting(let lines) = place { return paste(line, lines) }
    switch line {
    case "q":
      isOver = true
      return ""
    case "p":
      place = .pasting([])
      return say(.plainPaste) + "\n"
    case "u": return perform(.undo) + prompt()
    case "b": return back()
    case "?": return prose(say(.plainHelp))
    case "r":
      guard let investigation = model.investigation else { return prompt() }
      return perform(.runProbe(question: investigation.question?.id)) + go()
    default: break
    }
    switch place {
    case .symptom:
      guard let number = Int(line), model.symptoms.indices.contains(number - 1) else { return prompt() }
      return perform(.investigate(symptom: model.symptoms[number - 1].id)) + go()
    case .question:
      guard let question = model.investigation?.question, let number = Int(line),
        question.answers.indices.contains(number - 1)
      else { return prompt() }
      return perform(.answer(question: question.id, answer: question.answers[number - 1].id)) + go()
    case .findings:
      guard let number = Int(line), offers.indices.contains(number - 1) else { return prompt() }
      return choose(offers[number - 1])
    case .confirming(let offer):
      place = .findings
      return line.lowercased() == "y" ? apply(offer) : prompt()
    case .pasting: return ""
    }
  }

  // MARK: Places

  private func symptoms() -> String {
    let rows = model.symptoms.enumerated().map { index, symptom in
      let claim = symptom.best.map { " — \(symptom.fitting) \(say(.claim($0)))" } ?? ""
      return "  \(index + 1)  \(symptom.title)\(claim)"
    }
    return ([say(.whatDoYouSee)] + rows).joined(separator: "\n") + "\n" + prose(say(.plainHelp))
  }

  /// To the next question, or to what was found.
  mutating func go() -> String {
    guard let investigation = model.investigation else {
      place = .symptom
      return symptoms()
    }
    if investigation.question == nil {
      place = .findings
      return findings(investigation)
    }
    place = .question
    return prompt()
  }

  private func prompt() -> String {
    switch place {
    case .symptom: return symptoms()
    case .findings, .confirming: return offerList()
    case .pasting: return ""
    case .question:
      guard let question = model.investigation?.question else { return "" }
      let rows = question.answers.enumerated().map { "  \($0 + 1)  \($1.text)" }
      return prose(question.text) + prose(question.why)
        + (question.command.map { "  $ " + $0 } + rows + probe(question)).joined(separator: "\n") + "\n"
    }
  }

  private func probe(_ question: QuestionView) -> [String] {
    switch question.probe {
    case .none, .running: []
    case .unavailable(let reason): ["  r  (\(reason))"]
    case .ready: ["  r  \(say(.plainProbe))"] + question.probeCommands.map { "     $ " + $0 }
    case .inconclusive(let output): ["  r  \(say(.plainProbe))"] + output.map { "     " + $0 }
    }
  }

  private func findings(_ investigation: InvestigationView) -> String {
    if investigation.findings.isEmpty {
      let left = investigation.candidates.map { "  - \($0.title) (\($0.id))" }
      let title = investigation.closingTitle.map { $0 + "\n\n" } ?? ""
      return title + prose(investigation.closing ?? "") + left.map { $0 + "\n" }.joined()
    }
    return conversation.report(style) + offerList()
  }

  private var offers: [Offer] {
    (model.investigation?.findings ?? []).flatMap { finding in
      finding.fixes.filter { $0.safety != .manual && !$0.files.isEmpty }.map { Offer(finding: finding.id, fix: $0) }
    }
  }

  private func offerList() -> String {
    guard !offers.isEmpty else { return prose(say(.plainHelp)) }
    let rows = offers.enumerated().map { index, offer in
      "  \(index + 1)  \(offer.fix.title) (\(offer.fix.files.map(\.file).joined(separator: ", ")))"
    }
    return ([say(.plainApply)] + rows).joined(separator: "\n") + "\n"
  }

  // MARK: What a line does

  private mutating func choose(_ offer: Offer) -> String {
    if offer.fix.safety == .safe { return apply(offer) }
    place = .confirming(offer)
    return (offer.fix.note.map { prose($0) } ?? "")
      + say(.plainConfirm(offer.fix.files.map(\.file).joined(separator: ", "))) + "\n"
  }

  private mutating func apply(_ offer: Offer) -> String {
    let said = perform(.applyFix(finding: offer.finding, fix: offer.fix.id))
    // What stands below says it all.
    return (model.investigation?.closingTitle == nil ? said : "") + go()
  }

  private mutating func paste(_ line: String, _ lines: [String]) -> String {
    guard line == "." else {
      place = .pasting(lines + [line])
      return ""
    }
    place = .symptom
    return perform(.inspectPasted(text: lines.joined(separator: "\n"), exitCode: nil)) + go()
  }

  private mutating func back() -> String {
    if (model.investigation?.answersGiven ?? 0) > 0 { return perform(.takeBack) + go() }
    place = .symptom
    return symptoms()
  }

  /// Does it, and says what came of it.
  mutating func perform(_ effect: Effect) -> String { take(conversation.perform(effect)) }

  /// Reads the files again.
  mutating func refresh() -> String { take(conversation.refresh()) }

  /// Keeps what the conversation tells, and says the messages.
  mutating func take(_ events: [Event]) -> String {
    var text = ""
    for event in events {
      switch event {
      case .model(let model): self.model = model
      case .message(let message): text += message.text + "\n"
      default: break
      }
    }
    return text
  }
}

extension Conversation {
  /// The printed report on the symptom that is looked into.
  func report(_ style: TextStyle) -> String {
    let findings = symptom.flatMap { examination.findings(of: $0) } ?? examination.diagnoser.findings(symptom: nil)
    let report = Report(
      version: "", language: language, knowledge: knowledge, request: request, inspection: examination.inspection,
      findings: findings)
    return TextReport.text(report, style: style)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
