import Inspection
import ProgramSource
import SourceText

/// Looks at the surroundings of a project: the docker command, the engine behind it, the machine. It changes nothing.
public struct Doctor: Sendable {
  let docker: Docker
  /// The host's variables.
  let environment: [String: String]
  /// The folder of the project: its disk matters too.
  let folder: String
  /// Before every path of the machine that is read; tests have their own.
  var root = ""

  public init(_ docker: Docker, environment: [String: String], folder: String) {
    self.docker = docker
    self.environment = environment
    self.folder = folder
  }

  public func look() -> Surroundings {
    var here = Surroundings()
    here.machine = Machine.architecture
    lookAtMachine(&here)
    askVersions(&here)
    guard here.client != nil else {
      here.disks = [folder].compactMap(Machine.disk)
      return here
    }
    askContext(&here)
    if here.isLocal { here.socket = Machine.socket(here.endpoint) }
    askTools(&here)
    if here.server != nil { askInfo(&here) }
    var paths = [folder]
    if here.isLocal, let path = here.info?.rootFolder, !path.isEmpty { paths.insert(path, at: 0) }
    var seen: [Surroundings.Disk] = []
    for disk in paths.compactMap(Machine.disk) where !seen.contains(where: { $0.free == disk.free }) {
      seen.append(disk)
    }
    here.disks = seen
    return here
  }

  // MARK: The docker command

  /// The outcome of a command whose output counts even where it fails: `docker version` shows the client without an engine.
  private func outcome(_ arguments: [String], of program: String? = nil) -> CommandOutcome {
    var invocation = Invocation(program ?? docker.program, arguments, timeout: docker.timeout)
    invocation.limit = 1 << 20
    invocation.environment = ["LC_ALL": "C"]
    docker.announce(Invocation(program ?? "docker", arguments, timeout: 0).line)
    return docker.runner.run(invocation)
  }

  private func json(_ outcome: CommandOutcome) -> JSONValue? {
    guard outcome.output.omitted == 0 else { return nil }
    let root = JSONDocument(SourceFile(path: "answer", bytes: outcome.output.bytes)).root
    return root.members.isEmpty ? nil : root
  }

  private func askVersions(_ here: inout Surroundings) {
    let outcome = outcome(["version", "--format", "{{json .}}"])
    let problem = EngineProblem(
      outcome, command: "docker version", program: docker.program, timeout: docker.timeout)
    let answer = json(outcome)
    if let client = answer?["Client"], !client.members.isEmpty {
      here.client = Surroundings.Client(
        version: client["Version"]?.string ?? "", context: client["Context"]?.string ?? "")
    } else if case .notStarted = outcome.ending {
      here.clientProblem = problem
    } else {
      askClient(&here, problem)
    }
    if let server = answer?["Server"], !server.members.isEmpty {
      let parts = server["Components"]?.elements ?? []
      let name = parts.first?["Name"]?.string ?? ""
      let platform = server["Platform"]?["Name"]?.string ?? ""
      here.server = Surroundings.Server(
        version: server["Version"]?.string ?? "", system: server["Os"]?.string ?? "",
        architecture: server["Arch"]?.string ?? "",
        name: name.contains("Podman") ? name : platform.isEmpty ? "Docker" : platform)
    } else {
      here.serverProblem = outcome.succeeded ? .strange(command: "docker version") : problem
    }
  }

  /// A client that waits for an engine in vain, or that speaks no JSON, still has a version.
  private func askClient(_ here: inout Surroundings, _ problem: EngineProblem) {
    let outcome = outcome(["--version"])
    let words = outcome.output.text.split(whereSeparator: { $0 == " " || $0 == "," || $0.isNewline })
    guard outcome.succeeded, let sign = words.firstIndex(of: "version"), sign + 1 < words.count else {
      here.clientProblem = problem
      return
    }
    here.client = Surroundings.Client(version: String(words[sign + 1]))
  }

  private func askContext(_ here: inout Surroundings) {
    let host = environment["DOCKER_HOST"] ?? ""
    here.isHostSet = !host.isEmpty
    here.context = here.client?.context ?? ""
    let outcome = outcome(["context", "ls", "--format", "{{json .}}"])
    for line in outcome.output.text.split(separator: "\n") {
      let context = JSONDocument(SourceFile(path: "context", text: String(line))).root
      guard context["Current"]?.boolean == true || context["Current"]?.string == "true" else { continue }
      here.context = context["Name"]?.string ?? here.context
      here.endpoint = context["DockerEndpoint"]?.string ?? ""
    }
    if here.isHostSet { here.endpoint = host }
  }

  private func askTools(_ here: inout Surroundings) {
    here.isBuildKitOff = environment["DOCKER_BUILDKIT"] == "0"
    let buildx = outcome(["buildx", "version"])
    if buildx.succeeded { here.buildx = Self.version(buildx.output.text) }
    let plugin = outcome(["compose", "version", "--short"])
    if plugin.succeeded, let version = Self.version(plugin.output.text) {
      here.compose = .plugin(version)
      return
    }
    let standalone = outcome(["version", "--short"], of: "docker-compose")
    if standalone.succeeded, let version = Self.version(standalone.output.text) { here.compose = .standalone(version) }
  }

  /// The first word that looks like a version.
  private static func version(_ text: String) -> String? {
    text.split(whereSeparator: \.isWhitespace).first { word in
      let digits = word.drop { $0 == "v" }
      return digits.first?.isNumber ?? false && digits.contains(".")
    }.map { String($0.prefix(40)) }
  }

  private func askInfo(_ here: inout Surroundings) {
    guard let answer = json(outcome(["info", "--format", "{{json .}}"])) else { return }
    var info = Surroundings.Info()
    info.rootFolder = answer["DockerRootDir"]?.string ?? ""
    info.storageDriver = answer["Driver"]?.string ?? ""
    info.httpProxy = answer["HttpProxy"]?.string ?? ""
    info.httpsProxy = answer["HttpsProxy"]?.string ?? ""
    info.noProxy = answer["NoProxy"]?.string ?? ""
    info.warnings = (answer["Warnings"]?.elements ?? []).compactMap(\.string)
    info.security = (answer["SecurityOptions"]?.elements ?? []).compactMap(\.string)
    info.memory = answer["MemTotal"]?.integer ?? 0
    here.info = info
  }

  // MARK: The machine

  private func read(_ path: String) -> String? {
    (try? DiskTree.read(file: root + path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }

  private func lookAtMachine(_ here: inout Surroundings) {
    let proxy = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].lazy.compactMap { environment[$0] }
    here.shellProxy = proxy.first { !$0.isEmpty }.map(Checkup.withoutUser) ?? ""
    here.nameServers = (read("/etc/resolv.conf") ?? "").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.first == "nameserver" && words.count > 1 ? String(words[1]) : nil
    }
    here.hasResolvedList = read("/run/systemd/resolve/resolv.conf") != nil
    if let text = read("/etc/docker/daemon.json") {
      let daemon = JSONDocument(SourceFile(path: "daemon.json", text: text)).root
      here.daemonNameServers = (daemon["dns"]?.elements ?? []).compactMap(\.string)
    }
    here.starter = Machine.starter(root)
    here.installer = Machine.installer(root)
    here.emulated = Machine.emulated(root + "/proc/sys/fs/binfmt_misc")
  }
}
