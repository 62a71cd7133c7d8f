#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A project on disk. Nothing outside of its root is read, and nothing is ever written.
public struct DiskTree: FileTree {
  /// The inspected folder, absolute and without links.
  public let folder: String
  /// The project's root: the nearest folder above with `.git`, else the inspected folder.
  public let root: String

  /// - Parameter folder: an existing folder.
  public init(folder: String) throws(FileProblem) {
    guard let real = Self.resolve(folder) else { throw Self.reason() }
    self.folder = real
    root = Self.root(of: real)
  }

  /// A folder that is a project of its own, whatever lies above it.
  public init(root: String) throws(FileProblem) {
    guard let real = Self.resolve(root) else { throw Self.reason() }
    folder = real
    self.root = real
  }

  public var folderInRoot: String {
    folder == root ? "" : String(folder.dropFirst(root == "/" ? 1 : root.count + 1))
  }

  private static func root(of folder: String) -> String {
    var candidate = folder
    while true {
      if access(candidate + "/.git", F_OK) == 0 { return candidate }
      if candidate == "/" { return folder }
      candidate = Path.parent(candidate)
    }
  }

  public func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    let path = try place(of: folder)
    guard let stream = opendir(path) else { throw Self.reason() }
    defer { closedir(stream) }
    var entries: [FileEntry] = []
    while let item = readdir(stream) {
      let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      entries.append(Self.entry(path + "/" + name, name: name))
    }
    return entries.sorted { $0.name < $1.name }
  }

  public func entry(at path: String) throws(FileProblem) -> FileEntry {
    Self.entry(try place(of: path), name: Path.name(path))
  }

  public func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let place = try place(of: path)
    switch Self.entry(place, name: "").kind {
    case .file: break
    default: throw .notAFile
    }
    // Links were followed: what has become one since then is not.
    return try Self.read(file: place, limit: Self.sizeLimit, flags: O_NOFOLLOW)
  }

  /// The whole content of a file.
  ///
  /// - Parameter limit: more bytes than this are `tooLarge`; nil for no limit.
  public static func read(file path: String, limit: Int?) throws(FileProblem) -> [UInt8] {
    try read(file: path, limit: limit, flags: 0)
  }

  private static func read(file path: String, limit: Int?, flags: Int32) throws(FileProblem) -> [UInt8] {
    // Without blocking: the path may have become a pipe since it was looked at.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | flags)
    guard descriptor >= 0 else { throw reason() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw reason() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    if let limit, status.st_size > limit { throw .tooLarge(Int(status.st_size)) }
    return try drain(descriptor, limit: limit, expecting: Int(status.st_size))
  }

  /// Everything that can be read from an open file, a pipe too.
  ///
  /// - Parameter expected: how many bytes there probably are.
  public static func drain(
    _ descriptor: Int32, limit: Int?, expecting expected: Int = 1 << 16
  ) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var size = 0
    // A small file does not need a large buffer, which is filled with zeros first.
    try drain(descriptor, by: min(max(expected, 0) + 1, 1 << 16)) { chunk throws(FileProblem) in
      size += chunk.count
      if let limit, size > limit { throw .tooLarge(size) }
      bytes += chunk
    }
    return bytes
  }

  /// Everything that can be read from a file, in pieces of at most 64 KB.
  public static func read(
    file path: String, each body: (ArraySlice<UInt8>) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw reason() }
    defer { close(descriptor) }
    try drain(descriptor, each: body)
  }

  /// Everything that can be read from an open file, a pipe too, in pieces of at most 64 KB.
  public static func drain(
    _ descriptor: Int32, by size: Int = 1 << 16, each body: (ArraySlice<UInt8>) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    var chunk = [UInt8](repeating: 0, count: size)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw reason() }
      if count == 0 { return }
      try body(chunk[..<count])
    }
  }

  /// The absolute path, links followed.
  private func place(of path: String) throws(FileProblem) -> String {
    let joined = Path.join(folder, path)
    guard isInside(joined) else { throw .outside }
    guard let real = Self.resolve(joined) else { throw Self.reason() }
    guard isInside(real) else { throw .outside }
    return real
  }

  private func isInside(_ path: String) -> Bool { root == "/" || path == root || path.hasPrefix(root + "/") }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func entry(_ path: String, name: String) -> FileEntry {
    var status = stat()
    guard lstat(path, &status) == 0 else { return FileEntry(name: name, kind: .other, mode: 0) }
    let kind: FileEntry.Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link(target(of: path))
      default: .other
      }
    return FileEntry(
      name: name, kind: kind, size: kind == .file ? Int(status.st_size) : 0, mode: Int(status.st_mode & 0o7777))
  }

  private static func target(of path: String) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return String(decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func reason() -> FileProblem {
    switch errno {
    case ENOENT, ENOTDIR: .missing
    case let code: .refused(String(cString: strerror(code)))
    }
  }
}
