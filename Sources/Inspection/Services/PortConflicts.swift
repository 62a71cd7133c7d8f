/// Finds ports of the host that two mappings want.
struct PortConflicts {
  func add(to facts: inout FactStore) {
    var taken: [(service: String, address: String, port: String, protocol: String, row: Row)] = []
    for row in facts.rows("publishes") {
      guard let service = facts.cell(row, "service").value, let port = facts.cell(row, "host").value, !port.isEmpty,
        port != "0",
        !port.contains("-"), let address = facts.cell(row, "host-address").value,
        let name = facts.cell(row, "protocol").value
      else { continue }
      // A service that was started several times under different names is not one that runs several times.
      let other = taken.first { entry in
        entry.port == port && entry.protocol == name && Self.overlap(entry.address, address)
          && Self.areCompared(facts, entry.service, service)
      }
      if let other, !isSame(other.row, row) {
        facts.add(
          "conflicts",
          [
            "service": Cell(service), "with": Cell(other.service, other.row.place),
            "port": Cell(port, facts.cell(row, "host").place ?? row.place), "protocol": Cell(name), "how": "twice",
          ], at: row.place)
      }
      taken.append((service, address, port, name, row))
    }
    facts.declare("conflicts", .presumed)
  }

  private func isSame(_ one: Row, _ other: Row) -> Bool { one.place != nil && one.place == other.place }

  /// Only services of one compose project are known to run together.
  private static func areCompared(_ facts: FactStore, _ one: String, _ other: String) -> Bool {
    let services = facts.rows("service")
    func by(_ name: String) -> String? {
      services.first { facts.cell($0, "service").value == name }.flatMap { facts.cell($0, "by").value }
    }
    return by(one) == "compose" && by(other) == "compose"
  }

  private static func overlap(_ one: String, _ other: String) -> Bool {
    one == other || isAll(one) || isAll(other)
  }

  private static func isAll(_ address: String) -> Bool { ["", "0.0.0.0", "::"].contains(address) }
}
