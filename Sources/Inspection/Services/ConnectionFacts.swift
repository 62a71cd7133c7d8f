import ComposeSyntax
import SourceText

/// Writes down how a service stands to others: what it depends on, and names that only it knows.
struct ConnectionFacts {
  let service: ServiceModel
  let compose: ComposeReading?
  let isPartial: Bool
  private var name: Cell { Cell(service.name) }

  func add(to facts: inout FactStore) {
    addDependencies(to: &facts)
    addLinks(to: &facts)
    addHosts(to: &facts)
    for label in service.compose?.labels ?? [] {
      facts.add(
        "labels",
        [
          "service": name, "name": Cell(label.name.value, place(label.name.place)),
          "value": Cell(label.value?.value, place(label.value?.place)),
        ],
        at: place(label.name.place))
    }
    // A container that no compose file describes depends on nothing.
    let grade: Grade = isPartial ? .open : service.compose == nil ? .presumed : .complete
    for relation in ["depends", "hosts-entry", "labels"] { facts.declare(relation, grade, for: service.name) }
  }

  private func place(_ place: ComposePlace?) -> Place? { compose?.place(place) }

  private func addDependencies(to facts: inout FactStore) {
    for dependency in service.compose?.dependencies ?? [] {
      let target = place(dependency.service.place) ?? place(dependency.place)
      let form =
        switch dependency.form {
        case .list: "list"
        case .map: "map"
        case .implied: "implied"
        }
      let condition =
        switch dependency.condition.value {
        case .started: "started"
        case .healthy: "healthy"
        case .completed: "completed"
        }
      facts.add(
        "depends",
        [
          "service": name, "on": Cell(dependency.service.value, target),
          "condition": Cell(condition, place(dependency.condition.place) ?? target), "form": Cell(form),
        ], at: place(dependency.place) ?? target)
    }
  }

  // MARK: Names of its own

  private func addLinks(to facts: inout FactStore) {
    for link in (service.compose?.links ?? []) {
      let parts = link.value.split(separator: ":", maxSplits: 1).map(String.init)
      guard let target = parts.first else { continue }
      add("link", parts.last ?? target, value: target, place(link.place), to: &facts)
    }
    for word in service.command?.values("--link") ?? [] {
      guard let command = service.command, let parts = word.text?.split(separator: ":").map(String.init),
        let target = parts.first
      else { continue }
      add("link", parts.last ?? target, value: target, Place(command.source, word.range), to: &facts)
    }
  }

  private func addHosts(to facts: inout FactStore) {
    for (host, addresses) in service.compose?.extraHosts ?? [] {
      add("extra-host", host, value: addresses.first?.value, place(addresses.first?.place), to: &facts)
    }
    for word in service.command?.values("--add-host") ?? [] {
      guard let command = service.command, let text = word.text,
        let sign = text.firstIndex(where: { $0 == ":" || $0 == "=" })
      else { continue }
      let value = String(text[text.index(after: sign)...])
      add("extra-host", String(text[..<sign]), value: value, Place(command.source, word.range), to: &facts)
    }
    if let hostname = service.compose?.hostname {
      add("hostname", hostname.value, value: "", place(hostname.place), to: &facts)
    }
    if let word = service.command?.values("--hostname").last, let command = service.command {
      add("hostname", word.text, value: "", Place(command.source, word.range), to: &facts)
    }
  }

  private func add(_ kind: String, _ host: String?, value: String?, _ place: Place?, to facts: inout FactStore) {
    facts.add(
      "hosts-entry", ["service": name, "name": Cell(host, place), "kind": Cell(kind), "value": Cell(value)],
      at: place ?? service.place)
  }
}
