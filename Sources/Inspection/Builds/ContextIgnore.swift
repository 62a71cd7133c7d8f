import DockerfileSyntax
import SourceText

/// The ignore file of a build context: what the builder does not get to see.
///
/// https://docs.docker.com/build/concepts/context/#dockerignore-files
final class ContextIgnore {
  let file: SourceFile
  let rules: IgnoreRules
  /// The folder that the patterns are relative to.
  let folder: String
  private let listing: ProjectListing
  /// What was found out about folders, by their path below the context.
  private var levels: [String: IgnoreRules.Level] = [:]
  /// By the path in the project.
  private var known: [String: Cell?] = [:]

  init(_ file: SourceFile, of folder: String, _ listing: ProjectListing) {
    self.file = file
    self.folder = folder
    self.listing = listing
    rules = IgnoreRules(file.bytes)
  }

  /// The ignore file that counts for a build; nil where the context has none. One beside the Dockerfile wins over that of
  /// the context.
  static func path(for plan: BuildPlan, _ listing: ProjectListing) -> String? {
    guard let folder = plan.context, let dockerfile = plan.dockerfile else { return nil }
    return ["\(dockerfile.path).dockerignore", Path.join(folder, ".dockerignore")].first(where: listing.contains)
  }

  /// The pattern that keeps a file of the project out of the context; nil where none does.
  func pattern(hiding path: String) -> Cell? {
    if let cell = known[path] { return cell }
    let cell = work(out: path)
    known[path] = .some(cell)
    return cell
  }

  private func work(out path: String) -> Cell? {
    guard let below = Path.relative(path, to: folder), below != "." else { return nil }
    let verdict = verdict(below)
    guard verdict.isIgnored, let range = verdict.range else { return nil }
    return Cell(file.text(range), Place(file: file.path, range))
  }

  /// What the rules say about a path below the context.
  func verdict(_ below: String) -> IgnoreRules.Verdict {
    rules.verdict(rules.enter(below, from: level(Path.parent(below))))
  }

  private func level(_ folder: String) -> IgnoreRules.Level {
    var unknown: [String] = []
    var above = folder
    while above != ".", levels[above] == nil {
      unknown.append(above)
      above = Path.parent(above)
    }
    var level = levels[above] ?? rules.top
    for folder in unknown.reversed() {
      level = rules.enter(folder, from: level)
      levels[folder] = level
    }
    return level
  }

  /// The paths of the project's files that it keeps out.
  private(set) lazy var hidden = Set(listing.paths(below: folder).filter { pattern(hiding: $0) != nil })
}
