import Inspection
import Knowledge
import Synchronization
import TerminalUI

/// Asks a container engine about the containers of the project. It only reads.
public struct Probe: Sendable {
  /// What came of it.
  public struct Answer: Sendable {
    /// Whether an engine has answered.
    public let isUp: Bool
    /// What was learnt, or why nothing was, a line each.
    public let lines: [LocalizedText]

    public init(isUp: Bool, lines: [LocalizedText]) {
      self.isUp = isUp
      self.lines = lines
    }
  }

  /// Why there is nobody to ask; nil where there is.
  public let obstacle: LocalizedText?
  /// What it may run, as a person would type it.
  public let commands: [String]
  /// What it runs now.
  public let running: RunningCommand
  /// Asks about a project that was inspected, and puts what it was told into the request. It may take seconds.
  public let ask: @Sendable (inout InspectionRequest, InspectionResult) -> Answer

  public init(
    obstacle: LocalizedText?, commands: [String], running: RunningCommand = RunningCommand(),
    ask: @escaping @Sendable (inout InspectionRequest, InspectionResult) -> Answer
  ) {
    self.obstacle = obstacle
    self.commands = commands
    self.running = running
    self.ask = ask
  }
}

/// The command that runs: one thread sets it, another one shows it.
public final class RunningCommand: Sendable {
  private let current = Mutex("")

  public init() {}

  /// As a person would type it; empty before the first one.
  public var line: String { current.withLock { $0 } }

  public func show(_ line: String) { current.withLock { $0 = line } }
}

/// What a conversation knows of an engine.
extension Conversation {
  mutating func runProbe() -> [Event] {
    guard let probe, probe.obstacle == nil else { return [] }
    // What the engine said before is not said twice.
    request.log = givenLog
    let before = symptom.flatMap { examination.findings(of: $0) }?.diagnoses.first
    let answer = probe.ask(&request, examination.inspection)
    heard = answer
    examine()
    let found = symptom.flatMap { examination.findings(of: $0) }?.diagnoses.first
    guard answer.isUp else { return [.model(view()), message(.bad, .engineSays(answer.lines.first?[language]))] }
    let isNews = found?.confidence == .proven && (before?.confidence != .proven || before?.id != found?.id)
    return [
      .model(view()), message(isNews ? .good : .note, isNews ? .engineShowsIt : .engineHeard(answer.lines.count)),
    ]
  }

  var engineState: EngineState {
    if probe?.obstacle != nil { return .absent }
    return heard.map { $0.isUp ? .up : .absent } ?? .notAsked
  }

  var probeState: ProbeState {
    guard let probe else { return .none }
    if let obstacle = probe.obstacle { return .unavailable(reason: obstacle[language]) }
    guard let heard else { return .ready(readsOnly: true) }
    return .inconclusive(output: heard.lines.map { $0[language] })
  }
}
