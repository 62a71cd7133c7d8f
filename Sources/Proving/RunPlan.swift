import Inspection

/// What is to be done to run a project: plain `docker` commands, in order.
public struct RunPlan: Sendable {
  public enum Step: Sendable {
    case build(service: String, EngineCommand)
    /// A network, a volume, a container, or its connection to one more network.
    case make(service: String?, EngineCommand)
    /// Before a service starts, another has to have come so far.
    case wait(for: RunnableService.Dependency, by: String)
    case start(service: String, EngineCommand)
  }

  /// A file that the containers need and the project does not hold.
  public struct File: Hashable, Sendable {
    /// Absolute.
    public let path: String
    public let text: String
  }

  public let steps: [Step]
  /// By service, in the order in which they start.
  public let containers: [(service: RunnableService, name: String)]
  public let files: [File]
  /// Folders that bind mounts expect, absolute.
  public let folders: [String]
  /// Images that are pulled where they are not there.
  public let images: [String]
  /// Why it cannot be run at all; nil where it can.
  public let obstacle: Obstacle?

  public enum Obstacle: Hashable, Sendable {
    case nothingToRun
    /// It uses the network of the host, where nothing may be published.
    case hostNetwork(service: String)
    /// Neither an image nor a build is known.
    case noImage(service: String)
  }

  public func container(of service: String) -> String? { containers.first { $0.service.name == service }?.name }

  /// The commands, as they are shown before anything runs.
  public var commands: [EngineCommand] {
    steps.compactMap {
      switch $0 {
      case .build(_, let command), .make(_, let command), .start(_, let command): command
      case .wait: nil
      }
    }
  }
}

extension RunPlan {
  /// - Parameters:
  ///   - attempt: `before` or `after`, a part of all names.
  ///   - folder: the absolute path of the inspected folder's copy.
  ///   - scratch: the absolute path of a folder for files that the project does not hold.
  public init(
    _ project: RunnableProject, _ identity: RunIdentity, attempt: String, folder: String, scratch: String,
    limits: RunLimits
  ) {
    var maker = RunPlanMaker(
      project: project, identity: identity, attempt: attempt, folder: folder, scratch: scratch, limits: limits)
    maker.make()
    steps = maker.steps
    containers = maker.containers
    files = maker.files
    folders = maker.folders
    images = maker.images
    obstacle = maker.obstacle
  }
}
