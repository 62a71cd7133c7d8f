import DockerfileSyntax
import SourceText

/// Brings what an engine says into the facts of a project.
///
/// What the files say and the engine bears out keeps its place in the files, where a fix can change it.
struct WitnessFacts {
  let testimony: Testimony
  private let services: Set<String>

  /// - Parameter compose: the compose project, whose services containers may be.
  init(_ testimony: Testimony, _ compose: ComposeReading?) {
    self.testimony = testimony
    services = Set(compose?.project.services.map(\.name) ?? [])
  }

  /// The commands that would make the containers which no compose file describes.
  var commands: [FoundCommand] {
    testimony.containers.flatMap { container -> [FoundCommand] in
      let isDescribed = container.service.map(services.contains) ?? false
      let text =
        if isDescribed {
          container.hidesPorts ? "docker compose run \(container.service ?? "")" : ""
        } else {
          container.command
        }
      return ShellCommands(Shell.Script(Array(text.utf8))).commands.map { command in
        FoundCommand(command: command.moved(to: ByteRange(at: 0)), source: .engine(container.source))
      }
    }
  }

  /// The service whose container is called so.
  func service(ofContainer name: String) -> String? {
    let container = testimony.containers.first { $0.name == name }
    return container.map { $0.service ?? $0.name }
  }

  func add(_ models: [ServiceModel], to facts: inout FactStore) {
    for container in testimony.containers {
      let model = model(of: container, models)
      let service = model?.name ?? container.service ?? container.name
      for relation in container.complete.sorted() { settle(relation, container, service, &facts) }
      for fact in container.facts { add(fact, service, &facts) }
      if let model { for program in container.programs { amend(program, model, &facts) } }
    }
  }

  private func model(of container: Testimony.Container, _ models: [ServiceModel]) -> ServiceModel? {
    if let named = models.first(where: { $0.name == container.service }) { return named }
    if let named = models.first(where: { $0.name == container.name }) { return named }
    if let made = models.first(where: { $0.plan.makes(container.image) }) { return made }
    return models.count == 1 ? models.first : nil
  }

  /// Takes away what the engine does not bear out: it lists everything of this relation.
  private func settle(
    _ relation: String, _ container: Testimony.Container, _ service: String, _ facts: inout FactStore
  ) {
    let said = container.facts.filter { $0.relation == relation }
    let store = facts
    facts.keep(relation) { row in
      guard store.cell(row, "service").value == service else { return true }
      return said.contains { Self.agrees(row, $0, store) }
    }
    facts.declare(relation, .complete, for: service)
  }

  /// Whether a row says the same as the engine, as far as it says anything. A port 0 of the host is any.
  private static func agrees(_ row: Row, _ fact: Testimony.Fact, _ facts: FactStore) -> Bool {
    fact.cells.allSatisfy { column, value in
      guard keys.contains(column), let known = facts.cell(row, column).value else { return !keys.contains(column) }
      return known == value || known.isEmpty
    }
  }

  /// The columns that make two rows one fact.
  private static let keys: Set<String> = ["address", "port", "protocol", "host", "container", "name", "memory", "what"]

  private func add(_ fact: Testimony.Fact, _ service: String, _ facts: inout FactStore) {
    let place = Place(.engine(fact.source))
    var values = fact.cells
    // Where the sources show the main server and the engine bears it out, what else listens is for something else.
    if fact.relation == "listens", hasMainServer(service, facts) { values["role"] = "admin" }
    let cells = values.sorted { $0.key < $1.key }.map { ($0.key, Cell($0.value, place)) }
    let owner = ("service", Cell(service, place))
    if fact.relation == "observed" {
      let kind = fact.cells["kind"] ?? ""
      return facts.addObserved(kind: kind, [owner] + cells.filter { $0.0 != "kind" }, at: place)
    }
    let store = facts
    let isKnown = store.rows(fact.relation).contains { row in
      store.cell(row, "service").value == service && Self.agrees(row, fact, store)
    }
    if !isKnown { facts.add(fact.relation, cells: [owner] + cells, at: place) }
  }

  private func hasMainServer(_ service: String, _ facts: FactStore) -> Bool {
    facts.rows("listens").contains { row in
      guard facts.cell(row, "service").value == service, facts.cell(row, "role").value == "main" else { return false }
      if case .engine = facts.cell(row, "port").place?.source { return false }
      return true
    }
  }

  /// What a step was thought to compile, the file itself says better.
  private func amend(_ program: Testimony.Program, _ model: ServiceModel, _ facts: inout FactStore) {
    let store = facts
    let made = store.rows("holds").filter {
      store.cell($0, "build").value == model.plan.id && store.cell($0, "path").value == program.path
    }
    let place = Place(.engine(program.source))
    for row in made {
      facts.change("built", ["linkage": program.isDynamic ? "dynamic" : "static", "libc": program.libc], at: place) {
        store.cell($0, "build").value == model.plan.id
          && store.cell($0, "stage").value == store.cell(row, "from").value
          && store.cell($0, "path").value == store.cell(row, "source").value
      }
    }
  }
}

extension FactStore {
  /// Drops the rows of a relation that a condition does not keep.
  mutating func keep(_ relation: String, where keeps: (Row) -> Bool) {
    guard let number = number(of: relation) else { return }
    let kept = rows(relation).filter(keeps)
    if kept.count != rows(relation).count { replace(number, kept) }
  }

  /// Gives cells of some rows another value, where they have another one.
  mutating func change(
    _ relation: String, _ values: [String: String], at place: Place, where fits: (Row) -> Bool
  ) {
    guard let number = number(of: relation) else { return }
    let changed = rows(relation).map { row -> Row in
      guard fits(row) else { return row }
      var cells = row.cells
      for (name, value) in values {
        guard let column = relations[number].index(of: name), cells[column].value != value else { continue }
        cells[column] = Cell(value, place)
      }
      return Row(relation: number, cells: cells, place: row.place, order: row.order, presumed: row.presumed)
    }
    replace(number, changed)
  }
}
