import DockerfileSyntax
import SourceText

/// The ignore file of a build context: what the builder does not get to see.
///
/// https://docs.docker.com/build/concepts/context/#dockerignore-files
struct ContextIgnore {
  let file: SourceFile
  let rules: IgnoreRules
  /// The folder that the patterns are relative to.
  let folder: String

  /// Nil where the context has no ignore file. One beside the Dockerfile wins over that of the context.
  init?(_ plan: BuildPlan, _ workspace: Workspace) {
    guard let folder = plan.context, let dockerfile = plan.dockerfile else { return nil }
    let candidates = ["\(dockerfile.path).dockerignore", Path.join(folder, ".dockerignore")]
    guard let path = candidates.first(where: { workspace.listing.contains($0) }), let file = workspace.file(path) else {
      return nil
    }
    self.file = file
    self.folder = folder
    rules = IgnoreRules(file.bytes)
  }

  /// The pattern that keeps a file of the project out of the context; nil where none does.
  func pattern(hiding path: String) -> Cell? {
    guard let below = Path.relative(path, to: folder), below != "." else { return nil }
    let verdict = rules.verdict(below)
    guard verdict.isIgnored, let range = verdict.range else { return nil }
    return Cell(file.text(range), Place(file: file.path, range))
  }
}
