import SourceText

@testable import ComposeSyntax

/// Goes through all values of a project and finds those whose place does not say what they are.
struct PlaceWalk {
  private(set) var findings: [String] = []
  private(set) var count = 0

  private let project: ComposeProject
  private let files: Set<String>

  init(_ project: ComposeProject) {
    self.project = project
    files = Set(project.loadedFiles.map(\.path))
    var path: [String] = []
    visit(project.model, &path)
  }

  private mutating func visit(_ value: ComposeValue, _ path: inout [String]) {
    count += 1
    if path.isEmpty {
      // The project itself stands in no single file.
    } else if let place = value.place {
      check(value, place, path)
    } else if !Self.mayBeDefault(path) {
      findings.append("\(path.joined(separator: ".")) (\(value.text ?? "a collection")) stands nowhere")
    }
    switch value.content {
    case .list(let items):
      for (index, item) in items.enumerated() {
        path.append(String(index))
        visit(item, &path)
        path.removeLast()
      }
    case .map(let map):
      for (key, item) in map {
        path.append(key)
        visit(item, &path)
        path.removeLast()
      }
    default: break
    }
  }

  private mutating func check(_ value: ComposeValue, _ place: ComposePlace, _ path: [String]) {
    let name = path.joined(separator: ".")
    if place.file.yaml != nil, !files.contains(place.path) { findings.append("\(name) stands in an unknown file") }
    if place.range.end > place.file.source.bytes.count { findings.append("\(name) stands behind the end of its file") }
    if !says(place, value) {
      findings.append("\(name): `\(place.text)` at \(place.path):\(place.position) is not \(value.text ?? "\(value)")")
    }
    for old in place.history where old.file === place.file && old.range == place.range {
      findings.append("\(name) overrides itself")
    }
  }

  /// Whether the bytes say what the value is, each type in its own notation.
  private func says(_ place: ComposePlace, _ value: ComposeValue) -> Bool {
    let written = place.text
    let bare = written.trimmingQuotes
    if written.contains("$") { return true }
    switch value.content {
    case .null: return true
    case .list, .map: return !place.range.isEmpty || place.node?.scalar?.isMissing == true
    case .bool(let flag):
      // `external: {name: x}` says that a resource is external.
      if place.node?.isMapping == true { return flag }
      return (flag ? ["true", "yes", "on", "ro", "nocopy"] : ["false", "no", "off"]).contains(bare.lowercased())
    case .integer(let number):
      if let range = Self.range(bare), range.contains(number) { return true }
      let readings = [
        Int(bare), ByteSize.parse(bare), ComposeDuration.parse(bare), Int(bare, radix: 8),
        Int(bare.dropFirst(2), radix: 8), bare.lowercased() == "all" ? -1 : nil, Double(bare).map { Int($0) },
      ]
      return readings.contains(number)
    case .float(let number): return Double(bare) == number
    case .string(let text):
      if bare == text || bare.lowercased() == text || place.node?.scalar?.value == text { return true }
      if let range = Self.range(bare), let low = Int(text.prefix { $0 != "-" }), range.contains(low) { return true }
      return isResolved(text, place, bare)
    }
  }

  /// Numbers, dates and paths read otherwise than they are written; variables of the environment have only a name.
  private func isResolved(_ text: String, _ place: ComposePlace, _ bare: String) -> Bool {
    if let node = place.node, node.scalar?.value == bare, Double(bare).map(GoNotation.text) == text {
      return true
    }
    if place.range.isEmpty { return true }
    if place.node?.scalar?.value.contains(text) == true || "[\(text)]" == bare { return true }
    if Self.letters(text) == Self.letters(bare) { return true }
    guard text.hasPrefix("/") else { return false }
    let directory = ComposePath.directory(of: place.file.absolutePath)
    if text == ComposePath.join(directory, bare) { return true }
    let tail = bare.split(separator: "/").filter { $0 != "." && $0 != ".." && $0 != "~" }.joined(separator: "/")
    return text.hasSuffix(tail)
  }

  /// A text without what escapes and quotes a shell, YAML or an environment file, and names of projects lose.
  private static func letters(_ text: String) -> String {
    let unescaped = text.replacing("\\n", with: "").replacing(" 00:00:00 +0000 UTC", with: "").replacing(
      "null", with: "")
    return unescaped.lowercased().filter { !$0.isWhitespace && !"\"'\\".contains($0) }
  }

  private static func range(_ text: String) -> ClosedRange<Int>? {
    let ends = text.split(separator: "-").compactMap { Int($0) }
    return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }

  // MARK: Defaults

  static func mayBeDefault(_ path: [String]) -> Bool {
    defaults.contains { pattern in
      pattern.count == path.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
    }
  }

  private static let defaults: [[String]] = [
    "name", "networks", "networks.*", "networks.*.name", "volumes.*.name", "secrets.*.name", "configs.*.name",
    "services.*.networks", "services.*.networks.default", "services.*.ports.*.mode", "services.*.ports.*.protocol",
    "services.*.volumes.*.type", "services.*.volumes.*.bind", "services.*.volumes.*.bind.create_host_path",
    "services.*.volumes.*.volume", "services.*.build.context", "services.*.build.dockerfile",
    "services.*.env_file.*.required", "services.*.healthcheck.test.0", "services.*.secrets.*.target",
    "services.*.devices.*.permissions", "services.*.deploy.resources.reservations.devices.*.count",
    // What files and links bring.
    "services.*.environment", "services.*.labels", "services.*.depends_on", "services.*.depends_on.*.condition",
    "services.*.depends_on.*.required", "services.*.depends_on.*.restart",
  ].map { $0.split(separator: ".").map(String.init) }
}

extension String {
  fileprivate var trimmingQuotes: String {
    guard count > 1, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
