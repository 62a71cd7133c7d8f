import DockerfileSyntax
import SourceText

/// What the commands of one RUN step do to a stage.
struct RunStep {
  let plan: BuildPlan
  let workspace: Workspace
  let go: GoSources
  let step: StageEvaluation.Step

  func perform(_ run: Run, on model: inout StageModel) {
    guard let text = step.script else {
      if run.command.form == .exec { performExec(run.command.words, on: &model) } else { model.isUnderstood = false }
      return
    }
    let script = ShellCommands(text) { step.environment[$0]?.value }
    if !script.isUnderstood { model.isUnderstood = false }
    var state = State(
      directory: step.workingDirectory?.value, variables: [:], order: step.instruction.index,
      shellVariables: { name in step.environment[name]?.value })
    for command in script.commands { perform(command, &state, &model) }
  }

  /// RUN in exec form: one command, without a shell.
  private func performExec(_ words: [DockerfileSyntax.Word], on model: inout StageModel) {
    var state = State(
      directory: step.workingDirectory?.value, variables: [:], order: step.instruction.index,
      shellVariables: { step.environment[$0]?.value })
    let command = ShellCommand(
      assignments: [], words: words.map { ShellCommand.Word(text: $0.text, range: $0.inner(of: plan.syntax)) },
      range: step.instruction.argumentsRange)
    perform(command, &state, &model)
  }

  /// What earlier commands of the step have set up.
  struct State {
    var directory: String?
    /// Set in the step itself, by `export` or `NAME=value`.
    var variables: [String: Cell]
    let order: Int
    let shellVariables: (String) -> String?

    func variable(_ name: String) -> Cell? { variables[name] ?? shellVariables(name).map { Cell($0) } }
  }

  private func perform(_ command: ShellCommand, _ state: inout State, _ model: inout StageModel) {
    for (name, value) in command.assignments where command.words.isEmpty {
      state.variables[name] = Cell(value.text, plan.place(value.range))
    }
    guard let program = command.program else { return }
    switch program {
    case "cd": state.directory = command.arguments.first?.text.flatMap { path in state.directory.map { Path.join($0, path) } }
    case "export":
      for word in command.arguments {
        guard let text = word.text, let sign = text.firstIndex(of: "=") else { continue }
        state.variables[String(text[..<sign])] = Cell(String(text[text.index(after: sign)...]), plan.place(word.range))
      }
    case "apk", "apt-get", "apt", "yum", "dnf", "microdnf", "zypper": install(command, &model)
    case "mkdir":
      for word in command.arguments { makeDirectory(word, state, &model) }
    case "go": GoStep(run: self, command: command, state: state).perform(on: &model)
    default: break
    }
    record(command, program, state, &model)
  }

  // MARK: Commands

  private func record(_ command: ShellCommand, _ program: String, _ state: State, _ model: inout StageModel) {
    guard program != "go" else { return }  // GoStep says more of it
    let arguments = command.arguments.compactMap(\.text)
    let verb = arguments.first { !$0.hasPrefix("-") }
    var entry = stageCommand(command, verb: verb ?? "", state, model)
    if let manifest = PackageManagers.manifest(of: program, arguments), let directory = state.directory {
      entry.manifest = model.files[Path.join(directory, manifest)] != nil
      if entry.manifest == false, !model.isUnderstood { entry.manifest = nil }
      entry.fetches = true
    }
    if let path = command.words.first?.text, path.contains("/"), let directory = state.directory {
      entry.file = model.files[Path.join(directory, path)]?.projectFile
    } else if ["sh", "bash", "ash"].contains(program), let path = arguments.first(where: { !$0.hasPrefix("-") }),
      let directory = state.directory
    {
      entry.file = model.files[Path.join(directory, path)]?.projectFile
    }
    model.commands.append(entry)
  }

  func stageCommand(_ command: ShellCommand, verb: String, _ state: State, _ model: StageModel) -> StageCommand {
    let tool = command.words.first.map { Cell(Path.name($0.text ?? ""), plan.place($0.range)) } ?? .unknown
    return StageCommand(
      stage: model.index, order: state.order, tool: tool,
      verb: Cell(verb, command.arguments.first.flatMap { plan.place($0.range) }),
      arguments: command.arguments.compactMap(\.text).joined(separator: " "), directory: state.directory,
      user: step.user?.value ?? (step.user == nil ? "root" : nil), place: plan.place(step.instruction.range))
  }

  private func install(_ command: ShellCommand, _ model: inout StageModel) {
    let arguments = command.arguments
    guard arguments.contains(where: { ["add", "install"].contains($0.text) }) else { return }
    var skipsValue = false
    for word in arguments {
      guard let text = word.text else {
        model.isUnderstood = false
        continue
      }
      if skipsValue { skipsValue = false; continue }
      if text.hasPrefix("-") {
        // `apk add --virtual .deps` and `-t .deps` take a name that is no package.
        skipsValue = ["-t", "--virtual", "--repository", "-X", "--target-release"].contains(text)
      } else if text != "add", text != "install" {
        let name = text.prefix { !"=<>~@".contains($0) }
        model.packages.append((String(name), plan.place(word.range)))
      }
    }
  }

  private func makeDirectory(_ word: ShellCommand.Word, _ state: State, _ model: inout StageModel) {
    guard let text = word.text, !text.hasPrefix("-"), let directory = state.directory else { return }
    model.put(
      HeldFile(
        path: Path.join(directory, text), isDirectory: true, origin: .run, stage: model.index, order: state.order,
        place: plan.place(word.range)))
  }
}

extension HeldFile {
  /// The file of the project that it is a copy of.
  var projectFile: String? { origin == .context && !isDirectory ? source : nil }
}

/// Which file a package manager reads, and when.
enum PackageManagers {
  /// The manifest that a command needs in its working directory; nil when it needs none.
  static func manifest(of program: String, _ arguments: [String]) -> String? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    switch program {
    case "npm": return words == ["ci"] || words == ["install"] || words == ["i"] ? "package.json" : nil
    case "yarn": return words.isEmpty || words == ["install"] ? "package.json" : nil
    case "pnpm": return words == ["install"] || words == ["i"] ? "package.json" : nil
    case "mvn": return "pom.xml"
    case "composer": return words.first == "install" ? "composer.json" : nil
    case "bundle": return words.isEmpty || words.first == "install" ? "Gemfile" : nil
    case "pip", "pip3":
      guard words.first == "install", let flag = arguments.firstIndex(where: { $0 == "-r" || $0 == "--requirement" }),
        flag + 1 < arguments.count
      else { return nil }
      return arguments[flag + 1]
    default: return nil
    }
  }
}
