import SourceText

/// Writes down what is mounted into a container, and which files of the project look like a source that is missing.
struct MountFacts {
  let service: ServiceModel
  let mounts: [ServiceMount]
  let workspace: Workspace
  let isPartial: Bool

  func add(to facts: inout FactStore) {
    for mount in mounts {
      facts.add(
        "mounts",
        [
          "service": Cell(service.name), "kind": Cell(mount.kind.rawValue), "source": mount.source,
          "exists": Cell(mount.existence?.rawValue ?? "unknown", mount.source.place), "path": Cell(mount.projectPath),
          "like": Cell(mount.existence == .no ? like(mount) : ""),
          "target": mount.target, "looks": Cell(looks(mount)), "mode": Cell(mount.isReadOnly ? "ro" : "rw"),
          "makes": Cell(mount.makesSource),
          "by": Cell(mount.by),
        ], at: mount.place ?? service.place)
    }
    let given: Grade = isPartial ? .open : service.origin == .dockerfile ? .presumed : .complete
    facts.declare("mounts", given, for: service.name)
  }

  /// Whether the mount is meant to bring a file or a folder, as far as names tell.
  private func looks(_ mount: ServiceMount) -> String {
    guard let target = mount.target.value else { return "either" }
    // What the image has at that place decides.
    if let held = service.stage?.files[target] { return held.isDirectory ? "directory" : "file" }
    guard let source = mount.source.value, !source.hasSuffix("/") else { return "directory" }
    let name = Path.name(target)
    if name.hasSuffix(".d") { return "directory" }
    if name == Path.name(source) || Path.name(source).contains("."), Self.hasFileEnding(name) { return "file" }
    return Self.hasFileEnding(name) && Self.hasFileEnding(Path.name(source)) ? "file" : "either"
  }

  /// Endings of files that people mount one by one.
  private static func hasFileEnding(_ name: String) -> Bool {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex || name == ".env" else { return false }
    return fileEndings.contains(name[name.index(after: dot)...].lowercased())
  }

  private static let fileEndings: Set<String> = [
    "conf", "cfg", "cnf", "ini", "toml", "yaml", "yml", "json", "xml", "properties", "env", "sql", "sh", "js", "ts",
    "py", "php", "go", "txt", "pem", "crt", "key", "cert", "cer", "p12", "jks", "tmpl", "template", "lua", "rb", "html",
    "htpasswd", "acl", "list", "rules", "hcl", "log", "db", "sqlite", "pub", "pw", "passwd",
  ]

  /// A file that was probably meant: of the same name elsewhere, in other case, or with `.example` behind it.
  private func like(_ mount: ServiceMount) -> String {
    guard let path = mount.projectPath else { return "" }
    let name = Path.name(path).lowercased()
    let folder = Path.parent(path)
    let items = workspace.listing.items.map(\.path)
    if let other = items.first(where: { $0.lowercased() == path.lowercased() }) { return other }
    let samples = ["example", "sample", "dist", "template", "default", "tmpl"]
    if let other = items.first(where: { item in
      let own = Path.name(item).lowercased()
      return Path.parent(item) == folder
        && samples.contains { own == "\(name).\($0)" || own == Self.inserting($0, into: name) }
    }) {
      return other
    }
    let same = items.filter { Path.name($0).lowercased() == name }
    return same.count == 1 ? same[0] : ""
  }

  /// `app.example.yml` for `app.yml`.
  private static func inserting(_ word: String, into name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name + "." + word }
    return name[..<dot] + "." + word + name[dot...]
  }
}
