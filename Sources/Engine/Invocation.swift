/// A program to run, as one value: never a line for a shell.
public struct Invocation: Hashable, Sendable {
  /// A path, or a name that is looked up in PATH.
  public var program: String
  /// Without the name of the program itself.
  public var arguments: [String]
  /// What the program reads from standard input; nothing is an empty file.
  public var input: [UInt8] = []
  /// Variables besides those of this process; they win over its own.
  public var environment: [String: String] = [:]
  /// Seconds until the program and all that it started are asked to end.
  public var timeout: Double
  /// Seconds from that request (SIGTERM) to the end by force (SIGKILL).
  public var grace: Double = 2
  /// How many bytes are kept of the beginning, and how many of the end, of each stream.
  public var limit = 1 << 20
  /// After so many bytes of standard output nobody reads on, and the program is ended; nil to read it all.
  public var enough: Int?
  /// Whether standard error goes where standard output goes, so that their order is kept.
  public var joinsErrors = false

  public init(_ program: String, _ arguments: [String], timeout: Double) {
    self.program = program
    self.arguments = arguments
    self.timeout = timeout
  }

  /// As a person would type it: words are quoted for a POSIX shell where they must be.
  public var line: String { ([program] + arguments).map(Self.quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "%+,-./:=@_".utf8.contains(byte)
      }
    }
    if plain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

/// How a run of a program went.
public struct CommandOutcome: Hashable, Sendable {
  public enum Ending: Hashable, Sendable {
    /// It ended by itself, with this status.
    case exited(Int32)
    /// A signal that was not ours ended it.
    case signalled(Int32)
    /// It took longer than it was given, and was ended.
    case timedOut
    /// It has written as much as was wanted, and was ended.
    case sufficed
    /// It was ended because nobody waits for it any more.
    case cancelled
    /// It could not be started; the system's words say why.
    case notStarted(String)
  }

  public var ending: Ending
  public var output: CapturedOutput
  /// Empty where errors join the output.
  public var errors: CapturedOutput
  /// From the start to the end of the program, in seconds.
  public var seconds: Double

  public init(
    _ ending: Ending, output: CapturedOutput = CapturedOutput(), errors: CapturedOutput = CapturedOutput(),
    seconds: Double = 0
  ) {
    self.ending = ending
    self.output = output
    self.errors = errors
    self.seconds = seconds
  }

  public var succeeded: Bool { ending == .exited(0) || ending == .sufficed }
}
