import SourceText

/// Writes down what the main program of a service needs around it when it runs, whoever wrote it.
struct SurroundingFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ContainerFiles
  let variables: [ServiceModel.Setting]
  let workspace: Workspace
  let go: GoSources

  func add(to facts: inout FactStore) {
    guard let layer = chain.layers.last else { return }
    if let package = layer.built?.package, let program = go.program(package) {
      GoNeedsFacts(
        service: service, layer: layer, program: program, chain: chain, files: files, variables: variables,
        workspace: workspace, go: go
      ).add(to: &facts)
    }
    addZoneVariable(to: &facts)
    addArguments(layer, to: &facts)
    addPlacement(layer, to: &facts)
  }

  /// `TZ=Asia/Tokyo` asks for a time zone, whatever the program is.
  private func addZoneVariable(to facts: inout FactStore) {
    guard let setting = variables.last(where: { $0.name == "TZ" }), let zone = setting.value.value, zone.contains("/"),
      service.plan.dockerfile != nil
    else { return }
    facts.add(
      "needs",
      [
        "service": Cell(service.name), "kind": "zones", "name": Cell(zone, setting.value.place), "fatal": "no",
        "runtime": "libc", "by": "variable",
      ],
      at: setting.value.place, presumed: true)
  }

  /// A configuration file that the command names.
  private func addArguments(_ layer: ProcessLayer, to facts: inout FactStore) {
    guard service.origin != .source, let directory = chain.workingDirectory else { return }
    for word in layer.arguments {
      let text = word.text.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""
      guard Self.extensions.contains(where: { text.hasSuffix($0) }), !text.contains("$"), !text.contains(":"),
        !text.contains("*")
      else { continue }
      let path = Path.join(directory, text)
      var state: String?
      if case .there = files.find(path) { state = "there" }
      if case .missing = files.find(path) { state = "missing" }
      let elsewhere =
        state == "missing" ? files.places(named: Path.name(text)).first { $0.hasSuffix("/" + Path.clean(text)) } : nil
      let source = workspace.listing.items.first {
        $0.path == Path.clean(text) || $0.name == Path.name(text)
      }?.path
      facts.add(
        "reads",
        [
          "service": Cell(service.name), "path": Cell(text, word.place), "name": Cell(Path.name(text)),
          "resolved": Cell(path),
          "relative": Cell(!text.hasPrefix("/")), "state": Cell(state ?? "unsure"), "elsewhere": Cell(elsewhere ?? ""),
          "source": Cell(source ?? ""), "copied-as": Cell(source.flatMap(service.plan.inContext) ?? ""), "kind": "file",
          "by": "argument", "directory": Cell(directory), "fatal": "yes",
          "at-start": "yes",
          "needed-directory": Cell(
            text.hasPrefix("/")
              ? ""
              : elsewhere.map { String($0.dropLast(Path.clean(text).count + 1)) }.map { $0.isEmpty ? "/" : $0 } ?? ""),
        ], at: word.place, presumed: true)
    }
  }

  private static let extensions = [
    ".json", ".yaml", ".yml", ".toml", ".conf", ".cfg", ".ini", ".properties", ".xml", ".hcl",
  ]

  /// Files that were put beside the program, while the container starts elsewhere: no source names them, so a library
  /// reads them by a path that counts from the working directory.
  private func addPlacement(_ layer: ProcessLayer, to facts: inout FactStore) {
    guard let path = layer.path, let built = layer.built, let stage = service.stage,
      let directory = chain.workingDirectory, service.plan.dockerfile != nil
    else { return }
    let folder = Path.parent(path)
    guard folder != directory, folder != "/", !StageModel.isOfSystem(folder), built.package != nil else { return }
    let beside = stage.files.values.filter {
      $0.path != path && !$0.isDirectory && Path.parent($0.path) == folder && $0.origin != .run
    }
    .filter { file in Self.extensions.contains { file.path.hasSuffix($0) } }.sorted { $0.path < $1.path }
    guard let file = beside.first else { return }
    let name = Path.name(file.path)
    // What the source or the command names by its full path is found wherever the container starts.
    let isNamed = facts.rows("reads").contains {
      facts.cell($0, "service").value == service.name && facts.cell($0, "resolved").value == file.path
    }
    let isArgument =
      layer.arguments.contains { $0.text.contains(file.path) }
      || variables.contains { $0.value.value?.contains(file.path) == true }
    guard !isNamed, !isArgument else { return }
    facts.add(
      "reads",
      [
        "service": Cell(service.name), "path": Cell(name, file.place), "name": Cell(name),
        "resolved": Cell(Path.join(directory, name)), "relative": "yes",
        "state": Cell(stage.files[Path.join(directory, name)] == nil ? "missing" : "there"),
        "elsewhere": Cell(file.path), "source": Cell(file.source ?? ""), "kind": "file",
        "by": "placement", "directory": Cell(directory), "needed-directory": Cell(folder),
      ], at: file.place, presumed: true)
  }
}

extension BuildPlan {
  /// A file of the project as COPY would name it; nil outside of the build context.
  func inContext(_ path: String) -> String? { context.flatMap { Path.relative(path, to: $0) } }
}
