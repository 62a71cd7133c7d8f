import DockerfileSyntax
import SourceText

/// Writes down, for each program that a container's start leads through, which file it is read from, and what may keep the
/// kernel or the shell from running that file.
struct EntryFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ContainerFiles
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for (index, layer) in chain.layers.enumerated() where service.origin != .source {
      add(layer, starter: index == 0 ? nil : chain.layers[index - 1], to: &facts)
    }
    if let last = chain.layers.last, service.origin != .source, let script = Self.program(readBy: last),
      let directory = chain.workingDirectory
    {
      var layer = last
      layer.program = script
      layer.path = Path.join(directory, script.text)
      layer.isRead = true
      layer.built = nil
      layer.kind = .program
      add(layer, starter: last, to: &facts)
    }
    facts.declare("entry", .presumed, for: service.name)
  }

  /// The file that an interpreter is told to run: `python app.py`, `node server.js`, `java -jar app.jar`.
  private static func program(readBy layer: ProcessLayer) -> CommandWords.Word? {
    let words = layer.arguments
    switch Path.name(layer.program.text) {
    case "java":
      guard let option = words.firstIndex(where: { $0.text == "-jar" }), option + 1 < words.count else { return nil }
      return plain(words[option + 1])
    case "python", "python3", "node", "php", "ruby", "perl", "deno", "bun":
      guard
        let first = words.first(where: {
          !$0.text.hasPrefix("-") || $0.text == "-m" || $0.text == "-c" || $0.text == "-e"
        })
      else { return nil }
      return first.text.contains(".") && !first.text.hasPrefix("-") ? plain(first) : nil
    default: return nil
    }
  }

  private static func plain(_ word: CommandWords.Word) -> CommandWords.Word? {
    word.text.contains(where: { "$*?".contains($0) }) ? nil : word
  }

  private struct Entry {
    var path: String?
    var state: String?
    var file: String?
    var held: HeldFile?
    var mode: Int?
    /// Whether the container has a program of that name in its PATH, where it has no file of its own.
    var isProgram = false
  }

  private func add(_ layer: ProcessLayer, starter: ProcessLayer?, to facts: inout FactStore) {
    let entry = find(layer)
    guard !layer.program.text.isEmpty else { return }
    let source = entry.file.flatMap(workspace.file)
    let shebang = source.flatMap { Shell.Shebang($0.bytes) }
    let kind = kind(entry, layer, source, shebang)
    let interpreter = shebang.map { $0.program }
    let provided = shebang.flatMap { isThere($0) }
    // Behind a shell in shell form, or a script, it is the shell that looks for the program.
    let through =
      layer.isRead
      ? "interpreter"
      : starter.map { $0.kind == .sh || $0.kind == .script && $0.origin != .base ? "shell" : "kernel" } ?? "kernel"
    let near = entry.state == "missing" ? files.places(named: Path.name(layer.program.text)).first : nil
    facts.add(
      "entry",
      [
        "service": Cell(service.name), "build": Cell(service.plan.id),
        "stage": Cell(service.plan.build.target.map(String.init)),
        "layer": Cell(layer.kind.rawValue), "named": Cell(layer.program.text, layer.program.place),
        "name": Cell(Path.name(layer.program.text), layer.program.place),
        "path": Cell(entry.path, layer.program.place), "state": Cell(entry.state ?? "unsure", layer.program.place),
        "executable": Cell(isExecutable(entry, layer), entry.held?.place ?? layer.program.place),
        "kind": Cell(kind ?? "unsure"),
        "shebang": Cell(
          source.map { _ in shebang == nil ? "no" : "yes" } ?? "unsure",
          source.map { Place(file: $0.path, ByteRange(at: 0)) }),
        "interpreter": Cell(
          interpreter ?? "", shebang.flatMap { shebang in source.map { Place(file: $0.path, shebang.range) } }),
        "provided": Cell(provided.map { $0 ? "yes" : "no" } ?? "unsure"), "through": Cell(through),
        "endings": Cell(source.map { ScriptReading($0).hasCarriageReturns ? "crlf" : "lf" } ?? "unsure"),
        "file": Cell(entry.file ?? ""), "near": Cell(near ?? ""),
        "held": Cell(entry.held?.path ?? "", entry.held?.place),
        "origin": Cell(entry.held?.origin.rawValue ?? (files.isMounted(entry.path ?? "/") ? "mount" : "")),
      ], at: layer.commandPlace ?? service.place, presumed: entry.state == "missing" && service.origin == .dockerfile)
  }

  /// Compilers set the execute bit; of other files their mode tells.
  private func isExecutable(_ entry: Entry, _ layer: ProcessLayer) -> String {
    if entry.isProgram || layer.built != nil { return "yes" }
    return entry.mode.map { $0 & 0o111 != 0 ? "yes" : "no" } ?? "unsure"
  }

  // MARK: Where it is

  private func find(_ layer: ProcessLayer) -> Entry {
    if let path = layer.path {
      switch files.find(path) {
      case .there(let file, let held, let mode):
        return Entry(path: path, state: "there", file: file, held: held, mode: mode)
      case .directory: return Entry(path: path, state: "directory")
      case .missing: return Entry(path: path, state: "missing")
      case .unknown:
        // A system folder of the base image holds what its packages brought.
        let name = Path.name(path)
        if StageModel.isOfSystem(path), let known = service.stage?.provides(program: name), !files.isMounted(path) {
          return Entry(path: path, state: known ? "there" : "missing", isProgram: known)
        }
        return Entry(path: path)
      }
    }
    let name = layer.program.text
    guard !name.contains("/"), !name.contains("$"), let stage = service.stage else { return Entry() }
    if Self.isBuiltin(name), layer.kind != .program || chain.layers.first?.kind == .sh {
      return Entry(state: "there", isProgram: true)
    }
    if let known = stage.provides(program: name) { return Entry(state: known ? "there" : "missing", isProgram: known) }
    // A program of the project's own that lies where PATH does not lead.
    if stage.isUnderstood, stage.openFolders.isEmpty, stage.base != nil, service.image?.isBaseKnown == true,
      stage.files.values.contains(where: { !$0.isDirectory && Path.name($0.path) == name })
    {
      return Entry(state: "missing")
    }
    if stage.base?.family == "scratch" || stage.base?["programs"] == nil && stage.base?["shell"] == "none",
      stage.isUnderstood, stage.openFolders.isEmpty
    {
      return Entry(state: "missing")
    }
    return Entry()
  }

  private func kind(_ entry: Entry, _ layer: ProcessLayer, _ source: SourceFile?, _ shebang: Shell.Shebang?) -> String?
  {
    if let built = layer.built { return built.kind == "none" ? nil : built.kind }
    if entry.isProgram { return "program" }
    guard let source else { return nil }
    if shebang != nil { return "script" }
    let head = source.bytes.prefix(4)
    if head.elementsEqual([0x7F, 0x45, 0x4C, 0x46]) { return "program" }
    return source.bytes.prefix(512).contains(0) ? nil : "script"
  }

  private func isThere(_ shebang: Shell.Shebang) -> Bool? {
    if shebang.path != "/usr/bin/env", shebang.path.hasPrefix("/") {
      switch files.find(shebang.path) {
      case .there: return true
      case .missing: return false
      case .directory, .unknown: break
      }
      // The program may be there under another path: bash of alpine lies in /bin, python3 of python in /usr/local/bin.
      let folder = Path.parent(shebang.path)
      guard ["/bin", "/usr/bin", "/usr/local/bin"].contains(folder) else { return nil }
    }
    return service.stage?.provides(program: shebang.program)
  }

  private static func isBuiltin(_ name: String) -> Bool {
    [
      "cd", "export", "set", "unset", ".", "source", "eval", "exec", "exit", "trap", "wait", "read", "test", "[", "[[",
      "true", "false", ":", "echo", "printf", "umask", "ulimit", "shift", "if", "while", "for", "return", "local",
      "command",
    ].contains(name)
  }
}
