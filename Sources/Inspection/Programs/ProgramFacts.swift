import SourceText

/// Writes down how the main program of a service behaves: one of the project's own, or a well-known one.
struct ProgramFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace
  let go: GoSources
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    guard let layer = chain.layers.last, layer.kind == .program || layer.kind == .runner else { return }
    if let package = layer.built?.package, let program = go.program(package) {
      GoServiceFacts(service: service, layer: layer, program: program, variables: variables).add(to: &facts)
    } else if layer.built == nil,
      let known = workspace.programs.behaviour(layer.program.text, arguments: layer.arguments.map(\.text))
    {
      add(known, layer, to: &facts)
    }
  }

  private func add(_ known: ProgramCatalog.Behaviour, _ layer: ProcessLayer, to facts: inout FactStore) {
    let word = known.decidingArgument.map { layer.arguments[$0] } ?? layer.program
    if let how = known["how"] {
      facts.add(
        "behaves",
        [
          "service": Cell(service.name), "how": Cell(how), "program": Cell(layer.program.text, layer.program.place),
          "because": Cell(word.text, word.place),
        ],
        at: word.place ?? layer.commandPlace)
      facts.declare("behaves", .complete, for: service.name)
    }
    if let port = known["port"], service.plan.dockerfile != nil, known["how"] == "serves" {
      facts.add(
        "listens",
        [
          "service": Cell(service.name), "address": Cell(known["address"]), "port": Cell(port), "protocol": "tcp",
          "by": "default",
          "role": "main", "name": "",
        ], at: layer.program.place, presumed: true)
    }
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
}
