import ProgramSource
import SourceText

/// A container as `docker inspect` describes it.
///
/// https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerInspect
public struct ContainerState: Sendable {
  public struct Port: Hashable, Sendable {
    public var container: Int
    public var networkProtocol: String
    /// Empty for all addresses.
    public var hostAddress: String
    /// Nil where the engine chooses one at the start.
    public var host: Int?
  }

  public struct Mount: Hashable, Sendable {
    /// bind, volume or tmpfs.
    public var kind: String
    public var source: String
    public var target: String
    public var isWritable: Bool
  }

  public var id = ""
  public var name = ""
  public var image = ""
  public var imageID = ""
  /// created, running, paused, restarting, removing, exited or dead.
  public var status = ""
  public var exitCode = 0
  public var isOutOfMemory = false
  /// Why it could not be started; empty where it could.
  public var error = ""
  /// The number of PID 1 on the engine's machine; 0 while it does not run.
  public var process = 0
  public var startedAt = ""
  public var finishedAt = ""
  public var restartCount = 0
  /// The outputs of the last health checks.
  public var healthOutputs: [String] = []
  /// healthy, unhealthy, starting; empty without a health check.
  public var health = ""
  public var ports: [Port] = []
  public var networks: [String] = []
  public var networkMode = ""
  public var mounts: [Mount] = []
  public var variables: [(name: String, value: String)] = []
  public var labels: [String: String] = [:]
  public var entrypoint: [String] = []
  public var command: [String] = []
  public var user = ""
  public var workingFolder = ""
  public var path = ""
  public var arguments: [String] = []
  /// In bytes; 0 without a limit.
  public var memory = 0
  public var restartPolicy = ""
  public var hasInit = false
  public var hasTerminal = false
  public var isInputOpen = false

  /// The first container that `docker inspect` describes.
  static func first(in bytes: [UInt8]) -> ContainerState? {
    JSONDocument(SourceFile(path: "inspect", bytes: bytes)).root.elements.first.flatMap(ContainerState.init)
  }

  /// Nil for what is no description of a container.
  init?(_ json: JSONValue) {
    guard let id = json["Id"]?.string, let state = json["State"], !state.members.isEmpty else { return nil }
    self.id = id
    name = String((json["Name"]?.string ?? "").drop { $0 == "/" })
    imageID = json["Image"]?.string ?? ""
    status = state["Status"]?.string ?? ""
    exitCode = state["ExitCode"]?.integer ?? 0
    isOutOfMemory = state["OOMKilled"]?.boolean ?? false
    error = state["Error"]?.string ?? ""
    process = state["Pid"]?.integer ?? 0
    startedAt = state["StartedAt"]?.string ?? ""
    finishedAt = state["FinishedAt"]?.string ?? ""
    restartCount = json["RestartCount"]?.integer ?? 0
    let health = state["Health"] ?? state["Healthcheck"]
    self.health = health?["Status"]?.string ?? ""
    healthOutputs = (health?["Log"]?.elements ?? []).compactMap { $0["Output"]?.string }
    path = json["Path"]?.string ?? ""
    arguments = (json["Args"]?.elements ?? []).compactMap(\.string)
    read(json["Config"])
    read(host: json["HostConfig"])
    readPorts(json)
    networks = (json["NetworkSettings"]?["Networks"]?.members ?? []).map(\.key.text)
    mounts = (json["Mounts"]?.elements ?? []).compactMap { mount in
      guard let target = mount["Destination"]?.string else { return nil }
      let kind = mount["Type"]?.string ?? "bind"
      let source = kind == "volume" ? mount["Name"]?.string : mount["Source"]?.string
      return Mount(kind: kind, source: source ?? "", target: target, isWritable: mount["RW"]?.boolean ?? true)
    }
  }

  private mutating func read(_ config: JSONValue?) {
    image = config?["Image"]?.string ?? ""
    user = config?["User"]?.string ?? ""
    workingFolder = config?["WorkingDir"]?.string ?? ""
    hasTerminal = config?["Tty"]?.boolean ?? false
    isInputOpen = config?["OpenStdin"]?.boolean ?? false
    entrypoint = Self.words(config?["Entrypoint"])
    command = Self.words(config?["Cmd"])
    variables = Self.variables(config?["Env"])
    for label in config?["Labels"]?.members ?? [] { labels[label.key.text] = label.value.string ?? "" }
  }

  private mutating func read(host: JSONValue?) {
    networkMode = host?["NetworkMode"]?.string ?? ""
    memory = host?["Memory"]?.integer ?? 0
    hasInit = host?["Init"]?.boolean ?? false
    restartPolicy = host?["RestartPolicy"]?["Name"]?.string ?? ""
  }

  /// What the engine has opened, and what it was asked to open: a container that does not run has only the latter.
  private mutating func readPorts(_ json: JSONValue) {
    let opened = Self.ports(json["NetworkSettings"]?["Ports"])
    let wanted = Self.ports(json["HostConfig"]?["PortBindings"]).filter { port in
      !opened.contains { $0.container == port.container && $0.networkProtocol == port.networkProtocol }
    }
    for port in opened + wanted where !ports.contains(port) { ports.append(port) }
  }

  private static func ports(_ json: JSONValue?) -> [Port] {
    (json?.members ?? []).flatMap { member -> [Port] in
      let parts = member.key.text.split(separator: "/")
      guard let number = parts.first.flatMap({ Int($0) }) else { return [] }
      return member.value.elements.map { binding in
        let address = binding["HostIp"]?.string ?? ""
        return Port(
          container: number, networkProtocol: parts.count > 1 ? String(parts[1]) : "tcp",
          hostAddress: ["0.0.0.0", "::"].contains(address) ? "" : address,
          host: binding["HostPort"]?.string.flatMap { Int($0) }.flatMap { $0 == 0 ? nil : $0 })
      }
    }.reduce(into: []) { list, port in if !list.contains(port) { list.append(port) } }
  }

  static func words(_ json: JSONValue?) -> [String] {
    if let text = json?.string { return text.isEmpty ? [] : [text] }
    return (json?.elements ?? []).compactMap(\.string)
  }

  static func variables(_ json: JSONValue?) -> [(name: String, value: String)] {
    (json?.elements ?? []).compactMap(\.string).map { line in
      let sign = line.firstIndex(of: "=")
      return (String(line[..<(sign ?? line.endIndex)]), sign.map { String(line[line.index(after: $0)...]) } ?? "")
    }
  }

  public var isRunning: Bool { status == "running" || status == "paused" }

  /// The compose service that made it, and its project.
  public var service: String? { labels["com.docker.compose.service"] ?? labels["io.podman.compose.service"] }
  public var project: String? { labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"] }

  /// Whether `docker compose run` made it.
  public var isComposeRun: Bool { labels["com.docker.compose.oneoff"]?.lowercased() == "true" }
}

/// What an image says of the containers made from it, as `docker image inspect` describes it.
struct ImageState: Sendable {
  var entrypoint: [String]
  var command: [String]
  var variables: [String: String]
  var user: String
  var workingFolder: String

  init?(_ json: JSONValue) {
    guard let config = json["Config"] ?? json["ContainerConfig"] else { return nil }
    entrypoint = ContainerState.words(config["Entrypoint"])
    command = ContainerState.words(config["Cmd"])
    variables = Dictionary(
      ContainerState.variables(config["Env"]).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    user = config["User"]?.string ?? ""
    workingFolder = config["WorkingDir"]?.string ?? ""
  }
}
