import Inspection
import Knowledge

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes fixes into a project on disk, and takes them back.
public struct FixWriter: Sendable {
  /// The inspected folder, from which the paths of changes are counted, and the root that nothing is written outside of.
  private let tree: DiskTree
  private let store: UndoStore?

  /// - Parameter store: where the bytes before each change are kept; nil when there is no place for them.
  public init(tree: DiskTree, store: UndoStore?) {
    self.tree = tree
    self.store = store
  }

  /// Writes all changes of a fix, or none.
  ///
  /// Links are followed inside of the project's root: the file they lead to is written, and they stay.
  /// - Returns: the record to take it back with; nil when there is no store.
  @discardableResult
  public func apply(_ fix: Fix) throws(WriteProblem) -> UndoRecord? {
    try apply(fix.changes, title: fix.title)
  }

  @discardableResult
  public func apply(_ changes: [Fix.Change], title: LocalizedText) throws(WriteProblem) -> UndoRecord? {
    var files: [FileReplacement] = []
    for change in changes { files.append(try file(change.path, isNew: change.old == nil)) }
    // Before the first change, so that there is a way back from a write that was cut off.
    let record = try store?.add(
      UndoRecord(
        root: tree.root, title: title,
        changes: zip(files, changes).map { UndoRecord.Change(path: $0.path, old: $1.old, new: $1.new) }))
    var done = 0
    do throws(WriteProblem) {
      for (file, change) in zip(files, changes) {
        if let old = change.old {
          try file.replace(expecting: old, with: change.new)
        } else {
          try file.create(change.new)
        }
        done += 1
      }
    } catch {
      for (file, change) in zip(files, changes).prefix(done).reversed() {
        try? Self.revert(file, change.old, change.new)
      }
      if let record { store?.remove(record) }
      throw error
    }
    return record
  }

  /// The fixes that were written in this project and not taken back yet, the last one first.
  public var undoable: [UndoRecord] { store?.records(root: tree.root) ?? [] }

  /// Takes a fix back: all its files, or none when one of them was changed since.
  public func undo(_ record: UndoRecord) throws(WriteProblem) {
    var files: [(file: FileReplacement, change: UndoRecord.Change)] = []
    for change in record.changes {
      let file = FileReplacement(path: change.path, name: name(change.path))
      guard isInside(change.path) else { throw .outside(file.name) }
      let now = try? file.read()
      // What the fix did not come to write, or what a person put back, needs nothing.
      if now == change.old { continue }
      guard now == change.new else { throw .changed(file.name) }
      files.append((file, change))
    }
    for (file, change) in files { try Self.revert(file, change.old, change.new) }
    store?.remove(record)
  }

  private static func revert(_ file: FileReplacement, _ old: [UInt8]?, _ new: [UInt8]) throws(WriteProblem) {
    if let old { try file.replace(expecting: new, with: old) } else { try file.remove(expecting: new) }
  }

  // MARK: Places

  /// The file that a path of the project leads to, links followed.
  private func file(_ path: String, isNew: Bool) throws(WriteProblem) -> FileReplacement {
    let absolute = Path.join(tree.folder, path)
    guard isInside(absolute) else { throw .outside(path) }
    if let real = Self.resolve(absolute) {
      guard isInside(real) else { throw .outside(path) }
      if isNew { throw .exists(path) }
      return FileReplacement(path: real, name: path)
    }
    guard isNew else { throw .changed(path) }
    guard let folder = Self.resolve(Path.parent(absolute)) else {
      throw .refused(path, reason: String(cString: strerror(errno)))
    }
    guard isInside(folder) else { throw .outside(path) }
    return FileReplacement(path: Path.join(folder, Path.name(absolute)), name: path)
  }

  private func isInside(_ path: String) -> Bool { Path.relative(path, to: tree.root) != nil }

  /// A path of the record as people know it.
  private func name(_ path: String) -> String { Path.relative(path, to: tree.folder) ?? path }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
