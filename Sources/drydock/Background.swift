import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Work on a thread of its own, so that the screen answers meanwhile. A byte in a pipe says that it is done.
final class Background<Result: Sendable>: Sendable {
  /// Has something to read when the work is done.
  let descriptor: Int32
  private let outcome: Outcome

  private final class Outcome: Sendable {
    let result = Mutex<Result?>(nil)
  }

  init(_ work: @escaping @Sendable () -> Result) {
    var ends: [Int32] = [-1, -1]
    let hasPipe = pipe(&ends) == 0
    for end in ends where hasPipe { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let signal = ends[1]
    let outcome = Outcome()
    self.outcome = outcome
    descriptor = ends[0]
    let body: @Sendable () -> Void = {
      let value = work()
      outcome.result.withLock { $0 = value }
      _ = write(signal, [0], 1)
      BackgroundThread.give(back: signal)
    }
    if !hasPipe || !BackgroundThread.start(body) { body() }
  }

  /// Whether it is done, after so many milliseconds at most; nil waits for as long as it takes.
  func isDone(within milliseconds: Int32?) -> Bool {
    guard descriptor >= 0 else { return true }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&waiting, 1, milliseconds ?? -1) < 0, errno == EINTR {}
    return waiting.revents != 0
  }

  /// What came of it; nil as long as it is not done.
  func take() -> Result? { outcome.result.withLock { $0 } }

  /// Gives the descriptor back, once the work is done: not before, or the thread would write to nobody.
  func close() { if descriptor >= 0 { BackgroundThread.give(back: descriptor) } }
}

private enum BackgroundThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// As much as the first thread has: parsers go as deep here.
  private static let stackSize = 16 << 20

  /// Whether it could be started. The signals of the terminal stay with the first thread, which waits for them.
  static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var ours = sigset_t()
    var old = sigset_t()
    sigemptyset(&ours)
    for signal in [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP] { sigaddset(&ours, signal) }
    pthread_sigmask(SIG_BLOCK, &ours, &old)
    defer {
      pthread_sigmask(SIG_SETMASK, &old, nil)
      pthread_attr_destroy(&attributes)
    }
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(&thread, &attributes, { BackgroundThread.enter($0) }, body.toOpaque())
    if status != 0 { body.release() }
    return status == 0
  }

  static func give(back descriptor: Int32) { _ = close(descriptor) }

  private static func enter(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }
}
