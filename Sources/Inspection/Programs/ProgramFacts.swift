import SourceText

/// Writes down how the main program of a service behaves: one of the project's own, or a well-known one.
struct ProgramFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace
  let go: GoSources
  let scripts: ScriptSources
  let variables: [ServiceModel.Setting]
  let files: ServiceFiles

  func add(to facts: inout FactStore) {
    let nginx = NginxFacts(service: service, files: files, workspace: workspace)
    nginx.add(to: &facts)
    let server = ServerFileFacts(service: service, chain: chain, files: files, workspace: workspace)
    server.add(to: &facts)
    let hasConfiguration = nginx.isConfigured || server.isConfigured
    guard let layer = chain.layers.last, layer.kind == .program || layer.kind == .runner else { return }
    if let package = layer.built?.package, let program = go.program(package) {
      GoServiceFacts(service: service, layer: layer, program: program, variables: variables).add(to: &facts)
      return
    }
    guard layer.built == nil else { return }
    let launched = LaunchedProgram(
      [layer.program] + layer.arguments, in: files, workspace, directory: chain.workingDirectory)
    if let known = workspace.programs.behaviour(launched.name, arguments: launched.arguments.map(\.text)) {
      add(known, launched, layer, hasConfiguration, to: &facts)
      addSource(launched, layer, isServed: true, to: &facts)
    } else if addSource(launched, layer, isServed: false, to: &facts) {
      return
    } else if layer.origin == .base, service.plan.dockerfile != nil, !hasConfiguration {
      addBaseListeners(layer, to: &facts)
    }
  }

  /// What the source of a program in a scripting language says. False where there is none.
  @discardableResult
  private func addSource(
    _ launched: LaunchedProgram, _ layer: ProcessLayer, isServed: Bool, to facts: inout FactStore
  ) -> Bool {
    let values = EffectiveValues(arguments: launched.arguments, variables: variables + launched.variables)
    if !isServed, let entry = NodeEntry(layer, service, workspace, scripts) {
      let source = SourceFacts(service: service, runtime: "node", values: values)
      source.add(entry.program.listeners, to: &facts)
      for host in entry.program.hosts { source.add(host, to: &facts) }
      return true
    }
    guard let entry = PythonEntry(launched, files, scripts, directory: chain.workingDirectory) else { return false }
    let source = SourceFacts(service: service, runtime: "python", values: values)
    if !isServed, !entry.isServed { source.add(entry.program.listeners, to: &facts) }
    for host in entry.program.hosts { source.add(host, to: &facts) }
    return true
  }

  private func add(
    _ known: ProgramCatalog.Behaviour, _ launched: LaunchedProgram, _ layer: ProcessLayer, _ hasConfiguration: Bool,
    to facts: inout FactStore
  ) {
    let word = known.decidingArgument.map { launched.arguments[$0] } ?? launched.words[0]
    let setting = known["daemonizes-with"].flatMap { ConfiguredWord($0, launched, files, workspace) }
    if let how = setting == nil ? known["how"] : "daemonizes" {
      facts.add(
        "behaves",
        [
          "service": Cell(service.name), "how": Cell(how), "program": Cell(launched.name, launched.words[0].place),
          "because": Cell(setting?.text ?? word.text, setting?.place ?? word.place),
        ], at: setting?.place ?? word.place ?? layer.commandPlace)
      facts.declare("behaves", .complete, for: service.name)
    }
    if known["how"] == "serves", !hasConfiguration { addListener(known, launched, layer, to: &facts) }
    if let handles = known["handles"] {
      facts.add(
        "handles",
        [
          "service": Cell(service.name), "signal": "SIGTERM", "how": Cell(handles), "awaited": "yes", "deadline": "yes",
          "runtime": "other",
        ],
        at: layer.program.place)
    }
  }

  // MARK: Listening

  private func addListener(
    _ known: ProgramCatalog.Behaviour, _ launched: LaunchedProgram, _ layer: ProcessLayer, to facts: inout FactStore
  ) {
    let listener = KnownListener(
      launched: launched, known: known, variables: variables + launched.variables, files: files, workspace: workspace)
    guard let address = listener.address() else { return }
    let isPulled = service.plan.dockerfile == nil
    // What a well-known image exposes stands among the facts already; its arguments may say otherwise.
    if isPulled, address.by == "default" { return }
    facts.add(
      "listens",
      [
        "service": Cell(service.name), "address": Cell(address.host.value, address.host.place),
        "port": Cell(address.port.value, address.port.place), "protocol": "tcp", "by": Cell(address.by), "role": "main",
        "name": "", "program": Cell(launched.name, launched.words[0].place),
        "command": Cell(launched.words.last?.text, launched.words.last?.place),
        "opened": Cell(opened(known, launched, layer)),
      ], at: launched.words[0].place ?? layer.commandPlace, presumed: address.by == "default" && known["sure"] == nil)
    facts.declare(
      "listens", address.host.value == nil || address.port.value == nil ? .open : .presumed, for: service.name)
  }

  /// The last word of the command with what makes the program listen on all addresses; nil where it cannot be added so.
  private func opened(_ known: ProgramCatalog.Behaviour, _ launched: LaunchedProgram, _ layer: ProcessLayer) -> String?
  {
    guard let flag = known["flag"], let last = launched.words.last, let place = last.place, let path = place.file,
      let file = workspace.file(path), file.text(place.range) == last.text
    else { return nil }
    if layer.form == "shell" || launched.isLaunched && path.hasSuffix("package.json") { return last.text + " " + flag }
    // Among the quoted elements of an array, each word is an element of its own.
    guard place.range.end < file.bytes.count, file.bytes[place.range.end] == UInt8(ascii: "\"") else { return nil }
    return last.text + flag.split(separator: " ").map { "\", \"\($0)" }.joined()
  }

  /// The program of the base image, started as the base image starts it, listens where the base image says.
  private func addBaseListeners(_ layer: ProcessLayer, to facts: inout FactStore) {
    for port in service.stage?.base?["ports"]?.split(separator: " ") ?? [] {
      let parts = port.split(separator: "/")
      guard let number = parts.first.flatMap({ Int($0) }) else { continue }
      facts.add(
        "listens",
        [
          "service": Cell(service.name), "address": "all", "port": Cell(number),
          "protocol": Cell(parts.count > 1 && parts[1] == "udp" ? "udp" : "tcp"), "by": "image", "role": "main",
          "name": "",
          "program": Cell(layer.program.text),
        ], at: service.stage?.referencePlace, presumed: true)
    }
    facts.declare("listens", .presumed, for: service.name)
  }
}
