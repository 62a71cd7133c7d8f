import ComposeSyntax
import SourceText

/// Writes down the variables that compose replaces in its files, and what becomes of them.
///
/// https://docs.docker.com/reference/compose-file/interpolation/
struct InterpolationFacts {
  let compose: ComposeReading
  let services: [ServiceModel]

  func add(to facts: inout FactStore) {
    for use in compose.project.variables {
      guard let place = use.place, let position = compose.place(place) else { continue }
      guard place.file.yaml != nil else {
        addDotenv(use, place, position, to: &facts)
        continue
      }
      let path = Self.path(to: place.range.start, in: place.file)
      let service = Self.service(path)
      let key = service == nil ? path.first ?? "" : path.dropFirst(path.first == "services" ? 2 : 1).first ?? ""
      let text = place.file.source.text(place.range)
      facts.add(
        "interpolates",
        [
          "file": Cell(position.file ?? ""), "name": Cell(use.name, position), "text": Cell(text, position),
          "value": Cell(Self.value(use)), "service": Cell(service ?? ""), "key": Cell(Self.kind(key)),
          "written": Cell(text.contains("{") ? "braced" : "bare"),
          "looks": Cell(Self.looksLikeVariable(use.name) ? "variable" : "text"),
          "inside": Cell(Self.isInside(place)), "own": Cell(isOwn(use.name, service)),
          "line": Cell(place.position.line),
        ], at: position)
    }
    facts.declare("interpolates", compose.project.isComplete ? .complete : .open)
  }

  /// A variable inside a value of an environment file: compose replaces it there too.
  ///
  /// https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
  private func addDotenv(_ use: ComposeVariable, _ place: ComposePlace, _ position: Place, to facts: inout FactStore) {
    let text = place.file.source.text(place.range)
    facts.add(
      "interpolates",
      [
        "file": Cell(position.file ?? ""), "name": Cell(use.name, position), "text": Cell(text, position),
        "value": Cell(Self.value(use)), "service": "", "key": "dotenv",
        "written": Cell(text.contains("{") ? "braced" : "bare"),
        "looks": Cell(Self.looksLikeVariable(use.name) ? "variable" : "text"),
        "inside": Cell(Self.isInside(place)), "own": "no", "line": Cell(place.position.line),
      ], at: position)
  }

  private static func value(_ use: ComposeVariable) -> String {
    if let value = use.value, !value.isEmpty { return "set" }
    switch use.modifier {
    case .defaultValue: return "default"
    case .required: return "required"
    case .replacement: return "default"
    case nil: return use.value == nil ? "missing" : "empty"
    }
  }

  /// Whether the container has the variable itself: compose sets it, or every shell does.
  private func isOwn(_ name: String, _ service: String?) -> Bool {
    if ["HOSTNAME", "PATH", "HOME", "PWD", "RANDOM", "SHELL", "HOST", "i", "f"].contains(name) { return true }
    guard let model = services.first(where: { $0.name == service }) else { return false }
    return model.variables(compose).contains { $0.name == name && $0.value.value != "" }
  }

  /// The keys that lead to a byte of the file.
  private static func path(to offset: Int, in file: ComposeFile) -> [String] {
    var keys: [String] = []
    var node = file.yaml?.documents.first { $0.range.start <= offset && offset < max($0.range.end, $0.range.start + 1) }
    while let here = node, keys.count < 64 {
      if let entry = here.entries.first(where: { $0.range.start <= offset && offset < $0.range.end }) {
        keys.append(entry.key.text ?? "")
        node = entry.key.range.contains(ByteRange(offset, offset + 1)) ? nil : entry.value
      } else if let index = here.items.firstIndex(where: { $0.range.start <= offset && offset < $0.range.end }) {
        keys.append(String(index))
        node = here.items[index].node
      } else {
        node = nil
      }
    }
    return keys
  }

  private static func service(_ path: [String]) -> String? {
    if path.first == "services" { return path.count > 1 ? path[1] : nil }
    let outer: Set<String> = ["version", "name", "networks", "volumes", "secrets", "configs", "include"]
    guard let first = path.first, !outer.contains(first), !first.hasPrefix("x-") else { return nil }
    return first
  }

  private static func kind(_ key: String) -> String {
    switch key {
    case "command", "entrypoint", "healthcheck", "environment", "labels", "build": key
    case "ports", "volumes", "image": key
    default: "other"
    }
  }

  /// People write variables in capitals, with underscores or in snake case.
  private static func looksLikeVariable(_ name: String) -> Bool {
    let isUpper = name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    if isUpper { return name.utf8.count > 1 }
    let isLower = name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F || (0x30...0x39).contains($0) }
    return isLower && name.contains("_")
  }

  /// Whether letters or digits stand right before it, as in the middle of a password.
  private static func isInside(_ place: ComposePlace) -> Bool {
    let bytes = place.file.source.bytes
    guard place.range.start > 0, place.range.start <= bytes.count else { return false }
    let before = bytes[place.range.start - 1]
    return (0x30...0x39).contains(before) || (0x41...0x5A).contains(before) || (0x61...0x7A).contains(before)
      || [UInt8(ascii: "!"), UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "*"), UInt8(ascii: "^")].contains(
        before)
  }
}
