import SourceText

/// What a build is told besides the file itself.
public struct BuildOptions: Sendable {
  /// `--build-arg`.
  public var arguments: [String: String] = [:]
  /// Whether there are no other build arguments. If not, an ARG without a default is unknown instead of unset.
  public var knowsAllArguments = true
  /// `--target`: the name of a stage, in any case. Without it, the last stage is built.
  public var target: String?
  /// The platform to build for, such as `linux/amd64`; nil where it is not known.
  public var platform: String?
  /// The platform of the builder; nil where it is not known.
  public var buildPlatform: String?
  /// `--build-context`: these names stand for something else than stages and images.
  public var namedContexts: Set<String> = []
  /// What is known of a base image, asked with its reference as it stands in FROM, variables replaced; nil if nothing.
  public var baseImage: @Sendable (String) -> ImageConfiguration? = { _ in nil }

  public init() {}
}

/// A build stage: a FROM and the instructions up to the next one.
public struct Stage: Sendable {
  /// What a stage begins with.
  public enum Base: Hashable, Sendable {
    /// An image of a registry, with variables replaced.
    case image(String)
    /// An earlier stage.
    case stage(Int)
    case scratch
    /// A `--build-context`.
    case context(String)
    /// It depends on these variables, whose values are not known.
    case unknown([String])
    /// The builder refuses it.
    case invalid
  }

  /// From 0.
  public let index: Int
  /// In lower case; nil if it has none.
  public let name: String?
  public let from: From
  /// The place of the FROM among the instructions of the file.
  public let fromInstruction: Int
  /// The instructions after FROM.
  public let instructions: Range<Int>
  public internal(set) var base: Base
  /// `--platform` with variables replaced; nil if it is not given.
  public internal(set) var platform: Expansion?
  /// The stages whose files it takes: by COPY, ADD or a mount, also from the instructions that a base stage puts off.
  public internal(set) var copiesFrom: [Int] = []
  /// The instructions that do so, parallel to `copiesFrom`.
  var copyInstructions: [Int] = []
}

/// A Dockerfile together with what a build is told: stages with their bases, variables at each place, final images.
public struct Build: Sendable {
  public let file: Dockerfile
  public let options: BuildOptions
  /// The arguments before the first FROM, which only FROM sees, with the builder's own.
  public let globalArguments: Environment
  public internal(set) var stages: [Stage] = []
  /// The stage that is built; nil if there is none, or not of the name that was asked for.
  public internal(set) var target: Int?
  /// Parallel to `stages`.
  public internal(set) var evaluations: [StageEvaluation] = []

  /// Found while arguments and bases were expanded.
  let argumentProblems: [Problem]
  var lastStageNamed: [String: Int] = [:]

  public init(_ file: Dockerfile, _ options: BuildOptions = BuildOptions()) {
    self.file = file
    self.options = options
    var reader = GlobalArgumentReader(file: file, options: options)
    reader.read()
    globalArguments = reader.environment
    var resolver = StageResolver(file: file, options: options, globalArguments: globalArguments)
    resolver.resolve()
    stages = resolver.stages
    lastStageNamed = resolver.lastStageNamed
    argumentProblems = reader.problems + resolver.problems
    target = options.target.map { lastStageNamed[$0.lowercased()] } ?? stages.indices.last
    evaluate()
  }

  /// The stage of a name (in any case) or number, as `COPY --from` looks for it. Of stages with the same name it is the
  /// last.
  public func stage(called name: String) -> Int? {
    if let number = Int(name) { return stages.indices.contains(number) ? number : nil }
    return lastStageNamed[name.lowercased()]
  }

  /// The stages that a stage needs, itself included, in the order of the file.
  public func stagesNeeded(by stage: Int) -> [Int] {
    var needed = [Bool](repeating: false, count: stages.count)
    var pending = [stage]
    while let next = pending.popLast() {
      guard stages.indices.contains(next), !needed[next] else { continue }
      needed[next] = true
      if case .stage(let base) = stages[next].base { pending.append(base) }
      pending += stages[next].copiesFrom
    }
    return stages.indices.filter { needed[$0] }
  }

  /// A stage, the stage it begins with, and so on to the one that begins with an image.
  public func chain(of stage: Int) -> [Int] {
    var chain: [Int] = []
    var next = stage
    while stages.indices.contains(next) {
      chain.append(next)
      guard case .stage(let base) = stages[next].base, base < next else { break }
      next = base
    }
    return chain
  }

  /// The evaluation of the stage that is built.
  public var targetEvaluation: StageEvaluation? { target.map { evaluations[$0] } }
}
