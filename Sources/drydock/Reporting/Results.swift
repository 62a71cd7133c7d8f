import Synchronization

/// What has come of the projects so far, gathered from all threads.
final class Results: Sendable {
  private struct State {
    var outcomes: [ProjectOutcome] = []
    var failure: (any Error)?
  }

  private let state = Mutex(State())
  private let count: Int
  private let showsProgress: Bool

  init(count: Int, showsProgress: Bool) {
    self.count = count
    self.showsProgress = showsProgress
  }

  func add(_ outcome: ProjectOutcome) {
    let done = state.withLock { state in
      state.outcomes.append(outcome)
      return state.outcomes.count
    }
    if showsProgress { Host.progress("\(done)/\(count) \(outcome.path)") }
  }

  /// Writes to standard output; after a failure nothing more is written.
  func write(_ text: String) {
    guard !isBroken else { return }
    do { try Output.write(text) } catch { state.withLock { $0.failure = error } }
  }

  func finish() { if showsProgress { Host.progress("") } }

  var outcomes: [ProjectOutcome] { state.withLock { $0.outcomes } }
  var failure: (any Error)? { state.withLock { $0.failure } }
  var isBroken: Bool { state.withLock { $0.failure != nil } }
}
