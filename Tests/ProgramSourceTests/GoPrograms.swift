import SourceText

@testable import ProgramSource

/// Builds programs out of a few lines of Go.
enum GoPrograms {
  /// The program whose main package is the root folder, or `main` where a file lies in that folder.
  static func program(_ files: [String: String], module: String = "example.com/app") -> GoProgram? {
    let sources = files.map { SourceFile(path: $0, text: $1) }
    let project = GoProject(
      files: sources.map(GoFile.init), modules: [GoModFile(SourceFile(path: "go.mod", text: "module \(module)\n"))])
    return GoProgram(project, directory: files.keys.contains { $0.hasPrefix("cmd/") } ? "cmd" : "")
  }

  /// A main package of one file: imports by name of the package, and what stands behind them.
  static func program(_ imports: [String], _ code: String) -> GoProgram? {
    program(["main.go": file(imports, code)])
  }

  static func file(_ imports: [String], _ code: String, package: String = "main") -> String {
    "package \(package)\n\nimport (\n" + imports.map { "\t\"\($0)\"\n" }.joined() + ")\n\n" + code + "\n"
  }

  static func main(_ imports: [String], _ body: String) -> GoProgram? {
    program(imports, "func main() {\n\(body)\n}")
  }

  /// `"127.0.0.1" constant : 8080 default [PORT]`
  static func summary(_ listener: Listener) -> String {
    "\(part(listener.host) { "\"\($0)\"" }) : \(part(listener.port) { String($0) })"
  }

  static func part<Value>(_ traced: Traced<Value>, _ show: (Value) -> String) -> String {
    let value = traced.value.value.map(show) ?? "?"
    let setters = traced.setters.map { setter in
      switch setter.kind {
      case .variable: "$\(setter.name)"
      case .flag: "--\(setter.name)"
      case .argument: "#\(setter.name)"
      case .configuration: "config \(setter.name)"
      case .input: "input"
      }
    }
    return "\(value) \(traced.origin)" + (setters.isEmpty ? "" : " [\(setters.joined(separator: " "))]")
  }
}
