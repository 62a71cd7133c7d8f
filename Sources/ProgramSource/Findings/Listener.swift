import SourceText

/// A place where a program begins to listen.
public struct Listener: Hashable, Sendable {
  public enum Network: String, Hashable, Sendable, CaseIterable {
    case tcp, udp, unix, unknown
  }

  /// What a listener is for.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    case main, admin, health
  }

  /// The call.
  public var place: SourcePlace
  /// The function that holds the call, as people write it: `main`, `Server.Start`.
  public var function: String
  /// What is called: `net/http.ListenAndServe`, `express.listen`.
  public var call: String
  public var network: Network
  /// The address without its port: empty for all addresses. For a unix socket its path.
  public var host: Traced<String>
  public var port: Traced<Int>
  public var isTLS: Bool
  public var role = Role.main
  /// What the role was told by: a route, or a word of a name. Nil where it is `main` for want of a sign.
  public var roleSign: String?
  /// Whether the call runs when the program does, as far as calls can be followed from its main function.
  public var isReached = true
  /// The call through which a shared function got the address, when the address is an argument of it.
  public var caller: SourcePlace?
}

extension Listener {
  /// Whether the host names only the machine itself. Unknown while only something outside decides.
  public var isLoopback: Answer { host.value.value.map { Self.isLoopback($0) ? .yes : .no } ?? .unknown }

  /// Whether an address means the machine itself: `localhost`, `127.0.0.0/8`, `::1`.
  public static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.") || host == "ip6-localhost"
  }
}
