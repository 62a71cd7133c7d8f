import SourceText

/// Reads the ARG instructions before the first FROM.
struct GlobalArgumentReader {
  let file: Dockerfile
  let options: BuildOptions
  private(set) var environment = Environment()
  private(set) var problems: [Problem] = []

  init(file: Dockerfile, options: BuildOptions) {
    self.file = file
    self.options = options
    environment.escape = file.escape
  }

  mutating func read() {
    definePlatform("BUILD", options.buildPlatform)
    definePlatform("TARGET", options.platform)
    let lastName = file.instructions.last { $0.keyword == .from }.flatMap { instruction -> String? in
      guard case .from(let from) = instruction.content else { return nil }
      return from.stageName
    }
    define("TARGETSTAGE", Expansion(options.target ?? lastName ?? "default"))
    for instruction in file.instructions {
      if instruction.keyword == .from { break }
      guard instruction.keyword == .arg, case .arg(let pairs) = instruction.content else { continue }
      for pair in pairs { read(pair, instruction) }
    }
  }

  private mutating func read(_ pair: Pair, _ instruction: Instruction) {
    let name = pair.name.text
    var isDefault = false
    let expansion: Expansion
    if let value = options.arguments[name] {
      expansion = Expansion(value)
    } else if let value = pair.value {
      expansion = environment.expand(value)
      isDefault = true
      if let failure = expansion.failure { problems.append(Problem(.evaluation, value.range, failure)) }
    } else if options.knowsAllArguments || environment[name] != nil {
      return
    } else {
      expansion = Expansion(unknown: [name])
    }
    environment.define(
      Variable(
        name, expansion, .arg, range: pair.value?.range ?? pair.name.range, instruction: instruction.index,
        isDefault: isDefault))
  }

  /// https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
  private mutating func definePlatform(_ prefix: String, _ platform: String?) {
    let platform = platform.flatMap { Platform($0) }
    let values = [
      ("PLATFORM", platform?.description), ("OS", platform?.system), ("OSVERSION", platform.map { _ in "" }),
      ("ARCH", platform?.architecture), ("VARIANT", platform?.variant),
    ]
    for (suffix, value) in values {
      define(prefix + suffix, value.map { Expansion($0) } ?? Expansion(unknown: [prefix + suffix]))
    }
  }

  private mutating func define(_ name: String, _ expansion: Expansion) {
    let given = options.arguments[name].map { Expansion($0) }
    environment.define(Variable(name, given ?? expansion, .predefined))
  }
}

/// Finds the stages of a file and what each begins with.
struct StageResolver {
  let file: Dockerfile
  let options: BuildOptions
  let globalArguments: Environment
  private(set) var stages: [Stage] = []
  private(set) var lastStageNamed: [String: Int] = [:]
  private(set) var problems: [Problem] = []

  init(file: Dockerfile, options: BuildOptions, globalArguments: Environment) {
    self.file = file
    self.options = options
    self.globalArguments = globalArguments
  }

  mutating func resolve() {
    let starts = file.instructions.indices.filter { file.instructions[$0].keyword == .from }
    for (number, start) in starts.enumerated() {
      let end = number + 1 < starts.count ? starts[number + 1] : file.instructions.count
      let from: From
      if case .from(let read) = file.instructions[start].content {
        from = read
      } else {
        // A FROM that the builder refuses still begins a stage: what follows belongs to it.
        let place = file.instructions[start].arguments.first ?? file.instructions[start].keywordWord
        from = From(base: place, name: nil, platform: nil)
      }
      stages.append(
        Stage(
          index: stages.count, name: from.stageName, from: from, fromInstruction: start,
          instructions: start + 1..<end, base: base(of: from, isRead: file.instructions[start].problems.isEmpty),
          platform: platform(of: from)))
      if let name = from.stageName { lastStageNamed[name] = stages.count - 1 }
    }
    for index in stages.indices { findCopies(index) }
  }

  private mutating func base(of from: From, isRead: Bool) -> Stage.Base {
    guard isRead else { return .invalid }
    if let name = from.stageName, isContext(name) { return .context(name) }
    let expansion = globalArguments.expand(from.base)
    if let failure = expansion.failure {
      problems.append(Problem(.evaluation, from.base.range, failure))
      return .invalid
    }
    guard let reference = expansion.value else { return .unknown(expansion.unknown) }
    if reference.isEmpty {
      problems.append(
        Problem(.evaluation, from.base.range, "base name (\(from.base.text)) should not be blank"))
      return .invalid
    }
    // Here, unlike in COPY --from, a name in another case is no stage.
    if let stage = lastStageNamed[reference] { return .stage(stage) }
    if reference == "scratch" { return .scratch }
    return isContext(reference) ? .context(reference) : .image(reference)
  }

  private func isContext(_ name: String) -> Bool {
    guard !options.namedContexts.isEmpty, name != "scratch", name != "context" else { return false }
    return options.namedContexts.contains(name) || options.namedContexts.contains(name.lowercased())
  }

  private mutating func platform(of from: From) -> Expansion? {
    guard let flag = from.platform, let text = flag.value, !text.isEmpty else { return nil }
    let expansion = globalArguments.expand(text)
    if let failure = expansion.failure {
      problems.append(Problem(.evaluation, flag.valueRange, failure))
    } else if expansion.value?.isEmpty == true {
      problems.append(
        Problem(.evaluation, flag.valueRange, "empty platform value from expression \(text)"))
    } else if let platform = expansion.value, Platform(platform) == nil {
      problems.append(Problem(.evaluation, flag.valueRange, "failed to parse platform \(text)"))
    }
    return expansion
  }

  private mutating func findCopies(_ index: Int) {
    if case .stage(let base) = stages[index].base {
      for instruction in file.instructions[stages[base].instructions] {
        guard let trigger = instruction.trigger else { continue }
        add(sources(of: trigger), at: stages[index].fromInstruction, to: index)
      }
    }
    for instruction in file.instructions[stages[index].instructions] where instruction.mayHaveFlags {
      add(sources(of: instruction), at: instruction.index, to: index)
    }
  }

  private mutating func add(_ sources: [Int], at instruction: Int, to stage: Int) {
    for source in sources {
      stages[stage].copiesFrom.append(source)
      stages[stage].copyInstructions.append(instruction)
    }
  }

  /// The stages from which one instruction takes files.
  private func sources(of instruction: Instruction) -> [Int] {
    guard instruction.mayHaveFlags else { return [] }
    switch instruction.content {
    case .copy(let copy): return (copy.from?.value).flatMap { find($0, byNumber: true) }.map { [$0] } ?? []
    case .run(let run):
      return run.mounts.compactMap { flag in
        Mount.source(flag).flatMap { find($0, byNumber: false) }
      }
    default: return []
    }
  }

  private func find(_ name: String, byNumber: Bool) -> Int? {
    if byNumber, let number = Int(name) { return stages.indices.contains(number) ? number : nil }
    return lastStageNamed[name.lowercased()]
  }
}
