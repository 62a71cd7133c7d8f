/// Finds the compose files and the `.env` file of a project as the command line does.
struct FileDiscovery {
  let options: ComposeOptions
  let store: FileStore
  let log: ProblemLog

  static let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
  static let overrideNames = [
    "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
  ]

  private(set) var environment: ComposeEnvironment
  private(set) var environmentFiles: [ComposeFile] = []
  private(set) var variables: [ComposeVariable] = []
  /// The absolute paths of the compose files, in order.
  private(set) var files: [String] = []
  /// The absolute path of the directory from which relative paths begin.
  private(set) var projectDirectory: String

  init(options: ComposeOptions, store: FileStore, log: ProblemLog) {
    self.options = options
    self.store = store
    self.log = log
    let directory = ComposePath.join(store.root, options.directory)
    var host = options.environment
    if host["PWD"] == nil { host["PWD"] = directory }
    environment = ComposeEnvironment(host: host)
    projectDirectory = directory
    let given = options.files.map { ComposePath.isRemote($0) ? $0 : ComposePath.join(directory, $0) }
    if let first = given.first { projectDirectory = ComposePath.directory(of: first) }
    readEnvironmentFiles(in: directory)
    files = given.isEmpty ? namedByEnvironment(in: directory) ?? found(from: directory) : given
    guard let first = files.first else { return }
    projectDirectory = ComposePath.directory(of: first)
    if options.envFiles.isEmpty, projectDirectory != directory { readEnvironmentFile(projectDirectory + "/.env") }
  }

  // MARK: Compose files

  private func namedByEnvironment(in directory: String) -> [String]? {
    guard let list = environment["COMPOSE_FILE"] else { return nil }
    let separator = environment["COMPOSE_PATH_SEPARATOR"].flatMap { $0.isEmpty ? nil : $0 } ?? ":"
    return Self.split(list, by: separator).map { ComposePath.join(directory, $0) }
  }

  private static func split(_ text: String, by separator: String) -> [String] {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    var parts: [String] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: mark) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// The compose file of the directory, or of the nearest one above that has one.
  private func found(from start: String) -> [String] {
    var directory = start
    while ComposePath.relative(directory, to: store.root) != nil {
      let candidates = Self.names.map { directory + "/" + $0 }.filter { store.isFile($0) }
      if let file = candidates.first {
        if candidates.count > 1 { warnSeveral("compose", candidates) }
        let overrides = Self.overrideNames.map { directory + "/" + $0 }.filter { store.isFile($0) }
        if overrides.count > 1 { warnSeveral("override", overrides) }
        return [file] + overrides.prefix(1)
      }
      guard directory != store.root, directory != "/" else { break }
      directory = ComposePath.directory(of: directory)
    }
    log.add(
      .noComposeFile, "No compose file: none of \(Self.names.joined(separator: ", ")) is there.",
      subject: store.shown(start))
    return []
  }

  private func warnSeveral(_ kind: String, _ files: [String]) {
    let names = files.map { ComposePath.name(of: $0) }
    log.warn(
      .severalFiles, "There are several \(kind) files: \(names.joined(separator: ", ")). Compose reads \(names[0]).",
      subject: names[0])
  }

  // MARK: Environment files

  private mutating func readEnvironmentFiles(in directory: String) {
    guard options.envFiles.isEmpty else {
      // Among these files the later ones win, but none wins over the environment of the process.
      var found: [(name: String, value: String, source: ComposeEnvironment.Source)] = []
      for path in options.envFiles.map({ ComposePath.join(directory, $0) }) {
        switch store.read(path, isYAML: false) {
        case .file(let file): found += read(file, known: found)
        case .missing: report(.missingFile, .error, "There is no environment file `\(store.shown(path))`.", path)
        case .directory:
          report(.unreadableFile, .error, "`\(store.shown(path))` is a directory, not an environment file.", path)
        case .outside: reportUnknown(path)
        case .refused(let reason):
          report(.unreadableFile, .error, "`\(store.shown(path))` cannot be read: \(reason).", path)
        }
      }
      environment.add(found.reversed())
      return
    }
    if let text = options.environment["COMPOSE_DISABLE_ENV_FILE"],
      ["1", "t", "T", "true", "TRUE", "True"].contains(text)
    {
      return
    }
    readEnvironmentFile(projectDirectory + "/.env")
  }

  private mutating func readEnvironmentFile(_ path: String) {
    guard case .file(let file) = store.read(path, isYAML: false) else { return }
    environment.add(read(file, known: []).reversed())
  }

  private mutating func read(
    _ file: ComposeFile, known: [(name: String, value: String, source: ComposeEnvironment.Source)]
  ) -> [(name: String, value: String, source: ComposeEnvironment.Source)] {
    guard !environmentFiles.contains(where: { $0 === file }) else { return [] }
    environmentFiles.append(file)
    var earlier: [String: String] = [:]
    for (name, value, _) in known { earlier[name] = value }
    let result = EnvironmentFile(file, log: log) { [environment] in environment[$0] ?? earlier[$0] }
    variables += result.variables
    return result.entries.map { ($0.name, $0.value.string ?? "", .file($0.value.place ?? $0.place)) }
  }

  private func report(
    _ kind: ComposeProblem.Kind, _ severity: ComposeProblem.Severity, _ message: String, _ path: String
  ) {
    log.add(kind, message, severity: severity, subject: store.shown(path), suggestion: store.suggestion(for: path))
  }

  private func reportUnknown(_ path: String) {
    report(
      .outsideRoot, .unknown, "`\(store.shown(path))` lies outside of the project, so its variables are unknown.", path)
  }
}
