import DockerfileSyntax
import SourceText

/// Writes down where variables are used that have no value there: arguments of another scope, and those that only the build knows.
///
/// https://docs.docker.com/build/building/variables/#scoping
struct VariableUseFacts {
  let plan: BuildPlan

  /// These are there without an ARG.
  private static let predefined: Set<String> = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"]
  /// With these, an empty variable is provided for.
  private static let forgiving: Set<String> = [":-", "-", ":+", "+", ":=", "=", ":?", "?"]

  func add(to facts: inout FactStore) {
    guard let target = plan.build.target, plan.dockerfile != nil else { return }
    for stage in plan.build.stagesNeeded(by: target) {
      for step in plan.build.evaluations[stage].steps where !step.isTrigger { add(step, stage, to: &facts) }
      addBase(stage, to: &facts)
    }
    facts.declare("uses", .complete, for: plan.id)
  }

  private func add(_ step: StageEvaluation.Step, _ stage: Int, to facts: inout FactStore) {
    var seen: Set<String> = []
    for use in uses(of: step) where !Self.forgiving.contains(use.modifier) && seen.insert(use.name).inserted {
      guard !Self.predefined.contains(use.name.uppercased()), let scope = scope(of: use.name, at: step, stage) else {
        continue
      }
      add(use, scope, step.instruction, stage, presumed: !step.environment.isComplete && scope.name == "no", to: &facts)
    }
  }

  /// The variables of FROM, which sees only those declared above the first FROM.
  private func addBase(_ stage: Int, to facts: inout FactStore) {
    let instruction = plan.syntax.instructions[plan.build.stages[stage].fromInstruction]
    for use in instruction.variableReferences where !Self.forgiving.contains(use.modifier) {
      guard plan.build.globalArguments[use.name] == nil else { continue }
      let declared = plan.build.evaluations.contains { $0.environment[use.name]?.origin == .arg }
      guard declared || plan.settings.arguments[use.name] != nil else { continue }
      add(
        (use.name, use.modifier, use.range), (declared ? "other-stage" : "no", "ARG \(use.name)"), instruction, stage,
        presumed: false, to: &facts)
    }
  }

  private func add(
    _ use: (name: String, modifier: String, range: ByteRange), _ scope: (name: String, again: String),
    _ instruction: Instruction,
    _ stage: Int, presumed: Bool, to facts: inout FactStore
  ) {
    let from = plan.syntax.instructions[plan.build.stages[stage].fromInstruction]
    let first = plan.syntax.instructions.first { $0.keyword == .from }
    let place = plan.place(use.range)
    facts.add(
      "uses",
      [
        "build": Cell(plan.id), "stage": Cell(stage), "name": Cell(use.name, place), "declared": Cell(scope.name),
        "where": Cell(Self.kind(instruction.keyword)), "passed": Cell(plan.settings.arguments[use.name] != nil),
        "again": Cell(scope.again, (instruction.keyword == .from ? first : from).flatMap { plan.place($0.range) }),
      ], at: plan.place(instruction.range), order: BuildOrder(build: plan.id, position: instruction.index),
      presumed: presumed)
  }

  // MARK: Scopes

  /// Where the variable is declared instead, and the line that would declare it here; nil where it has a value.
  private func scope(of name: String, at step: StageEvaluation.Step, _ stage: Int) -> (name: String, again: String)? {
    if let variable = step.environment[name] {
      let isLost = variable.origin == .arg && [.cmd, .entrypoint, .healthcheck].contains(step.instruction.keyword)
      if isLost { return ("build-only", "ARG \(name)\nENV \(name)=$\(name)") }
      let isGiven = plan.settings.arguments[name] != nil || plan.settings.argumentPlaces[name] != nil
      return variable.origin == .arg && variable.value?.isEmpty != false && !isGiven ? ("unset", "ARG \(name)") : nil
    }
    if let global = plan.build.globalArguments[name] {
      return (global.origin == .predefined ? "platform" : "global", "ARG \(name)")
    }
    if let later = plan.build.evaluations[stage].environment[name], later.origin == .arg {
      return ("later", "ARG \(name)")
    }
    let other = plan.build.evaluations.indices.lazy.filter { $0 != stage }.compactMap {
      plan.build.evaluations[$0].environment[name]
    }
    .first { $0.origin == .arg }
    if let other {
      let value = other.isDefault ? other.value.map { "=\($0)" } ?? "" : ""
      return ("other-stage", "ARG \(name)\(value)")
    }
    return plan.settings.arguments[name] != nil ? ("no", "ARG \(name)") : nil
  }

  private static func kind(_ keyword: Keyword) -> String {
    switch keyword {
    case .from: "from"
    case .run: "run"
    case .cmd, .entrypoint, .healthcheck: "command"
    case .env: "env"
    case .copy, .add: "copy"
    default: "other"
    }
  }

  // MARK: Uses

  private func uses(of step: StageEvaluation.Step) -> [(name: String, modifier: String, range: ByteRange)] {
    let references = step.instruction.variableReferences.map { ($0.name, $0.modifier, $0.range) }
    guard [.run, .cmd, .entrypoint, .healthcheck].contains(step.instruction.keyword), let script = step.script else {
      return references
    }
    return references + Self.uses(of: script)
  }

  /// The variables that a shell replaces and that the script has not set itself.
  private static func uses(of script: Shell.Script) -> [(String, String, ByteRange)] {
    var own: Set<String> = script.loopVariables
    var found: [(String, String, ByteRange)] = []
    for command in script.simpleCommands {
      for word in command.words + command.assignments.map(\.value) {
        for variable in word.variables where !own.contains(variable.name) {
          found.append((variable.name, variable.modifier, variable.range))
        }
      }
      own.formUnion(command.assignments.map(\.name))
      if let name = command.name, ["export", "read", "local", "declare", "readonly"].contains(name) {
        own.formUnion(command.words.dropFirst().compactMap(\.value).map { String($0.prefix { $0 != "=" }) })
        for word in command.words.dropFirst() {
          if case .literal(let text, _)? = word.parts.first { own.insert(String(text.prefix { $0 != "=" })) }
        }
      }
    }
    return found
  }
}

extension Shell.Script {
  /// The variables of its loops, as deep as they stand.
  fileprivate var loopVariables: Set<String> {
    var names: Set<String> = []
    var open = statements
    while let statement = open.popLast() {
      for command in statement.pipelines.flatMap(\.commands) {
        switch command {
        case .loop(let loop):
          if let name = loop.variable?.value { names.insert(name) }
          open += loop.condition + loop.body
        case .group(let block), .subshell(let block): open += block.statements
        case .conditional(let conditional):
          for branch in conditional.branches { open += branch.condition + branch.body }
          open += conditional.otherwise ?? []
        case .selection(let selection): for branch in selection.branches { open += branch.body }
        case .simple, .function, .arithmetic, .opaque: break
        }
      }
    }
    return names
  }
}
