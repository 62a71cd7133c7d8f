import DockerfileSyntax
import SourceText

/// Writes down what an image holds that its program does not need: compilers, caches of package managers, debug information.
struct BulkFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let layers: BuildLayers
  let isPartial: Bool

  func add(to facts: inout FactStore) {
    guard let target = plan.build.target, let model = stages[target] else { return }
    let final = Set(plan.build.chain(of: target))
    addToolchain(model, final, to: &facts)
    addCompilers(final, split(model, final), to: &facts)
    for stage in final.sorted() {
      for step in plan.build.evaluations[stage].steps where !step.isTrigger { addCaches(step, stage, to: &facts) }
    }
    addDebug(model, to: &facts)
    facts.declare("bulk", isPartial ? .open : .presumed, for: plan.id)
  }

  private func add(
    _ what: String, _ name: Cell, tool: String, _ stage: Int, instead: Cell = "", small: String = "",
    certain: Bool = true, at place: Place?, _ order: Int?,
    to facts: inout FactStore
  ) {
    facts.add(
      "bulk",
      [
        "build": Cell(plan.id), "stage": Cell(stage), "what": Cell(what), "name": name, "tool": Cell(tool),
        "instead": instead, "small": Cell(small),
      ], at: place, order: order.map { BuildOrder(build: plan.id, position: $0) }, presumed: !certain)
  }

  // MARK: Compilers

  /// Tools that nothing needs once the program is compiled.
  private static let compilers: Set<String> = ["go", "cargo", "mvn", "mvnw", "gradle", "gradlew", "dotnet"]

  private func addToolchain(_ model: StageModel, _ final: Set<Int>, to facts: inout FactStore) {
    let compiling = layers.layers.first { layer in
      final.contains(layer.stage) && layer.work.contains(.compile)
        && layer.tools[.compile].map(Self.compilers.contains) == true
    }
    guard let layer = compiling, let tool = layer.tools[.compile] else { return }
    let bundles = model.base?["toolchain"] != nil || model.base?.family == "golang" || Self.isToolchain(model.reference)
    guard bundles else { return }
    let stage = plan.build.stages[layer.stage]
    let split = SplitStage(plan: plan, model: model, layers: layers, final: final)
    let runtime = SplitRuntime(plan: plan, model: model, layers: layers, layer: layer, tool: tool)
    add(
      "toolchain", Cell(model.reference, model.referencePlace), tool: tool, layer.stage,
      instead: split.lines.map { Cell($0, split.place) } ?? runtime.map { Cell($0.lines, $0.place) } ?? "",
      small: stage.name ?? "",
      certain: tool == "go" || tool == "cargo", at: plan.place(layer.range), layer.instruction, to: &facts)
  }

  private static func isToolchain(_ reference: String?) -> Bool {
    let name = reference.map { Path.name(ImageReference($0).repository) } ?? ""
    return ["golang", "rust", "maven", "gradle", "gcc", "sdk", "swift", "haskell", "ghcr.io"].contains(name)
  }

  /// How the packages of a scripting language, which its compilers have made, could move into a stage without those.
  private func split(_ model: StageModel, _ final: Set<Int>) -> SplitRuntime? {
    let installing = layers.layers.last { layer in
      final.contains(layer.stage) && ["pip", "pip3"].contains(layer.tools[.fetch] ?? "")
    }
    let bundling = layers.layers.last { layer in
      final.contains(layer.stage) && ["npm", "yarn", "pnpm"].contains(layer.tools[.compile] ?? "")
    }
    return [(bundling, Layer.Work.compile), (installing, .fetch)].lazy.compactMap { layer, work -> SplitRuntime? in
      guard let layer, let tool = layer.tools[work] else { return nil }
      return SplitRuntime(plan: plan, model: model, layers: layers, layer: layer, tool: tool)
    }.first
  }

  /// Packages that only compiling needs, and that the step does not take away again.
  private func addCompilers(_ final: Set<Int>, _ split: SplitRuntime?, to facts: inout FactStore) {
    for layer in layers.layers
    where final.contains(layer.stage) && layer.keyword == "RUN" && layer.work.contains(.install) {
      let words = layer.text.split(separator: " ").map(String.init)
      guard !words.contains("del"), !words.contains("purge"), !words.contains("autoremove"), !words.contains("remove")
      else { continue }
      guard
        let index = words.firstIndex(where: {
          [
            "build-essential", "build-base", "gcc", "g++", "alpine-sdk", "clang", "golang", "golang-go", "rust",
            "cargo", "maven", "openjdk-17-jdk", "openjdk-11-jdk", "cmake", "go",
          ].contains($0)
        }),
        words[..<index].contains(where: { ["install", "add"].contains($0) })
      else { continue }
      // Scripting languages build their extensions with it; there nobody can tell whether it is needed later.
      add(
        "compiler", Cell(words[index], place(of: words[index], in: layer)), tool: layer.tools[.install] ?? "",
        layer.stage, instead: split.map { Cell($0.lines, $0.place) } ?? "", certain: false, at: plan.place(layer.range),
        layer.instruction, to: &facts)
    }
  }

  private func place(of word: String, in layer: Layer) -> Place? {
    guard let file = plan.dockerfile else { return nil }
    let wanted = Array(word.utf8)
    let end = min(layer.range.end, file.bytes.count)
    guard layer.range.start + wanted.count <= end else { return nil }
    let start = (layer.range.start...(end - wanted.count)).first {
      file.bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) && ($0 == 0 || file.bytes[$0 - 1] <= 0x20)
    }
    return start.flatMap { plan.place(ByteRange($0, $0 + wanted.count)) }
  }

  // MARK: Caches of package managers

  private func addCaches(_ step: StageEvaluation.Step, _ stage: Int, to facts: inout FactStore) {
    guard case .run(let run) = step.instruction.content, let script = step.script,
      let text = plan.dockerfile?.text(step.instruction.range)
    else { return }
    let mounts = run.mounts.compactMap { flag in
      (try? Mount(flag)).flatMap { $0.kind == .cache || $0.kind == .tmpfs ? $0.target : nil }
    }
    let commands = ShellCommands(script) { step.environment[$0]?.value }.commands
    let last = commands.last?.words.last
    for command in commands {
      guard let program = command.program,
        let cache = PackageCache(program, command, text, mounts, variable: { step.environment[$0]?.value })
      else { continue }
      let instead: Cell
      switch cache.remedy {
      case .flag(let word, let flag): instead = Cell(word.text.map { "\($0) \(flag)" }, plan.place(word.range))
      case .cleanUp(let command):
        let written = last.flatMap { word in plan.dockerfile?.text(word.range) }
        instead =
          commands.contains { $0.isConditional }
          ? "" : Cell(written.map { "\($0) && \(command)" }, last.flatMap { plan.place($0.range) })
      }
      add(
        "cache", Cell(cache.folder, command.words.first.flatMap { plan.place($0.range) }), tool: program, stage,
        instead: instead,
        at: plan.place(step.instruction.range), step.instruction.index, to: &facts)
    }
  }

  // MARK: Debug information

  private func addDebug(_ model: StageModel, to facts: inout FactStore) {
    for file in model.files.values.sorted(by: { $0.path < $1.path }) where file.origin == .stage || file.origin == .run
    {
      guard let builder = stages[file.stage],
        let program = builder.programs.last(where: { $0.path == (file.source ?? file.path) }),
        let place = program.place, let source = plan.dockerfile, place.file == source.path
      else { continue }
      let instruction =
        plan.syntax.instructions.indices.contains(program.order) ? plan.syntax.instructions[program.order] : nil
      guard let instruction, place.range != instruction.range else { continue }
      let stageText = plan.build.stages[file.stage].instructions.map { source.text(plan.syntax.instructions[$0].range) }
        .joined(separator: "\n")
      guard !Self.isStripped(source.text(instruction.range), stageText) else { continue }
      let words = ShellCommands(Shell.Script(source.bytes, place.range)).commands.first?.words ?? []
      let verb = words.first { $0.text == "build" || $0.text == "install" }
      let hasFlags = words.contains { $0.outline.contains("-ldflags") }
      let instead =
        hasFlags ? Cell("") : Cell(verb?.text.map { "\($0) -ldflags=\"-s -w\"" }, verb.flatMap { plan.place($0.range) })
      add(
        "debug", Cell(file.path, words.first.flatMap { plan.place($0.range) }), tool: "go", file.stage,
        instead: instead, at: plan.place(instruction.range), program.order, to: &facts)
    }
  }

  /// https://pkg.go.dev/cmd/link: -s leaves out the symbol table and -w the debug information.
  private static func isStripped(_ text: String, _ stage: String) -> Bool {
    if text.contains("-ldflags") {
      let words = text.split { " \"'=\t\n".contains($0) }
      if words.contains("-w") || words.contains("-s") { return true }
    }
    if text.contains("LDFLAGS") || text.contains("$") && text.contains("ldflags") { return true }
    return stage.contains("strip ") || stage.contains("upx ") || stage.contains("GOFLAGS")
  }
}

/// The cache that a package manager leaves behind in a layer, and how it would not.
struct PackageCache {
  enum Remedy {
    /// The word behind which an option belongs.
    case flag(ShellCommand.Word, String)
    /// A command at the end of the step.
    case cleanUp(String)
  }

  let folder: String
  let remedy: Remedy

  /// Nil where nothing is left.
  init?(_ program: String, _ command: ShellCommand, _ text: String, _ mounts: [String], variable: (String) -> String?) {
    func verb(_ names: [String]) -> ShellCommand.Word? {
      command.arguments.first { word in word.text.map(names.contains) == true }
    }
    func has(_ option: String) -> Bool { command.arguments.contains { $0.outline.hasPrefix(option) } }
    switch program {
    case "apk":
      guard let add = verb(["add"]), !has("--no-cache"), !text.contains("/var/cache/apk"),
        !mounts.contains(where: { $0.contains("/var/cache") })
      else { return nil }
      self.init(folder: "/var/cache/apk", remedy: .flag(add, "--no-cache"))
    case "apt-get", "apt":
      guard verb(["install"]) != nil, text.contains("update"), !text.contains("/var/lib/apt/lists"),
        !text.contains("/var/lib/apt/*"),
        !mounts.contains(where: { $0.hasPrefix("/var/lib/apt") })
      else { return nil }
      self.init(folder: "/var/lib/apt/lists", remedy: .cleanUp("rm -rf /var/lib/apt/lists/*"))
    case "yum", "dnf", "microdnf":
      guard verb(["install", "update", "upgrade"]) != nil, !text.contains("clean all"), !text.contains("/var/cache"),
        !mounts.contains(where: { $0.contains("/var/cache") })
      else { return nil }
      self.init(folder: "/var/cache/\(program)", remedy: .cleanUp("\(program) clean all"))
    case "pip", "pip3":
      guard let install = verb(["install"]), !has("--no-cache-dir"), !text.contains("/.cache"),
        variable("PIP_NO_CACHE_DIR") == nil, !mounts.contains(where: { $0.contains("cache") })
      else { return nil }
      self.init(folder: "/root/.cache/pip", remedy: .flag(install, "--no-cache-dir"))
    default: return nil
    }
  }

  private init(folder: String, remedy: Remedy) {
    self.folder = folder
    self.remedy = remedy
  }
}
