import SourceText

/// Loads compose files into one model: interpolates, extends, includes, merges and checks them, each file over those
/// before it.
final class ModelLoader {
  /// What holds for the files of one `include`, or of the project itself.
  struct Scope {
    /// The absolute path from which the relative paths of values begin.
    var directory: String
    /// The absolute path from which other compose files are found.
    var fileDirectory: String
    var environment: ComposeEnvironment
    /// The files that led here by `include`, the first one first.
    var chain: [String]
  }

  let store: FileStore
  let log: ProblemLog
  let interpolates: Bool
  let home: String?
  private(set) var variables: [ComposeVariable] = []
  /// Every compose file that was read, those of `include` and `extends` too.
  private(set) var loadedFiles: [ComposeFile] = []
  /// Whether a file could not be read or parsed, so that what it says is unknown.
  private(set) var isIncomplete = false

  private var bases: [String: (services: ComposeMap, resets: [[String]])] = [:]
  private var includeCount = 0

  private static let mostIncludes = 500

  init(store: FileStore, log: ProblemLog, interpolates: Bool, home: String?) {
    self.store = store
    self.log = log
    self.interpolates = interpolates
    self.home = home
  }

  // MARK: Models

  /// Loads files that override one another, in order.
  func load(_ files: [ComposeFile], _ scope: Scope) -> ComposeMap {
    var model = ComposeMap()
    for file in files { add(file, to: &model, scope) }
    model = Defaults.apply(to: model)
    if interpolates { ModelChecks(log: log).run(on: model) }
    model = AbsolutePaths(directory: scope.directory, home: home, log: log).apply(to: model)
    return resolveSettings(model, scope.environment)
  }

  /// Opens a compose file and reports what cannot be read of it.
  func open(_ path: String, at place: ComposePlace? = nil, for purpose: String) -> ComposeFile? {
    let shown = store.shown(path)
    switch store.read(path, isYAML: true) {
    case .file(let file):
      if !loadedFiles.contains(where: { $0 === file }) {
        loadedFiles.append(file)
        reportSyntax(of: file)
      }
      return file
    case .missing:
      log.add(
        .missingFile, "There is no file `\(shown)` \(purpose).", at: place, subject: shown,
        suggestion: store.suggestion(for: path))
    case .directory:
      log.add(.unreadableFile, "`\(shown)` \(purpose) is a directory.", at: place, subject: shown)
    case .outside:
      log.add(
        .outsideRoot, "`\(shown)` \(purpose) lies outside of the project, so what it says is unknown.",
        severity: .unknown, at: place, subject: shown)
    case .refused(let reason):
      log.add(.unreadableFile, "`\(shown)` \(purpose) cannot be read: \(reason).", at: place, subject: shown)
    }
    isIncomplete = true
    return nil
  }

  private func reportSyntax(of file: ComposeFile) {
    for problem in file.yaml?.problems ?? [] {
      if problem.kind != .duplicateKey { isIncomplete = true }
      log.add(
        .yaml(problem.kind), problem.message, at: ComposePlace(file: file, range: problem.range),
        subject: problem.kind == .duplicateKey ? file.source.text(problem.range) : nil)
    }
  }

  // MARK: Files

  private func add(_ file: ComposeFile, to model: inout ComposeMap, _ scope: Scope) {
    var scope = scope
    scope.chain.append(file.absolutePath)
    for document in file.yaml?.documents ?? [] {
      guard let (read, resets) = read(document, of: file, scope.environment) else { continue }
      var content = read
      var extender = ServiceExtension(loader: self, environment: scope.environment, directory: scope.fileDirectory)
      extender.apply(to: &content, in: file, resets: resets)
      Reset.apply(resets, to: &model)
      applyIncludes(of: &content, resets: resets, scope)
      var merge = Merge(log: log)
      model = merge.merge(content, over: model)
      model = Uniqueness(log: log).apply(to: model)
      check(&model, file)
      model = canonical(model)
      model = Uniqueness(log: log).apply(to: model)
      model = OmitEmpty.apply(to: model)
    }
  }

  private func canonical(_ model: ComposeMap) -> ComposeMap {
    // Without interpolation, a port such as `${PORT}:80` is no fault.
    var form = CanonicalForm(log: interpolates ? log : ProblemLog(), keepsFaulty: !interpolates)
    return form.apply(to: model)
  }

  private func check(_ model: inout ComposeMap, _ file: ComposeFile) {
    for problem in SchemaValidator.problems(of: model) { log.add(problem) }
    guard let version = model["version"] else { return }
    log.warn(
      .obsoleteVersion, "`version` is obsolete: compose ignores it.", at: version.place?.ofKey ?? version.place,
      path: ["version"], subject: file.absolutePath)
    model["version"] = nil
  }

  /// The interpolated content of a document, and what it resets.
  func read(
    _ document: YAMLNode, of file: ComposeFile, _ environment: ComposeEnvironment
  ) -> (content: ComposeMap, resets: [[String]])? {
    var reader = ValueReader(file: file, log: log)
    guard let value = reader.read(document) else { return nil }
    guard value.map != nil else {
      if case .scalar(let scalar) = document.content, scalar.isMissing, file.yaml?.documents.count == 1 { return nil }
      log.add(
        .wrongType, "A compose file is a mapping, but this is \(value.typeName).", at: value.place,
        subject: file.path, expected: "a mapping")
      isIncomplete = true
      return nil
    }
    guard interpolates else { return (value.map ?? ComposeMap(), reader.resets) }
    var interpolator = Interpolator(environment: environment, log: log)
    let content = interpolator.interpolate(value)
    variables += interpolator.variables
    return (content.map ?? ComposeMap(), reader.resets)
  }

  /// The services of a file that others extend, and what the file resets.
  func base(
    _ path: String, at place: ComposePlace?, _ environment: ComposeEnvironment, service: String
  ) -> (file: ComposeFile, services: ComposeMap, resets: [[String]])? {
    guard let file = open(path, at: place, for: "to extend") else { return nil }
    if let base = bases[file.absolutePath] { return (file, base.services, base.resets) }
    var model = ComposeMap()
    var resets: [[String]] = []
    for document in file.yaml?.documents ?? [] {
      guard let (content, documentResets) = read(document, of: file, environment) else { continue }
      resets = documentResets
      Reset.apply(resets, to: &model)
      var merge = Merge(log: log)
      model = merge.merge(content, over: model)
      model = Uniqueness(log: log).apply(to: model)
      model = Uniqueness(log: log).apply(to: canonical(model))
    }
    guard let services = model["services"], services.map != nil else {
      log.add(
        .unknownBase,
        model["services"] == nil
          ? "`\(file.path)` has no services to extend." : "The `services` of `\(file.path)` are no mapping.",
        at: place, path: ["services", service, "extends"], subject: service)
      return nil
    }
    let directory = ComposePath.directory(of: file.absolutePath)
    model = AbsolutePaths(directory: directory, home: home, log: log).apply(to: model)
    let result = model["services"]?.map ?? ComposeMap()
    bases[file.absolutePath] = (result, resets)
    return (file, result, resets)
  }

  // MARK: Include

  private func applyIncludes(of content: inout ComposeMap, resets: [[String]], _ scope: Scope) {
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
    guard includeCount <= Self.mostIncludes else { return }
    guard let first = inclusion.paths.first else { return }
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

  // MARK: Settings

  /// Variables without a value in a list, and configs that come from a variable, take that of the environment in which
  /// their file was loaded.
  private func resolveSettings(_ model: ComposeMap, _ environment: ComposeEnvironment) -> ComposeMap {
    var model = model
    if let services = model["services"], let all = services.map {
      let resolved = all.compactMapValues { _, value -> ComposeValue? in
        guard var service = value.map, let variables = service["environment"], let items = variables.list else {
          return value
        }
        service["environment"] = ComposeValue(
          .list(
            items.map { item in
              guard let name = item.string, let value = environment[name] else { return item }
              return KeyValues.item(item, value)
            }), at: variables.place)
        return ComposeValue(.map(service), at: value.place)
      }
      model["services"] = ComposeValue(.map(resolved), at: services.place)
    }
    if let configs = model["configs"], let all = configs.map {
      let resolved = all.compactMapValues { _, value -> ComposeValue? in
        guard var config = value.map, let name = config["environment"], let text = name.string,
          let content = environment[text]
        else { return value }
        config["content"] = .string(content, at: name.place?.with(map: nil))
        return ComposeValue(.map(config), at: value.place)
      }
      model["configs"] = ComposeValue(.map(resolved), at: configs.place)
    }
    return model
  }
}
