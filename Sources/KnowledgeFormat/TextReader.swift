import Knowledge

extension Document {
  /// A text in every language, with the same placeholders in each.
  var localized: LocalizedText {
    let fields = fields(required: Language.allCases.map(\.rawValue))
    let text = LocalizedText(en: fields["en"]?.text.trimmed ?? "", zh: fields["zh"]?.text.trimmed ?? "")
    for (language, field) in fields where field.scalar?.trimmed.isEmpty ?? true {
      field.problem("the text for “\(language)” is empty")
    }
    let placeholders = Set(Template(text.en).variables)
    let others = Set(Template(text.zh).variables)
    if fields.count == Language.allCases.count, placeholders != others {
      let missing = placeholders.symmetricDifference(others).sorted().map { "$\($0)" }.joined(separator: ", ")
      problem("the languages differ in their placeholders: \(missing)")
    }
    return text
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return String(text)
  }
}
