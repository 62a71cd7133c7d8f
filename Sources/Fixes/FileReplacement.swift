#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a file was not written. Nothing was changed then.
public enum WriteProblem: Error, Hashable, Sendable {
  /// It lies outside of the project's root, directly or through a link.
  case outside(String)
  /// Its content is not what the fix was made for.
  case changed(String)
  /// A file of that name is there already.
  case exists(String)
  /// The operating system refused, with its reason.
  case refused(String, reason: String)

  /// One line that says what is wrong.
  public var message: String {
    switch self {
    case .outside(let path): "\(path): it lies outside of the project, so it is not written"
    case .changed(let path): "\(path): it was changed meanwhile, so it is not written"
    case .exists(let path): "\(path): there is such a file already, so it is not written"
    case .refused(let path, let reason): "\(path): \(reason)"
    }
  }
}

/// The content of one file on disk, put in the place of another as a whole: whoever reads it sees the old bytes or the new
/// ones, never a part, also when the machine stops meanwhile.
package struct FileReplacement {
  /// Absolute, without links.
  let path: String
  /// What people see in a message.
  let name: String

  package init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// Replaces the file; its mode stays, and its owner and group where the process may set them.
  package func replace(expecting old: [UInt8], with new: [UInt8]) throws(WriteProblem) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw refused() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .changed(name) }
    guard try read() == old else { throw .changed(name) }
    // A rename asks only for the folder's permission; a file that may not be written is not replaced either.
    guard access(path, W_OK) == 0 else { throw refused() }
    try install(new, like: status) { rename($0, path) }
  }

  /// Makes the file, which must not be there yet.
  package func create(_ bytes: [UInt8]) throws(WriteProblem) {
    var status = stat()
    guard lstat(path, &status) != 0 else { throw .exists(name) }
    do throws(WriteProblem) {
      try install(bytes, like: nil) { link($0, path) }
    } catch {
      if lstat(path, &status) == 0 { throw .exists(name) }
      throw error
    }
  }

  package func remove(expecting old: [UInt8]) throws(WriteProblem) {
    guard try read() == old else { throw .changed(name) }
    guard unlink(path) == 0 else { throw refused() }
    syncFolder()
  }

  package func read() throws(WriteProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .changed(name) : refused() }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw refused() }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Writes a temporary file beside the target and lets `publish` give it the target's name.
  private func install(
    _ bytes: [UInt8], like status: stat?, publish: (UnsafePointer<CChar>) -> Int32
  ) throws(WriteProblem) {
    var template = Array((folder + "/.drydock-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw refused() }
    defer {
      close(descriptor)
      // Gone already after a rename; after a link, or when something failed, it is not needed any more.
      unlink(template)
    }
    if let status {
      if fchown(descriptor, status.st_uid, status.st_gid) != 0 { fchown(descriptor, uid_t.max, status.st_gid) }
      fchmod(descriptor, status.st_mode & 0o7777)
    } else {
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
    }
    guard write(bytes, to: descriptor), fsync(descriptor) == 0, publish(template) == 0 else { throw refused() }
    syncFolder()
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The new name itself must survive a stop of the machine too. Some file systems cannot promise it; then it is as it is.
  private func syncFolder() {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private var folder: String {
    let parent = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
    return parent.isEmpty ? "/" : parent
  }

  private func refused() -> WriteProblem { .refused(name, reason: String(cString: strerror(errno))) }
}
