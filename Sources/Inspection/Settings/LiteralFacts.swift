import ComposeSyntax
import DockerfileSyntax
import SourceText

/// Writes down values in which quotes, blanks or comments have stayed, because nothing takes them away there.
struct LiteralFacts {
  let service: ServiceModel
  let compose: ComposeReading?
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for setting in service.variables(compose) where service.command == nil || setting.by != "env-file" {
      guard let value = setting.value.value, let why = Self.why(setting.name, value, setting.value.place, workspace)
      else { continue }
      add(setting.name.filter { $0 != " " }, value, setting.value.place, why, setting.by, to: &facts)
    }
    // `docker run --env-file` takes lines as they are: https://docs.docker.com/reference/cli/docker/container/run/#env
    for word in service.command?.values("--env-file") ?? [] {
      guard let path = word.text.map(Path.clean), let file = workspace.file(path) else { continue }
      for entry in EnvironmentFiles.read(file) {
        let why: String
        if Self.isQuoted(entry.written) {
          why = "quotes"
        } else if entry.written.contains(" #") {
          why = "comment"
        } else {
          continue
        }
        add(entry.name, entry.written, Place(file: path, entry.range), why, "env-file", to: &facts)
      }
    }
    facts.declare("literals", workspace.request.isPartial ? .open : .complete, for: service.name)
  }

  private func add(
    _ name: String, _ value: String, _ place: Place?, _ why: String, _ by: String, to facts: inout FactStore
  ) {
    var clean = value
    if why == "quotes" { clean = String(value.dropFirst().dropLast()) }
    if why == "blanks" {
      clean = String(value.drop { $0 == " " || $0 == "=" }.reversed().drop { $0 == " " }.reversed())
    }
    if why == "comment", let mark = value.firstIndex(of: "#") {
      clean = String(value[..<mark].reversed().drop { $0 == " " }.reversed())
    }
    facts.add(
      "literals",
      [
        "service": Cell(service.name), "name": Cell(name), "value": Cell(value, place), "clean": Cell(clean),
        "why": Cell(why), "by": Cell(by),
      ], at: place ?? service.place)
  }

  /// - Parameter place: where the value stands; quotes that stand around all of a scalar belong to YAML.
  private static func why(_ name: String, _ value: String, _ place: Place?, _ workspace: Workspace) -> String? {
    if isQuoted(value) { return "quotes" }
    if name.hasSuffix(" ") || value.hasPrefix("= ") || value.hasPrefix(" ") { return "blanks" }
    return nil
  }

  /// Whether one kind of quotes stands at both ends, and nowhere between.
  private static func isQuoted(_ text: String) -> Bool {
    guard let quote = text.first, quote == "\"" || quote == "'", text.count > 1, text.last == quote else {
      return false
    }
    return !text.dropFirst().dropLast().contains(quote)
  }
}
