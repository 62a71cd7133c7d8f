import SourceText

/// One name in a folder.
public struct FileEntry: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case file
    case directory
    /// A symbolic link, with the path it leads to as it is written.
    case link(String)
    /// A socket, a pipe or a device, which nobody should read.
    case other
  }

  public let name: String
  public let kind: Kind
  /// In bytes; 0 for what is no file.
  public let size: Int
  /// The permission bits.
  public let mode: Int

  public init(name: String, kind: Kind, size: Int = 0, mode: Int = 0o644) {
    self.name = name
    self.kind = kind
    self.size = size
    self.mode = mode
  }

  public var isExecutable: Bool { mode & 0o111 != 0 }
}

/// Why a file could not be read.
public enum FileProblem: Error, Hashable, Sendable {
  case missing
  /// It lies outside of the project's root, directly or through a link.
  case outside
  /// It is a folder, a socket, a pipe or a device.
  case notAFile
  /// It has more bytes than `FileTree.sizeLimit`.
  case tooLarge(Int)
  /// The operating system refused, with its reason.
  case refused(String)
}

/// The files of a project. Paths are relative to the folder that is inspected; `..` may lead out of it, but never out of
/// the project's root.
public protocol FileTree: Sendable {
  /// The inspected folder as seen from the project's root; empty where they are the same.
  var folderInRoot: String { get }
  /// The entries of a folder in the order of their names; `""` or `.` is the inspected folder.
  func entries(of folder: String) throws(FileProblem) -> [FileEntry]
  /// The bytes of a file. Links are followed inside the root.
  func read(_ path: String) throws(FileProblem) -> [UInt8]
  /// What a path names, links followed.
  func entry(at path: String) throws(FileProblem) -> FileEntry
}

extension FileTree {
  public var folderInRoot: String { "" }

  /// A file with more bytes is not read: the fact is unknown, and a problem says so.
  public static var sizeLimit: Int { 4 << 20 }

  public func exists(_ path: String) -> Bool { (try? entry(at: path)) != nil }

  public func isDirectory(_ path: String) -> Bool { (try? entry(at: path))?.kind == .directory }

  /// The file at a path; nil where it cannot be read.
  public func file(_ path: String) -> SourceFile? {
    (try? read(path)).map { SourceFile(path: Path.clean(path), bytes: $0) }
  }
}
