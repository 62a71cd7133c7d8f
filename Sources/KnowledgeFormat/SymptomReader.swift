import Knowledge

/// Reads `symptoms/<id>.yaml`.
enum SymptomReader {
  static func read(_ document: Document, name: String) -> Symptom {
    let fields = document.fields(required: ["id", "title", "summary", "tree"])
    let id = fields["id"]?.text ?? name
    if id != name { fields["id"]?.problem("the id “\(id)” is not the name of its file, “\(name)”") }
    return Symptom(
      id: id, title: fields["title"].localized, summary: fields["summary"].localized,
      tree: fields["tree"].map(tree) ?? .causes([]))
  }

  private static func tree(_ document: Document) -> Tree {
    if document.isSequence { return .causes(document.items.map(\.text)) }
    let keys = document.entries.map(\.key.text)
    if keys.contains("question") {
      let fields = document.fields(required: ["question", "answers"])
      let branches = fields["answers"]?.entries.map { ($0.key.text, tree($0.value)) } ?? []
      return .question(id: fields["question"]?.text ?? "", branches: branches)
    }
    if keys.contains("symptom") {
      return .symptom(document.fields(required: ["symptom"])["symptom"]?.text ?? "")
    }
    return .causes(document.fields(required: ["causes"])["causes"]?.items.map(\.text) ?? [])
  }
}

/// Reads `questions/<id>.yaml`.
struct QuestionReader {
  let relations: [Relation]

  func read(_ document: Document, name: String) -> Question {
    let fields = document.fields(required: ["id", "ask", "because"], optional: ["answers", "command"])
    let id = fields["id"]?.text ?? name
    if id != name { fields["id"]?.problem("the id “\(id)” is not the name of its file, “\(name)”") }
    let conditions = ConditionReader(relations: relations)
    let answers = fields["answers"]?.entries.map { answer($0.key.text, $0.value, conditions) } ?? []
    return Question(
      id: id, text: fields["ask"].localized, reason: fields["because"].localized, command: fields["command"]?.text,
      variables: conditions.variables, answers: answers)
  }

  private func answer(_ id: String, _ document: Document, _ conditions: ConditionReader) -> Question.Answer {
    let fields = document.fields(required: ["en", "zh"], optional: ["settled-by"])
    let text = LocalizedText(en: fields["en"]?.text ?? "", zh: fields["zh"]?.text ?? "")
    // Each item is one way to settle the answer: a single line, or a list of lines that hold together.
    let ways = fields["settled-by"]?.items.map { conditions.lines($0) } ?? []
    return Question.Answer(id: id, text: text, settledBy: ways)
  }
}
