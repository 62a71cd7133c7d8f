import DockerfileSyntax
import SourceText

/// What the commands of one RUN step do to a stage.
struct RunStep {
  let plan: BuildPlan
  let workspace: Workspace
  let go: GoSources
  let ignore: ContextIgnore?
  let step: StageEvaluation.Step

  func perform(_ run: Run, on model: inout StageModel) {
    guard let text = step.script else {
      if run.command.form == .exec { performExec(run.command.words, on: &model) } else { model.isUnderstood = false }
      return
    }
    let script = ShellCommands(text) { step.environment[$0]?.value }
    if !script.isUnderstood { model.isUnderstood = false }
    if text.writesFiles { model.makesUnknownFiles = true }
    var state = State(
      directory: step.directory, variables: [:], order: step.instruction.index,
      shellVariables: { name in step.environment[name]?.value })
    for (index, command) in script.commands.enumerated() {
      perform(command, &state, &model)
      if index == script.commands.count - 1, let program = command.program,
        ["cd", "export", "source", "."].contains(program),
        !command.isConditional, model.commands.last?.order == state.order
      {
        model.commands[model.commands.count - 1].isAlone = true
        model.commands[model.commands.count - 1].isSole = index == 0
      }
    }
    FileCommands(plan: plan, directory: state.directory, order: state.order).redirect(text, on: &model)
  }

  /// RUN in exec form: one command, without a shell.
  private func performExec(_ words: [DockerfileSyntax.Word], on model: inout StageModel) {
    var state = State(
      directory: step.directory, variables: [:], order: step.instruction.index,
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
    /// How many scripts and Makefiles stand between the step and the command.
    var depth = 0
    let shellVariables: (String) -> String?

    func variable(_ name: String) -> Cell? { variables[name] ?? shellVariables(name).map { Cell($0) } }
  }

  private func perform(_ command: ShellCommand, _ state: inout State, _ model: inout StageModel) {
    for (name, value) in command.assignments where command.words.isEmpty {
      state.variables[name] = Cell(value.text, plan.place(value.range))
    }
    guard let program = command.program else { return }
    model.packageIndex.follow(command, order: state.order)
    switch program {
    case "cd":
      state.directory = command.arguments.first?.text.flatMap { path in state.directory.map { Path.join($0, path) } }
    case "export":
      for word in command.arguments {
        guard let text = word.text, let sign = text.firstIndex(of: "=") else { continue }
        state.variables[String(text[..<sign])] = Cell(String(text[text.index(after: sign)...]), plan.place(word.range))
      }
    case "apk", "apt-get", "apt", "yum", "dnf", "microdnf", "zypper": install(command, &model)
    case "mkdir":
      for word in command.arguments { makeDirectory(word, state, &model) }
    case "go": GoStep(run: self, command: command, state: state).perform(on: &model)
    case "npm", "yarn", "pnpm":
      let verb = command.arguments.first?.text ?? "install"
      // `npm build` is no `npm run build`: it builds add-ons of what is installed.
      let makesNothing =
        ["ci", "install", "i", "--version", "config"].contains(verb) || program == "npm" && verb == "build"
      if !makesNothing {
        if let outputs = outputs(of: command, program, state, model) {
          model.outputs += outputs
        } else {
          model.makesUnknownFiles = true
        }
      }
    default: if !Self.makesNoFiles.contains(program) { model.makesUnknownFiles = true }
    }
    FileCommands(plan: plan, directory: state.directory, order: state.order).perform(command, on: &model)
    record(command, program, state, &model)
    follow(command, program, state, &model)
  }

  // MARK: Scripts of packages

  /// The folders that the build script of a package makes; nil where it may write elsewhere too.
  private func outputs(of command: ShellCommand, _ program: String, _ state: State, _ model: StageModel) -> [String]? {
    let arguments = command.arguments.map { $0.text ?? "-" }
    guard let directory = state.directory, let script = PackageScripts.script(called: program, arguments),
      let file = held("package.json", in: directory, model)
    else { return nil }
    let made = PackageScripts(file).outputs(of: script) { name in
      held(name, in: directory, model).map { $0.text(ByteRange(0, $0.bytes.count)) }
    }
    return made?.map { Path.join(directory, $0) }
  }

  private func held(_ name: String, in directory: String, _ model: StageModel) -> SourceFile? {
    model.files[Path.join(directory, name)]?.projectFile.flatMap(workspace.file)
  }

  /// What the scripts that an installation calls by itself need of the project.
  private func checkLifecycle(_ arguments: [String], _ need: StageNeed, _ directory: String, _ model: inout StageModel)
  {
    guard !arguments.contains("--ignore-scripts") else { return }
    let manifests = model.files.values.filter { file in
      Path.name(file.path) == "package.json" && Path.relative(file.path, to: directory) != nil
        && !file.path.contains("/node_modules/")
    }.sorted { $0.path < $1.path }
    for manifest in manifests.prefix(50) {
      guard let path = manifest.projectFile, let file = workspace.file(path) else { continue }
      for (place, command) in PackageScripts(file).lifecycle {
        guard let name = Self.needed(command), workspace.listing.contains(Path.join(Path.parent(path), name)) else {
          continue
        }
        need.look(
          for: Path.join(Path.parent(manifest.path), name), project: Path.join(Path.parent(path), name), .source,
          because: Cell(name, place), in: &model)
      }
    }
  }

  /// The file of the project that a command cannot do without.
  private static func needed(_ command: ShellCommand) -> String? {
    let words = command.words.map { $0.text ?? "" }.drop { $0 == "npx" || $0 == "dotenv" || $0 == "--" }
    guard let program = words.first else { return nil }
    let rest = words.dropFirst()
    switch Path.name(program) {
    // https://www.prisma.io/docs/orm/prisma-schema/overview/location
    case "prisma":
      guard rest.first == "generate" else { return nil }
      if let option = rest.firstIndex(of: "--schema"), option + 1 < rest.endIndex {
        return Path.clean(rest[option + 1])
      }
      return "prisma/schema.prisma"
    case "node", "sh", "bash":
      return rest.first.flatMap { $0.hasPrefix("-") || $0.hasPrefix("/") ? nil : Path.clean($0) }
    default: return program.hasPrefix("./") ? Path.clean(program) : nil
    }
  }

  // MARK: Scripts and Makefiles

  /// Goes on with the commands of a script of the project, or of the recipe that make is told to make.
  private func follow(_ command: ShellCommand, _ program: String, _ state: State, _ model: inout StageModel) {
    guard state.depth < 4, let directory = state.directory else { return }
    var inner = state
    inner.depth += 1
    // What is set for a command holds for everything that it calls.
    for (name, value) in command.assignments { inner.variables[name] = Cell(value.text, plan.place(value.range)) }
    if program == "make" {
      var words = command.arguments.compactMap(\.text)
      var directory = directory
      if let option = words.firstIndex(where: { $0 == "-C" || $0 == "--directory" }), option + 1 < words.count {
        directory = Path.join(directory, words[option + 1])
        words.removeSubrange(option...(option + 1))
        inner.directory = directory
      }
      let held = Recipes.fileNames.compactMap { model.files[Path.join(directory, $0)]?.projectFile }.first
      guard let file = held.flatMap(workspace.file),
        !words.contains(where: { $0.hasPrefix("-C") || $0.hasPrefix("-f") })
      else { return }
      var given: [String: String] = [:]
      for word in words {
        if let sign = word.firstIndex(of: "="), !word.hasPrefix("-") {
          given[String(word[..<sign])] = String(word[word.index(after: sign)...])
          inner.variables[String(word[..<sign])] = Cell(String(word[word.index(after: sign)...]))
        }
      }
      let recipes = Recipes(file, given: given)
      let targets = words.filter { !$0.hasPrefix("-") && !$0.contains("=") }
      for target in targets.isEmpty ? [recipes.firstTarget].compactMap({ $0 }) : targets {
        for line in recipes.commands(making: target) {
          var own = inner  // each line of a recipe has a shell of its own
          perform(Shell.Script(Array(line.utf8)), command, &own, &model)
        }
      }
    } else if let path = model.commands.last(where: {
      $0.order == state.order && $0.place == plan.place(step.instruction.range)
    })?.file,
      path == scriptPath(command, program, directory, model), let file = workspace.file(path),
      Shell.Shebang(file.bytes) != nil || path.hasSuffix(".sh")
    {
      perform(Shell.Script(file.bytes), command, &inner, &model)
    }
  }

  /// The commands of another file, with all places those of the command that leads there.
  private func perform(_ script: Shell.Script, _ caller: ShellCommand, _ state: inout State, _ model: inout StageModel)
  {
    let known = state
    let commands = ShellCommands(script) { known.variable($0)?.value }
    model.makesUnknownFiles = true
    for command in commands.commands.prefix(400) {
      perform(command.moved(to: caller.words.first?.range ?? caller.range), &state, &model)
    }
  }

  private func scriptPath(_ command: ShellCommand, _ program: String, _ directory: String, _ model: StageModel)
    -> String?
  {
    let path =
      ["sh", "bash", "ash"].contains(program)
      ? command.arguments.compactMap(\.text).first { !$0.hasPrefix("-") } : command.words.first?.text
    return path.flatMap { model.files[Path.join(directory, $0)]?.projectFile }
  }

  /// Programs that leave the stage's files as they are, or make only what is said elsewhere.
  private static let makesNoFiles: Set<String> = [
    "echo", "printf", "true", ":", "set", "test", "[", "chmod", "chown", "chgrp", "adduser", "addgroup", "useradd",
    "groupadd",
    "usermod", "update-ca-certificates", "apk", "apt-get", "apt", "yum", "dnf", "microdnf", "pip", "pip3", "rm", "ls",
    "pwd", "env",
    "export", "unset", "whoami", "id", "which", "ldconfig", "sleep", "date", "exit",
  ]

  // MARK: Commands

  private func record(_ command: ShellCommand, _ program: String, _ state: State, _ model: inout StageModel) {
    guard program != "go" else { return }  // GoStep says more of it
    let arguments = command.arguments.compactMap(\.text)
    let verb = arguments.first { !$0.hasPrefix("-") }
    var entry = stageCommand(command, verb: verb ?? "", state, model)
    if let manifest = PackageManagers.manifest(of: program, arguments), let directory = state.directory {
      entry.readsManifest = true
      entry.manifest = model.files[Path.join(directory, manifest)] != nil
      if entry.manifest == false, !model.isUnderstood { entry.manifest = nil }
      entry.module = model.files[Path.join(directory, manifest)]?.projectFile.map(Path.parent)
      entry.fetches = true
    } else if Self.fetching.contains(program) {
      entry.fetches = true
    }
    if let path = command.words.first?.text, path.contains("/"), let directory = state.directory {
      let held = model.files[Path.join(directory, path)]
      entry.file = held?.unchangedFile
      if let held, held.origin == .context { entry.isExecutable = held.mode.map { $0 & 0o111 != 0 } }
    } else if ["sh", "bash", "ash"].contains(program), let path = arguments.first(where: { !$0.hasPrefix("-") }),
      let directory = state.directory
    {
      entry.file = model.files[Path.join(directory, path)]?.unchangedFile
    }
    model.commands.append(entry)
    checkManifest(program, arguments, entry, &model)
    checkWrapper(program, command, entry, &model)
  }

  /// What the wrapper of a build tool reads before it does anything else.
  private static let wrapperFiles = [
    "mvnw": [".mvn/wrapper/maven-wrapper.properties"],
    "gradlew": ["gradle/wrapper/gradle-wrapper.properties", "gradle/wrapper/gradle-wrapper.jar"],
  ]

  /// https://maven.apache.org/wrapper/, https://docs.gradle.org/current/userguide/gradle_wrapper.html
  private func checkWrapper(
    _ program: String, _ command: ShellCommand, _ entry: StageCommand, _ model: inout StageModel
  ) {
    guard let files = Self.wrapperFiles[program], let script = entry.file, let directory = entry.directory,
      let word = command.words.first(where: { $0.text.map(Path.name) == program })?.text
    else { return }
    let need = StageNeed(
      plan: plan, workspace: workspace, ignore: ignore, tool: entry.tool, order: entry.order, place: entry.place)
    for file in files {
      let project = Path.join(Path.parent(script), file)
      // People leave binaries out of what they show: only what is in the project can be missing in the stage.
      guard workspace.listing.contains(project) else { continue }
      let path = Path.join(Path.parent(Path.join(directory, word)), file)
      need.look(for: path, project: project, .manifest, because: entry.tool, in: &model)
    }
  }

  /// Programs that download what they are asked for, manifest or not.
  private static let fetching: Set<String> = [
    "apt", "apt-get", "apk", "yum", "dnf", "microdnf", "gradle", "gradlew", "dotnet", "gem", "pip", "pip3", "npm",
    "npx", "yarn", "pnpm", "corepack", "curl", "wget", "git", "dep", "glide", "sbt", "cargo", "composer", "bundle",
  ]

  /// The manifest and the lock file that a package manager reads.
  private func checkManifest(_ program: String, _ arguments: [String], _ entry: StageCommand, _ model: inout StageModel)
  {
    guard let manifest = PackageManagers.manifest(of: program, arguments), let directory = entry.directory,
      let context = plan.context
    else { return }
    let need = StageNeed(
      plan: plan, workspace: workspace, ignore: ignore, tool: entry.tool, order: entry.order, place: entry.place)
    let path = Path.join(directory, manifest)
    if let held = model.files[path] {
      guard let source = held.projectFile else { return }
      need.lookForNeighbours(of: source, at: path, in: &model)
      if ["npm", "yarn", "pnpm"].contains(program) { checkLifecycle(arguments, need, directory, &model) }
      guard let locks = PackageManagers.locks(of: program, arguments) else { return }
      let folder = Path.parent(source)
      if locks.contains(where: { model.files[Path.join(directory, $0)] != nil }) { return }
      let name = locks.first { workspace.listing.contains(Path.join(folder, $0)) } ?? locks[0]
      need.look(
        for: Path.join(directory, name), project: Path.join(folder, name), .lock, because: Cell(name), in: &model)
    } else {
      let name = Path.name(manifest)
      let here = Path.join(context, manifest)
      let all = workspace.listing.paths(below: context).filter { Path.name($0) == name }
      let project = workspace.listing.contains(here) ? here : all.count == 1 ? all.first ?? here : here
      need.look(for: path, project: project, .manifest, because: Cell(name), in: &model)
    }
  }

  func stageCommand(_ command: ShellCommand, verb: String, _ state: State, _ model: StageModel) -> StageCommand {
    let tool = command.words.first.map { Cell(Path.name($0.text ?? ""), plan.place($0.range)) } ?? .unknown
    let program = command.program ?? ""
    return StageCommand(
      stage: model.index, order: state.order, tool: tool,
      verb: Cell(verb, command.arguments.first.flatMap { plan.place($0.range) }),
      arguments: command.arguments.map(\.outline).joined(separator: " "), directory: state.directory,
      user: step.user?.value ?? (step.user == nil ? "root" : nil), hasRights: rights(command, model),
      needsRoot: Self.needsRoot.contains(program),
      index: model.packageIndex.state(for: command, order: state.order), place: plan.place(step.instruction.range))
  }

  /// Whether the user may do what only root may; nil for what anybody may do.
  private func rights(_ command: ShellCommand, _ model: StageModel) -> Bool? {
    guard let program = command.program, Self.needsRoot.contains(program) else { return nil }
    let verb = command.arguments.first { $0.text?.hasPrefix("-") != true }?.text ?? ""
    guard
      !Self.packageManagers.contains(program)
        || ["install", "add", "update", "upgrade", "del", "remove"].contains(verb)
    else { return true }
    guard let user = step.user else { return model.base == nil ? nil : true }
    return user.value.map { ["root", "0"].contains($0.prefix { $0 != ":" }) }
  }

  private static let packageManagers: Set<String> = ["apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper"]
  private static let needsRoot: Set<String> = packageManagers.union([
    "adduser", "addgroup", "useradd", "groupadd", "usermod", "update-ca-certificates", "ldconfig", "locale-gen",
  ])

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

extension Shell.Script {
  /// Whether the output of a command goes to a file.
  fileprivate var writesFiles: Bool {
    simpleCommands.contains { command in
      command.redirections.contains {
        $0.operation.contains(">") && $0.target.value.map { !$0.hasPrefix("/dev/") && Int($0) == nil } ?? true
      }
    }
  }
}

extension HeldFile {
  /// The file of the project that it is a copy of.
  var projectFile: String? { origin == .context && !isDirectory ? source : nil }
  /// As `projectFile`, while it still reads the same.
  var unchangedFile: String? { isEdited ? nil : projectFile }
}
