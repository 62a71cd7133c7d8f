import DockerfileSyntax
import SourceText

/// Rewrites a shell-form command in exec form.
enum ExecForm {
  /// Nil where only a shell can do it: variables, pipes, several commands, redirections.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let script = Shell.Script(target.file.bytes, target.range)
    guard script.opaque.isEmpty, script.statements.count == 1, let statement = script.statements.first,
      !statement.isBackground, statement.pipelines.count == 1, let pipeline = statement.pipelines.first,
      pipeline.commands.count == 1, case .simple(let command)? = pipeline.commands.first,
      command.assignments.isEmpty, command.redirections.isEmpty
    else { return nil }
    var words = command.words
    if words.first?.value == "exec" { words.removeFirst() }
    let values = words.compactMap { $0.isPattern ? nil : $0.value }
    guard !values.isEmpty, values.count == words.count else { return nil }
    return [TextEdit(target.range, JSONArrayText.of(values))]
  }
}

/// Rewrites a command that was meant to be a JSON array as a valid one.
enum ValidJSON {
  /// Nil where it is not clear what the elements are.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let bytes = target.file.bytes[target.range.start..<target.range.end]
    guard bytes.first == UInt8(ascii: "["), let elements = elements(Array(bytes.dropFirst())) else { return nil }
    return [TextEdit(target.range, JSONArrayText.of(elements))]
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
