import ComposeSyntax
import DockerfileSyntax

/// Reads what a compose project runs.
struct ComposeRunning {
  let compose: ComposeReading

  /// - Parameter image: what is known of its image, for the health check that it brings along.
  func service(_ compose: ComposeService, image: DockerfileSyntax.Image?) -> RunnableService {
    var service = RunnableService(name: compose.name)
    readImage(of: compose, &service)
    service.entrypoint = compose.entrypoint?.words.map(\.value)
    service.command = compose.command?.words.map(\.value)
    service.environment = compose.environment.compactMap { setting in
      setting.value.map { RunnableService.Setting(setting.name.value, $0.value) }
    }
    service.ports = compose.ports.map {
      .init(
        container: $0.target.value, networkProtocol: $0.networkProtocol.value.lowercased(),
        published: $0.publishedRange?.lowerBound)
    }
    service.dependencies = compose.dependencies.map { dependency in
      let condition: RunnableService.Dependency.Condition =
        switch dependency.condition.value {
        case .started: .started
        case .healthy: .healthy
        case .completed: .completed
        }
      return .init(service: dependency.service.value, condition: condition)
    }
    service.health = health(of: compose, image)
    service.memoryLimit = compose.memoryLimit?.value
    service.stopGrace = compose.stopGracePeriod.map { ($0.value + 999_999_999) / 1_000_000_000 }
    readNetwork(of: compose, &service)
    readMounts(of: compose, &service)
    readOptions(of: compose, &service)
    return service
  }

  private func readImage(of compose: ComposeService, _ service: inout RunnableService) {
    guard let build = compose.build else {
      service.image = compose.image?.value
      return
    }
    guard let context = build.context.flatMap({ self.compose.path($0.value) }) else {
      service.leftOut.append("build: \(build.context?.value ?? "")")
      return
    }
    let name = build.dockerfile?.value ?? "Dockerfile"
    service.build = RunnableService.Build(
      context: context,
      dockerfile: build.dockerfileInline == nil
        ? name.hasPrefix("/") ? self.compose.path(name) : Path.join(context, name) : nil,
      text: build.dockerfileInline?.value, target: build.target?.value,
      arguments: build.args.compactMap { setting in
        setting.value.map { RunnableService.Setting(setting.name.value, $0.value) }
      },
      platform: compose.platform?.value)
  }

  private func health(of compose: ComposeService, _ image: DockerfileSyntax.Image?) -> RunnableService.Health? {
    guard let own = compose.healthcheck else { return RunnableService.health(of: image) }
    guard !own.isDisabled else { return nil }
    let inherited = RunnableService.health(of: image)
    guard let words = own.test.flatMap({ RunnableService.healthWords($0.words.map(\.value)) }) ?? inherited?.words
    else { return nil }
    func seconds(_ nanoseconds: Placed<Int>?, _ fallback: Double?) -> Double? {
      nanoseconds.map { Double($0.value) / 1e9 } ?? fallback
    }
    return RunnableService.Health(
      words: words, interval: seconds(own.interval, inherited?.interval) ?? 30,
      timeout: seconds(own.timeout, inherited?.timeout) ?? 30,
      startPeriod: seconds(own.startPeriod, inherited?.startPeriod) ?? 0,
      retries: own.retries?.value ?? inherited?.retries ?? 3)
  }

  private func readNetwork(of compose: ComposeService, _ service: inout RunnableService) {
    switch compose.networkMode?.value {
    case "none"?: service.networkMode = .none
    case "host"?: service.networkMode = .host
    case let mode? where mode.hasPrefix("service:"): service.networkMode = .service(String(mode.dropFirst(8)))
    case let mode? where mode != "bridge" && mode != "default": service.leftOut.append("network_mode: \(mode)")
    default: break
    }
    let container = compose.containerName.map { [$0.value] } ?? []
    service.connections = compose.networks.map { connection in
      .init(network: connection.name.value, aliases: container + connection.aliases.map(\.value))
    }
  }

  private func readMounts(of compose: ComposeService, _ service: inout RunnableService) {
    for mount in compose.volumes {
      let source: RunnableService.Mount.Source
      switch mount.kind {
      case .bind:
        guard let path = mount.source.flatMap({ self.compose.path($0.value) }) else {
          service.leftOut.append("the mount of \(mount.source?.value ?? "") at \(mount.target.value)")
          continue
        }
        source = .project(path)
      case .volume: source = mount.source.map { .volume($0.value) } ?? .anonymous
      case .anonymous: source = .anonymous
      case .tmpfs:
        service.options.append(.init("--tmpfs", mount.target.value))
        continue
      case .image, .other:
        service.leftOut.append("the mount at \(mount.target.value)")
        continue
      }
      service.mounts.append(.init(source: source, target: mount.target.value, isReadOnly: mount.isReadOnly))
    }
    for secret in compose.secrets {
      read(secret, among: self.compose.project.secrets, folder: "/run/secrets/", &service)
    }
    for config in compose.configs { read(config, among: self.compose.project.configs, folder: "/", &service) }
  }

  private func read(
    _ file: ComposeFileMount, among resources: [ComposeResource], folder: String, _ service: inout RunnableService
  ) {
    let target = file.target?.value ?? file.source.value
    let place = target.hasPrefix("/") ? target : folder + target
    let resource = resources.first { $0.key == file.source.value }
    if let path = resource?.file.flatMap({ compose.path($0.value) }) {
      service.mounts.append(.init(source: .project(path), target: place, isReadOnly: true))
    } else if let text = resource?.content?.value {
      service.mounts.append(.init(source: .text(text), target: place, isReadOnly: true))
    } else {
      service.leftOut.append("the file \(place)")
    }
  }

  private func readOptions(of compose: ComposeService, _ service: inout RunnableService) {
    func add(_ name: String, _ value: String?) {
      if let value { service.options.append(.init(name, value)) }
    }
    add("--user", compose.user?.value)
    add("--workdir", compose.workingDirectory?.value)
    add("--hostname", compose.hostname?.value)
    add("--stop-signal", compose.stopSignal?.value)
    add("--platform", compose.platform?.value)
    add("--pids-limit", compose.processLimit.map { String($0.value) })
    add("--shm-size", compose.sharedMemory.map { String($0.value) })
    for (name, flag) in [
      ("--init", compose.initProcess), ("--tty", compose.tty), ("--interactive", compose.stdinOpen),
      ("--read-only", compose.readOnly),
    ] where flag?.value == true { add(name, "") }
    for capability in compose.capAdd { add("--cap-add", capability.value) }
    for capability in compose.capDrop { add("--cap-drop", capability.value) }
    for tmpfs in compose.tmpfs { add("--tmpfs", tmpfs.value) }
    for server in compose.dns { add("--dns", server.value) }
    for host in compose.extraHosts {
      for address in host.addresses { add("--add-host", "\(host.name):\(address.value)") }
    }
    for group in compose["group_add"]?.placedTexts ?? [] { add("--group-add", group.value) }
    for (name, value) in compose["sysctls"]?.map ?? ComposeMap() { add("--sysctl", value.text.map { "\(name)=\($0)" }) }
    for key in Self.notCarried {
      if let value = compose[key], !value.isNull, value.bool != false, value.place != nil {
        service.leftOut.append(key)
      }
    }
  }

  /// What would reach into the host, or means nothing for one container.
  private static let notCarried = [
    "privileged", "devices", "pid", "ipc", "uts", "userns_mode", "cgroup", "cgroup_parent", "volumes_from",
    "external_links", "gpus", "runtime", "security_opt", "ulimits", "device_cgroup_rules", "provider",
  ]
}
