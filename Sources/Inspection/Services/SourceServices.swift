import ProgramSource
import SourceText

/// Services of a project that has no Dockerfile and no compose file: each of its programs would be one.
struct SourceServices {
  let go: GoSources
  let workspace: Workspace

  func services(isPartial: Bool) -> [ServiceModel] {
    guard !go.isEmpty else { return [] }
    return go.project.programs(in: GoBuildContext()).map { package in
      let directory = package.directory.isEmpty ? "." : package.directory
      let name = directory == "." ? "app" : Path.name(directory)
      return ServiceModel(
        name: name, plan: .unknown(name), stages: [:], origin: .source, package: directory, workspace: workspace)
    }
  }
}

extension BuildPlan {
  /// A build of which nothing is known.
  static func unknown(_ id: String) -> BuildPlan {
    BuildPlan(image: "$IMAGE", id: id, place: nil, images: ImageCatalog([]))
  }
}

extension ProcessLayer {
  /// A program of the project of which only the source is there.
  static func source(_ package: String) -> ProcessLayer {
    var layer = ProcessLayer(
      kind: .program, program: CommandWords.Word(text: Path.name(package), place: nil), form: "exec", origin: .own)
    layer.built = BuiltProgram(
      path: "", stage: 0, order: 0, tool: "go", package: package, kind: "program", isPresumed: true, cgo: .unknown)
    return layer
  }
}
