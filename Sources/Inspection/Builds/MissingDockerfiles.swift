import ComposeSyntax
import SourceText

/// Writes down builds whose Dockerfile, or whose context, is not where they say.
struct MissingDockerfiles {
  private let discovery: BuildDiscovery
  private var workspace: Workspace { discovery.workspace }

  init(_ discovery: BuildDiscovery) { self.discovery = discovery }

  func add(to facts: inout FactStore) {
    for service in discovery.compose?.project.services ?? [] { add(service, to: &facts) }
    for command in discovery.commands { add(command, to: &facts) }
  }

  private func add(_ service: ComposeService, to facts: inout FactStore) {
    guard let compose = discovery.compose, let build = service["build"], !build.isNull,
      build["dockerfile_inline"]?.string == nil, let context = build["context"]?.string.flatMap(compose.path)
    else { return }
    let name = build["dockerfile"]?.string ?? "Dockerfile"
    let path = name.hasPrefix("/") ? compose.path(name) : Path.join(context, name)
    guard let path, isMissing(path) else { return }
    let place = compose.place(build["dockerfile"]?.place ?? build["context"]?.place) ?? compose.place(build.place)
    add(path, in: context, service.name, named: Cell(name, place), to: &facts)
  }

  /// A `docker build` of a script, a Makefile or a transcript; in a pipeline the folder may be another one.
  private func add(_ found: FoundCommand, to facts: inout FactStore) {
    guard let command = BuildCommand(found.command, in: found.source), let context = command.context else { return }
    let isHere = !context.contains("$") && !(command.dockerfile ?? "").contains("$")
    let path = command.dockerfile ?? Path.join(context, "Dockerfile")
    guard isHere, isMissing(path) else { return }
    let place = Place(found.source, found.command.range)
    add(path, in: context, nil, named: Cell(command.dockerfile ?? "Dockerfile", place), presumed: true, to: &facts)
  }

  private func isMissing(_ path: String) -> Bool {
    !path.hasPrefix("..") && !path.hasPrefix("/") && !workspace.request.isPartial && !workspace.tree.exists(path)
  }

  private func add(
    _ path: String, in context: String, _ service: String?, named: Cell, presumed: Bool = false,
    to facts: inout FactStore
  ) {
    let like = like(path, in: context)
    facts.add(
      "problem",
      [
        "file": Cell(named.place?.file ?? path), "kind": "missing", "name": "Dockerfile",
        "subject": Cell(path, named.place),
        "like": Cell(like.flatMap { Path.relative($0, to: context) } ?? ""), "service": Cell(service ?? ""),
      ], at: named.place, presumed: presumed || workspace.isBare)
  }

  /// The only file that looks like a Dockerfile, in the context before elsewhere.
  private func like(_ path: String, in context: String) -> String? {
    let found = workspace.listing.items.map(\.path).filter { item in
      DockerfileNames.matches(item) || Path.name(item).lowercased().hasPrefix("dockerfile")
    }
    let same = found.filter { $0.lowercased() == path.lowercased() }
    if let only = same.first { return only }
    let near = found.filter { Path.relative($0, to: context) != nil }
    return near.count == 1 ? near.first : found.count == 1 ? found.first : nil
  }
}
