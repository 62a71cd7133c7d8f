import ComposeSyntax

/// What is built and what runs: the builds, the services in their containers, and what lies around them.
struct SystemInspection {
  let workspace: Workspace
  let compose: ComposeReading?
  let commands: [FoundCommand]
  let go: GoSources
  private let scripts: ScriptSources
  private let isPartial: Bool

  init(workspace: Workspace, compose: ComposeReading?, commands: [FoundCommand], go: GoSources) {
    self.workspace = workspace
    self.compose = compose
    self.commands = commands
    self.go = go
    scripts = ScriptSources(workspace: workspace)
    isPartial = workspace.request.isPartial
  }

  /// A build with what its stages hold.
  typealias InspectedBuild = (plan: BuildPlan, stages: [Int: StageModel])

  /// Adds what is known of all of them, and returns the services.
  func add(to facts: inout FactStore) -> [ServiceModel] {
    let discovery = BuildDiscovery(workspace: workspace, compose: compose, commands: commands)
    let found = discovery.plans()
    compose?.addProblems(to: &facts)
    MissingDockerfiles(discovery).add(to: &facts)
    var stages: [String: [Int: StageModel]] = [:]
    for (plan, _) in found { stages[plan.id] = simulated(plan) }
    let running = ServiceDiscovery(builds: found, stages: stages, commands: commands, workspace: workspace).services()
    let services =
      running.services.isEmpty
      ? SourceServices(go: go, workspace: workspace).services(isPartial: isPartial) : running.services
    let builds: [InspectedBuild] = (found.map(\.plan) + running.extra).map { ($0, stages[$0.id] ?? simulated($0)) }
    add(builds, to: &facts)
    let inspected = add(services, to: &facts)
    PortConflicts(services).add(to: &facts)
    MistakenNames().add(to: &facts)
    SurroundingsInspection(
      workspace: workspace, compose: compose, go: go, sources: scripts, builds: builds, services: inspected
    ).add(to: &facts)
    ProjectFacts(workspace: workspace, go: go, stages: stages).add(to: &facts)
    return services
  }

  private func simulated(_ plan: BuildPlan) -> [Int: StageModel] {
    plan.dockerfile == nil
      ? StageSimulator.pulled(plan, workspace.images)
      : StageSimulator(plan: plan, workspace: workspace, go: go).stages
  }

  // MARK: Builds

  private func add(_ builds: [InspectedBuild], to facts: inout FactStore) {
    let invocations =
      commands.compactMap { BuildInvocation($0, workspace) } + PipelineFiles(workspace: workspace).builds()
    for (plan, stages) in builds {
      BuildFacts(plan: plan, stages: stages, isPartial: isPartial, isBare: workspace.isBare).add(to: &facts)
      CopyFacts(plan: plan, stages: stages, workspace: workspace).add(to: &facts)
      VariableUseFacts(plan: plan).add(to: &facts)
      ExtensionFacts(plan: plan, stages: stages, workspace: workspace).add(to: &facts)
      SyntaxProblems(plan: plan).report(to: workspace, &facts)
      guard let layers = LayerReader(plan: plan, stages: stages, workspace: workspace).read() else { continue }
      ReworkFacts(plan: plan, layers: layers, workspace: workspace, go: go, invocations: invocations).add(to: &facts)
      SentFacts(plan: plan, layers: layers, workspace: workspace).add(to: &facts)
      BulkFacts(plan: plan, stages: stages, layers: layers, isPartial: isPartial).add(to: &facts)
      SecretFacts(plan: plan, stages: stages, workspace: workspace, invocations: invocations).add(to: &facts)
    }
  }

  // MARK: Services

  private func add(_ services: [ServiceModel], to facts: inout FactStore) -> [InspectedService] {
    let names = services.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    return services.map { service in
      let inspected = InspectedService(
        service: service, chain: ProcessChain(service, workspace), variables: service.variables(compose))
      let files = ServiceFiles(service, compose, workspace)
      addStart(inspected, files, to: &facts)
      addProgram(inspected, files, names, to: &facts)
      addContainer(inspected, files, to: &facts)
      return inspected
    }
  }

  /// How it is started, and what it is joined to.
  private func addStart(_ inspected: InspectedService, _ files: ServiceFiles, to facts: inout FactStore) {
    let (service, chain, variables) = (inspected.service, inspected.chain, inspected.variables)
    let isConfigured =
      NginxFacts(service: service, files: files, workspace: workspace).isConfigured
      || ServerFileFacts(service: service, chain: chain, files: files, workspace: workspace).isConfigured
    ServiceFacts(service, chain, compose, isPartial: isPartial, isConfigured: isConfigured).add(to: &facts)
    ConnectionFacts(service: service, compose: compose, isPartial: isPartial).add(to: &facts)
    HealthcheckFacts(service: service, compose: compose, variables: variables, isPartial: isPartial).add(to: &facts)
  }

  /// What the program does, as far as its source and its configuration tell.
  private func addProgram(
    _ inspected: InspectedService, _ files: ServiceFiles, _ names: Set<String>, to facts: inout FactStore
  ) {
    let (service, chain, variables) = (inspected.service, inspected.chain, inspected.variables)
    ProgramFacts(
      service: service, chain: chain, workspace: workspace, go: go, scripts: scripts, variables: variables, files: files
    ).add(to: &facts)
    StartedFacts(service: service, chain: chain).add(to: &facts)
    ReachFacts(service: service, variables: variables).add(to: &facts)
    PHPFacts(service: service, chain: chain, files: files, workspace: workspace, variables: variables).add(to: &facts)
    SpringFacts(
      service: service, chain: chain, files: files, workspace: workspace, names: names, variables: variables
    ).add(to: &facts)
    AddressMentions(
      service: service, chain: chain, files: files, workspace: workspace, names: names, variables: variables
    ).add(to: &facts)
  }

  /// What the container holds for it, lets it do, and how it ends.
  private func addContainer(_ inspected: InspectedService, _ files: ServiceFiles, to facts: inout FactStore) {
    let (service, chain) = (inspected.service, inspected.chain)
    let container = ContainerFiles(service, workspace, compose)
    EntryFacts(service: service, chain: chain, files: container, workspace: workspace).add(to: &facts)
    StartFacts(service: service, chain: chain, workspace: workspace).add(to: &facts)
    LackFacts(service: service, files: container).add(to: &facts)
    MovedEnvironments(service: service, chain: chain).add(to: &facts)
    SurroundingFacts(
      service: service, chain: chain, files: container, variables: inspected.variables, workspace: workspace, go: go
    ).add(to: &facts)
    AbsentFacts(service: service, chain: chain, files: container, workspace: workspace).add(to: &facts)
    PlatformFacts(service: service, compose: compose).add(to: &facts)
    if let layer = chain.layers.last {
      LinkFacts(service: service, layer: layer, workspace: workspace, go: go).add(to: &facts)
    }
    ScriptFacts(chain: chain, workspace: workspace).add(to: &facts)
    SignalFacts(service: service, chain: chain, workspace: workspace, scripts: scripts, files: files).add(to: &facts)
    StopFacts(service: service, compose: compose, commands: commands).add(to: &facts)
    SpawnFacts(service: service, chain: chain, workspace: workspace).add(to: &facts)
  }
}
