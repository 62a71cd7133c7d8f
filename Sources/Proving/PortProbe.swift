#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Asks a port of this machine as a client would: connects, and sends an HTTP request.
public enum PortProbe {
  public enum Answer: Hashable, Sendable {
    /// It said something, or kept the connection open.
    case answers
    /// Nobody takes the connection.
    case refused
    /// The connection was taken and closed without a byte, as Docker's proxy does when nobody listens behind it.
    case empty
  }

  /// Asks once; takes at most `seconds` and a little.
  public static func ask(port: Int, seconds: Double) -> Answer {
    guard let connection = Connection.open(port: port, seconds: seconds) else { return .refused }
    // Docker's proxy closes at once when nobody listens behind it.
    switch connection.read(seconds: min(seconds, 0.3)) {
    case .bytes: return .answers
    case .closed: return .empty
    case .silence: break
    }
    guard connection.send(question) else { return .empty }
    // Also when it closes without an answer: the connection stood open, so somebody is there, and speaks something else.
    _ = connection.read(seconds: seconds)
    return .answers
  }

  /// Without `Host:`, which HTTP/1.0 does not need and redis takes for an attack:
  /// https://github.com/redis/redis/blob/7.4/src/networking.c, `securityWarningCommand`.
  static let question = Array("GET / HTTP/1.0\r\n\r\n".utf8)

  /// As browsers ask, for servers that look at the name.
  static let request = Array("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".utf8)
}

/// A TCP connection to 127.0.0.1.
final class Connection {
  enum Reading: Hashable {
    case bytes(Int)
    case closed
    case silence
  }

  private let descriptor: Int32
  /// The bytes that came, at most 64 KB of them.
  private(set) var received: [UInt8] = []

  /// nil when nobody takes it within the time.
  static func open(port: Int, seconds: Double) -> Connection? {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { return nil }
    let connection = Connection(descriptor)
    return connection.connects(to: port, seconds: seconds) ? connection : nil
  }

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  private func connects(to port: Int, seconds: Double) -> Bool {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if code == 0 { return true }
    guard errno == EINPROGRESS else { return false }
    var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&waiting, 1, Int32(seconds * 1000)) == 1 else { return false }
    var error: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0
  }

  func send(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      == bytes.count
  }

  /// Waits for the next bytes.
  func read(seconds: Double) -> Reading {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&waiting, 1, Int32(max(0, seconds) * 1000)) == 1 else { return .silence }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
    guard count > 0 else { return .closed }
    if received.count < 1 << 16 { received += chunk[..<count] }
    return .bytes(count)
  }
}

/// A request that is still being answered when a container is told to stop.
public struct OpenRequest {
  public enum End: Hashable, Sendable {
    /// The answer came whole.
    case answered
    /// The connection ended before the answer.
    case cut
  }

  private let connection: Connection

  /// nil where nobody answers, or the answer came faster than anybody could stop it.
  init?(port: Int) {
    guard let connection = Connection.open(port: port, seconds: 1), connection.send(PortProbe.request),
      connection.read(seconds: 0.3) == .silence
    else { return nil }
    self.connection = connection
  }

  /// Waits until the connection is over.
  func end(seconds: Double) -> End {
    let deadline = Clock.seconds + seconds
    while Clock.seconds < deadline {
      if connection.read(seconds: deadline - Clock.seconds) == .closed { break }
    }
    return connection.received.isEmpty ? .cut : .answered
  }
}
