import DockerfileSyntax

/// Finds names that services connect to and no container has, but nearly.
struct MistakenNames {
  func add(to facts: inout FactStore) {
    let names = Set(facts.rows("names").compactMap { facts.cell($0, "name").value })
    let others = Set(facts.rows("hosts-entry").compactMap { facts.cell($0, "name").value })
    var seen: Set<String> = []
    for row in facts.rows("reaches") where facts.cell(row, "address").value == "name" {
      guard let service = facts.cell(row, "service").value, let host = facts.cell(row, "host").value,
        !names.contains(host), !others.contains(host), seen.insert(service + " " + host).inserted,
        // Short names differ in a letter or two by chance.
        host.utf8.count >= 5, let meant = Suggestion.nearest(to: host, among: names.sorted()), meant.utf8.count >= 5
      else { continue }
      facts.add(
        "mistaken",
        ["service": Cell(service), "host": Cell(host, facts.cell(row, "host").place), "meant": Cell(meant)],
        at: row.place)
    }
    facts.declare("mistaken", .presumed)
  }
}
