import Knowledge

extension Given {
  /// Reads a `given.yaml`; what is wrong with it is a problem.
  public init(file: String, text: String) throws(Problem) {
    let problems = Problems()
    guard let document = Document(file: file, text: text, problems: problems) else {
      throw problems.all.first ?? Problem(file: file, line: 1, message: "not valid YAML")
    }
    self.init(document)
    if let problem = problems.all.first { throw problem }
  }

  init(_ document: Document) {
    self.init()
    let fields = document.fields(required: [], optional: ["symptom", "log", "exit-code", "run", "answers", "partial"])
    symptom = fields["symptom"]?.text
    log = fields["log"]?.text
    exitCode = fields["exit-code"]?.number
    commands = fields["run"]?.items.map(\.text) ?? []
    for (question, answer) in fields["answers"]?.entries ?? [] { answers[question.text] = answer.text }
    isPartial = fields["partial"]?.choice(["yes": true, "no": false, "true": true, "false": false]) ?? false
  }
}
