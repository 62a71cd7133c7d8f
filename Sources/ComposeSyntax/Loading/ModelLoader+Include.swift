import SourceText

/// What `include` adds: the resources of other projects, each loaded as a project of its own.
extension ModelLoader {
  private static var mostIncludes: Int { 500 }

  func applyIncludes(of content: inout ComposeMap, resets: [[String]], _ scope: Scope) {
    guard let value = content["include"] else { return }
    content["include"] = nil
    guard !value.isNull else { return }
    guard let items = value.list else {
      log.add(
        .wrongType, "`include` is \(value.typeName), but must be a list.", at: value.place, path: ["include"],
        expected: "a list")
      return
    }
    for (index, item) in items.enumerated() {
      for problem in Inclusion.problems(of: item, index) { log.add(problem) }
      guard let inclusion = Inclusion(item, directory: scope.fileDirectory) else { continue }
      include(inclusion, into: &content, resets: resets, scope)
    }
  }

  private func include(_ inclusion: Inclusion, into content: inout ComposeMap, resets: [[String]], _ scope: Scope) {
    includeCount += 1
    guard let first = inclusion.paths.first else { return }
    guard includeCount <= Self.mostIncludes else {
      isIncomplete = true
      if includeCount == Self.mostIncludes + 1 {
        log.add(
          .yaml(.tooLarge), "More than \(Self.mostIncludes) files are included. This and what follows is not read.",
          at: first.place, path: ["include"], subject: store.shown(first.path))
      }
      return
    }
    if scope.chain.contains(first.path) {
      let chain = (scope.chain + [first.path]).map { store.shown($0) }
      log.add(
        .includeCycle, "These files include each other: \(chain.joined(separator: ", then ")).", at: first.place,
        path: ["include"], subject: store.shown(first.path))
      return
    }
    let files = inclusion.paths.compactMap { open($0.path, at: $0.place, for: "to include") }
    guard !files.isEmpty else { return }
    var inner = scope
    inner.fileDirectory = inclusion.projectDirectory
    inner.directory = inclusion.projectDirectory
    // Compose takes what is no directory for a file, and its folder for the directory of the project.
    if case .missing = store.read(inclusion.projectDirectory, isYAML: false) {
      inner.directory = ComposePath.directory(of: inclusion.projectDirectory)
    }
    addVariables(of: inclusion, to: &inner, scope)
    let included = load(files, inner)
    var merge = Merge(log: log)
    for section in ["services", "volumes", "networks", "secrets", "configs", "models"] {
      guard let resources = included[section]?.map else { continue }
      var all = content[section]?.map ?? ComposeMap()
      for (name, resource) in resources {
        guard let own = all[name] else {
          all[name] = resource
          continue
        }
        if own.isEqual(to: resource) { continue }
        // What the including file says about a resource overrides what the included one says.
        var base = ComposeMap([(section, ComposeValue(.map(ComposeMap([(name, resource)]))))])
        Reset.apply(resets, to: &base)
        guard let reset = base[section]?[name] else { continue }
        all[name] = merge.merge(own, over: reset, at: [section, name])
      }
      content[section] = ComposeValue(.map(all), at: content[section]?.place ?? included[section]?.place)
    }
  }

  private func addVariables(of inclusion: Inclusion, to inner: inout Scope, _ scope: Scope) {
    var paths = inclusion.environmentFiles
    if paths.isEmpty {
      let path = inclusion.projectDirectory + "/.env"
      if store.isFile(path) { paths = [Inclusion.Reference(path: path, place: nil)] }
    }
    var found: [(name: String, value: String, source: ComposeEnvironment.Source)] = []
    for reference in paths where reference.path != "/dev/null" {
      switch store.read(reference.path, isYAML: false) {
      case .file(let file):
        var known: [String: String] = [:]
        for (name, value, _) in found { known[name] = value }
        let result = EnvironmentFile(file, log: log) { [scope] in scope.environment[$0] ?? known[$0] }
        variables += result.variables
        found += result.entries.map { ($0.name, $0.value.string ?? "", .file($0.place)) }
      case .outside:
        isIncomplete = true
        log.add(
          .outsideRoot,
          "`\(store.shown(reference.path))` lies outside of the project, so its variables are unknown.",
          severity: .unknown, at: reference.place, subject: store.shown(reference.path))
      case .missing, .directory, .refused:
        log.add(
          .missingFile, "There is no environment file `\(store.shown(reference.path))`.", at: reference.place,
          path: ["include"], subject: store.shown(reference.path), suggestion: store.suggestion(for: reference.path))
      }
    }
    inner.environment.add(found.reversed())
  }
}
