import Knowledge

/// The decision tree of a symptom, written whole: as lines, as a Mermaid chart, or as JSON.
public struct SymptomTree {
  private let symptom: Symptom
  private let knowledge: KnowledgeBase
  private let language: Language

  public init(_ symptom: Symptom, knowledge: KnowledgeBase, language: Language) {
    self.symptom = symptom
    self.knowledge = knowledge
    self.language = language
  }

  // MARK: Lines

  public func text() -> String {
    ([symptom.title[language]] + lines(symptom.tree, "")).map { $0 + "\n" }.joined()
  }

  private func lines(_ tree: Tree, _ indent: String) -> [String] {
    switch tree {
    case .causes(let ids): return ids.map { "\(indent)\($0): \(title(ofCause: $0))" }
    case .symptom(let id): return ["\(indent)→ \(title(ofSymptom: id)) (\(id))"]
    case .question(let id, let branches):
      return ["\(indent)\(text(ofQuestion: id)) (\(id))"]
        + branches.flatMap { branch in
          ["\(indent)  \(text(ofAnswer: branch.answer, to: id))"] + lines(branch.tree, indent + "    ")
        }
    }
  }

  // MARK: Mermaid

  /// A flow chart as GitHub and GitLab draw it: https://mermaid.js.org/syntax/flowchart.html
  public func mermaid() -> String {
    var chart = Chart()
    let root = chart.node(symptom.title[language], shape: ("([", "])"))
    draw(symptom.tree, below: root, label: nil, &chart)
    return (["flowchart TD"] + chart.lines).map { $0 + "\n" }.joined()
  }

  private func draw(_ tree: Tree, below parent: String, label: String?, _ chart: inout Chart) {
    switch tree {
    case .causes(let ids):
      for id in ids { chart.edge(parent, chart.node(title(ofCause: id), shape: ("[", "]")), label) }
    case .symptom(let id): chart.edge(parent, chart.node(title(ofSymptom: id), shape: ("([", "])")), label)
    case .question(let id, let branches):
      let node = chart.node(text(ofQuestion: id), shape: ("{", "}"))
      chart.edge(parent, node, label)
      for branch in branches { draw(branch.tree, below: node, label: text(ofAnswer: branch.answer, to: id), &chart) }
    }
  }

  private struct Chart {
    var lines: [String] = []
    private var count = 0

    mutating func node(_ text: String, shape: (open: String, close: String)) -> String {
      count += 1
      lines.append("  n\(count)\(shape.open)\(Self.quoted(text))\(shape.close)")
      return "n\(count)"
    }

    mutating func edge(_ from: String, _ to: String, _ label: String?) {
      lines.append("  \(from) -->\(label.map { "|\(Self.quoted($0))|" } ?? "") \(to)")
    }

    private static func quoted(_ text: String) -> String {
      "\"" + text.replacing("\"", with: "#quot;").replacing("`", with: "#96;") + "\""
    }
  }

  // MARK: JSON

  public func json() -> String { value(symptom.tree).text(pretty: true) + "\n" }

  private func value(_ tree: Tree) -> JSON {
    switch tree {
    case .causes(let ids):
      return .object([
        (
          "causes",
          .array(ids.map { .object([("id", .string($0)), ("title", .string(title(ofCause: $0)))]) })
        )
      ])
    case .symptom(let id): return .object([("symptom", .string(id))])
    case .question(let id, let branches):
      let answers: [JSON] = branches.map { branch in
        .object([
          ("answer", .string(branch.answer)), ("text", .string(text(ofAnswer: branch.answer, to: id))),
          ("leads", value(branch.tree)),
        ])
      }
      return .object([
        ("question", .string(id)), ("text", .string(text(ofQuestion: id))), ("answers", .array(answers)),
      ])
    }
  }

  // MARK: Words

  private func title(ofCause id: String) -> String { knowledge.cause(id)?.title.rendered(language) { _ in nil } ?? id }

  private func title(ofSymptom id: String) -> String { knowledge.symptom(id)?.title[language] ?? id }

  private func text(ofQuestion id: String) -> String {
    knowledge.question(id)?.text.rendered(language) { _ in nil } ?? id
  }

  private func text(ofAnswer answer: String, to id: String) -> String {
    knowledge.question(id)?.answers.first { $0.id == answer }?.text[language] ?? answer
  }
}
