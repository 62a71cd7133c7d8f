import SourceText

/// What a person tells about the project and what they see.
public struct InspectionRequest: Sendable {
  public var tree: any FileTree
  /// The Dockerfile to inspect, instead of all in the folder.
  public var dockerfile: String?
  /// The compose files to load, in order, instead of those of the folder.
  public var composeFiles: [String] = []
  public var target: String?
  public var buildArguments: [String: String] = [:]
  public var environmentFiles: [String] = []
  public var profiles: [String] = []
  /// Only this service, and what it needs.
  public var service: String?
  /// The output that was given, read already; nil when there is none.
  public var log: LogReader?
  public var exitCode: Int?
  /// What a container engine was asked; nil when none was.
  public var testimony: Testimony?
  /// How the container was started: `docker run ...`.
  public var commands: [String] = []
  /// By question. `unknown` stands for a person who cannot tell.
  public var answers: [String: String] = [:]
  /// The folder holds only what somebody pasted: what is not there proves nothing.
  public var isPartial = false
  /// The host's variables, for interpolation in compose files.
  public var environment: [String: String] = [:]

  public init(tree: any FileTree) { self.tree = tree }
}

/// Something that could not be read as it should.
public struct InspectionProblem: Hashable, Sendable {
  public enum Severity: String, Sendable {
    case error
    case warning
  }

  public let severity: Severity
  /// nil for what lies in no file, such as a command that was given.
  public let file: String?
  /// nil for the whole file.
  public let range: ByteRange?
  public let message: String

  public init(_ severity: Severity, file: String?, _ range: ByteRange? = nil, _ message: String) {
    self.severity = severity
    self.file = file
    self.range = range
    self.message = message
  }
}

/// Everything that could be read off a project.
public struct InspectionResult: Sendable {
  /// What inspected it, to inspect a changed copy in the same way.
  public let inspector: Inspector
  public internal(set) var facts: FactStore
  public internal(set) var log: LogReading
  public internal(set) var answers: [String: String]
  /// The files that were read, by path, in the order of their names.
  public internal(set) var files: [String: SourceFile]
  public internal(set) var services: [String]
  /// The names of host variables that the files mention.
  public internal(set) var environment: [String]
  public internal(set) var problems: [InspectionProblem]
  /// For another inspection of the same project with a few changes.
  public internal(set) var readings: InspectionReadings
  /// Whether there was anything to inspect: a file, a log, a command, an answer.
  public internal(set) var isEmpty: Bool
}
