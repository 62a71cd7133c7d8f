import DockerfileSyntax
import Inspection
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
    let isYAML = [".yaml", ".yml"].contains { target.file.path.hasSuffix($0) }
    guard let text = isYAML ? unquoted(target) : Array(target.file.bytes[target.range.start..<target.range.end]) else {
      return nil
    }
    let words: [String]?
    switch ShellCall(text) {
    // Compose calls no shell by itself.
    case .none: words = isYAML ? nil : replacing(text, shell: ["sh", "-c"])
    case .text(let shell, let text): words = replacing(Array(text.utf8), shell: shell)
    case .unclear: words = nil
    }
    return words.map(JSONArrayText.of)
  }

  /// A value of YAML without its quotes; nil where something in it is escaped.
  private static func unquoted(_ target: Rewriters.Target) -> [UInt8]? {
    let text = target.file.bytes[target.range.start..<target.range.end]
    guard let quote = text.first, "'\"".utf8.contains(quote) else { return Array(text) }
    let inner = text.dropFirst().dropLast()
    return text.count > 1 && text.last == quote && !inner.contains(quote) ? Array(inner) : nil
  }

  /// The words that run a script without a shell above its program.
  private static func replacing(_ text: [UInt8], shell: [String]) -> [String]? {
    let script = Shell.Script(text)
    guard script.opaque.isEmpty, let command = lastCommand(script) else { return nil }
    return words(script, command) ?? replacingShell(command, text).map { shell + [$0] }
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

  private static func replacingShell(_ command: Shell.SimpleCommand, _ text: [UInt8]) -> String? {
    guard let program = command.words.first, program.range.end <= text.count, !text.contains(0x0A) else { return nil }
    let before = String(decoding: text[..<program.range.start], as: UTF8.self)
    let after = String(decoding: text[program.range.start...], as: UTF8.self)
    return before + (program.value == "exec" ? "" : "exec ") + after
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

/// A command that calls a shell by name: `["sh", "-c", "serve; true"]` in a Dockerfile or a compose file, or `sh -c "serve; true"`.
private enum ShellCall {
  /// It calls none.
  case none
  /// The shell with its options, and what it is to run.
  case text(shell: [String], String)
  /// What it is to run cannot be told from how that is written: escapes, further arguments.
  case unclear

  init(_ bytes: [UInt8]) {
    let isArray = bytes.first == UInt8(ascii: "[")
    guard let words = isArray ? ValidJSON.elements(Array(bytes.dropFirst())) : Self.words(bytes) else {
      self = isArray ? .unclear : .none
      return
    }
    guard let program = words.first, Launcher.shells.contains(Path.name(program)) else {
      self = isArray ? .unclear : .none
      return
    }
    let isPlain = words.count == 3 && words[1].hasPrefix("-") && words[1].hasSuffix("c")
    self = isPlain && !bytes.contains(UInt8(ascii: "\\")) ? .text(shell: [program, words[1]], words[2]) : .unclear
  }

  /// The words of one plain command, as they are between their quotes; nil where it is more than that.
  private static func words(_ bytes: [UInt8]) -> [String]? {
    let script = Shell.Script(bytes)
    guard script.statements.count == 1, let pipeline = script.statements[0].pipelines.first,
      script.statements[0].pipelines.count == 1, pipeline.commands.count == 1,
      case .simple(let command)? = pipeline.commands.first, command.assignments.isEmpty, command.redirections.isEmpty
    else { return nil }
    return command.words.map { word in
      let text = bytes[word.range.start..<word.range.end]
      guard text.count > 1, let quote = text.first, quote == text.last, "'\"".utf8.contains(quote),
        !text.dropFirst().dropLast().contains(quote)
      else { return word.value ?? String(decoding: text, as: UTF8.self) }
      return String(decoding: text.dropFirst().dropLast(), as: UTF8.self)
    }
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
  static func elements(_ bytes: [UInt8]) -> [String]? {
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
