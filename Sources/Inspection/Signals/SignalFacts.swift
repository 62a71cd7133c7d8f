import ProgramSource
import SourceText

/// Writes down what a service's program does with signals, for programs that are not Go: Node.js source, and well-known servers
/// that shut down on another signal than the usual one.
struct SignalFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace

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
    }
    if layer.built == nil, let entry = NodeEntry(layer, service, workspace) { add(entry.program, to: &facts) }
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
    for handler in program.signals where handler.how == .handled {
      for signal in handler.signals {
        let shutdown = program.shutdowns.first { $0.kind == .drains }
        let how = handler.outcome == .drains ? "drains" : "exits"
        facts.add(
          "handles",
          [
            "service": Cell(service.name), "signal": Cell(signal), "how": Cell(how, place(handler.place)),
            "awaited": Cell(shutdown.map { $0.awaited == .no ? "no" : "yes" }, shutdown.map { place($0.place) }),
            "deadline": Cell(nil), "runtime": "node",
          ], at: place(handler.place))
      }
    }
    if let listener = program.listeners.first(where: { $0.network != .unix }) {
      facts.add(
        "serves", ["service": Cell(service.name), "what": Cell("http", place(listener.place)), "runtime": "node"],
        at: place(listener.place))
    }
    let foreign = program.imports.keys.contains { name in
      Self.handling.contains { name == $0 || name.hasPrefix($0 + "/") }
    }
    let isUnknown = program.signals.contains { $0.hasUnknownSignals }
    facts.declare("handles", foreign || isUnknown || !program.missing.isEmpty ? .open : .presumed, for: service.name)
  }

  private func place(_ place: SourcePlace) -> Place { Place(file: place.path, place.range) }
}

/// The Node.js program that a service runs: `node server.js`, or what `npm start` runs.
struct NodeEntry {
  let program: NodeProgram

  private static let limit = 2000

  init?(_ layer: ProcessLayer, _ service: ServiceModel, _ workspace: Workspace) {
    var words = ([layer.program] + layer.arguments).map(\.text)
    let files = service.stage?.files ?? [:]
    let directory = service.image?.workingDirectory?.value.value ?? "/"
    let folder = files[Path.join(directory, "package.json")]?.projectFile.map(Path.parent)
    var steps = 0
    while let tool = words.first.map(Path.name), ["npm", "yarn", "pnpm"].contains(tool), steps < 4 {
      steps += 1
      let rest = words.dropFirst().filter { !$0.hasPrefix("-") && $0 != "run" }
      guard let name = rest.first, let folder, let file = workspace.file(Path.join(folder, "package.json")),
        let script = NodePackage(file).script(name)
      else { return nil }
      words = script.text.split(separator: " ").map(String.init)
      while let first = words.first, first.contains("=") || first == "cross-env" || first == "exec" {
        words.removeFirst()
      }
    }
    guard let tool = words.first.map(Path.name), ["node", "nodemon", "ts-node", "tsx", "bun"].contains(tool),
      let entry = words.dropFirst().first(where: { !$0.hasPrefix("-") })
    else { return nil }
    let path = Path.join(directory, entry)
    let suffixes = ["", ".js", ".ts", ".mjs", ".cjs", "/index.js"]
    let source = suffixes.lazy.compactMap { files[path + $0]?.projectFile }.first ?? folder.map { Path.join($0, entry) }
    guard let source else { return nil }
    let paths = workspace.listing.items.map(\.path).filter { path in
      ["js", "ts", "mjs", "cjs", "jsx", "tsx", "json"].contains { path.hasSuffix("." + $0) }
        && !path.contains("node_modules/")
    }
    let sources = paths.prefix(Self.limit).compactMap(workspace.file)
    guard let program = NodeProgram(sources, entry: source) else { return nil }
    self.program = program
  }
}
