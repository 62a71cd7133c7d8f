import SourceText

/// The layers of a build as the builder's cache sees them: what each depends on, and which are made again after a change.
///
/// https://docs.docker.com/build/cache/invalidation/
public struct BuildLayers: Hashable, Sendable {
  /// The build's name.
  public let build: String
  /// The path of the Dockerfile.
  public let dockerfile: String
  /// The folder of the build context; nil where it lies outside of what is inspected.
  public let context: String?
  /// In the order in which they stand in the Dockerfile, without the stages that the image does not need.
  public let layers: [Layer]

  /// Something that differs from the last build.
  public enum Change: Hashable, Sendable {
    /// A file of the project, by its path.
    case file(String)
    /// A build argument, by its name.
    case argument(String)
  }

  /// Why a layer is made again.
  public enum Reason: Hashable, Sendable {
    /// The change is among what it depends on itself.
    case own
    /// A layer that it stands on, or copies from, is made again; the number of the layer that began it.
    case after(Int)
  }

  /// The layers that are made again after a change, by their number, each with the reason.
  public func madeAgain(after change: Change) -> [Int: Reason] {
    var reasons: [Int: Reason] = [:]
    for (number, layer) in layers.enumerated() {
      if layer.depends(on: change) {
        reasons[number] = .own
      } else if let below = ([layer.parent].compactMap { $0 } + layer.copiesFrom).first(where: { reasons[$0] != nil }) {
        if case .after(let first) = reasons[below] {
          reasons[number] = .after(first)
        } else {
          reasons[number] = .after(below)
        }
      }
    }
    return reasons
  }

  /// The layers below a layer, itself first, down to its base image.
  public func chain(of number: Int) -> [Int] {
    var chain: [Int] = []
    var next: Int? = number
    while let layer = next, layers.indices.contains(layer) {
      chain.append(layer)
      // A layer stands on an earlier one; anything else would be a circle.
      next = layers[layer].parent.flatMap { $0 < layer ? $0 : nil }
    }
    return chain
  }

  /// The names of all build arguments that some layer depends on, in the order of their first use.
  public var arguments: [String] {
    var names: [String] = []
    for layer in layers { for name in layer.arguments where !names.contains(name) { names.append(name) } }
    return names
  }
}

/// An instruction that makes a layer.
public struct Layer: Hashable, Sendable {
  /// What it takes out of the build context.
  public struct Source: Hashable, Sendable {
    /// As it is written.
    public let text: String
    /// The characters that spell it.
    public let range: ByteRange
    /// The files of the project that it takes now, with their paths in the project.
    public let files: [String]
    /// Whether a file of the project, there or not, is among what it takes.
    let covers: Cover

    /// A pattern below the context, with what the ignore file leaves out.
    struct Cover: Hashable, Sendable {
      let folder: String
      /// Relative to the context; `.` for all of it.
      let pattern: String
      /// Files that the ignore file hides.
      let hidden: Set<String>

      func contains(_ path: String) -> Bool {
        guard let below = Path.relative(path, to: folder), !hidden.contains(path) else { return false }
        if pattern == "." { return true }
        let parts = pattern.split(separator: "/")
        let names = below.split(separator: "/")
        return names.count >= parts.count
          && zip(names, parts).allSatisfy { PathPattern.matches(String($0), String($1)) }
      }
    }

    /// Whether a change of that file is seen.
    public func contains(_ path: String) -> Bool { files.contains(path) || covers.contains(path) }
  }

  /// What a RUN step does that takes time.
  public enum Work: String, Hashable, Sendable, CaseIterable {
    /// Downloads the dependencies of the program.
    case fetch
    /// Compiles or bundles the program.
    case compile
    /// Installs packages of the distribution.
    case install
  }

  /// The number of its build stage, and its name where it has one.
  public let stage: Int
  public let stageName: String?
  /// The number of the instruction in the Dockerfile.
  public let instruction: Int
  /// FROM, RUN, COPY, ADD or WORKDIR.
  public let keyword: String
  /// The instruction as it is written, on one line.
  public let text: String
  public let range: ByteRange
  /// The first line of the instruction, counted from 1.
  public let line: Int
  /// The number of the layer that it stands on; nil for the first of a stage that is based on an image.
  public internal(set) var parent: Int?
  public internal(set) var sources: [Source] = []
  /// The numbers of the layers that it copies from: the last ones of other stages.
  public internal(set) var copiesFrom: [Int] = []
  /// The build arguments that it depends on, directly or by a variable that is set from one.
  ///
  /// A RUN sees every argument declared above it, so it depends on all of them:
  /// https://docs.docker.com/reference/dockerfile/#impact-on-build-caching
  public internal(set) var arguments: [String] = []
  /// Those of the arguments that the instruction names.
  public internal(set) var namedArguments: [String] = []
  public internal(set) var work: [Work] = []
  /// For each work, the tool that does it.
  public internal(set) var tools: [Work: String] = [:]
  /// The works whose results a cache mount keeps from build to build.
  public internal(set) var cached: Set<Work> = []
  /// The image that the stage is based on.
  public internal(set) var image: String?

  func depends(on change: BuildLayers.Change) -> Bool {
    switch change {
    case .file(let path): sources.contains { $0.contains(path) }
    case .argument(let name): arguments.contains(name)
    }
  }
}
