import Knowledge

/// Reads an entry of `fixes:`.
struct FixReader {
  let conditions: ConditionReader

  func read(_ document: Document) -> FixTemplate {
    let fields = document.fields(required: ["id", "safety", "title"], optional: ["note", "needs", "edits", "run"])
    let safety = fields["safety"]?.choice(safeties) ?? .manual
    if safety == .unsafe, fields["note"] == nil { document.problem("an unsafe fix says in “note” what to look at") }
    if fields["edits"] == nil, fields["run"] == nil { document.problem("a fix has edits, commands to run, or both") }
    return FixTemplate(
      id: fields["id"]?.text ?? "", safety: safety, title: fields["title"].localized,
      note: fields["note"]?.localized, needs: conditions.lines(fields["needs"]),
      edits: fields["edits"]?.items.compactMap(edit) ?? [], commands: fields["run"]?.items.map(\.text) ?? [])
  }

  private func edit(_ document: Document) -> EditTemplate? {
    guard let (key, value) = document.entries.first else { return nil }
    switch key.text {
    case "replace":
      let fields = document.fields(required: ["replace", "with"])
      return conditions.variable(value).map { .replace(variable: $0, with: fields["with"]?.text ?? "") }
    case "insert-before", "insert-after":
      let fields = document.fields(required: [key.text, "text"])
      guard let variable = conditions.variable(value), let text = fields["text"]?.text else { return nil }
      return key.text == "insert-before"
        ? .insertBefore(variable: variable, text: text) : .insertAfter(variable: variable, text: text)
    case "append":
      let fields = document.fields(required: ["append", "text"])
      guard let text = fields["text"]?.text else { return nil }
      return .append(path: value.text, text: text)
    case "delete":
      return conditions.variable(value).map { .delete(variable: $0) }
    case "unix-line-endings":
      return conditions.variable(value).map { .unixLineEndings(variable: $0) }
    case "rewrite":
      return rewrite(value.text, document)
    default:
      key.problem("there is no edit “\(key.text)”")
      return nil
    }
  }

  private func rewrite(_ name: String, _ document: Document) -> EditTemplate? {
    guard let parameters = rewriters[name] else {
      document.problem("there is no rewriter “\(name)”; known: \(rewriters.keys.sorted().joined(separator: ", "))")
      return nil
    }
    let fields = document.fields(required: ["rewrite"] + parameters)
    var arguments: [String: Int] = [:]
    for name in parameters {
      if let field = fields[name], let variable = conditions.variable(field) { arguments[name] = variable }
    }
    return .rewrite(name: name, arguments: arguments)
  }
}

private let safeties = Dictionary(uniqueKeysWithValues: Safety.allCases.map { ($0.rawValue, $0) })
