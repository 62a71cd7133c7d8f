import ComposeSyntax
import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down the files that pin dependencies, whether they are there, and whether they agree with the manifest.
struct LockFacts {
  let workspace: Workspace
  let go: GoSources

  func add(to facts: inout FactStore) {
    for module in go.modules {
      addSums(module, to: &facts)
      addVendor(module, to: &facts)
    }
    for item in workspace.listing.items where item.name == "package.json" { addNode(item.path, to: &facts) }
  }

  private func add(
    _ directory: String, _ tool: String, _ file: String, _ kind: String, _ state: String, module: Cell = "",
    at place: Place?,
    to facts: inout FactStore
  ) {
    facts.add(
      "lock",
      [
        "directory": Cell(directory), "tool": Cell(tool), "file": Cell(file, place), "kind": Cell(kind),
        "state": Cell(state), "module": module,
      ], at: place)
  }

  // MARK: Go

  private func addSums(_ module: GoModFile, to facts: inout FactStore) {
    let directory = Path.parent(module.source.path)
    let path = Path.join(directory, "go.sum")
    let needed = module.requirements.filter { requirement in
      !module.replacements.contains { $0.old.text == requirement.path.text && $0.isLocal }
    }
    let line = module.module.map { Place(file: module.source.path, $0.range) }
    guard workspace.listing.contains(path) else {
      let isReplaced = workspace.listing.contains(Path.join(directory, "vendor/modules.txt")) || isMember(directory)
      if !needed.isEmpty, !isReplaced {
        if let rule = gitRule(hiding: path) {
          add(directory, "go", path, "lock", "ignored", at: rule, to: &facts)
        } else {
          add(directory, "go", path, "lock", "missing", at: line, to: &facts)
        }
      }
      return
    }
    let place = Place(file: path, ByteRange(at: 0))
    guard let file = workspace.file(path) else { return }
    let sums = GoSumFile(file)
    let absent = needed.first { requirement in
      let isOther = module.replacements.contains { $0.old.text == requirement.path.text }
      let version = "\(requirement.path.text)@\(requirement.version.text)"
      return !isOther && !sums.goModFiles.contains(version) && !sums.modules.contains(version)
    }
    if let absent, !isMember(directory) {
      let module = Cell(absent.path.text, Place(file: module.source.path, absent.range))
      add(directory, "go", path, "lock", "stale", module: module, at: module.place, to: &facts)
    } else {
      add(directory, "go", path, "lock", "ok", at: place, to: &facts)
    }
  }

  /// Members of a workspace may have their checksums in go.work.sum.
  private func isMember(_ directory: String) -> Bool {
    var folder = directory
    while true {
      if workspace.listing.contains(Path.join(folder, "go.work")) { return true }
      if folder == "." || folder.isEmpty { return false }
      folder = Path.parent(folder)
    }
  }

  /// https://go.dev/ref/mod#vendoring: since Go 1.14 both lists have to agree.
  private func addVendor(_ module: GoModFile, to facts: inout FactStore) {
    let directory = Path.parent(module.source.path)
    let path = Path.join(directory, "vendor/modules.txt")
    guard workspace.listing.contains(path), let file = workspace.file(path) else { return }
    let list = GoVendorList(file)
    let checks = module.go.flatMap { VersionOrder.compare($0.text, "1.14") }.map { $0 >= 0 } ?? false
    let absent = module.requirements.first { requirement in
      !list.modules.contains {
        $0.path == requirement.path.text && ($0.version.isEmpty || $0.version == requirement.version.text)
          && $0.isExplicit
      }
    }
    if checks, let absent {
      let place = Place(file: module.source.path, absent.range)
      add(directory, "go", path, "vendor", "stale", module: Cell(absent.path.text, place), at: place, to: &facts)
    } else {
      add(directory, "go", path, "vendor", "ok", at: Place(file: path, ByteRange(at: 0)), to: &facts)
    }
  }

  // MARK: Node

  private static let locks = [
    ("package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm"), ("yarn.lock", "yarn"), ("pnpm-lock.yaml", "pnpm"),
  ]

  private func addNode(_ manifest: String, to facts: inout FactStore) {
    let directory = Path.parent(manifest)
    var isLocked = false
    for (name, tool) in Self.locks {
      let path = Path.join(directory, name)
      guard workspace.listing.contains(path) else { continue }
      isLocked = true
      let absent = tool == "npm" ? disagreement(manifest, path) : nil
      add(
        directory, tool, path, "lock", absent == nil ? "ok" : "stale", module: absent ?? "",
        at: absent?.place ?? Place(file: path, ByteRange(at: 0)), to: &facts)
    }
    guard !isLocked, let file = workspace.file(manifest), let root = YAMLFile(file).root else { return }
    let place =
      root.entry("dependencies").map { Place(file: manifest, $0.key.range) } ?? Place(file: manifest, ByteRange(at: 0))
    add(directory, "npm", Path.join(directory, "package-lock.json"), "lock", "missing", at: place, to: &facts)
  }

  /// A dependency that the lock file does not have as the manifest has it.
  private func disagreement(_ manifest: String, _ lock: String) -> Cell? {
    guard let file = workspace.file(manifest), let locked = workspace.file(lock), let root = YAMLFile(file).root,
      let other = YAMLFile(locked).root
    else { return nil }
    // Since lockfile version 2 the manifest's own lists stand under the empty name.
    let own = other["packages"]?[""]
    for section in ["dependencies", "devDependencies"] {
      for entry in root[section]?.entries ?? [] {
        guard let name = entry.key.text, let version = entry.value.text else { continue }
        let agrees =
          own.map { $0[section]?[name]?.text == version } ?? (other["dependencies"].map { $0[name] != nil } ?? true)
        if !agrees { return Cell(name, Place(file: manifest, entry.range)) }
      }
    }
    return nil
  }

  // MARK: git

  /// The line of a .gitignore, in the file's folder or above, that names the file.
  private func gitRule(hiding path: String) -> Place? {
    var folder = Path.parent(path)
    while true {
      let ignore = Path.join(folder, ".gitignore")
      if workspace.listing.contains(ignore), let file = workspace.file(ignore) {
        let rules = IgnoreRules(file.bytes)
        if let rule = rules.patterns.last(where: {
          $0.text == Path.name(path) || $0.text == Path.relative(path, to: folder) || $0.text == "*.sum"
        }),
          !rule.isException
        {
          return Place(file: ignore, rule.range)
        }
      }
      if folder == "." { return nil }
      folder = Path.parent(folder)
    }
  }
}
