import Inspection

/// The projects that a command line names.
enum ProjectList {
  /// Folders that hold no project of one's own.
  private static let skipped: Set<String> = [".git", "node_modules", "vendor", ".venv", "__pycache__", ".build"]
  private static let depthLimit = 32

  /// The paths of a file, one a line; `-` is standard input. Empty lines say nothing.
  static func read(_ file: String) throws -> [String] {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = file == "-" ? try Host.readStandardInput(limit: nil) : try DiskTree.read(file: file, limit: nil)
    } catch {
      throw Refusal.input("--files-from \(file): \(error.message)")
    }
    // Both what `find` and what `find -print0` writes.
    let separator: UInt8 = bytes.contains(0) ? 0 : 0x0A
    return bytes.split(separator: separator).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }.filter { !$0.isEmpty }
  }

  /// The folders below, and the folder itself, that hold a compose file, or a Dockerfile that no compose file above them
  /// covers; in the order of their names.
  static func below(_ path: String) throws -> [String] {
    let tree: DiskTree
    do throws(FileProblem) { tree = try DiskTree(folder: path) } catch {
      throw Refusal.input("\(path): \(error.message)")
    }
    var found: [String] = []
    search(".", tree, isCovered: false, depth: 0, &found)
    return found.map { $0 == "." ? path : Path.join(path, $0) }
  }

  private static func search(_ folder: String, _ tree: DiskTree, isCovered: Bool, depth: Int, _ found: inout [String]) {
    guard depth < depthLimit, let entries = try? tree.entries(of: folder) else { return }
    let names = entries.filter { $0.kind == .file }.map(\.name)
    let hasCompose = names.contains(where: ProjectFiles.isCompose)
    let hasDockerfile = names.contains(where: ProjectFiles.isDockerfile)
    if hasCompose || hasDockerfile && !isCovered { found.append(folder) }
    for entry in entries.sorted(by: { $0.name < $1.name })
    where entry.kind == .directory && !skipped.contains(entry.name) {
      // A folder with Dockerfiles covers what is below it: drydock reads those too.
      search(
        Path.join(folder, entry.name), tree, isCovered: isCovered || hasCompose || hasDockerfile, depth: depth + 1,
        &found)
    }
  }
}
