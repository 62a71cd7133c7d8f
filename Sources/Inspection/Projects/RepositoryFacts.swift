import ProgramSource
import SourceText

/// Writes down the servers of packages that Maven and Gradle builds name.
///
/// https://maven.apache.org/pom.html#repositories, https://maven.apache.org/settings.html#mirrors,
/// https://docs.gradle.org/current/userguide/declaring_repositories.html
struct RepositoryFacts {
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for item in workspace.listing.items {
      switch item.name {
      case "pom.xml", "settings.xml":
        guard let file = workspace.file(item.path) else { continue }
        for repository in MavenProject(file).repositories {
          add(
            "mvn", Self.kind(repository.kind), repository.id, repository.url, of: repository.mirrorOf ?? "", item.path,
            to: &facts)
        }
      case "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts":
        guard let file = workspace.file(item.path) else { continue }
        for url in GradleFile(file).repositories { add("gradle", "repository", "", url, of: "", item.path, to: &facts) }
      default: break
      }
    }
    facts.declare("repository", workspace.request.isPartial ? .open : .presumed)
  }

  private static func kind(_ kind: MavenProject.Repository.Kind) -> String {
    switch kind {
    case .repository: "repository"
    case .pluginRepository: "plugin"
    case .mirror: "mirror"
    }
  }

  private func add(
    _ tool: String, _ kind: String, _ name: String, _ url: SpelledText, of mirrored: String, _ path: String,
    to facts: inout FactStore
  ) {
    let bytes = Array(url.text.utf8)
    let address = NetworkAddress.all(in: bytes, 0..<bytes.count).first
    let isKnown = !url.text.contains("$")
    let scheme = url.text.firstRange(of: "://").map { String(url.text[..<$0.lowerBound]) }
    let place = Place(file: path, url.range)
    let schemePlace = Place(
      file: path, ByteRange(url.range.start, min(url.range.start + (scheme?.utf8.count ?? 0), url.range.end)))
    facts.add(
      "repository",
      [
        "directory": Cell(Path.parent(path)), "tool": Cell(tool), "kind": Cell(kind), "name": Cell(name),
        "url": Cell(isKnown ? url.text : nil, place), "scheme": Cell(isKnown ? scheme ?? "" : nil, schemePlace),
        "host": Cell(isKnown ? address?.host ?? "" : nil, place), "of": Cell(mirrored),
      ], at: place)
  }
}
