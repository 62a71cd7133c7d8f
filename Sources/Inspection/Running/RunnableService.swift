/// A container as the files of a project would have it run, free of the syntax that says so.
///
/// Paths are those of facts: relative to the inspected folder, `..` leads out of it, never out of the project's root.
public struct RunnableService: Sendable {
  /// How its image is made.
  public struct Build: Hashable, Sendable {
    public var context: String
    /// A path of the project; nil where the text stands in the compose file.
    public var dockerfile: String?
    public var text: String?
    public var target: String?
    public var arguments: [Setting] = []
    public var platform: String?
  }

  public struct Setting: Hashable, Sendable {
    public var name: String
    public var value: String
    /// Whether nobody else may know the value.
    public var isSecret: Bool { SecretNames.matches(name) }

    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  public struct Port: Hashable, Sendable {
    /// The port inside of the container.
    public var container: Int
    /// `tcp`, `udp` or `sctp`.
    public var networkProtocol: String
    /// The port of the host that people use; nil where any is taken.
    public var published: Int?
  }

  public struct Mount: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
      /// A file or folder of the project.
      case project(String)
      /// A named volume, by its key in the compose file.
      case volume(String)
      /// A volume without a name, which each container gets anew.
      case anonymous
      /// A file with this text, made for the container.
      case text(String)
    }

    public var source: Source
    public var target: String
    public var isReadOnly = false
  }

  public struct Connection: Hashable, Sendable {
    /// The key in the compose file.
    public var network: String
    public var aliases: [String]
  }

  public enum NetworkMode: Hashable, Sendable {
    case connected
    case none
    case host
    /// The network of another service.
    case service(String)
  }

  public struct Dependency: Hashable, Sendable {
    public enum Condition: Hashable, Sendable { case started, healthy, completed }
    public var service: String
    public var condition: Condition
  }

  /// How its health is asked for. Times are in seconds.
  public struct Health: Hashable, Sendable {
    /// The program and its arguments.
    public var words: [String]
    public var interval: Double
    public var timeout: Double
    public var startPeriod: Double
    public var retries: Int
    /// How long it may take until it is given up.
    public var patience: Double { startPeriod + Double(retries) * interval }
  }

  /// Unique in the project.
  public let name: String
  public var build: Build?
  /// The image that is pulled, where nothing is built.
  public var image: String?
  /// nil where the image decides; empty where what the image has is taken away.
  public var entrypoint: [String]?
  public var command: [String]?
  public var environment: [Setting] = []
  public var ports: [Port] = []
  public var mounts: [Mount] = []
  public var connections: [Connection] = []
  public var networkMode = NetworkMode.connected
  public var dependencies: [Dependency] = []
  public var health: Health?
  /// Other options of `docker create`, each a name with its value; an empty value is a switch.
  public var options: [Setting] = []
  /// In bytes.
  public var memoryLimit: Int?
  /// Seconds from the stop signal to the kill; nil for the engine's ten.
  public var stopGrace: Int?
  /// What the files say that is not carried over, in their words.
  public var leftOut: [String] = []

  public init(name: String) { self.name = name }
}

/// Everything that a project would have run.
public struct RunnableProject: Sendable {
  public struct Network: Hashable, Sendable {
    public var key: String
    public var isInternal: Bool

    public init(key: String, isInternal: Bool = false) {
      self.key = key
      self.isInternal = isInternal
    }
  }

  /// In the order in which they start: each behind those that it depends on.
  public var services: [RunnableService]
  public var networks: [Network]
  /// The keys of the named volumes.
  public var volumes: [String]

  public init(services: [RunnableService], networks: [Network] = [], volumes: [String] = []) {
    self.services = Self.ordered(services)
    self.networks = networks
    self.volumes = volumes
  }

  /// Only these services and what they depend on, with the networks and volumes that they use.
  public func only(_ names: Set<String>) -> RunnableProject {
    var wanted: Set<String> = []
    var open = names.sorted()
    while let next = open.popLast() {
      guard wanted.insert(next).inserted, let service = services.first(where: { $0.name == next }) else { continue }
      open += service.dependencies.map(\.service)
      if case .service(let other) = service.networkMode { open.append(other) }
    }
    let kept = services.filter { wanted.contains($0.name) }
    let used = Set(kept.flatMap(\.connections).map(\.network))
    let mounted = Set(kept.flatMap(\.mounts).compactMap { if case .volume(let key) = $0.source { key } else { nil } })
    return RunnableProject(
      services: kept, networks: networks.filter { used.contains($0.key) }, volumes: volumes.filter(mounted.contains))
  }

  /// Each service behind those that it waits for; a circle is left in the order of the files.
  private static func ordered(_ services: [RunnableService]) -> [RunnableService] {
    var left = services
    var result: [RunnableService] = []
    while !left.isEmpty {
      let open = Set(left.map(\.name))
      let next = left.firstIndex { service in
        var before = service.dependencies.map(\.service)
        if case .service(let other) = service.networkMode { before.append(other) }
        return !before.contains { $0 != service.name && open.contains($0) }
      }
      result.append(left.remove(at: next ?? 0))
    }
    return result
  }
}
