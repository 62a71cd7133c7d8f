/// What is found under a path.
public enum ComposeFileContent: Hashable, Sendable {
  case bytes([UInt8])
  case missing
  case directory
  /// The path leads out of the project root, for example by a link.
  case outside
  /// It is there but cannot be read; the text says why.
  case refused(String)
}

/// The files of a project, on disk or in memory.
public protocol ComposeFileReader {
  /// What lies under a path that is relative to the project root, without `.` and `..`; the root itself is empty.
  func read(_ path: String) -> ComposeFileContent

  /// The names in a directory, for suggestions; empty where they are not known.
  func names(in directory: String) -> [String]
}

extension ComposeFileReader {
  public func names(in directory: String) -> [String] { [] }
}

/// Files that exist only in memory.
public struct ComposeFilesInMemory: ComposeFileReader {
  private let files: [String: [UInt8]]

  public init(_ files: [String: String]) {
    self.files = files.mapValues { Array($0.utf8) }
  }

  public init(bytes files: [String: [UInt8]]) {
    self.files = files
  }

  public func read(_ path: String) -> ComposeFileContent {
    if let bytes = files[path] { return .bytes(bytes) }
    let prefix = path.isEmpty ? "" : path + "/"
    return files.keys.contains { $0.hasPrefix(prefix) } ? .directory : .missing
  }

  public func names(in directory: String) -> [String] {
    let prefix = directory.isEmpty ? "" : directory + "/"
    let names = files.keys.filter { $0.hasPrefix(prefix) }.compactMap { path in
      path.dropFirst(prefix.count).split(separator: "/").first.map(String.init)
    }
    return Array(Set(names)).sorted()
  }
}
