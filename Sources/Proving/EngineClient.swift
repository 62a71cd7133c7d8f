import Engine

/// Calls the `docker` command line, within the time that is left, and shows each call.
struct EngineClient {
  let runner: any CommandRunning
  /// When all must be over, by `Clock`.
  let deadline: Double
  let isCancelled: () -> Bool
  /// Told of each call that changes something before it is made, and of what takes its time.
  let show: (Prover.Progress) -> Void

  /// Makes or changes something.
  ///
  /// - Parameter timeout: in seconds; less where less is left.
  func change(_ command: EngineCommand, timeout: Double) -> CommandOutcome {
    show(.command(command))
    return run(command, timeout: timeout)
  }

  /// Asks something.
  func ask(_ command: EngineCommand, timeout: Double = 20) -> CommandOutcome { run(command, timeout: timeout) }

  private func run(_ command: EngineCommand, timeout: Double) -> CommandOutcome {
    let left = deadline - Clock.seconds
    guard left > 0 else { return CommandOutcome(.timedOut) }
    return runner.run(command.invocation(timeout: min(timeout, left)), isCancelled: isCancelled)
  }

  /// The lines of an answer; empty where there is none.
  func lines(_ command: EngineCommand) -> [String] {
    let outcome = ask(command)
    return outcome.succeeded ? outcome.lines : []
  }

  var isOutOfTime: Bool { Clock.seconds >= deadline }
}

extension CommandOutcome {
  /// What was written, without empty lines.
  var lines: [String] { output.text.split(whereSeparator: \.isNewline).map(String.init) }

  /// The last lines of what was written, for people.
  func tail(_ count: Int) -> [String] {
    lines.suffix(count).map { String($0.prefix(400)) }
  }
}
