import DockerfileSyntax
import SourceText

/// Finds a virtual environment of Python that a build stage made at one path and that lies at another in the final image:
/// the scripts in it begin with the path at which it was made.
///
/// https://docs.python.org/3/library/venv.html#how-venvs-work
struct MovedEnvironments {
  let service: ServiceModel
  let chain: ProcessChain

  func add(to facts: inout FactStore) {
    facts.declare("moved", .presumed, for: service.name)
    guard let stage = service.stage, let target = service.plan.build.target, service.plan.dockerfile != nil,
      let layer = chain.layers.last, !Self.isInterpreter(Path.name(layer.program.text))
    else { return }
    for file in stage.files.values.sorted(by: { $0.path < $1.path })
    where file.origin == .stage && file.stage != target {
      guard let builder = service.stages[file.stage], let source = file.source else { continue }
      for made in environments(of: builder) {
        guard let below = Path.relative(made.path, to: source) else { continue }
        let path = below.isEmpty || below == "." ? file.path : Path.join(file.path, below)
        guard path != made.path, !stage.files.keys.contains(where: { Path.relative($0, to: made.path) != nil }),
          starts(layer, in: path, stage)
        else { continue }
        facts.add(
          "moved",
          [
            "service": Cell(service.name), "build": Cell(service.plan.id), "made": Cell(made.path, made.place),
            "path": Cell(path, file.place), "program": Cell(Path.name(layer.program.text), layer.program.place),
            "interpreter": Cell(Path.join(made.path, "bin/python"), made.place),
          ], at: file.place, order: BuildOrder(build: service.plan.id, position: file.order))
        return
      }
    }
  }

  private static func isInterpreter(_ name: String) -> Bool {
    name.isEmpty || name.hasPrefix("python") || name == "activate"
  }

  /// Whether the program is a script of the environment at a path.
  private func starts(_ layer: ProcessLayer, in path: String, _ stage: StageModel) -> Bool {
    let folder = Path.join(path, "bin")
    let text = layer.program.text
    if text.contains("/") {
      let full = chain.workingDirectory.map { Path.join($0, text) } ?? text
      return Path.parent(full) == folder
    }
    guard layer.path == nil, stage.provides(program: text) != true else { return false }
    let search = service.image?.environment.last { $0.name == "PATH" }?.value ?? ""
    return search.split(separator: ":").contains { Path.clean(String($0)) == folder }
  }

  private struct Environment {
    let path: String
    let place: Place?
  }

  /// The environments that a stage's steps make.
  private func environments(of stage: StageModel) -> [Environment] {
    let settings = Dictionary(
      service.plan.build.image(of: stage.index).environment.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
    let isInProject = stage.commands.contains {
      $0.tool.value == "poetry" && $0.arguments.contains("virtualenvs.in-project true")
    }
    return stage.commands.compactMap { command in
      let words = command.arguments.split(separator: " ").map(String.init)
      guard !words.contains("--relocatable"),
        let named = Self.path(command.tool.value ?? "", words, settings, isInProject: isInProject), !named.contains("$")
      else { return nil }
      guard let path = named.hasPrefix("/") ? Path.clean(named) : command.directory.map({ Path.join($0, named) }) else {
        return nil
      }
      return Environment(path: path, place: command.place)
    }
  }

  /// The environment that a command makes, as it names it; nil for a command that makes none, or one outside of the project.
  private static func path(_ tool: String, _ words: [String], _ settings: [String: String], isInProject: Bool)
    -> String?
  {
    func isOn(_ name: String) -> Bool { ["1", "true", "yes"].contains(settings[name]?.lowercased() ?? "") }
    let plain = words.filter { !$0.hasPrefix("-") }
    switch tool {
    case "python", "python3", "py":
      guard let module = words.firstIndex(of: "venv"), module > 0, words[module - 1] == "-m" else { return nil }
      return words[(module + 1)...].last { !$0.hasPrefix("-") }
    case "virtualenv": return words.last.flatMap { $0.hasPrefix("-") ? nil : $0 }
    case "uv":
      if plain.first == "venv" { return plain.dropFirst().last ?? settings["UV_PROJECT_ENVIRONMENT"] ?? ".venv" }
      return plain.first == "sync" ? settings["UV_PROJECT_ENVIRONMENT"] ?? ".venv" : nil
    case "poetry":
      return plain.first == "install" && (isInProject || isOn("POETRY_VIRTUALENVS_IN_PROJECT")) ? ".venv" : nil
    case "pipenv":
      return ["install", "sync"].contains(plain.first ?? "") && isOn("PIPENV_VENV_IN_PROJECT") ? ".venv" : nil
    case "pdm": return ["install", "sync"].contains(plain.first ?? "") ? ".venv" : nil
    default: return nil
    }
  }
}
