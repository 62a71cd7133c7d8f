import Inspection
import Synchronization

/// How many files were read so far: one thread counts, another one looks.
public final class ReadCount: Sendable {
  private let count = Atomic(0)
  private let complete = Atomic(false)

  public init() {}

  public var value: Int { count.load(ordering: .relaxed) }

  /// Whether all that is to be read was read.
  public var isComplete: Bool { complete.load(ordering: .relaxed) }

  func add() { count.add(1, ordering: .relaxed) }
  func end() { complete.store(true, ordering: .relaxed) }
}

/// A tree that counts what is read of it.
struct CountedTree: FileTree {
  let base: any FileTree
  let count: ReadCount

  var folderInRoot: String { base.folderInRoot }

  func entries(of folder: String) throws(FileProblem) -> [FileEntry] { try base.entries(of: folder) }

  func read(_ path: String) throws(FileProblem) -> [UInt8] {
    count.add()
    return try base.read(path)
  }

  func entry(at path: String) throws(FileProblem) -> FileEntry { try base.entry(at: path) }
}
