import Knowledge
import SourceText

/// Reads everything that lies in a project, and turns it into facts.
///
/// It keeps what it has worked out of the knowledge base, so one inspector for many projects is faster than many.
public struct Inspector: Sendable {
  public let knowledge: KnowledgeBase
  let images: ImageCatalog
  let programs: ProgramCatalog

  public init(knowledge: KnowledgeBase) {
    self.knowledge = knowledge
    images = ImageCatalog(knowledge.images)
    programs = ProgramCatalog(knowledge.programs)
  }

  /// Inspects a project. It never fails: what cannot be read is a problem, and unknown.
  ///
  /// - Parameter readings: of an inspection of the same project before some of its files changed.
  public func inspect(_ request: InspectionRequest, with readings: InspectionReadings? = nil) -> InspectionResult {
    var facts = FactStore(relations: knowledge.relations)
    let workspace = Workspace(request: request, images: images, programs: programs, known: readings)
    let go = GoSources(workspace: workspace)
    var reader = request.log ?? LogReader([])
    reader.end()
    var commands = CommandDiscovery(workspace: workspace, transcript: reader.commands).commands()
    let compose = ComposeReading(workspace, commands)
    let witness = WitnessFacts(request.testimony ?? Testimony(), compose)
    for problem in witness.testimony.problems { workspace.report(.warning, file: nil, nil, problem) }
    commands += witness.commands
    for file in compose?.files ?? [] { workspace.add(file) }
    let writers = LogWriters(compose)
    var log = reader.finish(into: &facts, exitCode: request.exitCode) {
      writers.service($0) ?? witness.service(ofContainer: $0)
    }
    if log.symptom == nil { log.symptom = witness.testimony.symptom }
    let services = inspectServices(workspace, compose, commands, go, &facts)
    witness.add(services, to: &facts)
    addAnswers(request, to: &facts)
    declare(request, &facts, isCutOff: workspace.listing.isCutOff)
    return InspectionResult(
      inspector: self,
      facts: facts, log: log, answers: request.answers, files: workspace.files, services: services.map(\.name),
      environment: compose?.project.variableNames.filter { request.environment[$0] != nil }.sorted() ?? [],
      problems: workspace.problems, readings: workspace.readings(compose?.readings, go.readings),
      isEmpty: services.isEmpty && compose == nil && request.log == nil && request.commands.isEmpty
        && request.answers.isEmpty && witness.testimony.containers.isEmpty
        && !workspace.listing.items.contains { InspectableFiles.matches($0.path) })
  }

  private func inspectServices(
    _ workspace: Workspace, _ compose: ComposeReading?, _ commands: [FoundCommand], _ go: GoSources,
    _ facts: inout FactStore
  ) -> [ServiceModel] {
    let scripts = ScriptSources(workspace: workspace)
    let isPartial = workspace.request.isPartial
    let discovery = BuildDiscovery(workspace: workspace, compose: compose, commands: commands)
    let builds = discovery.plans()
    compose?.addProblems(to: &facts)
    MissingDockerfiles(discovery).add(to: &facts)
    var stages: [String: [Int: StageModel]] = [:]
    for (plan, _) in builds {
      stages[plan.id] =
        plan.dockerfile == nil
        ? StageSimulator.pulled(plan, workspace.images)
        : StageSimulator(plan: plan, workspace: workspace, go: go).stages
    }
    var found = ServiceDiscovery(builds: builds, stages: stages, commands: commands, images: workspace.images)
      .services()
    for index in found.services.indices { found.services[index].readEnvironmentFiles(workspace) }
    if found.services.isEmpty { found.services = SourceServices(go: go).services(isPartial: isPartial) }
    let invocations =
      commands.compactMap { BuildInvocation($0, workspace) } + PipelineFiles(workspace: workspace).builds()
    for plan in builds.map(\.plan) + found.extra {
      let models = stages[plan.id] ?? StageSimulator.pulled(plan, workspace.images)
      BuildFacts(plan: plan, stages: models, isPartial: isPartial, isBare: workspace.isBare).add(to: &facts)
      CopyFacts(plan: plan, stages: models, workspace: workspace).add(to: &facts)
      VariableUseFacts(plan: plan).add(to: &facts)
      ExtensionFacts(plan: plan, stages: models, workspace: workspace).add(to: &facts)
      SyntaxProblems(plan: plan).report(to: workspace, &facts)
      if let layers = LayerReader(plan: plan, stages: models, workspace: workspace).read() {
        ReworkFacts(plan: plan, layers: layers, workspace: workspace, go: go, invocations: invocations).add(to: &facts)
        SentFacts(plan: plan, layers: layers, workspace: workspace).add(to: &facts)
        BulkFacts(plan: plan, stages: models, layers: layers, isPartial: isPartial).add(to: &facts)
        SecretFacts(plan: plan, stages: models, workspace: workspace, invocations: invocations).add(to: &facts)
      }
    }
    let names = found.services.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    var services: [InspectedService] = []
    for service in found.services {
      let chain = ProcessChain(service, workspace)
      let variables = service.variables(compose)
      services.append(InspectedService(service: service, chain: chain, variables: variables))
      let files = ServiceFiles(service, compose, workspace)
      let isConfigured =
        NginxFacts(service: service, files: files, workspace: workspace).isConfigured
        || ServerFileFacts(service: service, chain: chain, files: files, workspace: workspace).isConfigured
      ServiceFacts(service, chain, compose, isPartial: isPartial, isConfigured: isConfigured).add(to: &facts)
      ConnectionFacts(service: service, compose: compose, isPartial: isPartial).add(to: &facts)
      HealthcheckFacts(service: service, compose: compose, variables: variables, isPartial: isPartial).add(to: &facts)
      ProgramFacts(
        service: service, chain: chain, workspace: workspace, go: go, scripts: scripts, variables: variables,
        files: files
      )
      .add(to: &facts)
      StartedFacts(service: service, chain: chain).add(to: &facts)
      ReachFacts(service: service, variables: variables).add(to: &facts)
      PHPFacts(service: service, chain: chain, files: files, workspace: workspace, variables: variables)
        .add(to: &facts)
      SpringFacts(
        service: service, chain: chain, files: files, workspace: workspace, names: names, variables: variables
      ).add(to: &facts)
      AddressMentions(
        service: service, chain: chain, files: files, workspace: workspace, names: names, variables: variables
      ).add(to: &facts)
      let container = ContainerFiles(service, workspace, compose)
      EntryFacts(service: service, chain: chain, files: container, workspace: workspace).add(to: &facts)
      StartFacts(service: service, chain: chain, workspace: workspace).add(to: &facts)
      LackFacts(service: service, files: container).add(to: &facts)
      MovedEnvironments(service: service, chain: chain).add(to: &facts)
      SurroundingFacts(
        service: service, chain: chain, files: container, variables: variables, workspace: workspace, go: go
      )
      .add(to: &facts)
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
    PortConflicts(found.services).add(to: &facts)
    MistakenNames().add(to: &facts)
    SurroundingsInspection(
      workspace: workspace, compose: compose, go: go, sources: scripts,
      builds: (builds.map(\.plan) + found.extra).map {
        ($0, stages[$0.id] ?? StageSimulator.pulled($0, workspace.images))
      }, services: services
    ).add(to: &facts)
    ProjectFacts(workspace: workspace, go: go, stages: stages).add(to: &facts)
    return found.services
  }

  private func addAnswers(_ request: InspectionRequest, to facts: inout FactStore) {
    for (question, answer) in request.answers.sorted(by: { $0.key < $1.key }) where answer != "unknown" {
      facts.add(
        "answered", ["question": Cell(question), "answer": Cell(answer)], at: Place(.answer(question: question)))
    }
  }

  /// What was not observed was not observed; what lies in the folder is all there is, unless it was only pasted.
  private func declare(_ request: InspectionRequest, _ facts: inout FactStore, isCutOff: Bool) {
    for relation in ["observed", "answered"] { facts.declare(relation, .complete) }
    // What the files show of connections is taken for all there are: whoever asks for one means one that is shown.
    facts.declare("reaches", .presumed)
    // What programs need and lead through is found, not listed: absence says little, but it says something.
    for relation in ["reads", "needs", "links", "limits", "platform", "misses", "word", "entry", "absent", "launch"] {
      facts.declare(relation, .presumed)
    }
    let files: Grade = request.isPartial ? .open : isCutOff ? .presumed : .complete
    for relation in [
      "manifest", "lock", "source", "script", "imports", "problem", "build", "service", "names", "publishes",
    ] {
      facts.declare(relation, files)
    }
  }
}
