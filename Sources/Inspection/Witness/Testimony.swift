/// What a container engine says of containers. The inspection weighs it against what the files say.
public struct Testimony: Sendable {
  /// One fact, in the words of a relation.
  public struct Fact: Hashable, Sendable {
    public let relation: String
    /// Columns that are not named are unknown. The service is filled in when it is known which one the container is.
    public let cells: [String: String]
    /// The command that was asked.
    public let source: String

    public init(_ relation: String, _ cells: [String: String], from source: String) {
      self.relation = relation
      self.cells = cells
      self.source = source
    }
  }

  /// A program in the image, as the first bytes of its file show it.
  public struct Program: Hashable, Sendable {
    public let path: String
    /// glibc, musl or none, as the relation `built` has it.
    public let libc: String
    public let isDynamic: Bool
    public let source: String

    public init(path: String, libc: String, isDynamic: Bool, from source: String) {
      self.path = path
      self.libc = libc
      self.isDynamic = isDynamic
      self.source = source
    }
  }

  public struct Container: Sendable {
    public let name: String
    /// The compose service that it says it is.
    public var service: String?
    public var image: String
    /// The `docker run` line that would make it: what no compose file describes is read from there.
    public var command: String
    /// The command that `command` was worked out from.
    public var source: String
    /// Whether it comes from `docker compose run` without its ports, not from `up`.
    public var hidesPorts = false
    public var facts: [Fact] = []
    /// The relations of which `facts` lists everything: a row of the files that it does not bear out is about another container.
    public var complete: Set<String> = []
    public var programs: [Program] = []

    public init(name: String, image: String, command: String, source: String) {
      self.name = name
      self.image = image
      self.command = command
      self.source = source
    }
  }

  public var containers: [Container] = []
  /// The symptom that their states show.
  public var symptom: String?
  /// What could not be asked, in one line each.
  public var problems: [String] = []

  public init() {}

  /// Keeps only how the containers were made: how they were seen says nothing about the project after a fix.
  public mutating func forgetStates() {
    symptom = nil
    problems = []
    for index in containers.indices {
      containers[index].facts = []
      containers[index].complete = []
      containers[index].programs = []
    }
  }
}
