import SourceText

/// A port in its short form: `[HOST:]CONTAINER[/PROTOCOL]`, where `HOST` is `[IP:](PORT | RANGE)`.
///
/// https://docs.docker.com/reference/compose-file/services/#short-syntax-4
struct PortSpec {
  struct Fault: Error {
    var message: String
    var part: ComposeValue
    var expected: String
  }

  /// The parts as they stand in the text; nil where one was left out.
  private(set) var address: ComposeValue?
  private(set) var host: ComposeValue?
  private(set) var container: ComposeValue
  private(set) var networkProtocol: ComposeValue?

  private(set) var hostRange: ClosedRange<Int>?
  private(set) var containerRange: ClosedRange<Int>

  init(_ value: ComposeValue) throws(Fault) {
    let parts = value.parts(separatedBy: UInt8(ascii: ":"))
    container = parts[parts.count - 1]
    if parts.count > 1 { host = parts[parts.count - 2] }
    if parts.count > 2, let text = value.string {
      let tail = parts.suffix(2).reduce(0) { $0 + ($1.string?.utf8.count ?? 0) + 1 }
      address = value.part(ByteRange(0, text.utf8.count - tail))
    }
    if let (port, name) = container.cut(at: UInt8(ascii: "/")) {
      container = port
      if name.string?.isEmpty == false { networkProtocol = name }
    }
    let number = "a port from 0 to 65535, or a range such as 8000-8010"
    guard container.string?.isEmpty == false else {
      throw Fault(message: "This has no container port.", part: value, expected: number)
    }
    let known = ["tcp", "udp", "sctp"]
    if let name = networkProtocol?.string, !known.contains(name.lowercased()) {
      throw Fault(
        message: "`\(name)` is no protocol.", part: networkProtocol ?? value, expected: known.joined(separator: ", "))
    }
    if let text = address?.string, !text.isEmpty, !IPAddress.isValid(Self.unbracketed(text)) {
      throw Fault(message: "`\(text)` is no IP address.", part: address ?? value, expected: "an IP address")
    }
    guard let inside = Self.range(container.string ?? "") else {
      throw Fault(message: "`\(container.string ?? "")` is no container port.", part: container, expected: number)
    }
    containerRange = inside
    guard let text = host?.string, !text.isEmpty else {
      if host?.string?.isEmpty == true { host = nil }
      return
    }
    guard let outside = Self.range(text) else {
      throw Fault(message: "`\(text)` is no host port.", part: host ?? value, expected: number)
    }
    guard inside.count == outside.count || inside.count == 1 else {
      throw Fault(
        message: "`\(text)` are \(outside.count) host ports for \(inside.count) container ports.",
        part: host ?? value, expected: "as many host ports as container ports")
    }
    hostRange = outside
  }

  static func unbracketed(_ address: String) -> String {
    address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = ends.first.flatMap({ port($0) }) else { return nil }
    guard ends.count == 2 else { return first...first }
    guard let last = port(ends[1]), last >= first else { return nil }
    return first...last
  }

  private static func port(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int(text), number <= 65535 else {
      return nil
    }
    return number
  }

  /// The long form, one map for each container port, in the order of compose: by the text of the port.
  func canonical(at place: ComposePlace?) -> [ComposeValue] {
    let name = networkProtocol.map { ComposeValue.string(($0.string ?? "").lowercased(), at: $0.place) }
    let ports = containerRange.sorted { "\($0)/" < "\($1)/" }
    return ports.map { port in
      var map = ComposeMap([("mode", .string("ingress"))])
      if let address, let text = address.string, !text.isEmpty {
        map["host_ip"] = .string(Self.unbracketed(text), at: address.place)
      }
      map["target"] = ComposeValue(.integer(port), at: container.place)
      if let hostRange {
        let first = hostRange.lowerBound + port - containerRange.lowerBound
        let isRange = containerRange.count == 1 && hostRange.count > 1
        map["published"] = .string(isRange ? "\(first)-\(hostRange.upperBound)" : "\(first)", at: host?.place)
      }
      map["protocol"] = name ?? .string("tcp")
      return ComposeValue(.map(map), at: place)
    }
  }
}

enum IPAddress {
  /// Whether this is an IPv4 address such as `127.0.0.1` or an IPv6 address such as `::1`.
  static func isValid(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: ":")) ? isVersion6(text) : isVersion4(text)
  }

  private static func isVersion4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.count <= 3 && part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
          && (Int(part).map { $0 <= 255 } ?? false) && (part.utf8.count == 1 || !part.hasPrefix("0"))
      }
  }

  private static func isVersion6(_ text: String) -> Bool {
    var text = text
    if let zone = text.firstIndex(of: "%") { text = String(text[..<zone]) }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return false }
    var groups = 0
    for half in halves where !half.isEmpty {
      let parts = half.split(separator: ":", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated() {
        if index == parts.count - 1, part.contains("."), isVersion4(String(part)) {
          groups += 2
        } else if !part.isEmpty, part.utf8.count <= 4, part.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
        {
          groups += 1
        } else {
          return false
        }
      }
    }
    return halves.count == 2 ? groups < 8 : groups == 8
  }
}
