import Diagnosis
import Inspection
import Knowledge
import TerminalUI

/// In a lesson the learner walks the tree: what the files settle is asked nevertheless, and the files tell whether the
/// answer is right.
extension Conversation {
  /// The question that the learner is to answer now; nil outside of lessons, and when the end of the tree is reached.
  func walkStep(_ findings: Findings) -> Findings.Step? {
    guard let desk = classroom?.desk, symptom == desk.lesson.given.symptom,
      findings.path.indices.contains(desk.walked)
    else { return nil }
    return findings.path[desk.walked]
  }

  private var findingsHere: Findings? { symptom.flatMap { examination.findings(of: $0) } }

  /// From the first question; what was found already is not asked again.
  mutating func beginWalk() {
    guard let desk = classroom?.desk else { return }
    let found = classroom?.seen.causes ?? []
    classroom?.desk?.walked = desk.lesson.finds.contains { !found.contains($0) } ? 0 : .max
  }

  /// Judges an answer of the learner; nil when it is an ordinary one.
  mutating func walk(_ question: String, _ answer: String) -> [Event]? {
    guard let findings = findingsHere, let step = walkStep(findings), step.question.id == question else { return nil }
    let place = step.byPerson ? say(.clueTells) : settledBy(step)
    guard answer == step.answer || answer == Question.unknownAnswer else {
      return [message(.note, .otherwise(place))]
    }
    classroom?.desk?.walked += 1
    let text = step.question.answers.first { $0.id == step.answer }?.text[language] ?? say(.cannotTell)
    return [
      .model(view()), message(.good, answer == step.answer ? .right(place) : .told(text, place)),
    ]
  }

  /// An answer that the files cannot check must not lead away from what is to be found.
  mutating func answerInLesson(_ question: String, _ answer: String) -> [Event]? {
    guard let desk = classroom?.desk, let before = findingsHere else { return nil }
    let held = desk.lesson.finds.filter { cause in before.diagnoses.contains { $0.cause.id == cause } }
    let given = answers
    answers.removeAll { $0.question == question }
    answers.append((question, answer))
    examine()
    let lost = held.contains { cause in findingsHere?.diagnoses.contains { $0.cause.id == cause } != true }
    if lost {
      answers = given
      examine()
      return [.model(view()), message(.note, .otherwise(say(.clueTells)))]
    }
    return [.model(view())]
  }

  mutating func stepBack() -> Bool {
    guard answersHere.isEmpty, let walked = classroom?.desk?.walked, walked > 0, let findings = findingsHere,
      walkStep(findings) != nil
    else { return false }
    classroom?.desk?.walked -= 1
    return true
  }

  // MARK: The screen

  /// The investigation as far as the learner has come: nothing that the answers would tell is shown.
  mutating func walkView(_ symptom: Symptom, _ findings: Findings, _ step: Findings.Step) -> InvestigationView {
    let walked = classroom?.desk?.walked ?? 0
    let all = knowledge.causes(of: symptom.id).map(\.id)
    let sofar = findings.begun(steps: walked)
    let standings = examination.standings(of: symptom.id).map(\.undecided)
    let asking = Asking(symptom: symptom, findings: sofar, candidates: Set(all))
    let branches = symptom.tree.branches(of: step.question.id) ?? []
    let left = branches.flatMap(\.tree.causes)
    var view = InvestigationView(symptom: symptom.id, title: symptom.title[language], known: all.count)
    view.candidates = all.filter { left.contains($0) || left.isEmpty }.compactMap(knowledge.cause).map {
      CandidateView(id: $0.id, title: $0.title.rendered(language) { _ in nil }, claim: .possible)
    }
    view.answersGiven = walked
    view.question = questionView(step.question, branches, asking, number: walked + 1, service: nil)
    view.tree = TreeViews(
      knowledge: knowledge, language: language, findings: sofar, standings: standings, asking: asking,
      current: step.question.id,
      settledBy: Dictionary(sofar.path.map { ($0.question.id, settledBy($0)) }, uniquingKeysWith: { first, _ in first })
    ).view(of: symptom)
    view.evidence = evidence(sofar)
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
