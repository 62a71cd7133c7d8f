import SourceText

/// A compose project as `docker compose` would run it, with the place of every value.
///
/// Loading never fails: what is wrong is a problem, and what could be read is there all the same.
public struct ComposeProject: Sendable {
  public let name: ComposeValue
  /// The compose files that were asked for or found, an override file included, relative to the root.
  public let files: [String]
  /// All compose files that were read, those of `include` and `extends` too.
  public let loadedFiles: [ComposeFile]
  /// The `.env` files whose variables were used for interpolation.
  public let environmentFiles: [ComposeFile]
  /// The absolute path of the directory from which relative paths begin.
  public let directory: String
  /// The whole model, with all services, in its long form.
  public let model: ComposeValue
  public let profiles: [String]
  /// The services that start with these profiles.
  public let services: [ComposeService]
  /// The services that no active profile starts.
  public let disabledServices: [ComposeService]
  /// In the order in which compose would meet them.
  public let problems: [ComposeProblem]
  /// Each use of a variable in the compose files and `.env` files.
  public let variables: [ComposeVariable]
  /// Whether all files were read and parsed. Otherwise what is not there may stand where nothing was read.
  public let isComplete: Bool

  /// The problem at which compose would stop; nil where it would run the project.
  public var strictError: ComposeProblem? { problems.first { $0.severity == .error } }

  /// The names of the variables that the files mention.
  public var variableNames: Set<String> { Set(variables.map(\.name)) }

  public func service(_ name: String) -> ComposeService? {
    services.first { $0.name == name } ?? disabledServices.first { $0.name == name }
  }

  /// The value at a path, such as `["services", "web", "ports", "0", "target"]`.
  public func value(at path: [String]) -> ComposeValue? { model.value(at: path) }

  /// The names of the variables that the model still mentions, when it was loaded without interpolation; an empty name
  /// stands for a `${` that begins none.
  public var namesInModel: Set<String> {
    var names: Set<String> = []
    var rest = [model]
    while let value = rest.popLast() {
      switch value.content {
      case .string(let text): names.formUnion(TemplateVariables.names(in: text))
      case .list(let items): rest += items
      case .map(let map): rest += map.map(\.value)
      default: break
      }
    }
    return names
  }

  public init(_ options: ComposeOptions, from reader: any ComposeFileReader) {
    let log = ProblemLog()
    let store = FileStore(reader: reader, root: options.root)
    let discovery = FileDiscovery(options: options, store: store, log: log)
    var environment = discovery.environment
    let home = options.environment["HOME"]
    let loader = ModelLoader(store: store, log: log, interpolates: options.interpolates, home: home)
    let composeFiles = discovery.files.compactMap { loader.open($0, for: "to load") }
    let name = ProjectName.find(options, composeFiles, discovery.projectDirectory, environment, log)
    environment.set("COMPOSE_PROJECT_NAME", name.string ?? "", source: .compose)

    let scope = ModelLoader.Scope(
      directory: discovery.projectDirectory, fileDirectory: discovery.projectDirectory, environment: environment,
      chain: [])
    var model = loader.load(composeFiles, scope)
    if !composeFiles.isEmpty, model.isEmpty, !log.hasErrors {
      log.add(
        .emptyProject, "The compose file is empty.",
        at: composeFiles.first.map { ComposePlace(file: $0, range: ByteRange(at: 0)) },
        subject: composeFiles.first?.path)
    }
    if !composeFiles.isEmpty, name.string ?? "" == "" {
      log.add(.invalidProjectName, "The project has no name.", at: name.place, subject: "")
    }
    model["name"] = name
    if options.interpolates {
      model = Normalization(projectName: name.string ?? "", environment: environment).apply(to: model)
      var effective = EffectiveValues(log: log)
      model = effective.decode(model)
    }

    let profiles = Self.profiles(options, environment)
    var active: [String] = []
    var inactive: [String] = []
    for (service, value) in model["services"]?.map ?? ComposeMap() {
      if Self.isActive(value, profiles) { active.append(service) } else { inactive.append(service) }
    }
    var files = ServiceFiles(store: store, log: log, environment: environment)
    if options.interpolates {
      let consistency = Consistency(
        model: model, active: active, disabled: Set(inactive), log: log, isComplete: !loader.isIncomplete)
      consistency.check()
      files.apply(to: &model, active)
      consistency.checkContainerNames()
    }

    self.name = name
    self.files = discovery.files.map { store.shown($0) }
    loadedFiles = loader.loadedFiles
    environmentFiles = discovery.environmentFiles
    directory = discovery.projectDirectory
    self.model = ComposeValue(.map(model))
    self.profiles = profiles
    let isComplete = !loader.isIncomplete
    let incomplete = files.incomplete
    func service(_ name: String) -> ComposeService? {
      guard let value = model["services"]?[name], value.map != nil else { return nil }
      return ComposeService(
        name: name, value: value, hasWholeEnvironment: isComplete && !incomplete.contains(name), root: store.root)
    }
    services = active.compactMap { service($0) }
    disabledServices = inactive.compactMap { service($0) }
    problems = log.problems
    variables = discovery.variables + loader.variables
    self.isComplete = isComplete
  }

  private static func profiles(_ options: ComposeOptions, _ environment: ComposeEnvironment) -> [String] {
    guard options.profiles.isEmpty else { return options.profiles }
    let names = (environment["COMPOSE_PROFILES"] ?? "").split(separator: ",").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return names.filter { !$0.isEmpty }
  }

  private static func isActive(_ service: ComposeValue, _ profiles: [String]) -> Bool {
    let own = (service["profiles"]?.list ?? []).compactMap(\.string)
    return own.isEmpty || profiles.contains { $0 == "*" || own.contains($0) }
  }
}
