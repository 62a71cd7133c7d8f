import Knowledge

/// Reads a `cause.yaml`.
struct CauseReader {
  let relations: [Relation]

  func read(_ document: Document, folder: String) -> Cause {
    let fields = document.fields(
      required: ["id", "symptoms", "title", "cure", "when", "explain", "see"],
      optional: [
        "since", "common", "about", "explains", "confidence", "maybe", "supports", "weakens", "excludes", "instead-of",
        "labels", "fixes",
      ])
    let id = fields["id"]?.text ?? folder
    if id != folder { fields["id"]?.problem("the id “\(id)” is not the name of its folder, “\(folder)”") }
    let conditions = ConditionReader(relations: relations)
    let confidence = fields["confidence"]?.choice(confidences) ?? .proven
    let when = conditions.lines(fields["when"], claim: confidence)
    let maybe = conditions.lines(fields["maybe"])
    let supports = conditions.lines(fields["supports"])
    let weakens = conditions.lines(fields["weakens"])
    let excludes = conditions.lines(fields["excludes"])
    let about = fields["about"].map(conditions.variable) ?? subject(conditions)
    let displacements = fields["instead-of"]?.items.map { displacement($0, conditions) } ?? []
    let labels =
      fields["labels"]?.entries.compactMap { key, value in
        conditions.variable(key).map { (variable: $0, text: value.localized) }
      } ?? []
    let fixes = fields["fixes"]?.items.map { FixReader(conditions: conditions).read($0) } ?? []
    let cause = Cause(
      id: id, since: fields["since"]?.number ?? 1, symptoms: symptoms(fields), title: fields["title"].localized,
      explanation: fields["explain"].localized, cure: fields["cure"]?.choice(cures) ?? .edit,
      extent: fields["explains"]?.choice(extents) ?? .whole, confidence: confidence, variables: conditions.variables,
      about: about, when: when, maybe: maybe, supports: supports, weakens: weakens, excludes: excludes,
      insteadOf: displacements, labels: labels, fixes: fixes, references: fields["see"]?.items.map(\.text) ?? [])
    check(cause, bindable: conditions.bindable, document)
    return cause
  }

  /// The service, else the build, that the condition speaks of.
  private func subject(_ conditions: ConditionReader) -> Int? {
    ["service", "build"].lazy.compactMap { conditions.variables.firstIndex(of: $0) }.first
  }

  private func symptoms(_ fields: [String: Document]) -> [(id: String, commonness: Int)] {
    let common = Dictionary(
      fields["common"]?.entries.map { ($0.key.text, $0.value.number) } ?? [], uniquingKeysWith: { first, _ in first })
    let symptoms = fields["symptoms"]?.items.map(\.text) ?? []
    for symptom in common.keys where !symptoms.contains(symptom) {
      fields["common"]?.problem("“\(symptom)” is not among the symptoms of this cause")
    }
    return symptoms.map { ($0, min(max(common[$0] ?? 3, 1), 5)) }
  }

  private func displacement(_ document: Document, _ conditions: ConditionReader) -> Cause.Displacement {
    if let cause = document.scalar { return Cause.Displacement(cause, about: nil) }
    let fields = document.fields(required: ["cause"], optional: ["about"])
    return Cause.Displacement(fields["cause"]?.text ?? "", about: fields["about"].flatMap(conditions.variable))
  }

  /// Texts and edits may only name variables that a pattern binds.
  private func check(_ cause: Cause, bindable: Set<Int>, _ document: Document) {
    let texts =
      [cause.title, cause.explanation] + cause.labels.map(\.text)
      + cause.fixes.flatMap { [$0.title, $0.note].compactMap { $0 } }
    let edits = cause.fixes.flatMap { fix in
      fix.edits.flatMap(\.texts) + fix.commands.filter { $0 != "$" + FixTemplate.rebuild }
    }
    for text in texts.flatMap({ [$0.en, $0.zh] }) + edits {
      for name in Template(text).variables where cause.variables.firstIndex(of: name).map(bindable.contains) != true {
        document.problem("the text names $\(name), which no line of the condition binds; write $$ for a dollar sign")
      }
    }
    for number in cause.variables.indices where !bindable.contains(number) {
      document.problem("$\(cause.variables[number]) is used, but no pattern binds it")
    }
  }
}

private let cures = Dictionary(uniqueKeysWithValues: Cure.allCases.map { ($0.rawValue, $0) })
private let extents = Dictionary(uniqueKeysWithValues: Extent.allCases.map { ($0.rawValue, $0) })

extension Optional<Document> {
  /// The text, or an empty one whose absence has been reported already.
  var localized: LocalizedText { self?.localized ?? LocalizedText(en: "", zh: "") }
}

extension EditTemplate {
  /// The templates that an edit writes into a file.
  var texts: [String] {
    switch self {
    case .replace(_, let text), .insertBefore(_, let text), .insertAfter(_, let text): [text]
    case .append(let path, let text): [path, text]
    case .delete, .unixLineEndings, .rewrite: []
    }
  }
}
