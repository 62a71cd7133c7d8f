import Inspection

/// Turns a project into the commands that run it. It only computes: nothing is asked, nothing is made.
struct RunPlanMaker {
  let project: RunnableProject
  let identity: RunIdentity
  let attempt: String
  let folder: String
  let scratch: String
  let limits: RunLimits

  private(set) var steps: [RunPlan.Step] = []
  private(set) var containers: [(service: RunnableService, name: String)] = []
  private(set) var files: [RunPlan.File] = []
  private(set) var folders: [String] = []
  private(set) var images: [String] = []
  private(set) var obstacle: RunPlan.Obstacle?

  init(
    project: RunnableProject, identity: RunIdentity, attempt: String, folder: String, scratch: String,
    limits: RunLimits
  ) {
    self.project = project
    self.identity = identity
    self.attempt = attempt
    self.folder = folder
    self.scratch = scratch
    self.limits = limits
  }

  mutating func make() {
    if project.services.isEmpty { obstacle = .nothingToRun }
    for (index, service) in project.services.enumerated() {
      if service.networkMode == .host { obstacle = obstacle ?? .hostNetwork(service: service.name) }
      if service.build == nil, service.image == nil { obstacle = obstacle ?? .noImage(service: service.name) }
      containers.append((service, identity.name(attempt, String(index + 1), service.name)))
    }
    guard obstacle == nil else { return }
    for service in project.services { addBuild(service) }
    for network in networks { addNetwork(network) }
    for volume in volumes { steps.append(.make(service: nil, volumeCommand(volume))) }
    for (service, name) in containers {
      for dependency in service.dependencies where container(dependency.service) != nil {
        steps.append(.wait(for: dependency, by: service.name))
      }
      add(service, name)
    }
  }

  private func container(_ service: String) -> String? { containers.first { $0.service.name == service }?.name }

  private mutating func text(_ text: String) -> String {
    let path = "\(scratch)/\(attempt)-\(files.count + 1)"
    files.append(RunPlan.File(path: path, text: text))
    return path
  }

  // MARK: Builds

  private mutating func addBuild(_ service: RunnableService) {
    guard let build = service.build else {
      if let image = service.image, !images.contains(image) { images.append(image) }
      return
    }
    // `--force-rm`: the classic builder leaves the container of a step that failed.
    var command = EngineCommand("build", "--force-rm", "--tag", image(of: service), "--label", identity.label)
    if let path = build.dockerfile {
      command.add("--file", Path.join(folder, path))
    } else if let text = build.text {
      command.add("--file", self.text(text))
    }
    if let target = build.target { command.add("--target", target) }
    if let platform = build.platform { command.add("--platform", platform) }
    for argument in build.arguments { add("--build-arg", argument, to: &command) }
    command.add(Path.join(folder, build.context))
    steps.append(.build(service: service.name, command))
  }

  private func image(of service: RunnableService) -> String {
    let index = containers.firstIndex { $0.service.name == service.name } ?? 0
    return identity.image(attempt, String(index + 1), service.name)
  }

  private func add(_ option: String, _ setting: RunnableService.Setting, to command: inout EngineCommand) {
    if setting.isSecret {
      command.add(option, hiding: setting.value, behind: setting.name)
    } else {
      command.add(option, "\(setting.name)=\(setting.value)")
    }
  }

  // MARK: Networks and volumes

  /// All that some service is connected to: those of other projects are made anew.
  private var networks: [RunnableProject.Network] {
    var keys: [String] = []
    for connection in project.services.flatMap(\.connections) where !keys.contains(connection.network) {
      keys.append(connection.network)
    }
    return keys.map { key in project.networks.first { $0.key == key } ?? .init(key: key) }
  }

  private mutating func addNetwork(_ network: RunnableProject.Network) {
    var command = EngineCommand("network", "create", "--label", identity.label)
    if network.isInternal { command.add("--internal") }
    command.add(networkName(network.key))
    steps.append(.make(service: nil, command))
  }

  private func networkName(_ key: String) -> String {
    let index = networks.firstIndex { $0.key == key } ?? 0
    return identity.name(attempt, "net\(index + 1)", key)
  }

  private var volumes: [String] {
    var keys: [String] = []
    for mount in project.services.flatMap(\.mounts) {
      if case .volume(let key) = mount.source, !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  private func volumeName(_ key: String) -> String {
    let index = volumes.firstIndex(of: key) ?? 0
    return identity.name(attempt, "vol\(index + 1)", key)
  }

  private func volumeCommand(_ key: String) -> EngineCommand {
    EngineCommand("volume", "create", "--label", identity.label, volumeName(key))
  }

  // MARK: Containers

  private mutating func add(_ service: RunnableService, _ name: String) {
    var command = EngineCommand("create", "--name", name, "--label", identity.label)
    let first = service.connections.first
    switch service.networkMode {
    case .none: command.add("--network", "none")
    case .service(let other): command.add("--network", "container:" + (container(other) ?? other))
    case .connected, .host:
      if let first {
        command.add("--network", networkName(first.network))
        for alias in [service.name] + first.aliases { command.add("--network-alias", alias) }
      }
      for port in service.ports { command.add("--publish", "127.0.0.1::\(port.container)/\(port.networkProtocol)") }
    }
    for setting in service.environment { add("--env", setting, to: &command) }
    for mount in service.mounts { add(mount, to: &command) }
    for option in service.options {
      command.add(option.value.isEmpty ? [option.name] : [option.name, option.value])
    }
    if let memory = limits.memory.map({ min($0, service.memoryLimit ?? $0) }) ?? service.memoryLimit {
      command.add("--memory", String(memory))
    }
    if let grace = service.stopGrace { command.add("--stop-timeout", String(grace)) }
    // The engine's own option takes one word; the other words go before the command.
    var words = service.command ?? []
    if let entrypoint = service.entrypoint {
      command.add("--entrypoint", entrypoint.first ?? "")
      words = entrypoint.dropFirst() + words
    }
    command.add(service.build == nil ? service.image ?? "" : image(of: service))
    command.add(words)
    steps.append(.make(service: service.name, command))
    for connection in service.connections.dropFirst() where service.networkMode == .connected {
      var join = EngineCommand("network", "connect")
      for alias in [service.name] + connection.aliases { join.add("--alias", alias) }
      join.add(networkName(connection.network), name)
      steps.append(.make(service: service.name, join))
    }
    steps.append(.start(service: service.name, EngineCommand("start", name)))
  }

  private mutating func add(_ mount: RunnableService.Mount, to command: inout EngineCommand) {
    let end = mount.target + (mount.isReadOnly ? ":ro" : "")
    switch mount.source {
    case .project(let path):
      let place = Path.join(folder, path)
      folders.append(place)
      command.add("--volume", "\(place):\(end)")
    case .volume(let key): command.add("--volume", "\(volumeName(key)):\(end)")
    case .anonymous: command.add("--volume", mount.target)
    case .text(let text): command.add("--volume", "\(self.text(text)):\(end)")
    }
  }
}
