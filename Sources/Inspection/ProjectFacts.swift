import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down what belongs to the project as a whole: manifests, lock files, imports.
struct ProjectFacts {
  let workspace: Workspace
  let go: GoSources
  let stages: [String: [Int: StageModel]]

  func add(to facts: inout FactStore) {
    for module in go.modules { add(module, to: &facts) }
    for item in workspace.listing.items {
      addManifest(item.path, to: &facts)
    }
    LockFacts(workspace: workspace, go: go).add(to: &facts)
    RequirementFacts(workspace: workspace, go: go).add(to: &facts)
    addImports(to: &facts)
    addCalledScripts(to: &facts)
  }

  private func add(_ module: GoModFile, to facts: inout FactStore) {
    let path = module.source.path
    facts.add(
      "manifest",
      [
        "directory": Cell(Path.parent(path)), "tool": "go", "file": Cell(path),
        "minimum-version": Cell(module.go?.text, module.go.map { Place(file: path, $0.range) }),
        "dependencies": Cell(module.requirements.isEmpty ? "none" : "some"), "strict": "no",
      ], at: Place(file: path, module.module.map(\.range) ?? ByteRange(at: 0)))
  }

  private static let manifests = [
    "package.json": "npm", "requirements.txt": "pip", "pom.xml": "mvn", "build.gradle": "gradle",
    "build.gradle.kts": "gradle",
    "composer.json": "composer",
  ]

  private func addManifest(_ path: String, to facts: inout FactStore) {
    guard let tool = Self.manifests[Path.name(path)] else { return }
    let pom = tool == "mvn" ? workspace.file(path).map { MavenManifest($0) } : nil
    facts.add(
      "manifest",
      [
        "directory": Cell(Path.parent(path)), "tool": Cell(tool), "file": Cell(path),
        "minimum-version": pom?.java ?? "", "strict": Cell(pom?.isStrict ?? false),
      ],
      at: Place(file: path, ByteRange(at: 0)))
  }

  /// The imports that link the programs which steps build to the C library.
  private func addImports(to facts: inout FactStore) {
    let packages = Set(stages.values.flatMap { $0.values.flatMap { $0.programs.compactMap(\.package) } })
    for package in packages.sorted() {
      guard let program = go.program(package) else { continue }
      for (path, places) in program.imports.sorted(by: { $0.key < $1.key }) {
        guard let what = GoImports.kind(path), let place = places.min() else { continue }
        let position = Place(file: place.path, place.range)
        facts.add(
          "imports", ["package": Cell(package), "what": Cell(what), "module": Cell(path, position)], at: position)
      }
    }
  }

  /// Scripts that RUN steps call.
  private func addCalledScripts(to facts: inout FactStore) {
    let called = Set(stages.values.flatMap { $0.values.flatMap { $0.commands.compactMap(\.file) } })
    let known = Set(facts.rows("script").compactMap { facts.cell($0, "path").value })
    for path in called.subtracting(known).sorted() {
      guard let file = workspace.file(path), Shell.Shebang(file.bytes) != nil || path.hasSuffix(".sh") else { continue }
      ScriptFacts.add(file, to: &facts)
    }
  }
}
