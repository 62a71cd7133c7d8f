/// What was seen while a project ran.
public struct RunRecord: Sendable {
  public struct Build: Sendable {
    public enum Ending: Hashable, Sendable {
      case made
      case failed(status: Int)
      case timedOut
    }
    public let service: String
    public let ending: Ending
    public let seconds: Double
    /// Its last lines.
    public let lines: [String]
    /// In bytes; nil where it is not known.
    public var size: Int?
  }

  public struct Port: Sendable {
    public let container: Int
    /// The port of this machine that it is published on; nil where it is on none.
    public let host: Int?
    public let answer: PortProbe.Answer
    /// From the start of the container to the answer, or to giving up.
    public let seconds: Double
  }

  public struct Stop: Sendable {
    public let seconds: Double
    public let status: Int
    /// How long it was given, in seconds.
    public let grace: Double
    /// How a request ended that was open meanwhile; nil where there was none.
    public let request: OpenRequest.End?
  }

  public struct Health: Sendable {
    public let isHealthy: Bool
    public let seconds: Double
    /// What the last check said.
    public let lines: [String]
  }

  public struct Container: Sendable {
    public enum State: Hashable, Sendable {
      /// It waited in vain for another service.
      case notReached(dependency: String)
      /// The engine refused to make or start it, in its words.
      case notStarted(String)
      case running
      case ended(status: Int, outOfMemory: Bool)
    }
    public let service: String
    public internal(set) var state: State
    /// How long it ran, or was watched.
    public internal(set) var seconds: Double = 0
    /// Its last lines.
    public internal(set) var lines: [String] = []
    public internal(set) var ports: [Port] = []
    public internal(set) var health: Health?
    public internal(set) var stop: Stop?
    /// Whether another service waits for its end.
    public internal(set) var isTask = false
  }

  public enum Interruption: Hashable, Sendable {
    case cancelled
    case outOfTime
    /// The engine does not answer any more, in its words.
    case engine(String)
    /// Before anything ran: the engine refused a network, a volume or the pull of an image.
    case refused(String)
  }

  public internal(set) var builds: [Build] = []
  public internal(set) var containers: [Container] = []
  /// Why it was not seen to its end.
  public internal(set) var interruption: Interruption?
  /// All output, as a transcript for the log reader.
  public internal(set) var transcript: [UInt8] = []
  public internal(set) var seconds = 0.0
}
