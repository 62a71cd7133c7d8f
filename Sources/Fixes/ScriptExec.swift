import DockerfileSyntax
import SourceText

/// Lets the last program of an entry script take the script's place, with the arguments that the script was given as they are.
///
/// https://docs.docker.com/reference/dockerfile/#entrypoint
enum ScriptExec {
  /// Nil where the program does not begin a command of the script.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let script = Shell.Script(target.file.bytes)
    let command = script.simpleCommands.last { $0.words.first?.range.start == target.range.start }
    // `exec NAME=value program` would look for a program of that name.
    guard let command, command.assignments.isEmpty else { return nil }
    // Without quotes an argument with blanks falls apart.
    let arguments = command.words.filter { ["$@", "$*", "\"$*\"", "${@}"].contains(target.file.text($0.range)) }
    return [TextEdit(ByteRange(at: command.range.start), "exec ")] + arguments.map { TextEdit($0.range, "\"$@\"") }
  }
}
