import DockerfileSyntax
import SourceText

/// A layer of what runs in a container, from PID 1 inwards.
struct ProcessLayer {
  enum Kind: String {
    case sh, script, `init`, runner, program
  }

  var kind: Kind
  var program: CommandWords.Word
  var arguments: [CommandWords.Word] = []
  /// In the container, where it could be found.
  var path: String?
  /// The file of the project that it is a copy of.
  var file: String?
  /// Whether it replaces itself by the next layer; nil when that cannot be said.
  var isReplaced: Bool?
  var form: String
  var origin: CommandWords.Origin
  /// The whole command as it is written.
  var commandPlace: Place?
  var built: BuiltProgram?
  /// Whether an interpreter reads the file, rather than the kernel starting it.
  var isRead = false
}

/// Follows a container's command through shells, scripts and runners to the program that does the work.
struct ProcessChain {
  let service: ServiceModel
  let workspace: Workspace
  private(set) var layers: [ProcessLayer] = []
  private let arguments: CommandWords?

  /// More layers than this are a circle.
  private static let limit = 8
  /// A script that hands on its arguments more than once makes them no longer than this.
  private static let wordLimit = 4096
  /// How many programs have been followed, those included that leave no layer.
  private var steps = 0

  init(_ service: ServiceModel, _ workspace: Workspace) {
    self.service = service
    self.workspace = workspace
    let entrypoint = service.entrypoint
    arguments = service.arguments
    if let package = service.package {
      layers = [.source(package)]
    } else if let entrypoint, !entrypoint.words.isEmpty {
      // A shell-form entry point takes no arguments.
      follow(entrypoint, rest: entrypoint.isShellForm ? [] : arguments?.words ?? [])
    } else if let arguments {
      follow(arguments, rest: [])
    }
  }

  private mutating func follow(_ command: CommandWords, rest: [CommandWords.Word]) {
    let words = command.words + rest
    if command.isShellForm {
      addShell(command)
    } else {
      add(words, command)
    }
  }

  /// The next layer, and what it starts.
  private mutating func add(_ words: [CommandWords.Word], _ outer: CommandWords) {
    guard let program = words.first, layers.count < Self.limit, steps < 4 * Self.limit else { return }
    steps += 1
    // Behind an entry point that runs its arguments, the command is what CMD says.
    let isCommand = arguments.map { $0.words.count == words.count && $0.words.first?.text == program.text } ?? false
    let command = isCommand ? arguments ?? outer : outer
    if isCommand, command.isShellForm { return addShell(command) }
    let arguments = Array(words.dropFirst())
    let name = Path.name(program.text)
    var layer = ProcessLayer(
      kind: .program, program: program, arguments: arguments, form: command.isShellForm ? "shell" : "exec",
      origin: command.origin, commandPlace: command.place)
    locate(&layer)
    if Launcher.inits.contains(name) {
      layer.kind = .`init`
      layer.isReplaced = false
      layers.append(layer)
      return add(Handover(name, arguments).command, command)
    }
    let handover = Handover(name, arguments)
    if Launcher.waiting.contains(name), handover.text != nil || !handover.command.isEmpty {
      // They pass signals on, as an init does. BusyBox's su becomes what it starts; the others wait for it.
      layer.kind = .`init`
      layer.isReplaced = name == "su" && service.stage?.base?["distribution"] == "alpine"
      layers.append(layer)
      guard let text = handover.text else { return add(handover.command, command) }
      return addShellText(shell(of: layer), text, command)
    }
    if Launcher.shells.contains(name),
      let option = arguments.firstIndex(where: { $0.text.hasPrefix("-") && $0.text.hasSuffix("c") }),
      option + 1 < arguments.count
    {
      return addShellText(layer, arguments[option + 1], command)
    }
    if Launcher.shells.contains(name),
      let start = arguments.firstIndex(where: { !$0.text.hasPrefix("-") })
    {
      return addRead(layer, Array(arguments[start...]), command)
    }
    if Launcher.replacing.contains(name), !handover.command.isEmpty { return add(handover.command, command) }
    if command.origin == .base, layers.isEmpty, !arguments.isEmpty,
      name.hasSuffix("entrypoint.sh") || name.hasSuffix("entrypoint")
    {
      // The entry scripts of official images prepare something and then become their arguments.
      layer.kind = .script
      layer.isReplaced = true
      layers.append(layer)
      return add(arguments, command)
    }
    if let script = script(of: layer) { return addScript(layer, script, arguments, command) }
    if ["npm", "yarn", "pnpm", "npx", "pipenv", "poetry"].contains(name) {
      layer.kind = .runner
      layer.isReplaced = false
    }
    layers.append(layer)
  }

  // MARK: Shells

  private mutating func addShell(_ command: CommandWords) {
    guard let program = command.words.first, let text = command.words.last else { return }
    var layer = ProcessLayer(
      kind: .sh, program: program, arguments: [text], form: "shell", origin: command.origin, commandPlace: command.place
    )
    locate(&layer)
    layer.kind = .sh
    let commands = command.script.map { ShellCommands($0, lookup: variable) }
    enter(layer, commands, command)
  }

  /// The shell that `su -c` starts.
  private func shell(of layer: ProcessLayer) -> ProcessLayer {
    var shell = layer
    shell.program = CommandWords.Word(text: "sh", place: layer.program.place)
    shell.path = "/bin/sh"
    shell.file = nil
    return shell
  }

  private mutating func addShellText(_ layer: ProcessLayer, _ text: CommandWords.Word, _ command: CommandWords) {
    var layer = layer
    layer.kind = .sh
    let script = Shell.Script(Array(text.text.utf8))
    enter(layer, ShellCommands(script, lookup: variable), command, placed: false)
  }

  /// Adds a shell, and the program that it starts last.
  private mutating func enter(
    _ shell: ProcessLayer, _ commands: ShellCommands?, _ command: CommandWords, placed: Bool = true
  ) {
    var layer = shell
    guard let commands,
      let last = commands.commands.last(where: { !$0.words.isEmpty && !$0.isBackground && $0.isLast })
        ?? commands.commands.last(where: { !$0.words.isEmpty && !$0.isBackground })
    else {
      layers.append(layer)
      return
    }
    layer.isReplaced = last.isExec ? true : replacesItself(Path.name(shell.program.text), commands, last)
    layers.append(layer)
    let words = last.words.map { word in
      CommandWords.Word(text: word.text ?? "", place: placed ? service.plan.place(word.range) : nil)
    }
    add(words, command)
  }

  /// dash stays and waits; busybox's ash and bash replace themselves by a single command, or by the last of `a && b`.
  private func replacesItself(_ program: String, _ commands: ShellCommands, _ last: ShellCommand) -> Bool? {
    guard last.isLast, !last.isConditional else { return false }
    let name = program == "sh" ? service.stage?.base?["shell"] : program
    switch name {
    case "dash": return false
    case "ash", "bash": return commands.isSingleList ? true : false
    default: return nil
    }
  }

  private func variable(_ name: String) -> String? {
    service.image?.environment.first { $0.name == name }?.value
  }

  // MARK: Scripts

  /// The project's file behind a layer, when it is a script.
  private func script(of layer: ProcessLayer) -> SourceFile? {
    guard let path = layer.file, let file = workspace.file(path) else { return nil }
    if Shell.Shebang(file.bytes) != nil { return file }
    return path.hasSuffix(".sh") ? file : nil
  }

  /// `sh script.sh`: a shell that reads a script, which need not be executable.
  private mutating func addRead(_ shell: ProcessLayer, _ words: [CommandWords.Word], _ command: CommandWords) {
    guard let first = words.first else { return }
    var script = ProcessLayer(
      kind: .script, program: first, arguments: Array(words.dropFirst()), form: "exec", origin: command.origin,
      commandPlace: command.place)
    locate(&script)
    script.isRead = true
    var layer = shell
    layer.kind = .sh
    layer.isReplaced = false
    guard let path = script.file, let file = workspace.file(path) else {
      layer.kind = .program
      layers.append(layer)
      return
    }
    layer.isReplaced = true  // the shell that reads the script is the script's process
    layers.append(layer)
    addScript(script, file, script.arguments, command)
  }

  private mutating func addScript(
    _ layer: ProcessLayer, _ file: SourceFile, _ arguments: [CommandWords.Word], _ command: CommandWords
  ) {
    var layer = layer
    layer.kind = .script
    let reading = ScriptReading(file)
    layer.isReplaced = reading.replacesItself
    layers.append(layer)
    if reading.passesArguments {
      add(arguments, command)
    } else if let start = reading.start {
      // `exec gosu app "$@"` goes on with what the script was given.
      var words: [CommandWords.Word] = []
      for word in start.words where words.count < Self.wordLimit {
        if ScriptReading.isArguments(word, file) {
          words += arguments
        } else {
          words.append(CommandWords.Word(text: word.text ?? "", place: Place(file: file.path, word.range)))
        }
      }
      add(
        words, CommandWords(isShellForm: false, words: words, origin: .own, place: Place(file: file.path, start.range)))
    }
  }

  // MARK: Where a program is

  private func locate(_ layer: inout ProcessLayer) {
    let text = layer.program.text
    guard !text.isEmpty else { return }
    let files = service.stage?.files ?? [:]
    if text.contains("/") {
      layer.path = workingDirectory.map { Path.join($0, text) } ?? (text.hasPrefix("/") ? Path.clean(text) : nil)
    } else {
      layer.path = searchPath.lazy.map { Path.join($0, text) }.first { files[$0]?.isDirectory == false }
    }
    guard let path = layer.path, let held = files[path] else { return }
    layer.file = held.projectFile
    let builder = held.origin == .context ? nil : service.stages[held.stage]
    layer.built = builder?.programs.last { $0.path == held.source && $0.stage == held.stage }
  }

  /// Where the main process begins; nil where that is not known.
  var workingDirectory: String? {
    if let directory = service.compose?["working_dir"]?.string { return directory }
    if let directory = service.command?.value("--workdir") { return directory }
    guard let image = service.image else { return nil }
    return image.workingDirectory.map { $0.value.value } ?? (image.isBaseKnown ? "/" : nil)
  }

  private var searchPath: [String] {
    let path =
      service.image?.environment.first { $0.name == "PATH" }?.value
      ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return path.split(separator: ":").map(String.init)
  }
}

extension ShellCommands {
  /// Whether the text is one command, or commands joined by `&&` alone.
  var isSingleList: Bool { !commands.isEmpty && statementCount == 1 && !hasPipe }
}
