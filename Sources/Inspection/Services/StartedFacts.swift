/// Writes down what steps of the build put where a service looks for its program.
struct StartedFacts {
  let service: ServiceModel
  let chain: ProcessChain

  func add(to facts: inout FactStore) {
    facts.declare("starts", .complete, for: service.name)
    guard let files = service.stage?.files else { return }
    for layer in chain.layers where layer.kind == .program {
      guard let path = layer.path, let file = files[path] else { continue }
      let isFolder = file.isDirectory || file.origin == .context && files.keys.contains { $0.hasPrefix(path + "/") }
      facts.add(
        "starts",
        [
          "service": Cell(service.name), "build": Cell(service.plan.id), "path": Cell(path, layer.program.place),
          "is": Cell(isFolder ? "directory" : isArchive(file) ? "archive" : "file"),
          "stage": Cell(file.stage), "source": Cell(file.source ?? ""),
          "command": Cell(layer.program.text, layer.program.place),
        ], at: file.place, order: BuildOrder(build: service.plan.id, position: file.order))
    }
  }

  /// Whether a step compiled it from a package that is no program.
  private func isArchive(_ file: HeldFile) -> Bool {
    service.stages[file.stage]?.programs.last { $0.path == file.source }?.kind == "archive"
  }
}
