import ProgramSource
import SourceText

/// Writes down what a service's program does with signals, for programs that are not Go: Node.js and Python source, and well-known servers
/// that shut down on another signal than the usual one.
struct SignalFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace
  let scripts: ScriptSources
  let files: ServiceFiles

  func add(to facts: inout FactStore) {
    guard let layer = chain.layers.last, layer.kind == .program || layer.kind == .runner else { return }
    if let known = workspace.programs.behaviour(layer.program.text, arguments: layer.arguments.map(\.text)),
      let signal = known["graceful"]
    {
      facts.add(
        "handles",
        [
          "service": Cell(service.name), "signal": Cell(signal, layer.program.place), "how": "drains", "awaited": "yes",
          "deadline": "yes", "runtime": "other",
        ], at: layer.program.place)
      facts.declare("handles", .complete, for: service.name)
    }
    facts.declare("launches", .presumed, for: service.name)
    guard layer.built == nil else { return }
    if let entry = NodeEntry(layer, service, workspace, scripts) {
      add(entry.program, to: &facts)
      addScript(of: entry, layer, to: &facts)
    } else {
      let words = [layer.program] + layer.arguments
      let launched = LaunchedProgram(words, in: files, workspace, directory: chain.workingDirectory)
      if let entry = PythonEntry(launched, files, scripts, directory: chain.workingDirectory), !entry.isServed {
        add(entry.program, to: &facts)
      }
    }
  }

  /// What a package manager starts, as it would stand in its place.
  private func addScript(of entry: NodeEntry, _ layer: ProcessLayer, to facts: inout FactStore) {
    guard layer.kind == .runner, let script = entry.script else { return }
    // Only a plain command can stand in its place.
    let isPlain = script.isPlain && layer.form == "exec" && layer.origin == .own
    let array = "[" + entry.words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    facts.add(
      "launches",
      [
        "service": Cell(service.name), "tool": Cell(layer.program.text), "script": script.cell,
        "instead": Cell(isPlain ? array : "", layer.commandPlace),
      ], at: script.cell.place)
  }

  // MARK: Node.js

  /// Packages that wait for signals on their own.
  private static let handling = [
    "http-terminator", "terminus", "@godaddy/terminus", "stoppable", "http-graceful-shutdown", "close-with-grace",
    "lightship", "node-graceful-shutdown",
    "graceful-shutdown", "fastify-graceful-shutdown", "@nestjs/core", "pm2", "next", "nuxt", "moleculer",
    "@moebius/http-graceful-shutdown", "signal-exit", "death", "tini",
    "exit-hook", "async-exit-hook", "bull", "node-cleanup",
  ]

  private func add(_ program: NodeProgram, to facts: inout FactStore) {
    let source = sourceFacts("node")
    source.add(program.signals, shutdown: program.shutdowns.first { $0.kind == .drains }, to: &facts)
    source.addServes(program.listeners, to: &facts)
    let foreign = program.imports.keys.contains { name in
      Self.handling.contains { name == $0 || name.hasPrefix($0 + "/") }
    }
    let isUnknown = program.signals.contains { $0.hasUnknownSignals }
    facts.declare("handles", foreign || isUnknown || !program.missing.isEmpty ? .open : .presumed, for: service.name)
  }

  private func sourceFacts(_ runtime: String) -> SourceFacts {
    SourceFacts(service: service, runtime: runtime, values: EffectiveValues(arguments: [], variables: []))
  }

  // MARK: Python

  /// Libraries that wait for signals on their own.
  private static let handlingModules: Set<String> = [
    "uvicorn", "gunicorn", "hypercorn", "daphne", "aiohttp", "sanic", "celery", "rq", "dramatiq", "twisted", "quart",
    "faust", "arq", "apscheduler", "nicegui", "gradio", "cherrypy", "supervisor", "honcho", "granian", "robyn",
  ]

  private func add(_ program: PythonProgram, to facts: inout FactStore) {
    let source = sourceFacts("python")
    source.add(program.signals, shutdown: nil, to: &facts)
    source.addServes(program.listeners, to: &facts)
    let isForeign = program.imports.keys.contains { module in
      module.split(separator: ".").first.map { Self.handlingModules.contains(String($0)) } ?? false
    }
    let isUnknown = program.signals.contains { $0.hasUnknownSignals }
    facts.declare("handles", isForeign || isUnknown ? .open : .presumed, for: service.name)
  }
}

/// The Node.js program that a service runs: `node server.js`, or what `npm start` runs.
struct NodeEntry {
  struct Script {
    let cell: Cell
    /// Whether it is words alone, without anything for a shell to do.
    let isPlain: Bool
  }

  let program: NodeProgram
  /// The script of package.json that leads to it; nil where none does.
  private(set) var script: Script?
  /// The words of the command.
  let words: [String]

  init?(_ layer: ProcessLayer, _ service: ServiceModel, _ workspace: Workspace, _ scripts: ScriptSources) {
    var words = ([layer.program] + layer.arguments).map(\.text)
    let files = service.stage?.files ?? [:]
    let directory = service.image?.workingDirectory?.value.value ?? "/"
    let folder = files[Path.join(directory, "package.json")]?.projectFile.map(Path.parent)
    var steps = 0
    while let tool = words.first.map(Path.name), ["npm", "yarn", "pnpm"].contains(tool), steps < 4 {
      steps += 1
      let rest = words.dropFirst().filter { !$0.hasPrefix("-") && $0 != "run" }
      guard let name = rest.first, let folder, let file = workspace.file(Path.join(folder, "package.json")),
        let found = NodePackage(file).script(name)
      else { return nil }
      let isPlain = !found.text.contains { "&|;$<>\"'`=".contains($0) }
      script = Script(
        cell: Cell(found.text, Place(file: file.path, found.range)), isPlain: isPlain && script?.isPlain != false)
      words = found.text.split(separator: " ").map(String.init)
      while let first = words.first, first.contains("=") || first == "cross-env" || first == "exec" {
        words.removeFirst()
      }
    }
    self.words = words
    guard let tool = words.first.map(Path.name), ["node", "nodemon", "ts-node", "tsx", "bun"].contains(tool),
      let entry = words.dropFirst().first(where: { !$0.hasPrefix("-") })
    else { return nil }
    let path = Path.join(directory, entry)
    let suffixes = ["", ".js", ".ts", ".mjs", ".cjs", "/index.js"]
    guard
      let source = suffixes.lazy.compactMap({ files[path + $0]?.projectFile }).first
        ?? folder.map({ Path.join($0, entry) })
    else { return nil }
    guard let program = scripts.node(source) else { return nil }
    self.program = program
  }
}
