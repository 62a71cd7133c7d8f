#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs programs. Tests answer in its place.
public protocol CommandRunning: Sendable {
  /// Runs a program to its end, which the timeout bounds.
  ///
  /// - Parameter isCancelled: asked at least 50 times a second; when it says true, the program is ended.
  func run(_ invocation: Invocation, isCancelled: () -> Bool) -> CommandOutcome
}

extension CommandRunning {
  public func run(_ invocation: Invocation) -> CommandOutcome { run(invocation) { false } }
}

/// Runs programs of this machine, each in a process group of its own.
///
/// It returns in `timeout + grace` seconds and a little, whatever the program does: writes without end, ignores SIGTERM, or leaves children behind that hold
/// its pipes. What is left of the group when the program ends is killed.
public struct CommandRunner: CommandRunning {
  public init() {}

  public func run(_ invocation: Invocation, isCancelled: () -> Bool) -> CommandOutcome {
    do {
      var child = try ChildProcess(invocation)
      return child.outcome(invocation, isCancelled: isCancelled)
    } catch {
      return CommandOutcome(.notStarted(error.message))
    }
  }
}

/// What the system said no to.
struct SystemError: Error {
  let message: String

  init(_ message: String) { self.message = message }
  init(code: Int32) { message = String(cString: strerror(code)) }
}

/// A program that was started, and the ends of its pipes that are ours.
private struct ChildProcess {
  private let id: pid_t
  private var streams: [Stream]
  private let start = Clock.seconds

  private struct Stream {
    var descriptor: Int32
    var captured: CapturedOutput
  }

  init(_ invocation: Invocation) throws(SystemError) {
    let input = try Descriptors.file(holding: invocation.input)
    let output = try Descriptors.pipe()
    let errors = invocation.joinsErrors ? output : try Descriptors.pipe()
    defer { for descriptor in Set([input, output.write, errors.write]) { close(descriptor) } }
    streams = Set([output.read, errors.read]).sorted { first, _ in first == output.read }.map {
      Stream(descriptor: $0, captured: CapturedOutput(limit: invocation.limit))
    }
    do throws(SystemError) {
      id = try Spawn.start(invocation, input: input, output: output.write, errors: errors.write)
    } catch {
      for stream in streams { close(stream.descriptor) }
      throw error
    }
  }

  /// Reads until the program has ended and its pipes are empty, or it must be ended.
  mutating func outcome(_ invocation: Invocation, isCancelled: () -> Bool) -> CommandOutcome {
    var forced: CommandOutcome.Ending?
    var killAt = Double.infinity
    var leaveAt = Double.infinity
    var ended: Double?
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while Clock.seconds < leaveAt {
      read(into: &buffer)
      let now = Clock.seconds
      if ended == nil, hasEnded {
        ended = now
        leaveAt = now + Self.drainTime
      }
      if ended != nil, isSilent { break }
      guard ended == nil else { continue }
      if forced == nil {
        if isCancelled() {
          forced = .cancelled
        } else if let enough = invocation.enough, streams[0].captured.total >= enough {
          forced = .sufficed
        } else if now - start >= invocation.timeout {
          forced = .timedOut
        }
        guard forced != nil else { continue }
        kill(-id, SIGTERM)
        killAt = now + max(0, invocation.grace)
      } else if now >= killAt {
        kill(-id, SIGKILL)
        killAt = .infinity
        leaveAt = now + Self.deathTime
      }
    }
    let ending = bury()
    for stream in streams where stream.descriptor >= 0 { close(stream.descriptor) }
    return CommandOutcome(
      forced ?? ending, output: streams[0].captured,
      errors: streams.count > 1 ? streams[1].captured : CapturedOutput(limit: invocation.limit),
      seconds: (ended ?? Clock.seconds) - start)
  }

  /// How long the output of a program that has ended is still read, in seconds: its children may hold the pipes for ever.
  private static let drainTime = 0.5
  /// How long a killed program may take to die, in seconds: one that waits for a disk cannot.
  private static let deathTime = 2.0

  private var isSilent: Bool { streams.allSatisfy { $0.descriptor < 0 } }

  /// Reads what there is, at most one buffer per stream, after waiting for at most 20 ms.
  private mutating func read(into buffer: inout [UInt8]) {
    // A negative descriptor is one that `poll` passes over.
    var waiting = streams.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    poll(&waiting, nfds_t(waiting.count), isSilent ? 2 : 20)
    for index in streams.indices where waiting[index].revents != 0 {
      let count = buffer.withUnsafeMutableBytes { recv($0, from: streams[index].descriptor) }
      if count > 0 {
        streams[index].captured.append(buffer[..<count])
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        close(streams[index].descriptor)
        streams[index].descriptor = -1
      }
    }
  }

  private func recv(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  /// Whether the program has ended; it stays a zombie, so that the number of its group is not given to others.
  private var hasEnded: Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
  }

  /// Ends what is left of the group, and takes the status.
  private func bury() -> CommandOutcome.Ending {
    kill(-id, SIGKILL)
    var status: Int32 = 0
    var answer = waitpid(id, &status, WNOHANG)
    while answer < 0, errno == EINTR { answer = waitpid(id, &status, WNOHANG) }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}
