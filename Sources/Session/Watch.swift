import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Notices when files of the project are saved by another program, by looking at their times.
public struct Watch: Sendable {
  private struct Stamp: Hashable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int
    let node: UInt64
  }

  private var stamps: [String: Stamp?]

  public init(_ conversation: Conversation) { stamps = Self.look(conversation) }

  /// Whether something that was there at the last look has changed since. Folders count too: files come and go in them.
  public mutating func hasChanged(_ conversation: Conversation) -> Bool {
    let now = Self.look(conversation)
    defer { stamps = now }
    return now.contains { path, stamp in stamps[path].map { $0 != stamp } ?? false }
  }

  /// The files that were read, and the folders they lie in. A file that was looked for in vain would come into one of them.
  private static func look(_ conversation: Conversation) -> [String: Stamp?] {
    guard let folder = conversation.folder else { return [:] }
    var stamps: [String: Stamp?] = [folder: stamp(folder)]
    for path in conversation.examination.inspection.files.keys {
      for place in [Path.join(folder, path), Path.join(folder, Path.parent(path))] where stamps[place] == nil {
        stamps[place] = .some(stamp(place))
      }
    }
    return stamps
  }

  private static func stamp(_ path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return Stamp(
      seconds: time.tv_sec, nanoseconds: time.tv_nsec, size: Int(status.st_size), node: UInt64(status.st_ino))
  }
}

extension Conversation {
  /// The inspected folder on disk, absolute; nil for a project that lies in none.
  public var folder: String? { (request.tree as? DiskTree)?.folder }
}
