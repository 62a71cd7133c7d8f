import Inspection
import Knowledge

/// The way through the tree of a symptom as far as facts and answers lead.
struct TreeWalk {
  private(set) var path: [Findings.Step] = []
  private(set) var open: [Question] = []
  /// Symptoms whose causes join in, because facts lead there.
  private(set) var joined: [String] = []
  /// Causes in branches that a person's answer has closed, with the step that did.
  private(set) var closed: [String: Findings.Step] = [:]
  /// Causes that the way ends at, where a person's answers are part of it.
  private(set) var suspected: [String] = []
  private let diagnoser: Diagnoser

  init(diagnoser: Diagnoser, symptom: Symptom) {
    self.diagnoser = diagnoser
    walk(symptom.tree, sure: true, byPerson: false)
    for cause in kept { closed[cause] = nil }
  }

  /// Causes that an open branch still holds; they stay, whatever a closed one says.
  private var kept: Set<String> = []

  private mutating func walk(_ tree: Tree, sure: Bool, byPerson: Bool) {
    switch tree {
    case .causes(let causes):
      kept.formUnion(causes)
      if sure, byPerson { suspected += causes.filter { !suspected.contains($0) } }
    case .symptom(let id): if sure, !joined.contains(id) { joined.append(id) }
    case .question(let id, let branches): ask(id, branches, sure: sure, byPerson: byPerson)
    }
  }

  private mutating func ask(_ id: String, _ branches: [(answer: String, tree: Tree)], sure: Bool, byPerson: Bool) {
    guard let question = diagnoser.knowledge.question(id) else { return }
    guard let step = settle(question) else {
      open.append(question)
      for branch in branches { kept.formUnion(branch.tree.causes) }
      return
    }
    path.append(step)
    for branch in branches {
      if step.answer == branch.answer || step.answer == Question.unknownAnswer {
        walk(branch.tree, sure: sure && step.answer == branch.answer, byPerson: byPerson || step.byPerson)
      } else if step.byPerson {
        for cause in branch.tree.causes where closed[cause] == nil { closed[cause] = step }
      } else {
        kept.formUnion(branch.tree.causes)
      }
    }
  }

  /// The answer that a person gave, or the only one that facts settle.
  private func settle(_ question: Question) -> Findings.Step? {
    if let given = diagnoser.inspection.answers[question.id] {
      return Findings.Step(question: question, answer: given, evidence: [], byPerson: true)
    }
    let settled = question.answers.compactMap { answer -> Findings.Step? in
      let solutions = answer.settledBy.lazy.compactMap { lines in
        diagnoser.evaluator.solve(lines, variables: question.variables.count, claim: .proven)
          .first { $0.truth == .yes }
      }
      return solutions.first.map {
        Findings.Step(question: question, answer: answer.id, evidence: $0.evidence, byPerson: false)
      }
    }
    return settled.count == 1 ? settled.first : nil
  }

}

extension Question {
  /// The answer of a person who cannot tell: every branch stays open.
  public static let unknownAnswer = "unknown"
}
