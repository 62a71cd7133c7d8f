import ComposeSyntax
import ProgramSource
import SourceText

/// Writes down what the project depends on, as its manifests say.
struct RequirementFacts {
  let workspace: Workspace
  let go: GoSources

  func add(to facts: inout FactStore) {
    for module in go.modules { add(module, to: &facts) }
    for item in workspace.listing.items {
      let name = item.name
      if name == "package.json" { addNode(item.path, to: &facts) }
      if name == "pom.xml" { addMaven(item.path, to: &facts) }
      if name == "composer.json" { addComposer(item.path, to: &facts) }
      if name.hasPrefix("requirements"), name.hasSuffix(".txt") { addPython(item.path, to: &facts) }
    }
    facts.declare("requires", workspace.request.isPartial ? .open : .presumed)
  }

  // MARK: Go

  private func add(_ module: GoModFile, to facts: inout FactStore) {
    let path = module.source.path
    for requirement in module.requirements {
      let replacement = module.replacements.last { $0.old.text == requirement.path.text }
      facts.add(
        "requires",
        [
          "directory": Cell(Path.parent(path)), "tool": "go",
          "module": Cell(requirement.path.text, Place(file: path, requirement.path.range)),
          "version": Cell(requirement.version.text, Place(file: path, requirement.version.range)),
          "host": Cell(String(requirement.path.text.prefix { $0 != "/" })),
          "replaced-by": replacement.map { Cell($0.new.text, Place(file: path, $0.new.range)) } ?? "",
          "by-vcs": "no", "native": "no",
        ], at: Place(file: path, requirement.range))
    }
  }

  // MARK: Node

  /// https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies
  private func addNode(_ path: String, to facts: inout FactStore) {
    guard let file = workspace.file(path), let root = YAMLFile(file).root else { return }
    for section in ["dependencies", "devDependencies", "optionalDependencies"] {
      for entry in root[section]?.entries ?? [] {
        guard let name = entry.key.text, let version = entry.value.text else { continue }
        let isAddress = version.hasPrefix("git") || version.hasPrefix("github:") || version.contains(".git")
        let isShort =
          !version.hasPrefix("@") && !version.contains(":") && version.contains("/") && !version.hasPrefix(".")
          && !version.hasPrefix("/")
        facts.add(
          "requires",
          [
            "directory": Cell(Path.parent(path)), "tool": "npm",
            "module": Cell(name, Place(file: path, entry.key.range)),
            "version": Cell(version, Place(file: path, entry.value.range)), "host": "", "replaced-by": "",
            "by-vcs": Cell(isAddress || isShort), "native": "no",
          ], at: Place(file: path, entry.range))
      }
    }
  }

  // MARK: Maven

  private func addMaven(_ path: String, to facts: inout FactStore) {
    guard let file = workspace.file(path) else { return }
    for dependency in MavenManifest(file).dependencies {
      facts.add(
        "requires",
        [
          "directory": Cell(Path.parent(path)), "tool": "mvn",
          "module": Cell("\(dependency.group):\(dependency.artifact)", dependency.place),
          "version": dependency.version ?? "", "host": Cell(dependency.group), "replaced-by": "", "by-vcs": "no",
          "native": "no",
        ], at: dependency.place)
    }
  }

  // MARK: Composer

  private func addComposer(_ path: String, to facts: inout FactStore) {
    for requirement in ComposerManifest(path, workspace).extensions {
      facts.add(
        "requires",
        [
          "directory": Cell(Path.parent(path)), "tool": "composer",
          "module": Cell("ext-" + requirement.name, requirement.place), "version": "", "host": "", "replaced-by": "",
          "by-vcs": "no", "native": "no",
        ], at: requirement.place)
    }
  }

  // MARK: Python

  /// Packages of C code for which pypi.org has never had a build for Linux: https://pypi.org/project/psycopg2/#files and so on.
  private static let sourcesOnly: Set<String> = [
    "psycopg2", "mysqlclient", "uwsgi", "pycrypto", "python-ldap", "pygraphviz", "dlib", "pyaudio", "dbus-python",
    "mysql-python", "pycairo", "pygobject", "systemd-python", "pylibmc", "gssapi", "pysvn", "m2crypto",
  ]

  private func addPython(_ path: String, to facts: inout FactStore) {
    guard let file = workspace.file(path) else { return }
    for requirement in PythonRequirements(file).requirements {
      let place = Place(file: path, requirement.name.range)
      let name = PythonRequirements.normalized(requirement.name.text)
      let version =
        requirement.isCheckout
        ? ""
        : requirement.version.text.drop { !"=~<>".contains($0) }.drop { "=~<>! ".contains($0) }
          .prefix { $0.isNumber || $0 == "." || $0.isLetter }
      facts.add(
        "requires",
        [
          "directory": Cell(Path.parent(path)), "tool": "pip",
          "module": Cell(requirement.name.text.lowercased(), place),
          "version": Cell(String(version)), "host": "", "replaced-by": "", "by-vcs": Cell(requirement.isCheckout),
          "native": Cell(Self.sourcesOnly.contains(name)),
        ], at: place)
    }
  }
}
