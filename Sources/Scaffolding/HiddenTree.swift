import Inspection

/// A project as it would be without its container files, so that they can be proposed anew.
struct HiddenTree: FileTree {
  let base: any FileTree

  var folderInRoot: String { base.folderInRoot }

  func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    try base.entries(of: folder).filter { $0.kind == .directory || !Self.hides($0.name) }
  }

  func read(_ path: String) throws(FileProblem) -> [UInt8] {
    guard !Self.hides(Path.name(path)) else { throw .missing }
    return try base.read(path)
  }

  func entry(at path: String) throws(FileProblem) -> FileEntry {
    let entry = try base.entry(at: path)
    guard entry.kind == .directory || !Self.hides(Path.name(path)) else { throw .missing }
    return entry
  }

  private static func hides(_ name: String) -> Bool {
    let name = name.lowercased()
    let isCompose =
      ["compose.", "docker-compose.", "compose-", "docker-compose-"].contains(where: name.hasPrefix)
      && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
    return isCompose || name.hasPrefix("dockerfile") || name.hasSuffix(".dockerfile") || name == "containerfile"
      || name.hasSuffix(".dockerignore")
  }
}
