import DockerfileSyntax
import SourceText

/// What an entry script does with PID 1.
struct ScriptReading {
  /// The command that runs the service: the last of the script, or the one behind `exec`.
  let start: ShellCommand?
  /// Whether the script becomes the service by `exec`.
  let replacesItself: Bool
  /// Whether it runs what it was given: `exec "$@"`.
  let passesArguments: Bool
  /// Whether it hands what it was given to a program that runs it: `exec sudo -E "$@"`.
  let launchesArguments: Bool
  /// Whether the service is started by the last command, so that an `exec` there changes nothing else.
  let startsLast: Bool
  let shebang: Shell.Shebang?
  let hasCarriageReturns: Bool
  /// The first command before the service that may take long: it waits for something, or sets something up.
  let wait: ShellCommand.Word?
  /// Whether the script does something when it is told to stop.
  let trapsSignals: Bool

  init(_ file: SourceFile) {
    shebang = Shell.Shebang(file.bytes)
    hasCarriageReturns =
      file.bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 > 0 && file.bytes[$0 - 1] == UInt8(ascii: "\r") } ?? false
    let script = Shell.Script(file.bytes)
    let commands = ShellCommands(script).commands.filter { !$0.words.isEmpty }
    let executed = commands.last { $0.isExec }
    let last = commands.last { !$0.isBackground && !Self.isBookkeeping($0) } ?? commands.last
    start = executed ?? last
    replacesItself = executed != nil
    startsLast = start?.isLast ?? false
    let before = executed.map { last in commands.filter { $0.range.end <= last.range.start } } ?? []
    wait = before.first { Self.takesLong($0) }?.words.first
    trapsSignals = commands.contains { command in
      command.program == "trap" && command.arguments.contains { ["TERM", "SIGTERM", "15", "EXIT"].contains($0.text) }
    }
    passesArguments = start?.words.first.map { Self.isArguments($0, file) } ?? false
    launchesArguments = start.map { Self.launchesArguments($0, file) } ?? false
  }

  private static func takesLong(_ command: ShellCommand) -> Bool {
    guard let program = command.program, !command.isBackground else { return false }
    let words = command.arguments.compactMap(\.text)
    if [
      "sleep", "wait-for-it.sh", "wait-for-it", "wait-for", "dockerize", "pg_isready", "migrate", "goose", "flyway",
      "alembic",
    ].contains(program) {
      return true
    }
    return words.contains {
      ["migrate", "db:migrate", "migrate:deploy", "migration:run", "collectstatic"].contains($0)
    }
  }

  /// `wait`, `exit` and the like do not run the service.
  private static func isBookkeeping(_ command: ShellCommand) -> Bool {
    ["wait", "exit", "trap", "return", "true", ":", "fi", "set", "echo"].contains(command.program)
  }

  private static func launchesArguments(_ command: ShellCommand, _ file: SourceFile) -> Bool {
    guard let name = command.program.map(Path.name), let last = command.words.last else { return false }
    let launches = [Launcher.inits, Launcher.waiting, Launcher.replacing].contains { $0.contains(name) }
    return launches && isArguments(last, file)
  }

  /// Whether a word stands for all that the script was called with.
  static func isArguments(_ word: ShellCommand.Word, _ file: SourceFile) -> Bool {
    word.text == nil && ["\"$@\"", "$@", "\"${@}\"", "$*", "\"$*\""].contains(file.text(word.range))
  }
}
