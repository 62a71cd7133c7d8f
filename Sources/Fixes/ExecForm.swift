import DockerfileSyntax
import SourceText

/// Rewrites a shell-form command in exec form.
///
/// What needs a shell keeps one, which then replaces itself by the program: `["sh", "-c", "cd /app && exec serve $PORT"]`.
enum ExecForm {
  /// Nil where the program cannot take the shell's place: pipes, jobs in the background, text over several lines.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    array(target).map { [TextEdit(target.range, $0)] + outdated(target) }
  }

  /// The same for an entry point whose CMD was always meant as its arguments.
  static func editsKeepingCommand(_ target: Rewriters.Target) -> [TextEdit]? {
    array(target).map { [TextEdit(target.range, $0)] }
  }

  private static func array(_ target: Rewriters.Target) -> String? {
    let script = Shell.Script(target.file.bytes, target.range)
    guard script.opaque.isEmpty, let command = lastCommand(script) else { return nil }
    return words(script, command).map(JSONArrayText.of) ?? replacingShell(command, target).map(JSONArrayText.of)
  }

  /// The command that runs last, in front, and alone in its pipeline.
  private static func lastCommand(_ script: Shell.Script) -> Shell.SimpleCommand? {
    guard let statement = script.statements.last, !script.statements.contains(where: \.isBackground),
      let pipeline = statement.pipelines.last, pipeline.commands.count == 1, !pipeline.isNegated,
      !statement.pipelines.contains(where: { $0.connector == .or }),
      case .simple(let command)? = pipeline.commands.first, command.assignments.isEmpty,
      command.name.map({ !builtins.contains($0) }) ?? true
    else { return nil }
    return command
  }

  /// The words of a script that is one plain command.
  private static func words(_ script: Shell.Script, _ command: Shell.SimpleCommand) -> [String]? {
    guard script.statements.count == 1, script.statements.first?.pipelines.count == 1, command.redirections.isEmpty
    else { return nil }
    var words = command.words
    if words.first?.value == "exec" { words.removeFirst() }
    let values = words.compactMap { $0.isPattern ? nil : $0.value }
    return values.isEmpty || values.count != words.count ? nil : values
  }

  private static func replacingShell(_ command: Shell.SimpleCommand, _ target: Rewriters.Target) -> [String]? {
    let bytes = target.file.bytes[target.range.start..<target.range.end]
    guard let program = command.words.first, target.range.contains(program.range), !bytes.contains(0x0A)
    else { return nil }
    let before = target.file.text(ByteRange(target.range.start, program.range.start))
    let after = target.file.text(ByteRange(program.range.start, target.range.end))
    return ["sh", "-c", before + (program.value == "exec" ? "" : "exec ") + after]
  }

  /// What is part of the shell itself, and no program to take its place.
  private static let builtins: Set<String> = [
    ".", "source", "cd", "eval", "set", "export", "exit", "return", "wait", ":",
  ]

  /// Beside a shell-form ENTRYPOINT a CMD is ignored; beside one in exec form it would become its arguments.
  private static func outdated(_ target: Rewriters.Target) -> [TextEdit] {
    let lines = DockerfileLines(target.file)
    guard let entry = lines.instructions.first(where: { $0.range.contains(target.range.start) }),
      entry.keyword == .entrypoint,
      let from = lines.instructions.last(where: { $0.keyword == .from && $0.index < entry.index }),
      let (_, stage) = lines.stage(from: from.range)
    else { return [] }
    return stage.filter { $0.keyword == .cmd }.map(lines.deletion)
  }
}

/// Rewrites a command that was meant to be a JSON array as a valid one.
enum ValidJSON {
  /// Nil where it is not clear what the elements are.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let bytes = target.file.bytes[target.range.start..<target.range.end]
    guard bytes.first == UInt8(ascii: "["), let elements = elements(Array(bytes.dropFirst())) else { return nil }
    guard elements.contains(where: { $0.contains("$") }) else {
      return [TextEdit(target.range, JSONArrayText.of(elements))]
    }
    return withShell(elements, target).map { [TextEdit(target.range, JSONArrayText.of($0))] }
  }

  /// What has variables needs a shell, which hands the arguments of a CMD on to an entry point.
  private static func withShell(_ elements: [String], _ target: Rewriters.Target) -> [String]? {
    let instruction = DockerfileLines(target.file).instructions.first { $0.range.contains(target.range.start) }
    guard let instruction, elements.allSatisfy({ !$0.contains("\"") && !$0.contains("`") && !$0.contains("\\") }) else {
      return nil
    }
    let command = "exec " + elements.map { "\"\($0)\"" }.joined(separator: " ")
    return instruction.keyword == .entrypoint
      ? ["sh", "-c", command + " \"$@\"", "--"] : ["sh", "-c", command]
  }

  /// The texts between quotes of either kind, apart by commas. A closing bracket may be missing.
  private static func elements(_ bytes: [UInt8]) -> [String]? {
    var elements: [String] = []
    var index = 0
    func skipBlanks() { while index < bytes.count, [0x20, 0x09].contains(bytes[index]) { index += 1 } }
    while true {
      skipBlanks()
      guard index < bytes.count else { return elements.isEmpty ? nil : elements }
      if bytes[index] == UInt8(ascii: "]") { return index == bytes.count - 1 && !elements.isEmpty ? elements : nil }
      let quote = bytes[index]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { return nil }
        elements.append(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
        index = end + 1
      } else {
        // A word without quotes.
        let end =
          bytes[index...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") || $0 == 0x20 } ?? bytes.count
        guard end > index else { return nil }
        elements.append(String(decoding: bytes[index..<end], as: UTF8.self))
        index = end
      }
      skipBlanks()
      if index < bytes.count, bytes[index] == UInt8(ascii: ",") { index += 1 }
    }
  }
}

/// A JSON array of strings, as Dockerfiles have it.
enum JSONArrayText {
  static func of(_ values: [String]) -> String { "[" + values.map(quoted).joined(separator: ", ") + "]" }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
