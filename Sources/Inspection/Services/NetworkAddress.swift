/// An address that stands somewhere in a text: `postgres://app@db:5432/notes`, `localhost:9090`.
struct NetworkAddress {
  let scheme: String?
  /// Without the brackets of an IPv6 address.
  let host: String
  let hostRange: Range<Int>
  let port: Int?
  let portRange: Range<Int>?
  /// What follows the address up to the next blank or quote.
  let path: String

  var isLoopback: Bool { Self.isLoopback(host) }

  /// What kind of name a host is, in the words of the relation `reaches`.
  static func kind(_ host: String) -> String {
    if isLoopback(host) { return "loopback" }
    if ["host.docker.internal", "gateway.docker.internal", "host.containers.internal", "docker.for.mac.localhost"]
      .contains(host)
    {
      return "gateway"
    }
    if host == "0.0.0.0" || host == "::" || host.contains("*") { return "all" }
    if host.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) || host.contains(":") {
      return "ip"
    }
    return host.contains(".") ? "domain" : "name"
  }

  /// The port that is written, else the one that the scheme stands for.
  var effectivePort: Int? { port ?? scheme.flatMap { Self.standardPorts[$0] } }

  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "[::1]"
  }

  /// https://www.iana.org/assignments/service-names-port-numbers
  static let standardPorts = [
    "postgres": 5432, "postgresql": 5432, "mysql": 3306, "mariadb": 3306, "redis": 6379, "rediss": 6379,
    "mongodb": 27017,
    "amqp": 5672, "amqps": 5671, "http": 80, "https": 443, "ws": 80, "wss": 443, "nats": 4222, "ldap": 389, "smtp": 25,
    "sqlserver": 1433, "mssql": 1433, "cassandra": 9042, "clickhouse": 9000, "memcached": 11211, "kafka": 9092,
  ]

  /// All addresses of a text, in linear time and up to a limit.
  static func all(in bytes: [UInt8], _ range: Range<Int>, limit: Int = 400) -> [NetworkAddress] {
    var found: [NetworkAddress] = []
    var index = range.lowerBound
    while index < range.upperBound, found.count < limit {
      guard bytes[index] == UInt8(ascii: ":") else {
        index += 1
        continue
      }
      if index + 2 < range.upperBound, bytes[index + 1] == UInt8(ascii: "/"), bytes[index + 2] == UInt8(ascii: "/") {
        let start = index + 3
        if let address = authority(
          bytes, start, range.upperBound, scheme: scheme(bytes, endingAt: index, range.lowerBound))
        {
          found.append(address)
        }
        index = end(bytes, start, range.upperBound) { $0 > 0x20 && !#""'`<>,;\"#.utf8.contains($0) }
      } else {
        if let address = plain(bytes, colon: index, range) { found.append(address) }
        index += 1
      }
    }
    return found
  }

  // MARK: URLs

  private static func scheme(_ bytes: [UInt8], endingAt end: Int, _ lower: Int) -> String? {
    var start = end
    while start > lower, start > end - 20, isName(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "+") {
      start -= 1
    }
    guard start < end else { return nil }
    let text = String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    return text.split(separator: "+").first.map(String.init)
  }

  private static func authority(_ bytes: [UInt8], _ start: Int, _ limit: Int, scheme: String?) -> NetworkAddress? {
    var start = start
    let stop = end(bytes, start, limit) { $0 > 0x20 && !#""'`<>,;\/?#{}"#.utf8.contains($0) }
    if let at = bytes[start..<stop].lastIndex(of: UInt8(ascii: "@")) { start = at + 1 }
    // Go's MySQL driver writes tcp(host:port).
    if bytes[start..<stop].starts(with: Array("tcp(".utf8)) { start += 4 }
    let hostEnd: Int
    if start < stop, bytes[start] == UInt8(ascii: "[") {
      guard let close = bytes[start..<stop].firstIndex(of: UInt8(ascii: "]")) else { return nil }
      return make(bytes, scheme, start + 1..<close, portAt: close + 1, stop, limit)
    }
    hostEnd = end(bytes, start, stop, while: isHost)
    return make(bytes, scheme, start..<hostEnd, portAt: hostEnd, stop, limit)
  }

  private static func make(
    _ bytes: [UInt8], _ scheme: String?, _ host: Range<Int>, portAt colon: Int, _ stop: Int, _ limit: Int
  ) -> NetworkAddress? {
    guard !host.isEmpty else { return nil }
    var portRange: Range<Int>?
    var rest = colon
    if colon < stop, bytes[colon] == UInt8(ascii: ":") {
      let end = end(bytes, colon + 1, stop) { $0 >= 0x30 && $0 <= 0x39 }
      if end > colon + 1, end - colon <= 6 { portRange = colon + 1..<end }
      rest = end
    }
    let pathEnd = end(bytes, rest, limit) { $0 > 0x20 && !#""'`<>,;)|"#.utf8.contains($0) }
    let port = portRange.flatMap { Int(String(decoding: bytes[$0], as: UTF8.self)) }
    return NetworkAddress(
      scheme: scheme, host: String(decoding: bytes[host], as: UTF8.self), hostRange: host, port: port,
      portRange: portRange,
      path: String(decoding: bytes[rest..<pathEnd], as: UTF8.self))
  }

  // MARK: host:port

  private static func plain(_ bytes: [UInt8], colon: Int, _ range: Range<Int>) -> NetworkAddress? {
    let portEnd = end(bytes, colon + 1, range.upperBound) { $0 >= 0x30 && $0 <= 0x39 }
    guard (3...6).contains(portEnd - colon),
      portEnd == range.upperBound || !isHost(bytes[portEnd]) && bytes[portEnd] != UInt8(ascii: ":"),
      let port = Int(String(decoding: bytes[(colon + 1)..<portEnd], as: UTF8.self)), port < 65536
    else { return nil }
    var start = colon
    while start > range.lowerBound, colon - start < 128, isHost(bytes[start - 1]) { start -= 1 }
    guard start < colon, start == range.lowerBound || !"/$}:".utf8.contains(bytes[start - 1]) else { return nil }
    let host = String(decoding: bytes[start..<colon], as: UTF8.self)
    let isNumber = host.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    guard !isNumber, host.utf8.first.map({ $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") }) == true else {
      return nil
    }
    return NetworkAddress(
      scheme: nil, host: host, hostRange: start..<colon, port: port, portRange: colon + 1..<portEnd, path: "")
  }

  private static func end(_ bytes: [UInt8], _ start: Int, _ limit: Int, while accepts: (UInt8) -> Bool) -> Int {
    var index = start
    while index < limit, accepts(bytes[index]) { index += 1 }
    return index
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    isName(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
