/// Finds ports of the host that two mappings want.
struct PortConflicts {
  private struct Slot: Hashable {
    let port: String
    let `protocol`: String
  }

  private struct Taken {
    let service: String
    let address: String
    let row: Row
  }

  /// Mappings of one port to more addresses than this are not compared.
  private static let limit = 64

  /// How many containers a service has, and where that is written, by the names of services with several.
  let copies: [String: (count: Int, place: Place?)]

  init(_ services: [ServiceModel]) {
    copies = services.reduce(into: [:]) { copies, service in
      let scale = service.compose?["scale"] ?? service.compose?["deploy"]?["replicas"]
      if let scale, let count = scale.integer, count > 1 {
        copies[service.name] = (count, scale.place?.place)
      }
    }
  }

  func add(to facts: inout FactStore) {
    // Only services of one compose project are known to run together: a service that was started several times under
    // different names is not one that runs several times.
    let composed = Set(
      facts.rows("service").filter { facts.cell($0, "by").value == "compose" }
        .compactMap { facts.cell($0, "service").value })
    var taken: [Slot: [Taken]] = [:]
    for row in facts.rows("publishes") {
      guard let service = facts.cell(row, "service").value, composed.contains(service),
        let port = facts.cell(row, "host").value, !port.isEmpty, port != "0", !port.contains("-"),
        let address = facts.cell(row, "host-address").value, let name = facts.cell(row, "protocol").value
      else { continue }
      if let several = copies[service] {
        facts.add(
          "conflicts",
          [
            "service": Cell(service), "with": Cell(service, several.place),
            "port": Cell(port, facts.cell(row, "host").place ?? row.place), "protocol": Cell(name), "how": "copies",
          ], at: row.place)
      }
      let slot = Slot(port: port, protocol: name)
      let others = taken[slot, default: []]
      if let other = others.first(where: { Self.overlap($0.address, address) }), !isSame(other.row, row) {
        facts.add(
          "conflicts",
          [
            "service": Cell(service), "with": Cell(other.service, other.row.place),
            "port": Cell(port, facts.cell(row, "host").place ?? row.place), "protocol": Cell(name), "how": "twice",
          ], at: row.place)
      }
      if others.count < Self.limit, !others.contains(where: { $0.address == address }) {
        taken[slot, default: []].append(Taken(service: service, address: address, row: row))
      }
    }
    facts.declare("conflicts", .presumed)
  }

  private func isSame(_ one: Row, _ other: Row) -> Bool { one.place != nil && one.place == other.place }

  private static func overlap(_ one: String, _ other: String) -> Bool {
    one == other || isAll(one) || isAll(other)
  }

  private static func isAll(_ address: String) -> Bool { ["", "0.0.0.0", "::"].contains(address) }
}
