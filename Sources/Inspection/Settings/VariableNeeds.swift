import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down which environment variables a service asks for, and whether it has them.
struct VariableNeeds {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace
  let go: GoSources
  let sources: ScriptSources
  let compose: ComposeReading?
  let variables: [ServiceModel.Setting]

  private struct Need {
    /// Any of them is enough.
    var names: [String]
    var by: String
    var place: Place?
    var isFatal: Bool?
    var hasDefault = false
  }

  func add(to facts: inout FactStore) {
    var seen: Set<String> = []
    for need in image() + source() + scripts() where seen.insert(need.names.first ?? "").inserted {
      let given = variables.first { need.names.contains($0.name) && $0.value.value != "" }
      facts.add(
        "asks",
        [
          "service": Cell(service.name), "name": Cell(need.names.first ?? "", need.place),
          "others": Cell(need.names.dropFirst().joined(separator: ", ")), "by": Cell(need.by),
          "fatal": Cell(need.isFatal.map { $0 ? "yes" : "no" } ?? "unknown"), "default": Cell(need.hasDefault),
          "given": Cell(given != nil), "anchor": Cell(service.name, service.anchor),
          "compose": Cell(service.compose != nil),
          "environment": Cell(service.environmentAnchor == nil ? "no" : "yes", service.environmentAnchor),
        ], at: need.place ?? service.place)
    }
    facts.declare("asks", .presumed, for: service.name)
  }

  /// What the entry script of a known image refuses to start without: `A|B C|D`.
  private func image() -> [Need] {
    guard service.plan.dockerfile == nil, let words = service.stage?.base?.words("required") else { return [] }
    return words.map { word in
      Need(
        names: word.split(separator: "|").map(String.init), by: "image", place: service.stage?.referencePlace,
        isFatal: true)
    }
  }

  private func source() -> [Need] {
    guard let layer = chain.layers.last else { return [] }
    var uses: [VariableUse] = []
    if let package = layer.built?.package, let program = go.program(package) {
      uses = program.variables
    } else if let entry = NodeEntry(layer, service, workspace, sources) {
      uses = entry.program.variables
    } else if PHPSources.runs(layer) {
      uses = PHPSources(chain, ServiceFiles(service, compose, workspace), workspace).variables
    }
    return uses.compactMap { use in
      guard let name = use.name.value, !Self.usual.contains(name) else { return nil }
      let isFatal: Bool? =
        switch use.isFatal {
        case .yes: true
        case .no: false
        case .unknown: nil
        }
      return Need(
        names: [name], by: "source", place: Place(file: use.place.path, use.place.range), isFatal: isFatal,
        hasDefault: use.fallback != nil)
    }
  }

  /// `${NAME:?message}` in the scripts that lead to the program ends them.
  private func scripts() -> [Need] {
    chain.layers.filter { $0.kind == .script }.flatMap { layer -> [Need] in
      guard let path = layer.file, let file = workspace.file(path) else { return [] }
      return Shell.Script(file.bytes).simpleCommands.flatMap { command in
        (command.words + command.assignments.map(\.value)).flatMap(\.variables)
          .filter { $0.modifier == ":?" || $0.modifier == "?" }
          .map { Need(names: [$0.name], by: "script", place: Place(file: path, $0.range), isFatal: true) }
      }
    }
  }

  /// Variables that every container or shell has, or that do no harm when they are missing.
  private static let usual: Set<String> = [
    "PATH", "HOME", "HOSTNAME", "PWD", "USER", "SHELL", "TZ", "LANG", "NODE_ENV", "DEBUG", "TERM", "CI", "NO_COLOR",
    "GOMAXPROCS", "TMPDIR",
  ]
}

extension ServiceModel {
  /// The first attribute of a compose service: before its line a further one can be written.
  var anchor: Place? {
    let entries = (compose?.value.map.map { Array($0) } ?? []).compactMap { $0.value.place }
    guard let file = compose?.place?.file, compose?.place?.node?.isFlow != true else { return nil }
    let own = entries.filter { $0.file === file && $0.key != nil }.min { $0.entry.start < $1.entry.start }
    return own?.key.map { Place(file: file.path, $0) }
  }

  /// The first variable that its `environment:` sets, beside which another one can be written.
  var environmentAnchor: Place? {
    guard let file = compose?.place?.file, let map = compose?["environment"]?.map else { return nil }
    let own = map.compactMap { $0.value.place }.filter { $0.file === file }.min { $0.entry.start < $1.entry.start }
    return own.map { Place(file: file.path, $0.entry) }
  }
}
