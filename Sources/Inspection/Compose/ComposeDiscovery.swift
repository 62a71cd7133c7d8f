import ComposeSyntax
import SourceText

/// Finds the compose files that somebody starts, where they are not simply those of the folder.
struct ComposeDiscovery {
  let workspace: Workspace
  let commands: [FoundCommand]

  /// Paths in the project, in the order in which they override each other; empty for those that compose finds itself.
  /// Nil where the project has no compose file.
  func files() -> [String]? {
    if !workspace.request.composeFiles.isEmpty { return workspace.request.composeFiles }
    let typed = named(by: commands.filter { $0.source == .log || $0.source == .command })
    if let typed { return typed }
    let hasOwn = Self.standard.contains { workspace.tree.exists($0) }
    let written = named(by: commands.filter { $0.source != .log && $0.source != .command })
    if let written, !hasOwn || written.contains(where: { Self.standard.contains($0) }) { return written }
    if hasOwn { return [] }
    return below() ?? lone()
  }

  private static let standard = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]

  // MARK: Commands

  /// The files of the first command that starts something and names files that are there.
  private func named(by commands: [FoundCommand]) -> [String]? {
    let lines = commands.compactMap { ComposeCommandLine($0.command, in: $0.source) }.filter { !$0.files.isEmpty }
    let starting = lines.filter { ["up", "run", "start", "create", "build", "restart"].contains($0.verb) }
    for line in starting + lines {
      let files = line.files.compactMap { locate($0, from: line.source) }
      if files.count == line.files.count { return files }
    }
    return nil
  }

  /// A path as the command has it: from the project's folder, from that of the script, or, in a transcript, from
  /// wherever the person stood.
  private func locate(_ path: String, from source: Place.Source) -> String? {
    let path = Path.clean(path)
    if workspace.listing.contains(path) { return path }
    if let script = source.file {
      let beside = Path.join(Path.parent(script), path)
      return workspace.listing.contains(beside) ? beside : nil
    }
    let name = Path.name(path)
    let same = workspace.listing.items.map(\.path).filter { Path.name($0) == name }
    return same.count == 1 ? same.first : nil
  }

  // MARK: Files

  /// The compose file of a folder below, such as `docker/` or `deploy/`, where there is only one of them.
  private func below() -> [String]? {
    let found = workspace.listing.items.map(\.path).filter { Self.standard.contains(Path.name($0)) }
    guard let first = found.first else { return nil }
    let depth = first.split(separator: "/").count
    let nearest = found.filter { $0.split(separator: "/").count == depth }
    guard nearest.count == 1, depth <= 4 else { return nil }
    let folder = Path.parent(first)
    let override = [
      "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
    ]
    .map { Path.join(folder, $0) }.first { workspace.listing.contains($0) }
    return [first] + (override.map { [$0] } ?? [])
  }

  /// The one YAML file of the folder that has services, whatever its name.
  private func lone() -> [String]? {
    let candidates = workspace.listing.items.filter { item in
      !item.path.contains("/") && (item.path.hasSuffix(".yml") || item.path.hasSuffix(".yaml"))
        && item.entry.size < 128 << 10
        && !item.path.hasPrefix(".")
    }
    let found = candidates.prefix(20).map(\.path).filter { path in
      guard let file = workspace.file(path),
        let root = YAMLFile(path: path, text: file.text(ByteRange(0, file.bytes.count))).root
      else { return false }
      // The first form of compose files had the services at the top.
      let isLegacy = root["services"] == nil && Path.name(path).contains("compose")
      let services = (isLegacy ? root : root["services"])?.entries ?? []
      return !services.isEmpty && services.allSatisfy { $0.value["image"] != nil || $0.value["build"] != nil }
    }
    return found.count == 1 ? found : nil
  }
}
