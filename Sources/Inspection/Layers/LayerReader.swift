import DockerfileSyntax
import SourceText

/// Reads the layers of a build off its Dockerfile.
struct LayerReader {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let workspace: Workspace
  private let ignore: ContextIgnore?

  init(plan: BuildPlan, stages: [Int: StageModel], workspace: Workspace) {
    self.plan = plan
    self.stages = stages
    self.workspace = workspace
    ignore = workspace.ignore(of: plan)
  }

  /// Nil for an image that is pulled.
  func read() -> BuildLayers? {
    guard let file = plan.dockerfile, let target = plan.build.target else { return nil }
    var layers: [Layer] = []
    var last: [Int: Int] = [:]
    var origins: [Int: [String: Set<String>]] = [:]
    for stage in plan.build.stagesNeeded(by: target) {
      read(stage, &layers, &last, &origins)
    }
    return BuildLayers(build: plan.id, dockerfile: file.path, context: plan.context, layers: layers)
  }

  /// - Parameters:
  ///   - last: for each stage that was read, the number of its last layer.
  ///   - origins: for each stage, the build arguments that its variables are made from.
  private func read(
    _ stage: Int, _ layers: inout [Layer], _ last: inout [Int: Int], _ origins: inout [Int: [String: Set<String>]]
  ) {
    let from = plan.build.stages[stage]
    let instruction = plan.syntax.instructions[from.fromInstruction]
    var first = layer(instruction, stage)
    var variables: [String: Set<String>] = [:]
    if case .stage(let base) = from.base {
      first.parent = last[base]
      variables = origins[base] ?? [:]
    }
    if case .image(let reference) = from.base { first.image = reference }
    first.arguments = instruction.variableReferences.map(\.name).filter {
      // The platform of the builder is no argument that anybody gives.
      plan.build.globalArguments[$0].map { $0.origin == .arg } ?? false
    }
    first.namedArguments = first.arguments
    layers.append(first)
    last[stage] = layers.count - 1
    for step in plan.build.evaluations[stage].steps where !step.isTrigger {
      switch step.instruction.content {
      case .arg(let pairs): declare(pairs, step, &variables)
      case .env(let pairs): set(pairs, &variables)
      case .run, .copy, .workdir:
        var next = layer(step.instruction, stage)
        next.parent = last[stage]
        fill(&next, step, variables, last)
        layers.append(next)
        last[stage] = layers.count - 1
      default: break
      }
    }
    origins[stage] = variables
  }

  private func layer(_ instruction: Instruction, _ stage: Int) -> Layer {
    let text = plan.dockerfile?.text(instruction.range) ?? ""
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }.filter { $0 != "\\" }
    return Layer(
      stage: stage, stageName: plan.build.stages[stage].name, instruction: instruction.index,
      keyword: instruction.keyword.name, text: words.joined(separator: " "), range: instruction.range,
      line: instruction.lines.lowerBound)
  }

  // MARK: Arguments

  /// These do not belong to what a layer is known by: https://docs.docker.com/reference/dockerfile/#predefined-args
  private static let uncounted: Set<String> = [
    "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "ftp_proxy",
    "no_proxy", "all_proxy",
  ]

  private func declare(_ pairs: [Pair], _ step: StageEvaluation.Step, _ variables: inout [String: Set<String>]) {
    for pair in pairs where !Self.uncounted.contains(pair.name.text) { variables[pair.name.text] = [pair.name.text] }
  }

  private func set(_ pairs: [Pair], _ variables: inout [String: Set<String>]) {
    let known = variables
    for pair in pairs {
      let names = pair.value.map { VariableNames.all(in: $0.text) } ?? []
      variables[pair.name.text] = names.reduce(into: Set<String>()) { $0.formUnion(known[$1] ?? []) }
    }
  }

  // MARK: One layer

  private func fill(
    _ layer: inout Layer, _ step: StageEvaluation.Step, _ variables: [String: Set<String>], _ last: [Int: Int]
  ) {
    var named = step.instruction.variableReferences.map(\.name)
    switch step.instruction.content {
    case .run(let run):
      named += VariableNames.all(in: layer.text)
      layer.arguments = variables.values.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted()
      for flag in run.mounts { add(flag, step, &layer, last) }
      LayerWork(plan: plan, stages: stages).fill(&layer, run)
    case .copy(let copy):
      for source in copy.sources where copy.from == nil && !source.text.contains("://") {
        if let text = step.expand(source).value {
          layer.sources.append(self.source(source.text, source.inner(of: plan.syntax), text))
        }
      }
      if let from = copy.from?.value, let stage = plan.build.stage(called: from), let number = last[stage] {
        layer.copiesFrom.append(number)
      }
      layer.arguments = named.reduce(into: Set<String>()) { $0.formUnion(variables[$1] ?? []) }.sorted()
    default: layer.arguments = named.reduce(into: Set<String>()) { $0.formUnion(variables[$1] ?? []) }.sorted()
    }
    layer.namedArguments = named.reduce(into: Set<String>()) { $0.formUnion(variables[$1] ?? []) }.sorted()
  }

  /// A bind mount belongs to what a step depends on; a cache mount does not.
  private func add(_ flag: InstructionFlag, _ step: StageEvaluation.Step, _ layer: inout Layer, _ last: [Int: Int]) {
    guard let mount = try? Mount(flag), mount.kind == .bind else { return }
    if mount.from.isEmpty {
      let text = step.environment.expand(mount.source.isEmpty ? "." : mount.source).value
      if let text { layer.sources.append(source(text, flag.valueRange, text)) }
    } else if let stage = plan.build.stage(called: mount.from), let number = last[stage] {
      layer.copiesFrom.append(number)
    }
  }

  private func source(_ text: String, _ range: ByteRange, _ path: String) -> Layer.Source {
    let context = plan.context ?? "."
    let files = plan.context.map {
      ContextFiles(folder: $0, listing: workspace.listing, ignore: ignore).files(matching: path).files.map(\.path)
    }
    return Layer.Source(
      text: text, range: range, files: files ?? [],
      covers: Layer.Source.Cover(folder: context, pattern: ContextFiles.clean(path), hidden: ignore?.hidden ?? []))
  }
}

/// The names behind dollar signs in a text: `$NAME`, `${NAME}`, `${NAME:-x}`.
enum VariableNames {
  static func all(in text: String) -> [String] {
    let bytes = Array(text.utf8)
    var names: [String] = []
    var index = 0
    while index < bytes.count {
      defer { index += 1 }
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else { continue }
      let start = bytes[index + 1] == UInt8(ascii: "{") ? index + 2 : index + 1
      let name = bytes[min(start, bytes.count)...].prefix {
        $0 == UInt8(ascii: "_") || $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x41 && $0 <= 0x5A || $0 >= 0x61 && $0 <= 0x7A
      }
      if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
    }
    return names
  }
}
