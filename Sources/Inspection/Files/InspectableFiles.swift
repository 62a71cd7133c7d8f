/// Which files tell something about how a project runs in a container.
enum InspectableFiles {
  static func matches(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    if DockerfileNames.matches(path) || names.contains(name) { return true }
    guard let dot = name.lastIndex(of: ".") else { return false }
    return endings.contains(String(name[name.index(after: dot)...]))
  }

  private static let names: Set<String> = ["makefile", ".dockerignore", ".env", "procfile", "jenkinsfile"]

  private static let endings: Set<String> = [
    "go", "mod", "js", "mjs", "cjs", "ts", "tsx", "py", "java", "kt", "php", "rb", "rs", "sh", "conf", "cnf", "ini",
    "toml",
    "yaml", "yml", "json", "xml", "gradle", "properties", "mk",
  ]
}
