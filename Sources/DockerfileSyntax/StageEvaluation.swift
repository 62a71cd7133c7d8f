import SourceText

/// A stage walked through in the order of the build: what holds at each of its instructions.
public struct StageEvaluation: Sendable {
  /// One instruction, and what holds before it runs.
  public struct Step: Sendable {
    public let instruction: Instruction
    /// An instruction that the base put off with ONBUILD. Those of images have the base's place in FROM for all ranges.
    public let isTrigger: Bool
    public let environment: Environment
    /// nil where the base image decides and is not known.
    public let workingDirectory: Expansion?
    /// nil where nothing is said: root.
    public let user: Expansion?
    /// What shell forms are handed to; nil where nothing is said.
    public let shell: [String]?
    /// Whether the image is one of Windows.
    public let isWindows: Bool
    let file: Dockerfile

    /// The commands that the instruction hands to a shell of Unix; nil where it hands none to such a shell.
    public var script: Shell.Script? { file.scripts.script(of: instruction, shell: effectiveShell, in: file) }

    /// What shell forms are handed to, also where nothing is said.
    public var effectiveShell: [String] { shell ?? (isWindows ? ["cmd", "/S", "/C"] : ["/bin/sh", "-c"]) }

    /// What a word of the instruction becomes here.
    public func expand(_ word: Word) -> Expansion { environment.expand(word) }
  }

  struct State: Sendable {
    var workingDirectory: Expansion?
    var user: Expansion?
    var shell: [String]?
  }

  enum Place: Sendable {
    case file(Int)
    case trigger(Int)
  }

  struct Record: Sendable {
    let place: Place
    let definitions: Int
    let state: State
  }

  let file: Dockerfile
  var triggers: [Instruction] = []
  var records: [Record] = []
  var final = State()
  /// Whether the stage begins with an image of Windows.
  public internal(set) var isWindows = false
  /// The variables at the end of the stage.
  public internal(set) var environment: Environment

  init(file: Dockerfile, environment: Environment) {
    self.file = file
    self.environment = environment
  }

  public var finalWorkingDirectory: Expansion? { final.workingDirectory }
  public var finalUser: Expansion? { final.user }
  public var finalShell: [String]? { final.shell }

  /// The instructions in the order in which they run.
  public var steps: Steps { Steps(evaluation: self) }

  /// Steps are put together when somebody asks: a file may have a hundred thousand.
  public struct Steps: RandomAccessCollection {
    let evaluation: StageEvaluation
    public var startIndex: Int { 0 }
    public var endIndex: Int { evaluation.records.count }
    public subscript(position: Int) -> Step { evaluation.step(position) }
  }

  /// What holds at an instruction of the file; nil if the stage does not have it.
  public func step(at instruction: Int) -> Step? {
    // The instructions of the file are in order, behind the triggers.
    var low = triggers.count
    var high = records.count
    while low < high {
      let middle = (low + high) / 2
      guard case .file(let index) = records[middle].place else { return nil }
      if index == instruction { return step(middle) }
      if index < instruction { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  fileprivate func step(_ number: Int) -> Step {
    let record = records[number]
    var before = environment
    before.count = record.definitions
    let state = record.state
    func step(_ instruction: Instruction, isTrigger: Bool) -> Step {
      Step(
        instruction: instruction, isTrigger: isTrigger, environment: before,
        workingDirectory: state.workingDirectory, user: state.user, shell: state.shell, isWindows: isWindows,
        file: file)
    }
    switch record.place {
    case .file(let index): return step(file.instructions[index], isTrigger: false)
    case .trigger(let index): return step(triggers[index], isTrigger: true)
    }
  }
}

extension Build {
  /// The search path of a container whose image sets none.
  static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  /// Longer chains of stages are not followed: an image has at most some 127 layers.
  static let longestChain = 256

  mutating func evaluate() {
    var depths: [Int] = []
    for stage in stages {
      let depth: Int
      if case .stage(let base) = stage.base { depth = depths[base] + 1 } else { depth = 0 }
      depths.append(depth)
      evaluations.append(evaluate(stage, followsBase: depth % Self.longestChain != Self.longestChain - 1))
    }
  }

  private func isWindows(_ stage: Stage) -> Bool {
    if case .stage(let base) = stage.base { return evaluations[base].isWindows }
    if let platform = stage.platform?.value ?? options.platform { return platform.hasPrefix("windows") }
    guard case .image(let reference) = stage.base else { return false }
    let name = Array(reference.utf8)
    return contains(name, "nanoserver") || contains(name, "servercore") || contains(name, "/windows/")
  }

  /// The instructions that the base of a stage has put off, and that run first.
  private func triggers(of stage: Stage) -> [Instruction] {
    switch stage.base {
    case .stage(let base): stages[base].instructions.compactMap { file.instructions[$0].trigger }
    case .image(let reference):
      (options.baseImage(reference)?.onBuild ?? []).compactMap {
        Instruction(trigger: $0, at: stage.from.base.range, of: file.instructions[stage.fromInstruction])
      }
    default: []
    }
  }

  private func evaluate(_ stage: Stage, followsBase: Bool) -> StageEvaluation {
    var environment = Environment()
    environment.escape = file.escape
    var evaluator = StageEvaluator(
      build: self, evaluation: StageEvaluation(file: file, environment: environment))
    evaluator.evaluation.isWindows = isWindows(stage)
    switch stage.base {
    case .stage(let base) where followsBase: evaluator.begin(with: evaluations[base])
    case .scratch: evaluator.begin(with: ImageConfiguration.scratch)
    case .image(let reference): evaluator.begin(with: options.baseImage(reference))
    default: evaluator.begin(with: nil)
    }
    for trigger in triggers(of: stage) { evaluator.run(trigger: trigger) }
    for index in stage.instructions { evaluator.run(index) }
    return evaluator.finish()
  }
}

/// Follows the instructions that change what holds for later ones: ENV, ARG, WORKDIR, USER, SHELL.
private struct StageEvaluator {
  let build: Build
  var evaluation: StageEvaluation
  var state = StageEvaluation.State()

  init(build: Build, evaluation: StageEvaluation) {
    self.build = build
    self.evaluation = evaluation
  }

  mutating func begin(with base: StageEvaluation) {
    evaluation.environment.parent = Environment.Parent(base.environment)
    evaluation.environment.isComplete = base.environment.isComplete
    evaluation.environment.spent = base.environment.spent
    state = base.final
  }

  mutating func begin(with image: ImageConfiguration?) {
    guard let image else {
      evaluation.environment.isComplete = false
      return
    }
    for entry in image.environment {
      let (name, value) = splitAtEquals(entry)
      evaluation.environment.define(Variable(name, Expansion(value), .baseImage))
    }
    if evaluation.environment["PATH"] == nil {
      evaluation.environment.define(Variable("PATH", Expansion(Build.defaultPath), .predefined))
    }
    state.workingDirectory = Expansion(image.workingDirectory.isEmpty ? "/" : image.workingDirectory)
    state.user = image.user.isEmpty ? nil : Expansion(image.user)
    state.shell = image.shell.isEmpty ? nil : image.shell
  }

  mutating func run(trigger: Instruction) {
    evaluation.triggers.append(trigger)
    record(.trigger(evaluation.triggers.count - 1))
    follow(trigger)
  }

  mutating func run(_ index: Int) {
    record(.file(index))
    follow(build.file.instructions[index])
  }

  mutating func finish() -> StageEvaluation {
    evaluation.final = state
    return evaluation
  }

  private mutating func record(_ place: StageEvaluation.Place) {
    evaluation.records.append(
      StageEvaluation.Record(place: place, definitions: evaluation.environment.count, state: state))
  }

  private mutating func follow(_ instruction: Instruction) {
    switch instruction.keyword {
    case .env, .arg, .workdir, .user, .shell: break
    default: return
    }
    switch instruction.content {
    case .env(let pairs):
      // All words are expanded before the first variable is set.
      let variables = pairs.map { variable($0, instruction) }
      for variable in variables { evaluation.environment.define(variable) }
    case .arg(let pairs):
      for pair in pairs { define(pair, instruction) }
    case .workdir(let path):
      state.workingDirectory = Self.join(state.workingDirectory, evaluation.environment.expand(path))
    case .user(let user): state.user = evaluation.environment.expand(user)
    case .shell(let words): state.shell = words.map(\.text)
    default: break
    }
  }

  private func variable(_ pair: Pair, _ instruction: Instruction) -> Variable {
    Variable(
      evaluation.environment.expand(pair.name).value ?? pair.name.text,
      pair.value.map { evaluation.environment.expand($0) } ?? Expansion(""), .env, range: pair.value?.range,
      instruction: instruction.index)
  }

  private mutating func define(_ pair: Pair, _ instruction: Instruction) {
    let name = pair.name.text
    var isDefault = false
    let expansion: Expansion
    if let given = build.options.arguments[name] {
      expansion = Expansion(given)
    } else if let value = pair.value {
      expansion = evaluation.environment.expand(value)
      isDefault = true
    } else if let global = build.globalArguments[name] {
      expansion = global.value.map { Expansion($0) } ?? Expansion(unknown: global.unknown)
      isDefault = global.isDefault
    } else if build.options.knowsAllArguments {
      return
    } else {
      expansion = Expansion(unknown: [name])
    }
    // The builder keeps these two to itself.
    if name == "BUILDKIT_SBOM_SCAN_CONTEXT" || name == "BUILDKIT_SBOM_SCAN_STAGE" { return }
    evaluation.environment.define(
      Variable(
        name, expansion, .arg, range: pair.value?.range ?? pair.name.range, instruction: instruction.index,
        isDefault: isDefault))
  }

  /// A path seen from a directory. The builder cleans only what it joins; an absolute path stays as it is.
  private static func join(_ directory: Expansion?, _ path: Expansion) -> Expansion {
    guard let text = path.value else { return path }
    if text.utf8.first == UInt8(ascii: "/") { return path }
    guard let directory else { return Expansion(unknown: ["WORKDIR"]) }
    guard let base = directory.value else { return directory }
    // Linux opens no path of more than 4,096 bytes (PATH_MAX): what would lie so deep is nowhere.
    guard base.utf8.count + text.utf8.count < 8_192 else { return directory }
    return Expansion(ContainerPath.clean("\(base)/\(text)"))
  }
}

/// Paths inside of images, which are always those of Unix here.
enum ContainerPath {
  /// An absolute path without empty parts, `.` and `..`.
  static func clean(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}
