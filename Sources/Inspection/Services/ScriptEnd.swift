import DockerfileSyntax
import SourceText

/// What ends an entry script before it starts the service.
struct ScriptEnd {
  enum Kind: String {
    /// Always.
    case early
    /// When the script is called without arguments: `set -u`, and `$1`.
    case unset
  }

  let kind: Kind
  /// The command or variable that does it.
  let text: String
  let place: Place

  /// - Parameter sourced: the file of the project behind a name that the script reads in with `.` or `source`.
  init?(_ file: SourceFile, sourced: (String) -> SourceFile? = { _ in nil }) {
    let commands = ShellCommands(Shell.Script(file.bytes)).commands.filter { !$0.words.isEmpty }
    guard let start = commands.last(where: { $0.isExec }) ?? commands.last(where: { !Self.isQuiet($0) }) else {
      return nil
    }
    for command in commands where command.range.end <= start.range.start && !command.isConditional {
      if let found = Self.ending(command, file) ?? Self.ending(in: command, sourced) {
        self = found
        return
      }
    }
    guard Self.isStrict(commands), let range = Self.firstArgument(in: file, before: start.range.end) else { return nil }
    self.init(kind: .unset, text: file.text(range), place: Place(file: file.path, range))
  }

  private init(kind: Kind, text: String, place: Place) {
    self.kind = kind
    self.text = text
    self.place = place
  }

  private static func ending(_ command: ShellCommand, _ file: SourceFile) -> ScriptEnd? {
    guard command.program == "exit", !command.isBackground else { return nil }
    return ScriptEnd(kind: .early, text: file.text(command.range), place: Place(file: file.path, command.range))
  }

  /// `exit` in a file that is read in ends the script that reads it.
  private static func ending(in command: ShellCommand, _ sourced: (String) -> SourceFile?) -> ScriptEnd? {
    guard [".", "source"].contains(command.words.first?.text), let name = command.arguments.first?.text,
      let file = sourced(name)
    else { return nil }
    return ShellCommands(Shell.Script(file.bytes)).commands
      .first { !$0.isConditional && $0.program == "exit" }
      .flatMap { ending($0, file) }
  }

  private static func isQuiet(_ command: ShellCommand) -> Bool {
    ["exit", "echo", "printf", "set", "trap", "return", "true", ":", "wait"].contains(command.program)
  }

  /// Whether variables that nobody set end the script.
  static func isStrict(_ commands: [ShellCommand]) -> Bool {
    commands.contains { command in
      command.program == "set"
        && command.arguments.contains { word in
          guard let text = word.text else { return false }
          return text == "nounset" || text.hasPrefix("-") && !text.hasPrefix("--") && text.contains("u")
        }
    }
  }

  static func isStrict(_ file: SourceFile) -> Bool { isStrict(ShellCommands(Shell.Script(file.bytes)).commands) }

  /// `$1` or `${1}` outside of comments and functions, which have arguments of their own.
  private static func firstArgument(in file: SourceFile, before end: Int) -> ByteRange? {
    let bytes = file.bytes
    var index = 0
    var isComment = false
    var depth = 0
    while index + 1 < min(end, bytes.count) {
      switch bytes[index] {
      case UInt8(ascii: "\n"): isComment = false
      case UInt8(ascii: "#"):
        if index == 0 || bytes[index - 1] == UInt8(ascii: " ") || bytes[index - 1] == UInt8(ascii: "\n") {
          isComment = true
        }
      case UInt8(ascii: "{"): if index > 0, bytes[index - 1] != UInt8(ascii: "$") { depth += 1 }
      case UInt8(ascii: "}"): if depth > 0 { depth -= 1 }
      case UInt8(ascii: "$") where !isComment && depth == 0:
        if bytes[index + 1] == UInt8(ascii: "1") { return ByteRange(index, index + 2) }
        if index + 3 < bytes.count, bytes[(index + 1)..<(index + 4)].elementsEqual("{1}".utf8) {
          return ByteRange(index, index + 4)
        }
      default: break
      }
      index += 1
    }
    return nil
  }
}
