import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A temporary folder that holds copies of a project, so that no container ever sees the person's own files.
public struct WorkingFolder: Sendable {
  /// Absolute, without links.
  public let path: String

  public struct Problem: Error, Hashable, Sendable {
    public let message: String
  }

  /// - Parameter parent: where it is made, such as `/tmp`.
  public init(in parent: String) throws(Problem) {
    var name = Array((parent + "/drydock-prove-XXXXXX").utf8CString)
    guard mkdtemp(&name) != nil else { throw Self.reason(parent) }
    let made = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let real = realpath(made, nil) else { throw Self.reason(made) }
    defer { free(real) }
    path = String(cString: real)
    // Containers may run as another user and must reach what is mounted from here.
    chmod(path, 0o711)
  }

  /// Takes a folder of a run that has died.
  init(existing path: String) { self.path = path }

  func make(folder: String) { Self.make(folder) }

  private static func make(_ folder: String) {
    guard access(folder, F_OK) != 0, folder != "/" else { return }
    make(Path.parent(folder))
    mkdir(folder, 0o755)
  }

  /// Writes a small file.
  func write(_ text: String, to path: String) throws(Problem) {
    make(folder: Path.parent(path))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Self.reason(path) }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.reason(path) }
      bytes = bytes.dropFirst(count)
    }
  }

  // MARK: Copying

  /// Copies a folder with the modes, times and, where the system lets us, owners of all that is in it. Sockets, pipes and
  /// devices are left out.
  ///
  /// - Parameter limit: in bytes; a larger folder is refused.
  public func copy(_ source: String, to target: String, limit: Int) throws(Problem) {
    make(folder: Path.parent(target))
    var rest = limit
    var folders = [(source: source, target: target)]
    var made: [(path: String, status: stat)] = []
    while let folder = folders.popLast() {
      var status = stat()
      guard lstat(folder.source, &status) == 0 else { throw Self.reason(folder.source) }
      guard mkdir(folder.target, 0o700) == 0 || errno == EEXIST else { throw Self.reason(folder.target) }
      made.append((folder.target, status))
      for name in try Self.names(in: folder.source) {
        let from = folder.source + "/" + name
        let to = folder.target + "/" + name
        // The copy may lie below what is copied.
        if from == path { continue }
        guard lstat(from, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: folders.append((from, to))
        case S_IFLNK: try Self.copy(link: from, to: to, status)
        case S_IFREG:
          rest -= Int(status.st_size)
          guard rest >= 0 else {
            throw Problem(message: "\(source): it is larger than \(limit >> 20) MB, so it is not copied")
          }
          try Self.copy(file: from, to: to, status)
        default: break
        }
      }
    }
    // From the inside out, for writing into a folder changes its time.
    for folder in made.reversed() { Self.settle(folder.path, folder.status) }
  }

  private static func names(in folder: String) throws(Problem) -> [String] {
    guard let stream = opendir(folder) else { throw reason(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let item = readdir(stream) {
      let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func copy(link source: String, to target: String, _ status: stat) throws(Problem) {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink(source, &buffer, Int(PATH_MAX))
    guard count >= 0, symlink(buffer, target) == 0 else { throw reason(source) }
    lchown(target, status.st_uid, status.st_gid)
  }

  private static func copy(file source: String, to target: String, _ status: stat) throws(Problem) {
    let input = open(source, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard input >= 0 else { throw reason(source) }
    defer { close(input) }
    let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw reason(target) }
    defer { close(output) }
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw reason(source) }
      if count == 0 { break }
      var done = 0
      while done < count {
        let written = chunk.withUnsafeBytes { Glibc.write(output, $0.baseAddress?.advanced(by: done), count - done) }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw reason(target) }
        done += written
      }
    }
    settle(target, status)
  }

  private static func settle(_ path: String, _ status: stat) {
    chown(path, status.st_uid, status.st_gid)
    chmod(path, status.st_mode & 0o7777)
    var times = [
      timeval(tv_sec: status.st_mtim.tv_sec, tv_usec: 0), timeval(tv_sec: status.st_mtim.tv_sec, tv_usec: 0),
    ]
    utimes(path, &times)
  }

  // MARK: Removing

  /// Removes it with all that is in it; false when something could not be removed, such as a file that a container made
  /// as another user.
  @discardableResult
  public func remove() -> Bool {
    var folders = [path]
    var emptied: [String] = []
    while let folder = folders.popLast() {
      emptied.append(folder)
      chmod(folder, 0o700)
      for name in (try? Self.names(in: folder)) ?? [] {
        var status = stat()
        let item = folder + "/" + name
        guard lstat(item, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { folders.append(item) } else { unlink(item) }
      }
    }
    for folder in emptied.reversed() { rmdir(folder) }
    return access(path, F_OK) != 0
  }

  private static func reason(_ path: String) -> Problem {
    Problem(message: "\(path): \(String(cString: strerror(errno)))")
  }
}

extension WorkingFolder {
  var isThere: Bool { access(path, F_OK) == 0 }
}
