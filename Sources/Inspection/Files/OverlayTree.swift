/// A project with some of its files changed, for edits that are tried before they are made.
public struct OverlayTree: FileTree {
  private let base: any FileTree
  private let changes: [String: [UInt8]]
  private let known: [String: [UInt8]]
  private let folders: [String: [FileEntry]]

  /// - Parameters:
  ///   - changes: the new bytes of files, by path; new files are added.
  ///   - known: bytes of files that were read before, by clean path.
  ///   - folders: entries of folders that were read before, by clean path.
  public init(
    _ base: any FileTree, changes: [String: [UInt8]], known: [String: [UInt8]] = [:],
    folders: [String: [FileEntry]] = [:]
  ) {
    self.base = base
    self.folders = folders
    self.known = known
    self.changes = Dictionary(changes.map { (Path.clean($0.key), $0.value) }, uniquingKeysWith: { _, last in last })
  }

  public var folderInRoot: String { base.folderInRoot }

  public func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    let folder = Path.clean(folder)
    var entries: [FileEntry]
    if let known = folders[folder] { entries = known } else { entries = try base.entries(of: folder) }
    let changes = changes.filter { Path.parent($0.key) == folder }
    if changes.isEmpty { return entries }
    for (path, bytes) in changes {
      let name = Path.name(path)
      let mode = entries.first { $0.name == name }?.mode ?? 0o644
      entries.removeAll { $0.name == name }
      entries.append(FileEntry(name: name, kind: .file, size: bytes.count, mode: mode))
    }
    return entries.sorted { $0.name < $1.name }
  }

  public func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let clean = Path.clean(path)
    if let bytes = changes[clean] ?? known[clean] { return bytes }
    return try base.read(path)
  }

  public func entry(at path: String) throws(FileProblem) -> FileEntry {
    guard let bytes = changes[Path.clean(path)] else { return try base.entry(at: path) }
    let mode = (try? base.entry(at: path))?.mode ?? 0o644
    return FileEntry(name: Path.name(path), kind: .file, size: bytes.count, mode: mode)
  }
}
