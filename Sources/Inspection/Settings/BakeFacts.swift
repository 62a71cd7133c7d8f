import DockerfileSyntax
import SourceText

/// Writes down settings that a build puts into what it makes, but that only the container is given.
struct BakeFacts {
  let service: ServiceModel
  let variables: [ServiceModel.Setting]
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    defer { facts.declare("bakes", .presumed, for: service.name) }
    guard service.plan.dockerfile != nil, let target = service.plan.build.target else { return }
    let settings = variables.filter { $0.by != "image" }
    guard !settings.isEmpty else { return }
    let needed = service.plan.build.stagesNeeded(by: target)
    let bundling = bundling(needed)
    let uses = uses(needed)
    for setting in settings {
      if let tool = Self.bundler(setting.name) {
        guard let (stage, place) = bundling else { continue }
        add(setting, tool, stage, place, to: &facts)
      } else if let (stage, place) = uses[setting.name] {
        add(setting, "shell", stage, place, to: &facts)
      }
    }
  }

  private func add(
    _ setting: ServiceModel.Setting, _ tool: String, _ stage: Int, _ step: StageEvaluation.Step,
    to facts: inout FactStore
  ) {
    let environment = step.environment
    let isGiven = environment[setting.name].map { $0.value != "" } ?? false
    let from = service.plan.syntax.instructions[service.plan.build.stages[stage].fromInstruction]
    let build = service.compose?["build"]
    facts.add(
      "bakes",
      [
        "service": Cell(service.name), "build": Cell(service.plan.id), "stage": Cell(stage),
        "name": Cell(setting.name, setting.value.place), "value": setting.value, "tool": Cell(tool),
        "given": Cell(isGiven || isInFile(setting.name, stage)),
        "step": Cell(setting.name, service.plan.place(step.instruction.range)),
        "from": Cell(setting.name, service.plan.place(from.range)),
        "context": Cell(
          build?["context"]?.place?.text, build?["context"]?.place.map { Place(file: $0.file.path, $0.range) }),
        "short": Cell(build?.place != nil && build?.place?.range == build?["context"]?.place?.range),
      ], at: service.plan.place(step.instruction.range),
      order: BuildOrder(build: service.plan.id, position: step.instruction.index))
  }

  /// The tool whose prefix a name has. What has it is replaced in the files that are sent to browsers.
  static func bundler(_ name: String) -> String? {
    let prefixes = [
      "VITE_": "vite", "NEXT_PUBLIC_": "next", "REACT_APP_": "react-scripts", "VUE_APP_": "vue-cli-service",
      "GATSBY_": "gatsby", "EXPO_PUBLIC_": "expo", "NG_APP_": "ng", "PUBLIC_": "astro", "PARCEL_": "parcel",
    ]
    return prefixes.first { name.hasPrefix($0.key) }?.value
  }

  /// The step that bundles a front end.
  private func bundling(_ stages: [Int]) -> (Int, StageEvaluation.Step)? {
    for stage in stages.reversed() {
      for step in service.plan.build.evaluations[stage].steps where step.instruction.keyword == .run {
        let text = service.plan.dockerfile?.text(step.instruction.range) ?? ""
        let isBuild = [
          "run build", "yarn build", "pnpm build", "vite build", "next build", "react-scripts build", "ng build",
          "bun build", "vue-cli-service build", "run generate", "gatsby build", "astro build",
        ]
        .contains(where: text.contains)
        if isBuild { return (stage, step) }
      }
    }
    return nil
  }

  /// For each variable that a step uses although the build has not got it, the first such step.
  private func uses(_ stages: [Int]) -> [String: (Int, StageEvaluation.Step)] {
    var found: [String: (Int, StageEvaluation.Step)] = [:]
    for stage in stages {
      for step in service.plan.build.evaluations[stage].steps where step.instruction.keyword == .run {
        var own: Set<String> = []
        for command in step.script?.simpleCommands ?? [] {
          let uses = (command.words + command.assignments.map(\.value)).flatMap(\.variables)
          for use in uses where use.modifier == "" && !own.contains(use.name) && found[use.name] == nil {
            if step.environment[use.name] == nil { found[use.name] = (stage, step) }
          }
          own.formUnion(command.assignments.map(\.name))
        }
      }
    }
    return found
  }

  /// Whether an environment file that the stage was given sets it: bundlers read `.env` by themselves.
  private func isInFile(_ name: String, _ stage: Int) -> Bool {
    (service.stages[stage]?.files.values ?? [:].values).contains { file in
      guard let path = file.projectFile, Path.name(path).hasPrefix(".env"), let source = workspace.file(path) else {
        return false
      }
      return EnvironmentFiles.read(source).contains { $0.name == name }
    }
  }
}
