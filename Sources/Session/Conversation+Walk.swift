import Diagnosis
import Inspection
import Knowledge
import TerminalUI

/// In a lesson the learner walks the tree to the cause, also where the files alone would prove it. What the files or the
/// clue settle is judged by them; of what only a person can tell, the answer that leads to the cause is the right one.
extension Conversation {
  /// A question of the tree that the learner is to answer.
  struct WalkQuestion {
    let question: Question
    let branches: [(answer: String, tree: Tree)]
    /// What settles it; nil where only a person can.
    let step: Findings.Step?
  }

  /// The question to answer now; nil outside of lessons, when the cause is found, and at the end of the tree.
  func walkQuestion(_ findings: Findings) -> WalkQuestion? {
    guard let desk = classroom?.desk, let symptom = symptom.flatMap(knowledge.symptom),
      symptom.id == desk.lesson.given.symptom, desk.walked <= findings.path.count
    else { return nil }
    if desk.walked < findings.path.count {
      let step = findings.path[desk.walked]
      return WalkQuestion(
        question: step.question, branches: symptom.tree.branches(of: step.question.id) ?? [], step: step)
    }
    let asking = Asking(
      symptom: symptom, findings: findings, candidates: Set(knowledge.causes(of: symptom.id).map(\.id)))
    guard let (question, branches) = asking.next(knowledge), branches.contains(where: { leadsOn($0.tree) }) else {
      return nil
    }
    return WalkQuestion(question: question, branches: branches, step: nil)
  }

  /// Whether a branch holds what the learner is to find.
  private func leadsOn(_ tree: Tree) -> Bool {
    let wanted = lesson?.finds ?? []
    return tree.causes.contains { wanted.contains($0) }
  }

  private var findingsHere: Findings? { symptom.flatMap { examination.findings(of: $0) } }

  /// From the first question; what was found already is not asked again.
  mutating func beginWalk() {
    guard let desk = classroom?.desk else { return }
    let found = classroom?.seen.causes ?? []
    classroom?.desk?.walked = desk.lesson.finds.contains { !found.contains($0) } ? 0 : .max
    guard !answers.isEmpty else { return }
    answers = []
    examine()
  }

  /// Judges an answer of the learner; nil when there is no walk.
  mutating func walk(_ question: String, _ answer: String) -> [Event]? {
    guard let findings = findingsHere, let asked = walkQuestion(findings), asked.question.id == question else {
      return nil
    }
    let right = asked.step.map { [$0.answer] } ?? asked.branches.filter { leadsOn($0.tree) }.map(\.answer)
    let place = asked.step.map { $0.byPerson ? say(.clueTells) : settledBy($0) } ?? say(.clueTells)
    guard right.contains(answer) || answer == Question.unknownAnswer else {
      return [message(.note, .otherwise(place))]
    }
    let taken = right.contains(answer) ? answer : right.first ?? answer
    if asked.step == nil {
      answers.append((question, taken))
      examine()
    }
    classroom?.desk?.walked += 1
    let text = asked.question.answers.first { $0.id == taken }?.text[language] ?? say(.cannotTell)
    // The model may lead to a finding, which has a message of its own.
    return [message(.good, answer == taken ? .right(place) : .told(text, place)), .model(view())]
  }

  /// Back to the question before; false at the first one, and at the end of the tree: from there the way leads out.
  mutating func stepBack() -> Bool {
    guard let desk = classroom?.desk, desk.walked > 0, let findings = findingsHere, walkQuestion(findings) != nil
    else { return false }
    let last = findings.path[desk.walked - 1].question.id
    classroom?.desk?.walked -= 1
    if answers.contains(where: { $0.question == last }) {
      answers.removeAll { $0.question == last }
      examine()
    }
    return true
  }

  // MARK: The screen

  /// The investigation as far as the learner has come: nothing that the answers would tell is shown.
  mutating func walkView(_ symptom: Symptom, _ findings: Findings, _ asked: WalkQuestion) -> InvestigationView {
    let walked = classroom?.desk?.walked ?? 0
    let all = knowledge.causes(of: symptom.id).map(\.id)
    let sofar = findings.begun(steps: walked)
    let standings = examination.standings(of: symptom.id).map(\.undecided)
    let asking = Asking(symptom: symptom, findings: sofar, candidates: Set(all))
    let left = asked.branches.flatMap(\.tree.causes)
    var view = InvestigationView(symptom: symptom.id, title: symptom.title[language], known: all.count)
    view.candidates = all.filter { left.contains($0) || left.isEmpty }.compactMap(knowledge.cause).map {
      CandidateView(id: $0.id, title: $0.title.rendered(language) { _ in nil }, claim: .possible)
    }
    view.answersGiven = walked
    view.question = questionView(asked.question, asked.branches, asking, number: walked + 1, service: nil)
    view.tree = TreeViews(
      knowledge: knowledge, language: language, findings: sofar, standings: standings, asking: asking,
      current: asked.question.id,
      settledBy: Dictionary(sofar.path.map { ($0.question.id, settledBy($0)) }, uniquingKeysWith: { first, _ in first })
    ).view(of: symptom)
    // The clue stands on another page: whoever is asked about it must see it.
    let clue = (lesson?.clue[language] ?? "").split(separator: "\n").map { line in
      EvidenceItem(.note, String(line.drop { $0 == " " }))
    }
    view.evidence = [EvidenceGroup(.clue, clue)] + evidence(sofar).filter { $0.origin == .files }
    return view
  }
}

extension Standing {
  /// As long as nothing was asked, everything may be.
  fileprivate var undecided: Standing { Standing(cause) }
}

extension Tree {
  /// The branches below a question of the tree.
  func branches(of question: String) -> [(answer: String, tree: Tree)]? {
    guard case .question(let id, let branches) = self else { return nil }
    return id == question ? branches : branches.lazy.compactMap { $0.tree.branches(of: question) }.first
  }
}
