import ProgramSource

/// The Python program that a service runs: `python app.py`, `python -m shop`, or what a server such as gunicorn loads.
struct PythonEntry {
  let program: PythonProgram
  /// Whether a server loads the program, which then listens instead of it.
  let isServed: Bool

  private static let servers: Set<String> = ["uvicorn", "gunicorn", "hypercorn", "daphne", "waitress-serve"]

  init?(_ launched: LaunchedProgram, _ files: ServiceFiles, _ scripts: ScriptSources, directory: String?) {
    let arguments = launched.arguments.map(\.text)
    let name = launched.name
    var candidates: [String]
    if Self.servers.contains(name) {
      // `shop.wsgi:application`
      guard let module = arguments.first(where: { $0.contains(":") && !$0.contains(".0") && !$0.hasPrefix("-") }),
        let path = module.split(separator: ":").first
      else { return nil }
      candidates = Self.files(ofModule: String(path))
      isServed = true
    } else if name.hasPrefix("python"), name.dropFirst(6).allSatisfy({ $0.isNumber || $0 == "." }) {
      guard let word = arguments.first(where: { !["-u", "-B", "-O", "-I", "-s", "-E"].contains($0) }),
        !word.hasPrefix("-")
      else { return nil }
      candidates = [word]
      isServed = false
    } else if launched.isLaunched, let module = launched.words.first?.text, !module.contains("/") {
      // The words behind `python -m`.
      candidates = Self.files(ofModule: module).flatMap { [$0] } + [module.replacing(".", by: "/") + "/__main__.py"]
      isServed = false
    } else {
      return nil
    }
    let found = candidates.lazy.compactMap { candidate in
      files.projectFile(at: directory.map { Path.join($0, candidate) } ?? candidate)
        ?? (directory == nil ? files.projectFile(Path.name(candidate), in: nil) : nil)
    }.first
    guard let found, found.hasSuffix(".py"), let program = scripts.python(found) else { return nil }
    self.program = program
  }

  private static func files(ofModule module: String) -> [String] {
    let stem = module.replacing(".", by: "/")
    return [stem + ".py", stem + "/__init__.py"]
  }
}

extension String {
  fileprivate func replacing(_ character: Character, by other: Character) -> String {
    String(map { $0 == character ? other : $0 })
  }
}
