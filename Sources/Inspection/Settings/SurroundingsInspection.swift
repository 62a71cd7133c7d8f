/// A service with what its container starts and is given.
struct InspectedService {
  let service: ServiceModel
  let chain: ProcessChain
  let variables: [ServiceModel.Setting]
}

/// Everything around a program that its container decides: mounts, users, rights, variables.
struct SurroundingsInspection {
  let workspace: Workspace
  let compose: ComposeReading?
  let go: GoSources
  let sources: ScriptSources
  let builds: [(plan: BuildPlan, stages: [Int: StageModel])]
  let services: [InspectedService]
  private var isPartial: Bool { workspace.request.isPartial }

  func add(to facts: inout FactStore) {
    var owners: [String: OwnershipSimulator] = [:]
    for (plan, stages) in builds {
      let accounts = AccountFacts(plan: plan, stages: stages)
      accounts.add(to: &facts)
      DiscardFacts(plan: plan, stages: stages).add(to: &facts)
      if let target = plan.build.target { owners[plan.id] = accounts.simulators[target] }
    }
    let mounts = Dictionary(
      services.map {
        ($0.service.name, ServiceMounts(service: $0.service, compose: compose, workspace: workspace).mounts())
      },
      uniquingKeysWith: { first, _ in first })
    for inspected in services {
      let (service, chain, variables) = (inspected.service, inspected.chain, inspected.variables)
      let own = mounts[service.name] ?? []
      MountFacts(service: service, mounts: own, workspace: workspace, isPartial: isPartial).add(to: &facts)
      HiddenFacts(service: service, chain: chain, mounts: own, workspace: workspace).add(to: &facts)
      KeptFacts(service: service, mounts: own, all: mounts, variables: variables).add(to: &facts)
      UserFacts(service: service, compose: compose).add(to: &facts)
      WriteFacts(
        service: service, chain: chain, mounts: own, user: ServiceUser(service, compose),
        simulator: owners[service.plan.id], variables: variables, go: go, workspace: workspace
      ).add(to: &facts)
      LiteralFacts(service: service, compose: compose, workspace: workspace).add(to: &facts)
      VariableNeeds(
        service: service, chain: chain, workspace: workspace, go: go, sources: sources, compose: compose,
        variables: variables
      ).add(to: &facts)
      BakeFacts(service: service, variables: variables, workspace: workspace).add(to: &facts)
      LaunchFacts(service: service, chain: chain, workspace: workspace, variables: variables).add(to: &facts)
      ReloadFacts(
        service: service, chain: chain, compose: compose, mounts: own, workspace: workspace, variables: variables
      ).add(to: &facts)
    }
    DotenvFacts(workspace: workspace, compose: compose).add(to: &facts)
    DollarFacts(builds: builds.map(\.plan), workspace: workspace).add(to: &facts)
    if let compose { InterpolationFacts(compose: compose, services: services.map(\.service)).add(to: &facts) }
  }
}
