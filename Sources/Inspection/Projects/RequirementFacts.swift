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
      let name = Path.name(item.path)
      if name == "package.json" { addNode(item.path, to: &facts) }
      if name == "pom.xml" { addMaven(item.path, to: &facts) }
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
    guard let pom = workspace.file(path).flatMap({ PomFile($0) }) else { return }
    for dependency in pom.dependencies {
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

  // MARK: Python

  /// Packages of C code for which pypi.org has never had a build for Linux: https://pypi.org/project/psycopg2/#files and so on.
  private static let sourcesOnly: Set<String> = [
    "psycopg2", "mysqlclient", "uwsgi", "pycrypto", "python-ldap", "pygraphviz", "dlib", "pyaudio", "dbus-python",
    "mysql-python", "pycairo", "pygobject", "systemd-python", "pylibmc", "gssapi", "pysvn", "m2crypto",
  ]

  /// https://pip.pypa.io/en/stable/reference/requirements-file-format/
  private func addPython(_ path: String, to facts: inout FactStore) {
    guard let file = workspace.file(path) else { return }
    let map = file.lineMap
    for number in 1...max(map.lineCount, 1) {
      guard let range = map.range(ofLine: number) else { continue }
      let line = file.text(range)
      let text = line.drop { $0 == " " || $0 == "\t" }.prefix { $0 != "#" && $0 != "\n" && $0 != "\r" }
      guard let first = text.first, first != "-" || text.hasPrefix("-e ") else { continue }
      let isVCS = text.contains("git+") || text.contains("hg+") || text.contains("svn+")
      let name = text.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
      guard isVCS || !name.isEmpty else { continue }
      let version = text.dropFirst(name.count).drop { $0 != "=" && $0 != "~" && $0 != ">" && $0 != "<" }.drop {
        "=~><! ".contains($0)
      }
      .prefix { $0.isNumber || $0 == "." || $0.isLetter }
      facts.add(
        "requires",
        [
          "directory": Cell(Path.parent(path)), "tool": "pip",
          "module": Cell(name.lowercased(), Place(file: path, range)),
          "version": Cell(String(version)), "host": "", "replaced-by": "", "by-vcs": Cell(isVCS),
          "native": Cell(Self.sourcesOnly.contains(name.lowercased().replacingUnderscores)),
        ], at: Place(file: path, range))
    }
  }
}

extension String {
  /// The spelling of a package's name with hyphens: https://packaging.python.org/en/latest/specifications/name-normalization/
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" || $0 == "." ? "-" : $0 }) }
}
