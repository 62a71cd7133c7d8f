import DockerfileSyntax
import SourceText

/// Writes down where a build puts keys and passwords in reach of everybody who has the image.
///
/// https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
struct SecretFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let workspace: Workspace
  let invocations: [BuildInvocation]

  func add(to facts: inout FactStore) {
    guard let target = plan.build.target, plan.dockerfile != nil else { return }
    let final = Set(plan.build.chain(of: target))
    for stage in plan.build.stagesNeeded(by: target) {
      for step in plan.build.evaluations[stage].steps where !step.isTrigger {
        switch step.instruction.content {
        case .arg(let pairs): for pair in pairs { addArgument(pair, step, stage, final.contains(stage), to: &facts) }
        case .env(let pairs): for pair in pairs { addVariable(pair, step, stage, final.contains(stage), to: &facts) }
        case .run: addText(step, stage, final.contains(stage), to: &facts)
        default: break
        }
      }
    }
    addFiles(target, to: &facts)
    facts.declare("secret", workspace.request.isPartial ? .open : .presumed, for: plan.id)
  }

  private func add(
    _ kind: String, _ name: String, _ namePlace: Place?, value: Cell, _ step: Int, _ stage: Int, _ isFinal: Bool,
    isUsed: Bool, isAlone: Bool = true,
    given: Cell = "", presumed: Bool, to facts: inout FactStore
  ) {
    facts.add(
      "secret",
      [
        "build": Cell(plan.id), "stage": Cell(stage), "where": Cell(kind), "name": Cell(name, namePlace),
        "value": value, "final": Cell(isFinal),
        "used": Cell(isUsed), "alone": Cell(isAlone), "given": given,
      ], at: plan.place(plan.syntax.instructions[step].range), order: BuildOrder(build: plan.id, position: step),
      presumed: presumed)
  }

  // MARK: Arguments and variables

  private func addArgument(
    _ pair: Pair, _ step: StageEvaluation.Step, _ stage: Int, _ isFinal: Bool, to facts: inout FactStore
  ) {
    let name = pair.name.text
    guard SecretNames.matches(name) else { return }
    let given = invocations.filter { $0.builds(plan) }.flatMap(\.arguments).first { $0.name == name }
    if let value = pair.value?.text, given == nil, SecretNames.isPlaceholder(value) { return }
    // An argument is in the history as soon as a RUN below it is carried out.
    let steps = plan.build.evaluations[stage].steps
    let runs = steps.filter { $0.instruction.index > step.instruction.index && $0.instruction.keyword == .run }
    let text = steps.filter { $0.instruction.index > step.instruction.index }.compactMap {
      plan.dockerfile?.text($0.instruction.range)
    }
    let isUsed = text.contains { VariableNames.all(in: $0).contains(name) } || isSetting(name, stage)
    let pairs = if case .arg(let pairs) = step.instruction.content { pairs.count } else { 1 }
    add(
      "arg", name, plan.place(pair.name.range),
      value: Cell(pair.value?.text ?? "", pair.value.flatMap { plan.place($0.range) }), step.instruction.index,
      stage, isFinal, isUsed: isUsed, isAlone: pairs == 1, given: Cell(given.map { _ in "yes" } ?? "", given?.place),
      presumed: given == nil && pair.value == nil || runs.isEmpty, to: &facts)
  }

  /// Some tools take their token from the environment without anybody naming it.
  private func isSetting(_ name: String, _ stage: Int) -> Bool {
    ["NPM_TOKEN", "NODE_AUTH_TOKEN", "COMPOSER_AUTH", "PIP_INDEX_URL", "SENTRY_AUTH_TOKEN", "AWS_SECRET_ACCESS_KEY"]
      .contains(name)
  }

  private func addVariable(
    _ pair: Pair, _ step: StageEvaluation.Step, _ stage: Int, _ isFinal: Bool, to facts: inout FactStore
  ) {
    let name = pair.name.text
    guard SecretNames.matches(name), let word = pair.value else { return }
    let value = step.expand(word).value
    let names = VariableNames.all(in: word.text)
    // A secret argument that becomes a variable is there for good.
    let isArgument = names.contains { step.environment[$0]?.origin == .arg && SecretNames.matches($0) }
    if !isArgument {
      guard names.isEmpty, let value, !SecretNames.isPlaceholder(value) else { return }
    }
    let count = if case .env(let pairs) = step.instruction.content { pairs.count } else { 1 }
    add(
      "env", name, plan.place(pair.name.range), value: Cell(value, plan.place(word.range)), step.instruction.index,
      stage, isFinal, isUsed: true,
      isAlone: count == 1, presumed: false, to: &facts)
  }

  private func addText(_ step: StageEvaluation.Step, _ stage: Int, _ isFinal: Bool, to facts: inout FactStore) {
    let range = step.instruction.range
    guard let file = plan.dockerfile,
      let found = SecretNames.token(in: file.bytes, range.start..<min(range.end, file.bytes.count))
    else { return }
    let place = plan.place(ByteRange(found.lowerBound, found.upperBound))
    add(
      "run", "RUN", place, value: Cell("…", place), step.instruction.index, stage, isFinal, isUsed: true,
      presumed: false, to: &facts)
  }

  // MARK: Files

  private func addFiles(_ target: Int, to facts: inout FactStore) {
    guard let stage = stages[target] else { return }
    let held = stage.files.values.sorted { $0.path < $1.path }
    let shown = Set(held.compactMap(\.projectFile))
    // What a later step deletes or overwrites can be taken out of the layer below.
    for file in held + stage.buried.filter({ !shown.contains($0.source ?? "") }) {
      guard let source = file.projectFile,
        SecretFiles.matches(source) || ["npmrc", "yarnrc.yml"].contains(where: Path.name(source).hasSuffix)
      else { continue }
      guard let content = workspace.file(source), let secret = SecretText.secret(in: content) else { continue }
      let instruction =
        plan.syntax.instructions.indices.contains(file.order) ? plan.syntax.instructions[file.order] : nil
      let isAlone =
        if case .copy(let copy)? = instruction?.content {
          copy.sources.count == 1 && Path.name(copy.sources[0].text) == Path.name(source)
        } else { false }
      facts.add(
        "secret",
        [
          "build": Cell(plan.id), "stage": Cell(target), "where": "file", "name": Cell(source, file.place),
          "value": Cell(secret.name, Place(file: source, secret.range)),
          "final": "yes", "used": "yes", "alone": Cell(isAlone), "given": "", "path": Cell(file.path),
          "context": Cell(plan.context),
        ], at: instruction.flatMap { plan.place($0.range) } ?? file.place,
        order: BuildOrder(build: plan.id, position: file.order))
    }
  }
}

/// Finds a secret in the text of a file.
enum SecretText {
  static func secret(in file: SourceFile) -> (name: String, range: ByteRange)? {
    let map = file.lineMap
    for number in 1...max(min(map.lineCount, 2000), 1) {
      guard let range = map.range(ofLine: number) else { continue }
      let line = file.text(range)
      if line.contains("PRIVATE KEY-----") { return ("PRIVATE KEY", range) }
      let text = line.drop { $0 == " " }.prefix { $0 != "\n" && $0 != "\r" }
      guard text.first != "#" else { continue }
      if let token = SecretNames.token(in: file.bytes, range.start..<range.end) {
        return ("token", ByteRange(token.lowerBound, token.upperBound))
      }
      guard let sign = text.firstIndex(where: { $0 == "=" || $0 == ":" }) else { continue }
      let name = text[..<sign].split(separator: " ").last.map(String.init) ?? ""
      let value = String(text[text.index(after: sign)...])
      let isNamed =
        SecretNames.matches(name) || ["_authToken", "_password", "npmAuthToken"].contains { name.hasSuffix($0) }
      if isNamed, !value.contains("$"), !SecretNames.isPlaceholder(value.filter { $0 != " " }) { return (name, range) }
    }
    return nil
  }
}
