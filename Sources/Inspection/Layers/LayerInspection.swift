import SourceText

/// The layers of one build, and what its context holds.
public struct LayerView: Sendable {
  public let layers: BuildLayers
  /// nil where the context lies outside of what is inspected.
  public let contents: ContextContents?
  /// The changes that tell the most: a manifest, a source file, each build argument.
  public let changes: [BuildLayers.Change]
}

extension Inspector {
  /// Files of a context that are counted; a larger one is cut off.
  private static let countLimit = 200_000

  /// The layers of every build of a project, in the order in which builds are found.
  ///
  /// - Parameter changed: files of the project that somebody asks about.
  public func layers(_ request: InspectionRequest, changed: [String] = []) -> (
    views: [LayerView], problems: [InspectionProblem]
  ) {
    let workspace = Workspace(request: request, images: images, programs: programs)
    let compose = ComposeReading(workspace, [])
    let commands = CommandDiscovery(workspace: workspace, transcript: []).commands()
    let go = GoSources(workspace: workspace)
    let plans = BuildDiscovery(workspace: workspace, compose: compose, commands: commands).plans().map(\.plan)
    var seen: Set<String> = []
    let views = plans.compactMap { plan -> LayerView? in
      guard let file = plan.dockerfile, seen.insert("\(file.path) \(plan.settings.target ?? "")").inserted else {
        return nil
      }
      let stages = StageSimulator(plan: plan, workspace: workspace, go: go).stages
      guard let layers = LayerReader(plan: plan, stages: stages, workspace: workspace).read() else { return nil }
      let contents = plan.context.map {
        ContextContents(workspace.tree, folder: $0, ignore: workspace.ignore(of: plan), limit: Self.countLimit)
      }
      return LayerView(layers: layers, contents: contents, changes: Self.changes(layers, changed))
    }
    return (views, workspace.problems)
  }

  private static func changes(_ layers: BuildLayers, _ changed: [String]) -> [BuildLayers.Change] {
    let files = layers.layers.flatMap { $0.sources.flatMap(\.files) }
    var paths = changed.map { Path.clean($0) }
    if paths.isEmpty {
      let manifests = [
        "go.mod", "package.json", "requirements.txt", "pyproject.toml", "pom.xml", "build.gradle", "Cargo.toml",
        "composer.json", "Gemfile",
      ]
      if let manifest = files.first(where: { manifests.contains(Path.name($0)) }) { paths.append(manifest) }
      let sources = files.filter(ProgramFiles.isSource)
      let main = sources.first {
        ["main.go", "index.js", "server.js", "app.py", "main.py", "index.ts", "main.ts"].contains(Path.name($0))
      }
      if let source = main ?? sources.first { paths.append(source) }
      if paths.isEmpty, let first = files.first { paths.append(first) }
    }
    return paths.map { .file($0) } + layers.arguments.map { .argument($0) }
  }
}
