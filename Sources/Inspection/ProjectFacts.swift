import ComposeSyntax
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
    RepositoryFacts(workspace: workspace).add(to: &facts)
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
    let minimum: Cell? =
      switch tool {
      case "gradle": gradleMinimum(path)
      case "composer": composerMinimum(path)
      default: pom?.java
      }
    facts.add(
      "manifest",
      [
        "directory": Cell(Path.parent(path)), "tool": Cell(tool), "file": Cell(path),
        "minimum-version": minimum ?? "", "strict": Cell(pom?.isStrict ?? false),
      ],
      at: Place(file: path, ByteRange(at: 0)))
  }

  /// The version of Java that a Gradle build compiles for, or the toolchain that it asks for and does not fetch itself.
  private func gradleMinimum(_ path: String) -> Cell? {
    guard let file = workspace.file(path).map({ GradleFile($0) }) else { return nil }
    func cell(_ text: SpelledText) -> Cell { Cell(text.text, Place(file: path, text.range)) }
    let settings = ["settings.gradle", "settings.gradle.kts"].map { Path.join(Path.parent(path), $0) }
    let fetches = settings.filter(workspace.listing.contains).compactMap(workspace.file).contains { settings in
      settings.text(ByteRange(0, settings.bytes.count)).contains("foojay")
    }
    return file.javaVersion.map(cell) ?? (fetches ? nil : file.toolchain.map(cell))
  }

  /// The version of PHP that composer.json asks for: `^8.2`, `>=8.1`. Nil where several would do, or where it sets the
  /// platform itself. https://getcomposer.org/doc/articles/versions.md
  private func composerMinimum(_ path: String) -> Cell? {
    guard let root = workspace.file(path).flatMap({ YAMLFile($0).root }), root["config"]?["platform"]?["php"] == nil,
      let scalar = root["require"]?["php"]?.scalar
    else { return nil }
    let sign = scalar.value.prefix { "^~>= v".contains($0) }
    let rest = scalar.value.dropFirst(sign.count)
    let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let version = digits.hasSuffix(".") ? digits.dropLast() : digits
    guard !version.isEmpty, !sign.hasPrefix("> "), sign != ">", !rest.contains("|") else { return nil }
    let start = sign.utf8.count
    let range = scalar.map.source(of: ByteRange(start, start + version.utf8.count))
    return Cell(String(version), Place(file: path, range))
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
