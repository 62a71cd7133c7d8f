import SourceText

/// What a main package and every package that it imports do, as far as the given source tells.
public struct GoProgram: Sendable {
  /// The folder of the main package.
  public let directory: String
  /// The folders of all packages that the program is made of, the main package first.
  public let directories: [String]
  /// Every import of these packages that is not among the given files, with each place where it stands.
  public let imports: [String: [SourcePlace]]
  public let listeners: [Listener]
  public let signals: [SignalHandler]
  public let shutdowns: [ShutdownCall]
  public let life: ProgramLife
  public let files: [FileUse]
  public let variables: [VariableUse]
  public let hosts: [HostUse]
  public let zones: [ZoneUse]
  public let commands: [CommandUse]
  /// The patterns of `//go:embed` lines with the files that hold them: paths relative to those files' folders.
  public let embeds: [(file: String, embed: GoEmbed)]

  /// Reads the program whose main package is in `directory`. Nil where no such package is among the files.
  public init?(_ project: GoProject, directory: String, context: GoBuildContext = GoBuildContext()) {
    guard let main = project.package(at: directory) else { return nil }
    var packages: [(package: GoPackage, files: [GoFile])] = []
    var imports: [String: [SourcePlace]] = [:]
    var rest = [main]
    var seen: Set<String> = [directory]
    while !rest.isEmpty {
      let package = rest.removeFirst()
      packages.append((package, package.files(in: context)))
      for (path, place) in package.imports(in: context) {
        guard let target = project.package(importing: path, from: package.directory) else {
          imports[path, default: []].append(place)
          continue
        }
        if seen.insert(target.directory).inserted { rest.append(target) }
      }
    }
    self.directory = directory
    directories = packages.map(\.package.directory)
    self.imports = imports
    let index = GoIndex(packages: packages) { project.package(importing: $0, from: $1.directory) }
    let settings = GoSettings(index)
    let flow = GoFlow(index: index)
    let found = GoListeners(index, settings)
    var listeners = GoRoles(index: index, settings: settings).assign(found.found, found.calls)
    for position in listeners.indices {
      listeners[position].isReached = flow.isReached(index.calls[found.calls[position]].code)
    }
    self.listeners = listeners
    let servers = GoServers(index: index)
    let serves = servers.serves()
    let calls = GoCalls(index, settings, flow, servers)
    files = GoFiles(calls: calls).find()
    variables = GoVariableUses(calls).find()
    hosts = GoHosts(calls).find()
    zones = GoOtherNeeds(calls: calls).zones()
    commands = GoOtherNeeds(calls: calls).commands()
    embeds = packages.flatMap { $0.files.flatMap { file in file.embeds.map { (file.path, $0) } } }
    shutdowns = GoShutdowns(index, settings, flow, servers, serves).find()
    signals = GoSignals(index: index, settings: settings, flow: flow).handlers(shutdowns)
    var life = GoLife(
      index: index, flow: flow, serves: Set(serves.map(\.call)),
      runsListener: found.calls.contains { flow.isReached(index.calls[$0].code) })
    self.life =
      index.functions[GoSymbol(package: "./" + directory, name: "main")].map { life.life(main: $0) }
      ?? ProgramLife(kind: .unknown, place: nil, isConditional: false)
  }
}
