import ProgramSource
import SourceText

/// The Go code of a project: modules, packages, and what its programs do. Read once, when somebody asks.
final class GoSources {
  private let workspace: Workspace
  private(set) lazy var project = read()
  private(set) lazy var modules = moduleFiles()
  private var files: [GoFile]?
  private lazy var conditional = project.packages.flatMap(\.files).filter(GoBuildContext.decides)
  private var programs: [GoReadings.Key: GoProgram?] = [:]

  /// The source of more files than this is not read.
  private static let limit = 4000

  init(workspace: Workspace) { self.workspace = workspace }

  /// Whether the project has any Go file.
  var isEmpty: Bool { !workspace.listing.items.contains { $0.path.hasSuffix(".go") || $0.name == "go.mod" } }

  /// The folder of the nearest go.mod at or above a folder of the project; nil when there is none.
  func moduleFolder(of directory: String) -> String? {
    var folder = Path.clean(directory)
    while true {
      if workspace.listing.contains(Path.join(folder, "go.mod")) { return folder }
      if folder == "." { return nil }
      folder = Path.parent(folder)
    }
  }

  /// The program whose main package is in a folder; nil where there is none.
  func program(_ directory: String, _ context: GoBuildContext = GoBuildContext()) -> GoProgram? {
    let key = GoReadings.Key(directory: Self.plain(directory), included: conditional.map(context.includes))
    if let known = programs[key] { return known }
    let program = GoProgram(project, directory: key.directory, context: context)
    programs[key] = program
    return program
  }

  func package(_ directory: String) -> GoPackage? { project.package(at: Self.plain(directory)) }

  /// The reader of programs calls the project's own folder by the empty name.
  private static func plain(_ directory: String) -> String {
    let directory = Path.clean(directory)
    return directory == "." ? "" : directory
  }

  private func moduleFiles() -> [GoModFile] {
    workspace.listing.items.filter { $0.name == "go.mod" && !$0.path.hasPrefix("vendor/") }
      .compactMap { workspace.file($0.path) }.map(GoModFile.init)
  }

  private func read() -> GoProject {
    let paths = workspace.listing.items.map(\.path).filter { $0.hasSuffix(".go") && !$0.hasSuffix("_test.go") }
    let sources = paths.prefix(Self.limit).compactMap(workspace.file)
    guard let known = workspace.known?.go else { return take(sources.map(GoFile.init)) }
    if known.areOf(sources, modules) {
      files = known.files
      programs = known.programs
      return known.project
    }
    let before = Dictionary(known.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return take(
      sources.map { source in before[source.path].flatMap { $0.source == source ? $0 : nil } ?? GoFile(source) })
  }

  private func take(_ files: [GoFile]) -> GoProject {
    self.files = files
    return GoProject(files: files, modules: modules)
  }

  /// What was taken apart; nil where nobody asked.
  var readings: GoReadings? { files.map { GoReadings(files: $0, project: project, programs: programs) } }
}
