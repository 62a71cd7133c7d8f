import Synchronization

/// Hands results over in the order of their numbers, each as soon as all before it are there.
final class OrderedOutput<Value: Sendable>: Sendable {
  private struct State {
    var waiting: [Int: Value] = [:]
    var next = 0
  }

  private let state = Mutex(State())
  private let write: @Sendable (Int, Value) -> Void

  init(_ write: @escaping @Sendable (Int, Value) -> Void) { self.write = write }

  func add(_ value: Value, at number: Int) {
    state.withLock { state in
      state.waiting[number] = value
      while let value = state.waiting.removeValue(forKey: state.next) {
        write(state.next, value)
        state.next += 1
      }
    }
  }
}
