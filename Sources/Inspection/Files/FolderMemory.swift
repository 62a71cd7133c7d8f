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

  func read(_ path: String) throws(FileProblem) -> [UInt8] {
    _ = try listed(path)
    return try base.read(path)
  }

  func entry(at path: String) throws(FileProblem) -> FileEntry {
    if let entry = try listed(path) { return entry }
    return try base.entry(at: path)
  }

  /// What a listed folder says of a path; nil where none was listed, or a link stands there. Asking the system means a walk
  /// over all folders above.
  private func listed(_ path: String) throws(FileProblem) -> FileEntry? {
    let path = Path.clean(path)
    let siblings = known.withLock { $0[Path.parent(path)] }
    guard path != ".", path != "..", let siblings else { return nil }
    guard let entry = Self.entry(Path.name(path), in: siblings) else { throw .missing }
    if case .link = entry.kind { return nil }
    return entry
  }

  /// - Parameter entries: in the order of their names.
  private static func entry(_ name: String, in entries: [FileEntry]) -> FileEntry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].name == name ? entries[low] : nil
  }
}
