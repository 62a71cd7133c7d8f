import Diagnosis
import Knowledge

/// Whether a cause of a symptom holds, may hold, or is ruled out.
struct Standing: Sendable {
  let cause: Cause
  /// What is claimed of it; nil when it is not among the findings.
  let claim: Confidence?
  let rejection: Rejection?

  /// A cause of which nothing is known.
  init(_ cause: Cause) {
    self.cause = cause
    claim = nil
    rejection = nil
  }

  init(_ cause: Cause, _ findings: Findings, _ diagnoser: Diagnoser) {
    self.cause = cause
    claim = findings.diagnoses.filter { $0.cause.id == cause.id }.map(\.confidence).max()
    rejection = diagnoser.rejection(of: cause, among: findings)
  }

  var isOpen: Bool { rejection?.isOpen ?? true }
}

/// What there is to ask about a symptom: a question that no longer separates the causes that are left is skipped.
struct Asking: Sendable {
  let symptom: Symptom
  let findings: Findings
  /// The ids of the causes that hold or may hold.
  let candidates: Set<String>

  /// The question to ask now, with its branches; nil when none tells more.
  func next(_ knowledge: KnowledgeBase) -> (question: Question, branches: [(answer: String, tree: Tree)])? {
    guard let (id, branches) = find(in: symptom.tree), let question = knowledge.question(id) else { return nil }
    return (question, branches)
  }

  private func find(in tree: Tree) -> (id: String, branches: [(answer: String, tree: Tree)])? {
    guard case .question(let id, let branches) = tree else { return nil }
    guard let step = step(id) else {
      if separates(branches) { return (id, branches) }
      return branches.lazy.compactMap { find(in: $0.tree) }.first
    }
    return branches.lazy.filter { isOpen($0.answer, step) }.compactMap { find(in: $0.tree) }.first
  }

  func step(_ question: String) -> Findings.Step? { findings.path.first { $0.question.id == question } }

  func isOpen(_ answer: String, _ step: Findings.Step) -> Bool {
    step.answer == answer || step.answer == Question.unknownAnswer
  }

  /// Whether two answers lead to different places.
  func separates(_ branches: [(answer: String, tree: Tree)]) -> Bool {
    let left = branches.map { Set(candidates(in: $0.tree) + $0.tree.symptoms) }.filter { !$0.isEmpty }
    return Set(left).count > 1
  }

  func candidates(in tree: Tree) -> [String] { tree.causes.filter(candidates.contains) }

  /// How many questions can follow at most.
  func depth(below trees: [Tree]) -> Int {
    trees.map { tree in
      guard case .question(let id, let branches) = tree else { return 0 }
      let own = step(id) == nil && separates(branches) ? 1 : 0
      return own + depth(below: branches.map(\.tree))
    }.max() ?? 0
  }
}

extension Tree {
  /// Other symptoms that the tree leads to.
  var symptoms: [String] {
    switch self {
    case .causes: []
    case .symptom(let id): [id]
    case .question(_, let branches): branches.flatMap(\.tree.symptoms)
    }
  }
}
