import ComposeSyntax
import SourceText

/// The compose project of a folder, with its paths as facts have them.
struct ComposeReading {
  let readings: ComposeReadings
  var project: ComposeProject { readings.project }
  let paths: RootPath
  /// The absolute path that the front end takes for the root.
  private static let root = "/project"

  /// Nil when the project has no compose file.
  init?(_ workspace: Workspace, _ commands: [FoundCommand]) {
    let request = workspace.request
    paths = RootPath(folder: request.tree.folderInRoot)
    guard let files = ComposeDiscovery(workspace: workspace, commands: commands).files() else { return nil }
    let options = ComposeOptions(
      root: Self.root, directory: request.tree.folderInRoot, files: files, profiles: request.profiles,
      envFiles: request.environmentFiles, environment: request.environment)
    let tree = ComposeTree(tree: workspace.tree, paths: paths)
    if let known = workspace.known?.compose, known.hold(for: options, tree) {
      readings = known
    } else {
      let project = ComposeProject(options, from: tree)
      readings = ComposeReadings(options: options, files: tree.files, folders: tree.folders, project: project)
    }
    report(to: workspace)
  }

  /// An absolute path of the model as a path of the project; nil when it lies outside.
  func path(_ absolute: String) -> String? {
    guard let below = Path.relative(absolute, to: Self.root) else { return nil }
    return paths.fromRoot(below == "." ? "" : below)
  }

  /// The place of a value among the facts.
  func place(_ place: ComposePlace?) -> Place? {
    place.map { Place(file: paths.fromRoot($0.file.path), $0.range) }
  }

  /// The files that were read, for excerpts and fixes.
  var files: [SourceFile] {
    (project.loadedFiles + project.environmentFiles).map { file in
      SourceFile(path: paths.fromRoot(file.path), bytes: file.source.bytes)
    }
  }

  private func report(to workspace: Workspace) {
    for problem in project.problems {
      // What only helps to write better compose files is not what somebody with a broken container asked for.
      if problem.severity == .warning, problem.kind != .unsetVariable { continue }
      let severity: InspectionProblem.Severity = problem.severity == .error ? .error : .warning
      let hint =
        problem.suggestion.map { " Did you mean `\($0)`?" } ?? problem.expected.map { " Expected \($0)." } ?? ""
      workspace.report(
        severity, file: problem.place.map { paths.fromRoot($0.file.path) }, problem.place?.range, problem.message + hint
      )
    }
  }
}
