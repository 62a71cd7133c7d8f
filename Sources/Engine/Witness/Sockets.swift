/// A socket that waits for connections.
public struct ListeningSocket: Hashable, Sendable {
  public enum Address: Hashable, Sendable {
    case loopback, all
    /// One address of the container.
    case one(String)
  }

  public let address: Address
  public let port: Int

  /// Reads `/proc/net/tcp` and `/proc/net/tcp6`, one after the other; each socket once. Nil when it is no such table.
  ///
  /// https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
  static func all(in text: String) -> [ListeningSocket]? {
    var hasHead = false
    var sockets: [ListeningSocket] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 4)
      guard words.count > 3 else { continue }
      if words[0] == "sl" {
        hasHead = true
        continue
      }
      // State 0A is LISTEN.
      guard words[3] == "0A", let socket = ListeningSocket(hexadecimal: words[1]) else { continue }
      if !sockets.contains(socket) { sockets.append(socket) }
    }
    return hasHead ? sockets.filter { !$0.isResolver }.sorted { $0.port < $1.port } : nil
  }

  init(address: Address, port: Int) {
    self.address = address
    self.port = port
  }

  /// Reads `0100007F:1F90`: words of 32 bits, each in the order of bytes of the machine, which is little-endian here.
  init?(hexadecimal text: Substring) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1], radix: 16), [8, 32].contains(parts[0].utf8.count) else {
      return nil
    }
    var bytes: [UInt8] = []
    var rest = parts[0]
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      rest = rest.dropFirst(8)
    }
    self.port = port
    address = Self.address(bytes)
  }

  private static func address(_ bytes: [UInt8]) -> Address {
    var bytes = bytes
    // An IPv4 address in the clothes of IPv6.
    if bytes.count == 16, bytes[..<12] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] { bytes.removeFirst(12) }
    if bytes.allSatisfy({ $0 == 0 }) { return .all }
    if bytes.count == 4 {
      return bytes[0] == 127 && bytes != [127, 0, 0, 11]
        ? .loopback : .one(bytes.map(String.init).joined(separator: "."))
    }
    if bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] { return .loopback }
    let groups = stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
    return .one(groups.joined(separator: ":"))
  }

  /// Docker's own name server, which listens in every container of a network that somebody made.
  private var isResolver: Bool { address == .one("127.0.0.11") }

  /// The word of the relation `listens`.
  var column: String {
    switch address {
    case .loopback: "loopback"
    case .all: "all"
    case .one: "name"
    }
  }

  public var text: String {
    switch address {
    case .loopback: "127.0.0.1:\(port)"
    case .all: "*:\(port)"
    case .one(let address): address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }
  }
}
