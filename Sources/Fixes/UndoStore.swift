import Inspection
import Knowledge

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is needed to take one written fix back.
public struct UndoRecord: Hashable, Sendable {
  public struct Change: Hashable, Sendable {
    /// Absolute.
    public let path: String
    /// nil for a file that the fix made.
    public let old: [UInt8]?
    public let new: [UInt8]
  }

  /// The file that it is kept in; nil before it is.
  fileprivate(set) var file: String?
  /// The root of the project.
  public let root: String
  public let title: LocalizedText
  public let changes: [Change]

  init(root: String, title: LocalizedText, changes: [Change]) {
    self.root = root
    self.title = title
    self.changes = changes
  }
}

/// A folder with one file for each fix that was written and not taken back yet.
public struct UndoStore: Sendable {
  private let folder: String

  /// - Parameter folder: absolute; made when the first fix is written.
  public init(folder: String) { self.folder = folder }

  /// Keeps a record; it then knows its file.
  func add(_ record: UndoRecord) throws(WriteProblem) -> UndoRecord {
    StateFolder.make(folder)
    var record = record
    var number = (numbers().max() ?? 0) + 1
    while true {
      let file = file(number)
      do throws(WriteProblem) {
        try file.create(UndoFormat.bytes(record))
        record.file = file.path
        return record
      } catch {
        // Another drydock was faster.
        guard case .exists = error else { throw error }
        number += 1
      }
    }
  }

  func remove(_ record: UndoRecord) {
    if let file = record.file { unlink(file) }
  }

  /// The records of a project, the last one first.
  public func records(root: String) -> [UndoRecord] {
    numbers().sorted(by: >).compactMap { number in
      let file = file(number)
      guard let bytes = try? file.read(), var record = UndoFormat.record(bytes), record.root == root else { return nil }
      record.file = file.path
      return record
    }
  }

  /// Forgets all fixes of a project.
  public func forget(root: String) {
    for record in records(root: root) { remove(record) }
  }

  private func file(_ number: Int) -> FileReplacement {
    let digits = String(number)
    let path = folder + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    return FileReplacement(path: path, name: path)
  }

  private func numbers() -> [Int] {
    let entries = (try? DiskTree(folder: folder).entries(of: ".")) ?? []
    return entries.compactMap { Int($0.name) }.filter { $0 > 0 && $0 < .max }
  }
}

/// The folder where drydock keeps what it has to remember between two runs.
public enum StateFolder {
  /// `$XDG_STATE_HOME/drydock`, by default `~/.local/state/drydock`; nil when there is no home either.
  ///
  /// https://specifications.freedesktop.org/basedir-spec/latest/
  public static func path(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return Path.join(state, "drydock") }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return Path.join(home, ".local/state/drydock")
  }

  /// Makes a folder and those above it, for this person only.
  public static func make(_ folder: String) {
    guard access(folder, F_OK) != 0, folder != "/" else { return }
    make(Path.parent(folder))
    mkdir(folder, 0o700)
  }
}
