import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down what starts processes in a container whose parent may be gone when they end.
struct SpawnFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    addHealthcheck(to: &facts)
    addScripts(to: &facts)
    addBrowsers(to: &facts)
    facts.declare("spawns", .presumed, for: service.name)
  }

  private func add(_ what: String, _ program: Cell, at place: Place?, to facts: inout FactStore) {
    facts.add("spawns", ["service": Cell(service.name), "what": Cell(what), "program": program], at: place)
  }

  /// A check that is a script: when it is cut off at its timeout, what it has started is left to PID 1.
  private func addHealthcheck(to facts: inout FactStore) {
    guard let target = service.plan.build.target, service.plan.dockerfile != nil else { return }
    let steps = service.plan.build.chain(of: target).flatMap { service.plan.build.evaluations[$0].steps.map { $0 } }
    guard let step = steps.last(where: { $0.instruction.keyword == .healthcheck }),
      case .healthcheck(let check) = step.instruction.content,
      let command = check.command
    else { return }
    let words = command.words.flatMap { $0.text.split(separator: " ").map(String.init) }
    let files = service.stage?.files ?? [:]
    let script = words.first { word in
      word.hasSuffix(".sh")
        || files[Path.join("/", word)]?.projectFile.flatMap(workspace.file).map { Shell.Shebang($0.bytes) != nil }
          == true
    }
    guard let script else { return }
    add(
      "healthcheck", Cell(script, service.plan.place(step.instruction.argumentsRange)),
      at: service.plan.place(step.instruction.range), to: &facts)
  }

  /// `helper & exec server`: the server becomes the parent of a process that it knows nothing of.
  private func addScripts(to facts: inout FactStore) {
    for layer in chain.layers where layer.kind == .script && layer.isReplaced == true {
      guard let path = layer.file, let file = workspace.file(path) else { continue }
      let commands = ShellCommands(Shell.Script(file.bytes)).commands
      guard let helper = commands.first(where: { $0.isBackground && $0.program != nil }), let word = helper.words.first
      else { continue }
      add(
        "background", Cell(helper.program, Place(file: path, word.range)), at: Place(file: path, helper.range),
        to: &facts)
    }
  }

  /// Browsers that are driven by a program leave processes behind. https://pptr.dev/troubleshooting#running-puppeteer-in-docker
  private func addBrowsers(to facts: inout FactStore) {
    for file in service.stage?.files.values.sorted(by: { $0.path < $1.path }) ?? [] {
      guard let path = file.projectFile, Path.name(path) == "package.json", let source = workspace.file(path) else {
        continue
      }
      let dependency = NodePackage(source).dependencies.first {
        $0.kind == .dependencies
          && ["puppeteer", "puppeteer-core", "playwright", "playwright-core"].contains($0.name.text)
      }
      guard let dependency else { continue }
      let place = Place(file: path, dependency.name.range)
      add("browser", Cell(dependency.name.text, place), at: place, to: &facts)
      return
    }
  }
}
