import Inspection

/// What PATH means: a folder, a Dockerfile, a compose file, or a Dockerfile on standard input.
enum ProjectPath {
  static func request(_ path: String) throws -> InspectionRequest {
    do throws(FileProblem) {
      if path == "-" { return try standardInput() }
      let folder = try? DiskTree(folder: path)
      if let folder, (try? folder.entry(at: "."))?.kind == .directory { return InspectionRequest(tree: folder) }
      return try file(path)
    } catch {
      throw Refusal.input("\(path): \(error.message)")
    }
  }

  /// The folder of a project, seen from where the command runs; `.` for that folder, and for standard input.
  static func folder(_ path: String) -> String {
    if path == "-" { return "." }
    let isFile = (try? file(path)) != nil
    let folder = Path.clean(!isFile ? path : path.hasPrefix("/") ? Path.parent(path) : Path.parent("./" + path))
    guard folder.hasPrefix("/"), let below = Path.relative(folder, to: Host.workingFolder) else { return folder }
    return below
  }

  private static func standardInput() throws(FileProblem) -> InspectionRequest {
    var tree = MemoryTree()
    tree["Dockerfile"] = MemoryTree.File(try Host.readStandardInput(limit: MemoryTree.sizeLimit))
    var request = InspectionRequest(tree: tree)
    request.dockerfile = "Dockerfile"
    request.isPartial = true
    return request
  }

  private static func file(_ path: String) throws(FileProblem) -> InspectionRequest {
    let tree = try DiskTree(folder: path.hasPrefix("/") ? Path.parent(path) : Path.parent("./" + path))
    let name = Path.name(path)
    let entry = try tree.entry(at: name)
    guard entry.kind == .file else { throw .notAFile }
    var request = InspectionRequest(tree: tree)
    let isCompose = name.hasSuffix(".yaml") || name.hasSuffix(".yml") || name.hasSuffix(".json")
    if isCompose { request.composeFiles = [name] } else { request.dockerfile = name }
    return request
  }
}
