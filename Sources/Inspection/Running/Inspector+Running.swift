import DockerfileSyntax

extension Inspector {
  /// What the project would have run. What cannot be read is left out, and told by the problems of `inspect`.
  public func runnable(_ request: InspectionRequest) -> RunnableProject {
    let workspace = Workspace(request: request, images: images, programs: programs)
    var reader = request.log ?? LogReader([])
    reader.end()
    let commands = CommandDiscovery(workspace: workspace, transcript: reader.commands).commands()
    let compose = ComposeReading(workspace, commands)
    let builds = BuildDiscovery(workspace: workspace, compose: compose, commands: commands).plans()
    let found = ServiceDiscovery(builds: builds, stages: [:], commands: commands, workspace: workspace).services()
    let models = Dictionary(found.services.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var services: [RunnableService] = []
    if let compose {
      let reader = ComposeRunning(compose: compose)
      services = compose.project.services.map { reader.service($0, image: models[$0.name]?.image) }
    }
    let known = Set(services.map(\.name))
    for model in found.services where model.compose == nil && !known.contains(model.name) {
      services.append(RunnableService(model))
    }
    return RunnableProject(
      services: services,
      networks: compose?.project.networks.map { .init(key: $0.key, isInternal: $0.isInternal) } ?? [],
      volumes: compose?.project.volumes.map(\.key) ?? [])
  }
}

extension RunnableService {
  /// A container of a Dockerfile that no compose file names, or of a command line.
  init(_ model: ServiceModel) {
    self.init(name: model.name)
    let plan = model.plan
    if let dockerfile = plan.dockerfile {
      if let context = plan.context {
        build = Build(context: context, dockerfile: dockerfile.path, target: plan.settings.target)
        build?.arguments = plan.settings.arguments.sorted { $0.key < $1.key }.map { Setting($0.key, $0.value) }
      } else {
        leftOut.append("the build context, which lies outside of the project")
      }
    } else {
      image = plan.settings.tags.first
    }
    health = Self.health(of: model.image)
    if let command = model.command {
      read(command)
    } else {
      // Whoever starts a Dockerfile alone publishes what it exposes.
      ports = model.image?.exposedPorts.compactMap { Port(exposed: $0.value) } ?? []
    }
  }

  /// The check that an image brings along; nil where it has none.
  static func health(of image: DockerfileSyntax.Image?) -> Health? {
    guard let check = image?.healthcheck?.value, let words = healthWords(check.test) else { return nil }
    func seconds(_ nanoseconds: Int64?, _ fallback: Double) -> Double {
      nanoseconds.map { Double($0) / 1e9 } ?? fallback
    }
    return Health(
      words: words, interval: seconds(check.interval, 30), timeout: seconds(check.timeout, 30),
      startPeriod: seconds(check.startPeriod, 0), retries: check.retries ?? 3)
  }

  /// What a test of a health check runs: `CMD` and `CMD-SHELL` are not part of it.
  static func healthWords(_ test: [String]) -> [String]? {
    switch test.first {
    case "CMD" where test.count > 1: Array(test.dropFirst())
    case "CMD-SHELL" where test.count > 1: ["/bin/sh", "-c", test[1]]
    default: nil
    }
  }
}

extension RunnableService.Port {
  /// `80`, `80/tcp` or `8000-8010/tcp`, of which the first counts.
  init?(exposed text: String) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let port = parts.first?.split(separator: "-").first.flatMap({ Int($0) }), (1...65535).contains(port) else {
      return nil
    }
    self.init(container: port, networkProtocol: parts.count > 1 ? parts[1].lowercased() : "tcp")
  }
}
