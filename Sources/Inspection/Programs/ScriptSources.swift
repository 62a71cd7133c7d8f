import ProgramSource
import SourceText

/// The JavaScript and Python files of a project, and what the programs among them do. Read once, when somebody asks.
final class ScriptSources {
  private let workspace: Workspace
  private var nodePrograms: [String: NodeProgram?] = [:]
  private var pythonPrograms: [String: PythonProgram?] = [:]
  private lazy var javaScript = sources(["js", "ts", "mjs", "cjs", "jsx", "tsx", "json"])
  private lazy var python = sources(["py"])

  /// The source of more files than this is not read.
  private static let limit = 2000

  init(workspace: Workspace) { self.workspace = workspace }

  /// The Node.js program that begins with a file of the project.
  func node(_ entry: String) -> NodeProgram? {
    if let known = nodePrograms[entry] { return known }
    let program = NodeProgram(javaScript, entry: entry)
    nodePrograms[entry] = program
    return program
  }

  /// The Python program that begins with a file of the project.
  func python(_ entry: String) -> PythonProgram? {
    if let known = pythonPrograms[entry] { return known }
    let program = PythonProgram(python, entry: entry)
    pythonPrograms[entry] = program
    return program
  }

  /// Installed libraries are not the project's own.
  private static let foreign: Set<Substring> = ["node_modules", "site-packages", "venv", ".venv", ".git"]

  private func sources(_ endings: Set<String>) -> [SourceFile] {
    let paths = workspace.listing.items.map(\.path).filter { path in
      endings.contains(path.split(separator: ".").last.map(String.init) ?? "")
        && !path.split(separator: "/").contains(where: Self.foreign.contains)
    }
    return paths.prefix(Self.limit).compactMap(workspace.file)
  }
}
