import Inspection
import SourceText

/// The facts of a project as JSON, for authors of knowledge.
enum FactList {
  static func value(_ facts: FactStore, _ mask: (String) -> String) -> JSON {
    .array(
      facts.relations.enumerated().flatMap { number, relation in
        facts.rows[number].map { row($0, relation.name, facts, mask) }
      })
  }

  private static func row(_ row: Row, _ relation: String, _ facts: FactStore, _ mask: (String) -> String) -> JSON {
    let columns = facts.relations[row.relation].columns
    var members: [(String, JSON)] = [("relation", .string(relation))]
    for (column, cell) in zip(columns, row.cells) {
      members.append((column.name, cell.value.map { .string(mask($0)) } ?? .null))
    }
    if let place = row.place { members.append(("at", .string(text(place)))) }
    if row.presumed { members.append(("presumed", .bool(true))) }
    return .object(members)
  }

  private static func text(_ place: Place) -> String {
    switch place.source {
    case .file(let path): "\(path) \(place.range)"
    case .log: "log \(place.range)"
    case .command: "command"
    case .exitCode: "exit code"
    case .answer(let question): "answer \(question)"
    case .engine(let command): "engine \(command)"
    case .knowledge(let name): "knowledge \(name)"
    }
  }
}
