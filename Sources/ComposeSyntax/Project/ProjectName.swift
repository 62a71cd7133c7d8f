/// The name of a project: `-p`, `COMPOSE_PROJECT_NAME`, the last `name:` of its files, or its directory.
///
/// https://docs.docker.com/compose/how-tos/project-name/
enum ProjectName {
  /// Lowercase letters, digits, `_` and `-`, beginning with a letter or digit.
  static func normalized(_ name: String) -> String {
    let kept = name.lowercased().utf8.filter { byte in
      byte >= 97 && byte <= 122 || byte >= 48 && byte <= 57 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    let trimmed = kept.drop { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    return String(decoding: trimmed, as: UTF8.self)
  }

  static func find(
    _ options: ComposeOptions, _ files: [ComposeFile], _ directory: String, _ environment: ComposeEnvironment,
    _ log: ProblemLog
  ) -> ComposeValue {
    let given = options.projectName.flatMap { $0.isEmpty ? nil : $0 }
    if let name = given ?? environment["COMPOSE_PROJECT_NAME"].flatMap({ $0.isEmpty ? nil : $0 }) {
      if normalized(name) != name {
        log.add(
          .invalidProjectName,
          "`\(name)` cannot be the name of a project: lowercase letters, digits, `-` and `_` are allowed, a letter or "
            + "digit first.", subject: name, suggestion: normalized(name))
      }
      return .string(name)
    }
    var name: ComposeValue?
    var isNamed = false
    for file in files {
      for (index, document) in (file.yaml?.documents ?? []).enumerated() {
        guard let entry = document.entry("name"), let text = entry.value.text, !text.isEmpty else { continue }
        if index == 0 { isNamed = true }
        name = .string(
          text,
          at: ComposePlace(
            file: file, range: entry.value.range, key: entry.key.range, entry: entry.range, node: entry.value,
            map: entry.value.scalar?.map))
      }
    }
    let fallback = isNamed ? "" : normalized(ComposePath.name(of: directory))
    guard let name else { return .string(fallback) }
    var interpolator = Interpolator(environment: environment, log: ProblemLog())
    let text = options.interpolates ? interpolator.interpolate(name, at: ["name"]).string ?? "" : name.string ?? ""
    let own = normalized(text)
    return own.isEmpty ? .string(fallback) : .string(own, at: name.place)
  }
}
