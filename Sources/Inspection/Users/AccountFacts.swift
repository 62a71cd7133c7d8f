import SourceText

/// Writes down the users and groups that a build's instructions name, where it can be told whether the stage has them, and what its steps write as another user than root.
struct AccountFacts {
  let plan: BuildPlan
  let simulators: [Int: OwnershipSimulator]

  init(plan: BuildPlan, stages: [Int: StageModel]) {
    self.plan = plan
    var simulators: [Int: OwnershipSimulator] = [:]
    for stage in stages.keys where plan.build.stages.indices.contains(stage) {
      simulators[stage] = OwnershipSimulator(plan: plan, stages: stages, stage: stage)
    }
    self.simulators = simulators
  }

  func add(to facts: inout FactStore) {
    guard plan.dockerfile != nil else { return facts.declare("writes", .presumed, for: plan.id) }
    var seen: Set<String> = []
    for (_, simulator) in simulators.sorted(by: { $0.key < $1.key }) {
      for mention in simulator.mentions
      where seen.insert("\(mention.order) \(mention.name) \(mention.isGroup)").inserted {
        facts.add(
          "account",
          [
            "build": Cell(plan.id), "stage": Cell(mention.stage), "name": Cell(mention.name, mention.place),
            "kind": Cell(mention.isGroup ? "group" : "user"), "by": Cell(mention.by), "service": "",
            "known": Cell(mention.isKnown),
          ], at: mention.place, order: BuildOrder(build: plan.id, position: mention.order))
      }
      for attempt in simulator.attempts where seen.insert("\(attempt.order) \(attempt.path)").inserted {
        facts.add(
          "writes",
          [
            "build": Cell(plan.id), "service": "", "path": Cell(attempt.path, attempt.place),
            "folder": Cell(attempt.verdict.path, attempt.verdict.place), "user": Cell(attempt.user, attempt.userPlace),
            "owner": Cell(attempt.verdict.owner), "tool": Cell(attempt.tool, attempt.place), "when": "build",
            "mount": "none",
            "make": Cell(DataPaths.folder(of: attempt.path, isFolder: attempt.tool == "mkdir")),
            "allowed": Cell(attempt.verdict.isAllowed.map { $0 ? "yes" : "no" } ?? "unknown"),
          ], at: attempt.place, order: BuildOrder(build: plan.id, position: attempt.order),
          presumed: attempt.verdict.isPresumed)
      }
    }
    facts.declare("account", .complete, for: plan.id)
    // Programs write elsewhere too, but nothing is said of what nobody saw.
    facts.declare("writes", .presumed, for: plan.id)
  }
}
