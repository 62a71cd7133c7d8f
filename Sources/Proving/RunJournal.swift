import Fixes
import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a run has made that its label does not tell, in a file that stays locked as long as the run lives.
///
/// The kernel drops the lock however the process ends, so that a run that was killed is known by a file that nobody holds.
final class RunJournal {
  enum Entry: Hashable {
    /// The engine that it runs on.
    case engine(String)
    /// The folder of the copies.
    case folder(String)
    /// An image without a name, which a build has left.
    case image(String)
    /// An image that was not there before.
    case pulled(String)
  }

  let identity: RunIdentity
  private(set) var entries: [Entry] = []
  private let path: String?
  private let descriptor: Int32

  /// - Parameter folder: where journals are kept; nil, or one that cannot be written to, keeps it in memory only.
  init(_ identity: RunIdentity, in folder: String?) {
    self.identity = identity
    guard let folder else {
      path = nil
      descriptor = -1
      return
    }
    StateFolder.make(folder)
    let file = folder + "/" + identity.id
    descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    path = descriptor >= 0 ? file : nil
    if descriptor >= 0 { flock(descriptor, LOCK_EX) }
  }

  /// Takes the journal of a run that has died; nil while it lives.
  private init?(dead file: String, id: String) {
    let descriptor = open(file, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    identity = RunIdentity(id: id)
    path = file
    self.descriptor = descriptor
    let bytes = (try? DiskTree.read(file: file, limit: 1 << 20)) ?? []
    entries = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { Entry(line: $0) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func add(_ entry: Entry) {
    guard !entries.contains(entry) else { return }
    entries.append(entry)
    guard descriptor >= 0 else { return }
    let line = Array((entry.line + "\n").utf8)
    _ = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Forgets the run, when nothing is left of it.
  func remove() { if let path { unlink(path) } }

  /// The journals of the runs that have died.
  static func dead(in folder: String) -> [RunJournal] {
    guard let tree = try? DiskTree(folder: folder), let entries = try? tree.entries(of: ".") else { return [] }
    return entries.filter { entry in
      entry.kind == .file && entry.name.utf8.count == 8 && entry.name.allSatisfy(\.isHexDigit)
    }.compactMap { RunJournal(dead: folder + "/" + $0.name, id: $0.name) }
  }

  /// The engine that it ran on.
  var engine: String? { entries.lazy.compactMap { if case .engine(let name) = $0 { name } else { nil } }.first }
  var folders: [String] { entries.compactMap { if case .folder(let path) = $0 { path } else { nil } } }
  var images: [String] { entries.compactMap { if case .image(let id) = $0 { id } else { nil } } }
  var pulled: [String] { entries.compactMap { if case .pulled(let name) = $0 { name } else { nil } } }
}

extension RunJournal.Entry {
  fileprivate var line: String {
    switch self {
    case .engine(let text): "engine \(text)"
    case .folder(let text): "folder \(text)"
    case .image(let text): "image \(text)"
    case .pulled(let text): "pulled \(text)"
    }
  }

  fileprivate init?(line: Substring) {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let text = String(parts[1])
    switch parts[0] {
    case "engine": self = .engine(text)
    // Nothing but a folder of ours is ever removed, whatever the file says.
    case "folder" where Path.name(text).hasPrefix("drydock-prove-") && Path.clean(text) == text: self = .folder(text)
    case "image" where text.allSatisfy(\.isHexDigit): self = .image(text)
    case "pulled" where !text.hasPrefix("-"): self = .pulled(text)
    default: return nil
    }
  }
}
