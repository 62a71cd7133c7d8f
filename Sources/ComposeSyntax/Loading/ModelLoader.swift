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
  var variables: [ComposeVariable] = []
  /// Every compose file that was read, those of `include` and `extends` too.
  private(set) var loadedFiles: [ComposeFile] = []
  /// Whether a file could not be read or parsed, so that what it says is unknown.
  var isIncomplete: Bool {
    get { hasUnread || log.isExhausted }
    set { hasUnread = newValue }
  }

  private var hasUnread = false
  private var bases: [String: (services: ComposeMap, resets: [[String]])] = [:]
  var includeCount = 0

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
      var content = LegacyForm.modernised(read)
      // The problems of a form that compose refuses are those of the file as it is written.
      if content["services"] != nil, read["services"] == nil { check(read, file) }
      var extender = ServiceExtension(loader: self, environment: scope.environment, directory: scope.fileDirectory)
      extender.apply(to: &content, in: file, resets: resets)
      content = Reset.apply(resets, to: &model, replacedBy: content)
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

  private func check(_ written: ComposeMap, _ file: ComposeFile) {
    for problem in SchemaValidator.problems(of: written) { log.add(problem) }
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
    let start = ComposePlace(file: file, range: ByteRange(at: document.range.start))
    guard log.allow(min(document.expandedCount, ValueReader.mostValues), at: start),
      let value = reader.read(document)
    else {
      isIncomplete = true
      return nil
    }
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
