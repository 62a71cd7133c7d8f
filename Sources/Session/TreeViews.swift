import Diagnosis
import Knowledge
import TerminalUI

/// The decision tree of a symptom as a picture: the way that was walked, what settled each step, and what is open.
struct TreeViews {
  let knowledge: KnowledgeBase
  let language: Knowledge.Language
  let findings: Findings
  let standings: [Standing]
  let asking: Asking
  /// The question that is asked now.
  let current: String?
  /// What settled a question, in words, by its id.
  let settledBy: [String: String]

  func view(of symptom: Symptom) -> TreeView {
    let nodes = nodes(symptom.tree, answer: "", isClosed: false)
    if case .question = symptom.tree, let root = nodes.first { return TreeView(root: root) }
    // A symptom without a question: its causes hang on its title.
    return TreeView(root: TreeNode(.question(.settled(answer: "", by: "")), symptom.title[language], children: nodes))
  }

  private func nodes(_ tree: Tree, answer: String, isClosed: Bool) -> [TreeNode] {
    switch tree {
    case .causes(let ids): ids.compactMap { cause($0, answer, isClosed) }
    case .symptom(let id):
      [TreeNode(answer: answer, .symptom, knowledge.symptom(id)?.title[language] ?? id, isClosed: isClosed)]
    case .question(let id, let branches): [question(id, branches, answer, isClosed)]
    }
  }

  private func cause(_ id: String, _ answer: String, _ isClosed: Bool) -> TreeNode? {
    guard let standing = standings.first(where: { $0.cause.id == id }) else { return nil }
    return TreeNode(
      answer: answer, .cause(standing.claim.map(Claim.init)), standing.cause.title.rendered(language) { _ in nil },
      isClosed: isClosed || !standing.isOpen)
  }

  private func question(
    _ id: String, _ branches: [(answer: String, tree: Tree)], _ answer: String, _ isClosed: Bool
  ) -> TreeNode {
    let question = knowledge.question(id)
    let step = asking.step(id)
    let children = branches.flatMap { branch -> [TreeNode] in
      let text = question?.answers.first { $0.id == branch.answer }?.text[language] ?? branch.answer
      return nodes(branch.tree, answer: text.beforePunctuation, isClosed: isClosed || isClosedBy(step, branch))
    }
    return TreeNode(
      answer: answer, .question(state(id, branches, step)), question?.text.rendered(language) { _ in nil } ?? id,
      isClosed: isClosed, children: children)
  }

  /// Facts rule a branch out only where nothing in it holds nevertheless.
  private func isClosedBy(_ step: Findings.Step?, _ branch: (answer: String, tree: Tree)) -> Bool {
    guard let step, !asking.isOpen(branch.answer, step) else { return false }
    return step.byPerson
      || !branch.tree.causes.contains { cause in findings.diagnoses.contains { $0.cause.id == cause } }
  }

  private func state(
    _ id: String, _ branches: [(answer: String, tree: Tree)], _ step: Findings.Step?
  ) -> TreeNode.QuestionState {
    if let step {
      let answer = step.question.answers.first { $0.id == step.answer }?.text[language]
      return .settled(answer: (answer ?? Saying.cannotTell.text(language)).beforePunctuation, by: settledBy[id] ?? "")
    }
    if id == current { return .current }
    return asking.separates(branches) ? .open : .skipped
  }
}

extension String {
  /// The first words of an answer: on a branch there is no room for its examples.
  fileprivate var beforePunctuation: String {
    let head = prefix { !",;:(，；：（".contains($0) }
    return head.isEmpty ? self : String(head.last == " " ? head.dropLast() : head)
  }
}
