#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps SIGINT, SIGTERM and SIGHUP waiting while something must not be left half done.
///
/// They are blocked, not handled: whoever asks sees that one has come, and `release` lets it end the process as it would
/// have. Threads that were started before are not covered.
public struct Interruption: Sendable {
  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    return signals
  }

  public init() { hold() }

  /// Blocks them again.
  public func hold() {
    var signals = Self.signals
    // A reader that has gone away ends a write, not the process.
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Whether somebody wants the process to end.
  public var isPending: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return [SIGINT, SIGTERM, SIGHUP].contains { sigismember(&pending, $0) == 1 }
  }

  /// Lets what has come take effect: the process ends here if somebody wanted it to.
  public func release() {
    var signals = Self.signals
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
