import SourceText

/// A place where a program says what a signal shall do.
public struct SignalHandler: Hashable, Sendable {
  public enum How: String, Hashable, Sendable, CaseIterable {
    /// The signal arrives as a message, an event or a call: the program goes on and decides.
    case handled
    /// The signal is thrown away.
    case ignored
    /// The system's default holds again.
    case reset
  }

  /// What the program does when the signal has arrived, as far as it can be seen.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// It lets a server finish its requests, and more.
    case drains
    /// It ends at once, by an exit or by the end of the main function.
    case exits
    /// It ends what it did in some other way.
    case ends
    case unknown
  }

  public var place: SourcePlace
  public var function: String
  /// The call: `os/signal.Notify`, `process.on`, `signal.signal`.
  public var call: String
  public var how: How
  /// Signal names such as `SIGTERM`. Empty with `isEverySignal`.
  public var signals: [String]
  public var isEverySignal: Bool
  /// Whether a name could not be told, so that more signals than `signals` may be meant.
  public var hasUnknownSignals: Bool
  /// Whether the channel has room for a signal that arrives while nobody receives. Only for Go's Notify.
  public var isBuffered: Answer
  public var outcome = Outcome.unknown

  public func handles(_ signal: String) -> Bool { isEverySignal || signals.contains(signal) }
}

/// A call that stops a server.
public struct ShutdownCall: Hashable, Sendable {
  /// How the server stops.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Requests that have begun are answered first.
    case drains
    /// Connections are cut.
    case closes
  }

  /// How long the server may take.
  public enum Deadline: Hashable, Sendable {
    /// In seconds; nil where the number is not a constant.
    case seconds(Double?)
    /// As long as the requests take.
    case none
    /// The deadline has already passed when the call is made: it returns at once.
    case passed
    case unknown
  }

  /// Why nobody waits for the server, or that somebody does.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The call stands in the flow of the main function, which goes on when the server has stopped.
    case inMainFlow = "in-main-flow"
    /// The main function waits for the goroutine of the call.
    case mainWaits = "main-waits"
    /// Serving ends with an error as soon as the server is told to stop, and the program exits on any error.
    case serveErrorEndsProgram = "serve-error-ends-program"
    /// The main function returns as soon as the server is told to stop.
    case mainReturns = "main-returns"
    case unknown
  }

  public var place: SourcePlace
  public var function: String
  public var call: String
  public var kind: Kind
  public var isInGoroutine: Bool
  /// Whether the program stays until the call has returned.
  public var awaited: Answer
  public var reason: Reason
  /// What shows the reason: the wait, or the exit. Nil where it is the absence of one.
  public var sign: SourcePlace?
  public var deadline: Deadline
}

/// What keeps a program running, or that nothing does.
public struct ProgramLife: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It answers on a listener.
    case serves
    /// It waits for a signal, a channel or its workers.
    case waits
    case loops
    /// It reads standard input to its end.
    case readsInput = "reads-input"
    /// It does its work and ends.
    case finishes
    /// A library runs it.
    case unknown
  }

  public var kind: Kind
  /// The statement or call that shows it; nil where it is the absence of one.
  public var place: SourcePlace?
  /// Whether it stands behind a condition: a command, a flag, an argument.
  public var isConditional: Bool
  /// The words that lead there, where the condition compares with words: `case "serve"`.
  public var words: [String] = []
  /// The words that the same conditions know, and that lead to something that ends.
  public var endingWords: [String] = []

  /// Whether a command line with this first argument runs something that ends.
  public func ends(with argument: String) -> Bool { endingWords.contains(argument) && !words.contains(argument) }
}
