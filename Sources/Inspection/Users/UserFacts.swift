import ComposeSyntax
import SourceText

/// Writes down as whom the main process runs.
struct UserFacts {
  let service: ServiceModel
  let compose: ComposeReading?

  func add(to facts: inout FactStore) {
    let user = ServiceUser(service, compose)
    facts.add(
      "user",
      [
        "service": Cell(service.name), "name": user.name, "group": Cell(user.group),
        "root": Cell(user.isRoot.map { $0 ? "yes" : "no" }), "from": Cell(user.from),
        "groups": Cell(user.hasMoreGroups ? "added" : "none"),
      ], at: user.name.place ?? service.place)
    facts.declare("user", user.name.value == nil ? .open : .complete, for: service.name)
  }
}

/// The user of a container: what compose or a command line says, else its image, else root.
struct ServiceUser {
  /// The name or number, without the group; unknown where the base image is.
  var name: Cell
  var group: String
  /// compose, command, image, base, or none.
  var from: String
  /// Whether groups were added to the process.
  let hasMoreGroups: Bool

  init(_ service: ServiceModel, _ compose: ComposeReading?) {
    var text: String?
    var place: Place?
    if let value = service.compose?.user {
      (text, place, from) = (value.value, compose?.place(value.place), "compose")
    } else if let word = service.command?.values("--user").last, let command = service.command {
      (text, place, from) = (word.text, Place(command.source, word.range), "command")
    } else if let setting = service.image?.user {
      (text, from) = (setting.value.value, setting.range == nil ? "base" : "image")
      place = setting.range.flatMap(service.plan.place) ?? service.stage?.referencePlace
    } else {
      (text, from) = (service.image?.isBaseKnown == true || service.stage?.base != nil ? "root" : nil, "none")
    }
    let parts = text?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
    name = Cell(parts.first.map { $0.isEmpty ? "root" : $0 }, place)
    group = parts.count > 1 ? parts[1] : ""
    hasMoreGroups = service.compose?["group_add"] != nil || service.command?.has("--group-add") == true
  }

  var isRoot: Bool? { name.value.map { $0 == "root" || $0 == "0" } }
}
