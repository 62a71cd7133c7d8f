import Knowledge
import Reports
import Synchronization

/// What a run comes to: the exit code, and the reports where they are still needed.
struct RunSummary: Sendable {
  /// Whether something that was found is as sure as `--fail-on`.
  var fails = false
  var refusals: [Refusal] = []
  /// Empty where each report was written as soon as it was ready: ten thousand of them would fill the memory.
  var outcomes: [ProjectOutcome] = []

  mutating func add(_ outcome: ProjectOutcome, threshold: Confidence?, keeps: Bool) {
    if let threshold, outcome.report.holds(threshold) { fails = true }
    if let refusal = outcome.refusal { refusals.append(refusal) }
    if keeps { outcomes.append(outcome) }
  }
}

/// What has come of the projects so far, gathered from all threads.
final class Results: Sendable {
  private struct State {
    var summary = RunSummary()
    var done = 0
    var failure: (any Error)?
  }

  private let state = Mutex(State())
  private let count: Int
  private let keeps: Bool
  private let showsProgress: Bool

  /// - Parameter keeps: whether the reports are needed when all are there.
  init(count: Int, keeps: Bool, showsProgress: Bool) {
    self.count = count
    self.keeps = keeps
    self.showsProgress = showsProgress
  }

  func add(_ outcome: ProjectOutcome, threshold: Confidence?) {
    let done = state.withLock { state in
      state.summary.add(outcome, threshold: threshold, keeps: keeps)
      state.done += 1
      return state.done
    }
    if showsProgress { Host.progress("\(done)/\(count) \(outcome.path)") }
  }

  /// Writes to standard output; after a failure nothing more is written.
  func write(_ text: String) {
    guard !isBroken else { return }
    do { try Output.write(text) } catch { state.withLock { $0.failure = error } }
  }

  func finish() { if showsProgress { Host.progress("") } }

  var summary: RunSummary { state.withLock { $0.summary } }
  var failure: (any Error)? { state.withLock { $0.failure } }
  var isBroken: Bool { state.withLock { $0.failure != nil } }
}
