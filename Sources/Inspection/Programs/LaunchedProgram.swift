import ComposeSyntax
import DockerfileSyntax
import SourceText

/// The program that does the work behind launchers: scripts of package.json, recipes of make, `npx`, `nodemon`, `cross-env`, `poetry run`.
struct LaunchedProgram {
  let words: [CommandWords.Word]
  /// Variables that the launchers set for it.
  private(set) var variables: [ServiceModel.Setting] = []
  /// Whether launchers stand before it.
  let isLaunched: Bool

  /// More launchers than this are a circle.
  private static let limit = 12

  init(_ words: [CommandWords.Word], in files: ServiceFiles, _ workspace: Workspace, directory: String?) {
    var current = words
    var settings: [ServiceModel.Setting] = []
    var steps = 0
    var reader = LauncherReader(files: files, workspace: workspace, directory: directory)
    while steps < Self.limit, let next = reader.step(current, &settings) {
      current = next
      steps += 1
    }
    self.words = current
    isLaunched = steps > 0
    variables = settings
  }

  var name: String { words.first.map { Path.name($0.text) } ?? "" }
  var arguments: [CommandWords.Word] { Array(words.dropFirst()) }
}

/// Goes one launcher further.
private struct LauncherReader {
  let files: ServiceFiles
  let workspace: Workspace
  /// Where the next command is called.
  private(set) var directory: String?

  /// What the command starts; nil where it is no launcher, or one that is not understood.
  mutating func step(_ words: [CommandWords.Word], _ settings: inout [ServiceModel.Setting]) -> [CommandWords.Word]? {
    guard let first = words.first else { return nil }
    var rest = Array(words.dropFirst())
    switch Path.name(first.text) {
    case "npm", "pnpm", "yarn", "bun": return packageManager(Path.name(first.text), rest)
    case "npx", "bunx", "pnpx":
      rest = Array(rest.drop { $0.text.hasPrefix("-") })
      return rest.isEmpty ? nil : rest
    case "cross-env", "env", "cross-env-shell", "dotenv":
      var index = 0
      while index < rest.count, rest[index].text.contains("=") || rest[index].text.hasPrefix("-") {
        let parts = rest[index].text.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2, !rest[index].text.hasPrefix("-") {
          settings.append(ServiceModel.Setting(name: parts[0], value: Cell(parts[1], rest[index].place), by: "command"))
        }
        index += 1
      }
      return index < rest.count ? Array(rest[index...]) : nil
    case "nodemon", "tsnd", "watchexec":
      if let option = rest.firstIndex(where: { $0.text == "--exec" || $0.text == "-x" }), option + 1 < rest.count {
        return command(in: rest[option + 1])
      }
      return nil
    case "poetry", "pipenv", "uv", "rye", "hatch", "pdm":
      guard let run = rest.firstIndex(where: { $0.text == "run" }), run + 1 < rest.count else { return nil }
      return Array(rest[(run + 1)...].drop { $0.text.hasPrefix("-") })
    case "make": return recipe(rest)
    case "bundle": return rest.first?.text == "exec" && rest.count > 1 ? Array(rest.dropFirst()) : nil
    case "python", "python3":
      rest = Array(rest.drop { ["-u", "-B", "-O", "-I"].contains($0.text) })
      if rest.first?.text == "-m", rest.count > 1 { return Array(rest.dropFirst()) }
      return rest.first.map { Path.name($0.text) == "manage.py" } == true ? rest : nil
    case "wait-for-it.sh", "wait-for-it", "wait-for", "wait-for.sh":
      guard let mark = rest.firstIndex(where: { $0.text == "--" }), mark + 1 < rest.count else { return nil }
      return Array(rest[(mark + 1)...])
    case let name where Launcher.inits.contains(name) || Launcher.replacing.contains(name):
      let command = Handover(name, rest).command
      return command.isEmpty ? nil : command
    default: return nil
    }
  }

  // MARK: package.json

  private func packageManager(_ tool: String, _ words: [CommandWords.Word]) -> [CommandWords.Word]? {
    var rest = words
    while let text = rest.first?.text, text.hasPrefix("-") {
      // `--prefix web` and `--cwd web` name another folder; that is not followed.
      if ["--prefix", "--cwd", "-C", "--workspace", "-w", "--filter", "-F"].contains(text) { return nil }
      rest.removeFirst()
    }
    guard let verb = rest.first?.text else { return nil }
    rest.removeFirst()
    var script = verb
    if ["run", "run-script"].contains(verb) {
      guard let name = rest.first?.text else { return nil }
      script = name
      rest.removeFirst()
    } else if ["exec", "dlx", "x"].contains(verb) {
      return rest.isEmpty ? nil : Array(rest.drop { $0.text == "--" })
    } else if tool == "npm", !["start", "test", "stop", "restart"].contains(verb) {
      return nil
    }
    let isPassed = tool != "npm" || rest.first?.text == "--"
    if rest.first?.text == "--" { rest.removeFirst() }
    if let inner = packageScript(script) { return inner + (isPassed ? rest : []) }
    // yarn and pnpm take the name of a program too.
    return tool == "npm" || ["install", "start", "build", "add", "test"].contains(verb)
      ? nil : [CommandWords.Word(text: script, place: nil)] + rest
  }

  private func packageScript(_ name: String) -> [CommandWords.Word]? {
    guard let path = files.projectFile("package.json", in: directory), let file = workspace.file(path),
      let scalar = YAMLFile(file).root?["scripts"]?[name]?.scalar
    else { return nil }
    let bytes = Array(scalar.value.utf8)
    return words(of: Shell.Script(bytes)) { range in Place(file: path, scalar.map.source(of: range)) }
  }

  // MARK: Makefile

  /// The last command that make calls for a target; what stands before it ends before it begins.
  private mutating func recipe(_ words: [CommandWords.Word]) -> [CommandWords.Word]? {
    guard !words.contains(where: { $0.text.hasPrefix("-C") || $0.text.hasPrefix("-f") }),
      let path = Recipes.fileNames.compactMap({ files.projectFile($0, in: directory) }).first,
      let file = workspace.file(path)
    else { return nil }
    let recipes = Recipes(file, given: [:])
    guard
      let target = words.first(where: { !$0.text.hasPrefix("-") && !$0.text.contains("=") })?.text
        ?? recipes.firstTarget, let line = recipes.commands(making: target).last
    else { return nil }
    let commands = ShellCommands(Shell.Script(Array(line.utf8))).commands.filter { !$0.words.isEmpty }
    for command in commands where command.program == "cd" {
      guard let folder = command.arguments.first?.text else { return nil }
      directory = directory.map { Path.join($0, folder) }
    }
    let place = words.first?.place
    return commands.last?.words.map { CommandWords.Word(text: $0.text ?? "", place: place) }
  }

  // MARK: Shell text

  private func command(in word: CommandWords.Word) -> [CommandWords.Word]? {
    let place = word.place
    let extra = place.map { $0.range.count - word.text.utf8.count } ?? -1
    return words(of: Shell.Script(Array(word.text.utf8))) { range in
      guard let place, extra == 0 || extra == 2 else { return place }
      return Place(place.source, range.shifted(by: place.range.start + extra / 2))
    }
  }

  /// The words of the last command: what stands before it ends before it begins.
  private func words(of script: Shell.Script, _ place: (ByteRange) -> Place?) -> [CommandWords.Word]? {
    guard let last = ShellCommands(script).commands.last(where: { !$0.words.isEmpty }) else { return nil }
    return last.words.map { CommandWords.Word(text: $0.text ?? "", place: place($0.range)) }
  }
}
