/// What EXPOSE names: `80`, `80/udp`, `8000-8010/tcp`, or, with parts that only `docker run` uses, `127.0.0.1:8080:80`.
public struct PortSpecification: Hashable, Sendable {
  struct Failure: Error {
    let message: String
  }

  public let numbers: ClosedRange<Int>
  /// `tcp`, `udp` or `sctp`.
  public let transport: String

  /// Failures carry the builder's message.
  init(_ text: String) throws(Failure) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let container = parts.last ?? ""
    let slash = container.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let transport = slash.count > 1 ? slash[1].lowercased() : ""
    guard let port = slash.first, !port.isEmpty else { throw Failure(message: "no port specified: \(text)<empty>") }
    guard ["", "tcp", "udp", "sctp"].contains(transport) else { throw Failure(message: "invalid proto: \(transport)") }
    if parts.count > 2 {
      let address = parts.dropLast(2).joined(separator: ":")
      if !address.isEmpty, !Self.isAddress(address) { throw Failure(message: "invalid IP address: \(address)") }
    }
    guard let numbers = Self.range(port) else { throw Failure(message: "invalid containerPort: \(port)") }
    if parts.count > 1, let host = parts.dropLast().last, !host.isEmpty {
      guard let hosts = Self.range(host) else { throw Failure(message: "invalid hostPort: \(host)") }
      if hosts.count != numbers.count, numbers.count > 1 {
        throw Failure(message: "invalid ranges specified for container and host Ports: \(port) and \(host)")
      }
    }
    self.numbers = numbers
    self.transport = transport.isEmpty ? "tcp" : transport
  }

  private static func range(_ text: Substring) -> ClosedRange<Int>? {
    func number(_ text: Substring) -> Int? {
      text.utf8.allSatisfy(\.isDigit) ? UInt16(text).map { Int($0) } : nil
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count <= 2, let first = ends.first.flatMap(number), let last = ends.last.flatMap(number), first <= last
    else { return nil }
    return first...last
  }

  private static func isAddress(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    if bytes.contains(UInt8(ascii: ":")) {
      return bytes.allSatisfy { $0.isDigit || $0.isLetter || ":.[]%".utf8.contains($0) }
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) && UInt8($0) != nil }
  }
}
