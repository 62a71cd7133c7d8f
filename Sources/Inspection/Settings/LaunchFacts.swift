import DockerfileSyntax
import SourceText

/// Writes down programs that start others without the container's environment: cron, `su -`, sshd.
struct LaunchFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    defer { facts.declare("drops-environment", .presumed, for: service.name) }
    let texts = scripts()
    let isSaved = texts.contains { _, text in
      ["printenv", "env >", "env|", "env |", "declare -p", "/etc/environment", "export -p", "declare -x", "set -a"]
        .contains(where: text.contains)
    }
    for (via, place) in launchers() {
      let jobs = via == "cron" ? jobs(texts) : []
      let names = jobs.flatMap(uses).filter { use in !["PATH", "HOME"].contains(use.name) }
      let known = names.first { use in variables.contains { $0.name == use.name } } ?? names.first
      let given = variables.first { $0.by != "image" }
      guard known != nil || given != nil else { continue }
      facts.add(
        "drops-environment",
        [
          "service": Cell(service.name), "via": Cell(via, place), "saved": Cell(isSaved),
          "name": Cell(known?.name ?? given?.name, known?.place ?? given?.value.place),
          "uses": Cell(known != nil), "job": Cell(jobs.first?.path ?? "", jobs.first.flatMap(shebang)),
        ], at: place ?? service.place)
    }
  }

  // MARK: Who starts it

  private func launchers() -> [(String, Place?)] {
    var found: [(String, Place?)] = []
    for layer in chain.layers {
      let name = Path.name(layer.program.text)
      if isCron(name, layer.arguments.map(\.text)) { found.append(("cron", layer.program.place ?? layer.commandPlace)) }
      if name == "su", layer.arguments.contains(where: { ["-", "-l", "--login"].contains($0.text) }) {
        found.append(("su", layer.program.place ?? layer.commandPlace))
      }
      if name == "sshd" { found.append(("sshd", layer.program.place ?? layer.commandPlace)) }
      if layer.kind == .sh, let text = layer.arguments.last {
        for command in ShellCommands(Shell.Script(Array(text.text.utf8))).commands
        where launchesCron(command) {
          found.append(("cron", layer.commandPlace))
        }
      }
      guard layer.kind == .script, let path = layer.file, let file = workspace.file(path) else { continue }
      for command in ShellCommands(Shell.Script(file.bytes)).commands {
        let words = command.arguments.compactMap(\.text)
        let program = command.program ?? ""
        let place = command.words.first.map { Place(file: path, $0.range) }
        if launchesCron(command) {
          found.append(("cron", place))
        } else if program == "su", words.contains(where: { ["-", "-l", "--login"].contains($0) }) {
          found.append(("su", place))
        }
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.0).inserted }
  }

  private func launchesCron(_ command: ShellCommand) -> Bool {
    let program = command.program ?? ""
    let words = command.arguments.compactMap(\.text)
    return isCron(program, words) || ["service", "rc-service"].contains(program) && words.first == "cron"
      || Path.name(program) == "cron" && words.first == "start"
  }

  /// Debian's cron and cronie give jobs an environment of their own; BusyBox's crond hands its own on.
  private func isCron(_ program: String, _ words: [String]) -> Bool {
    if program == "cron" { return true }
    return program == "crond" && service.stage?.base?["distribution"] != "alpine" && service.stage?.base != nil
  }

  // MARK: Jobs

  /// How much of a script is searched for the names of others, in bytes.
  private static let sizeLimit = 64 << 10

  /// The scripts of the container, with their text.
  private func scripts() -> [(path: String, text: String)] {
    let layers = chain.layers.compactMap { $0.kind == .script ? $0.file : nil }
    let held = (service.stage?.files.values ?? [:].values).compactMap(\.projectFile).sorted().filter { path in
      path.hasSuffix(".sh") || path.contains("cron") || layers.contains(path)
    }
    return held.prefix(50).compactMap { path in
      workspace.file(path).map { (path, $0.text(ByteRange(0, min($0.bytes.count, Self.sizeLimit)))) }
    }
  }

  /// The scripts that lines of a crontab name.
  private func jobs(_ texts: [(path: String, text: String)]) -> [SourceFile] {
    var files: [SourceFile] = []
    for (_, text) in texts where text.contains("cron") || text.contains("* *") {
      for held in service.stage?.files.values.sorted(by: { $0.path < $1.path }) ?? [] {
        guard let path = held.projectFile, text.contains(held.path), !chain.layers.contains(where: { $0.file == path }),
          let file = workspace.file(path), Shell.Shebang(file.bytes) != nil || path.hasSuffix(".sh"),
          !files.contains(where: { $0.path == path })
        else { continue }
        files.append(file)
      }
    }
    return files
  }

  /// The first line of a script, behind which it could read a file.
  private func shebang(_ file: SourceFile) -> Place? {
    guard Shell.Shebang(file.bytes) != nil else { return nil }
    let end = file.bytes.firstIndex(of: 0x0A) ?? file.bytes.count
    return Place(file: file.path, ByteRange(0, end))
  }

  /// The variables that a script uses and does not set itself.
  private func uses(_ file: SourceFile) -> [(name: String, place: Place)] {
    var own: Set<String> = []
    var found: [(String, Place)] = []
    for command in Shell.Script(file.bytes).simpleCommands {
      for variable in (command.words + command.assignments.map(\.value)).flatMap(\.variables)
      where !own.contains(variable.name) && variable.modifier == "" && variable.name.utf8.count > 1 {
        found.append((variable.name, Place(file: file.path, variable.range)))
      }
      own.formUnion(command.assignments.map(\.name))
      // What a script reads from a file may set anything.
      if ["source", "."].contains(command.name ?? "") { return [] }
    }
    return found
  }
}
