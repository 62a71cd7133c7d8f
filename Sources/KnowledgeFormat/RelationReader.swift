import Knowledge

/// Reads `facts.yaml`: the relations and their columns.
enum RelationReader {
  static func read(_ document: Document) -> [Relation] {
    document.entries.map { relation($0.key.text, $0.value) }
  }

  private static func relation(_ name: String, _ document: Document) -> Relation {
    let fields = document.fields(required: ["scope", "columns", "en", "zh"])
    let scopes = Dictionary(uniqueKeysWithValues: Scope.allCases.map { ($0.rawValue, $0) })
    let columns = fields["columns"]?.entries.map { Relation.Column($0.key.text, type($0.value)) } ?? []
    for (index, column) in columns.enumerated() {
      if column.name == rowColumn || columns[..<index].contains(where: { $0.name == column.name }) {
        document.problem("“\(name)” has the column “\(column.name)” already")
      }
    }
    return Relation(
      name, scope: fields["scope"]?.choice(scopes) ?? .project, columns: columns,
      meaning: LocalizedText(en: fields["en"]?.text ?? "", zh: fields["zh"]?.text ?? ""))
  }

  private static func type(_ document: Document) -> ColumnType {
    if document.isSequence { return .choice(document.items.map(\.text)) }
    let types: [String: ColumnType] = [
      "text": .text, "number": .number, "size": .size, "duration": .duration, "version": .version, "path": .path,
    ]
    return document.choice(types) ?? .text
  }
}
