import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The person's own editor, opened at a line.
struct Editor {
  /// As the person wrote it: a program, maybe with arguments.
  let command: String

  /// The first that is not empty, else `vi`.
  init(_ visual: String, or editor: String) {
    command = [visual, editor].first { $0.contains { $0 != " " } } ?? "vi"
  }

  /// Opens the file and waits until the editor ends; false when it could not be started.
  func open(_ path: String, line: Int) -> Bool {
    let status = system("\(command) \(arguments(path, line: line))")
    // 126 and 127 are the shell's words for a program that it cannot run or find.
    return status != -1 && ![126, 127].contains(status >> 8 & 0xFF)
  }

  /// How the editor wants the line; most take `+LINE` before the file.
  func arguments(_ path: String, line: Int) -> String {
    let name = Path.name(String(command.split(separator: " ").first ?? ""))
    let file = Self.quoted(path)
    return switch name {
    case "code", "codium", "cursor": "--wait --goto \(file):\(line)"
    case "hx", "helix", "subl", "zed": "\(file):\(line)"
    default: "+\(line) \(file)"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
