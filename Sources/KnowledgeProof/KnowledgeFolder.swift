import Inspection
import KnowledgeFormat

/// A knowledge folder on disk.
public struct KnowledgeFolder: Sendable {
  private let tree: any FileTree
  /// All files, by their path in the folder.
  public let paths: [String]

  public init(_ tree: any FileTree) {
    self.tree = tree
    paths = ProjectListing(tree).items.map(\.path)
  }

  /// The files that the knowledge is read from; fixtures are left out but for their names.
  public func sources() throws(FileProblem) -> [KnowledgeReader.File] {
    var files: [KnowledgeReader.File] = []
    for path in paths {
      let isFixture = path.split(separator: "/").count > 4 && path.hasPrefix("causes/")
      let text = isFixture ? "" : String(decoding: try tree.read(path), as: UTF8.self)
      let isExecutable = path.hasPrefix("lessons/") && (try? tree.entry(at: path))?.isExecutable == true
      files.append(KnowledgeReader.File(path: path, text: text, isExecutable: isExecutable))
    }
    return files
  }

  /// The fixture files of a cause, by their path in its folder.
  public func fixtures(of cause: String) throws(FileProblem) -> [String: MemoryTree.File] {
    var files: [String: MemoryTree.File] = [:]
    for path in paths {
      let parts = path.split(separator: "/")
      guard parts.count > 4, parts[0] == "causes", parts[2] == cause else { continue }
      let mode = (try? tree.entry(at: path))?.mode ?? 0o644
      files[parts.dropFirst(3).joined(separator: "/")] = MemoryTree.File(try tree.read(path), mode: mode)
    }
    return files
  }
}
