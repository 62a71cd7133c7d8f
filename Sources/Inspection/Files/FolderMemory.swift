import Synchronization

/// A project whose folders are listed once, however often somebody asks.
final class FolderMemory: FileTree {
  private let base: any FileTree
  private let known = Mutex<[String: [FileEntry]]>([:])

  init(_ base: any FileTree) { self.base = base }

  /// What was listed so far, by clean path.
  var entries: [String: [FileEntry]] { known.withLock { $0 } }

  var folderInRoot: String { base.folderInRoot }

  func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    let folder = Path.clean(folder)
    if let entries = known.withLock({ $0[folder] }) { return entries }
    let entries = try base.entries(of: folder)
    known.withLock { $0[folder] = entries }
    return entries
  }

  func read(_ path: String) throws(FileProblem) -> [UInt8] { try base.read(path) }

  func entry(at path: String) throws(FileProblem) -> FileEntry { try base.entry(at: path) }
}
