import ComposeSyntax

/// Finds every container that runs, or would run.
struct ServiceDiscovery {
  let builds: [(plan: BuildPlan, services: [ComposeService])]
  let stages: [String: [Int: StageModel]]
  let commands: [FoundCommand]
  let workspace: Workspace
  private let lines: [ComposeCommandLine]

  init(
    builds: [(plan: BuildPlan, services: [ComposeService])], stages: [String: [Int: StageModel]],
    commands: [FoundCommand], workspace: Workspace
  ) {
    self.builds = builds
    self.stages = stages
    self.commands = commands
    self.workspace = workspace
    lines = commands.compactMap { ComposeCommandLine($0.command, in: $0.source) }
  }

  /// Builds that only a command's image made are added to `builds` by the caller.
  func services() -> (services: [ServiceModel], extra: [BuildPlan]) {
    var services: [ServiceModel] = []
    var extra: [BuildPlan] = []
    var started: Set<String> = []
    let runs = commands.compactMap { ContainerCommand($0.command, in: $0.source) }
    let images = workspace.images
    for build in builds {
      for compose in build.services {
        services.append(model(compose.name, build.plan, .compose, compose: compose))
      }
    }
    for (name, run) in latest(runs) {
      if let build = builds.first(where: { $0.plan.makes(run.image.text ?? "") }) ?? onlyLone(for: run, among: runs) {
        guard build.services.isEmpty else { continue }
        started.insert(build.plan.id)
        services.append(model(name, build.plan, .command, command: run))
      } else if let image = run.image.text,
        builds.isEmpty || run.isTyped || images.properties(ImageReference(image)) != nil
      {
        let plan = BuildPlan(image: image, id: name, place: run.place, images: images)
        extra.append(plan)
        services.append(
          ServiceModel(
            name: name, plan: plan, stages: StageSimulator.pulled(plan, images), origin: .command, command: run,
            workspace: workspace))
      }
    }
    for build in builds where build.services.isEmpty && !started.contains(build.plan.id) {
      services.append(model(build.plan.id, build.plan, .dockerfile))
    }
    return (services, extra)
  }

  private func model(
    _ name: String, _ plan: BuildPlan, _ origin: ServiceModel.Origin, compose: ComposeService? = nil,
    command: ContainerCommand? = nil
  ) -> ServiceModel {
    let composeRun = lines.last {
      $0.publishesNothing(of: name) && ($0.isTyped || !lines.contains { $0.verb == "up" })
    }
    return ServiceModel(
      name: name, plan: plan, stages: stages[plan.id] ?? [:], origin: origin, compose: compose, command: command,
      composeRun: composeRun?.place, workspace: workspace)
  }

  /// Of several commands that start the same image under the same name, the last one counts.
  private func latest(_ runs: [ContainerCommand]) -> [(String, ContainerCommand)] {
    var found: [(String, ContainerCommand)] = []
    for run in runs where !run.isHelper {
      let name = run.value("--name") ?? BuildDiscovery.plainName(run.image.text ?? "")
      found.removeAll { $0.0 == name }
      found.append((name, run))
    }
    return found
  }

  /// A command may name an image by a tag that nothing shown here gives it; with one Dockerfile there is no doubt, unless
  /// other images are started that nothing here builds: then it is the one without an owner.
  private func onlyLone(
    for run: ContainerCommand, among runs: [ContainerCommand]
  ) -> (plan: BuildPlan, services: [ComposeService])? {
    let lone = builds.filter { $0.services.isEmpty }
    guard lone.count == 1, let image = run.image.text.map(ImageReference.init) else { return nil }
    let others = runs.filter { !$0.isHelper }.compactMap { $0.image.text.map(ImageReference.init) }
      .filter { $0.repository != image.repository && workspace.images.properties($0) == nil }
    guard others.isEmpty || !image.repository.contains("/") else { return nil }
    return lone.first
  }
}

extension BuildPlan {
  /// Whether the image that it makes is called so.
  func makes(_ image: String) -> Bool {
    let wanted = ImageReference(image)
    return settings.tags.contains { ImageReference($0).repository == wanted.repository }
      || dockerfile != nil && id == wanted.repository
  }
}

extension ContainerCommand {
  /// Whether a person typed it, rather than wrote it into a script among other uses.
  var isTyped: Bool { source.isTyped }

  /// A look into an image rather than a start of the service: `docker run --rm --entrypoint ls web`.
  var isHelper: Bool {
    guard has("--rm") else { return false }
    let program = value("--entrypoint") ?? arguments.first?.text
    return program.map {
      Self.looking.contains(Path.name($0))
    } ?? false
  }
}

extension ComposeCommandLine {
  /// Whether a person typed it, rather than wrote it into a script among other uses.
  var isTyped: Bool { source.isTyped }

  /// Whether it is `docker compose run SERVICE` without what publishes the service's ports.
  func publishesNothing(of service: String) -> Bool {
    guard verb == "run", arguments.contains(where: { $0.text == service }) else { return false }
    return options.isDisjoint(with: ["--service-ports", "-P", "-p", "--publish"])
      && !options.contains { $0.hasPrefix("-p") || $0.hasPrefix("--publish") }
  }
}

extension StageSimulator {
  /// The one stage of an image that is pulled.
  static func pulled(_ plan: BuildPlan, _ images: ImageCatalog) -> [Int: StageModel] {
    guard let target = plan.build.target, case .image(let reference) = plan.build.stages[target].base else {
      return [:]
    }
    var model = StageModel(index: target)
    model.base = images.properties(ImageReference(reference))
    model.reference = reference
    model.referencePlace = plan.settings.imagePlace
    return [target: model]
  }
}

extension ContainerCommand {
  /// Programs that look into an image and are no service.
  fileprivate static let looking: Set<String> = [
    "ls", "cat", "sh", "bash", "ash", "env", "file", "ldd", "which", "id", "head", "tail", "stat", "find", "readelf",
    "objdump", "od", "xxd", "hexdump", "tree", "du", "grep", "strings", "uname", "whoami", "printenv", "pwd",
  ]
}
