import Knowledge

/// Reads `images/<family>.yaml`.
enum ImageReader {
  static func read(_ document: Document, family: String) -> ImageFamily {
    let fields = document.fields(required: ["repositories", "summary", "tags", "see"])
    return ImageFamily(
      family: family, repositories: fields["repositories"]?.items.map(\.text) ?? [],
      summary: fields["summary"].localized,
      rules: fields["tags"]?.entries.map {
        ImageFamily.Rule(tag: $0.key.text, properties: properties($0.value))
      } ?? [],
      references: fields["see"]?.items.map(\.text) ?? [])
  }
}

/// Reads `programs/<name>.yaml`.
enum ProgramReader {
  static func read(_ document: Document, name: String) -> Program {
    let fields = document.fields(required: ["behaves", "see"], optional: ["aliases", "modes"])
    return Program(
      name: name, aliases: fields["aliases"]?.items.map(\.text) ?? [],
      properties: fields["behaves"].map(properties) ?? [],
      modes: fields["modes"]?.items.map(mode) ?? [],
      references: fields["see"]?.items.map(\.text) ?? [])
  }

  private static func mode(_ document: Document) -> Program.Mode {
    let fields = document.fields(required: ["with", "behaves"])
    return Program.Mode(
      arguments: fields["with"]?.items.map(\.text) ?? [], properties: fields["behaves"].map(properties) ?? [])
  }
}

private func properties(_ document: Document) -> [(name: String, value: String)] {
  document.entries.map { (name: $0.key.text, value: $0.value.text) }
}
