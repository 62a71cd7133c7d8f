import Fixes
import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file that a learner's progress is kept in.
///
/// It is replaced as a whole, and only by who holds the lock: two processes at once lose nothing.
public struct ProgressStore: Sendable {
  /// What a learner must know about the file.
  public enum Notice: Hashable, Sendable {
    /// It could not be understood, and was kept under this name; the progress starts anew.
    case setAside(String)
    /// It cannot be read or written, with the reason: the progress of now is not kept.
    case notKept(String)
  }

  private let folder: String
  private var path: String { folder + "/progress" }

  /// - Parameter folder: absolute; made when there is something to keep.
  public init(folder: String) { self.folder = folder }

  /// The progress as it is kept now.
  public func load() -> (progress: Progress, notice: Notice?) {
    guard access(path, F_OK) == 0 else { return (Progress(), nil) }
    return locked { read() }
  }

  /// Changes what is kept: reads it anew, so that what another process has done meanwhile stays.
  ///
  /// - Returns: the progress with the change, also where it could not be kept.
  public func update(_ change: (inout Progress) -> Void) -> (progress: Progress, notice: Notice?) {
    StateFolder.make(folder)
    return locked {
      var (progress, notice) = read()
      let before = progress
      change(&progress)
      if progress != before || notice != nil { notice = write(progress) ?? notice }
      return (progress, notice)
    }
  }

  // MARK: The file

  private func read() -> (progress: Progress, notice: Notice?) {
    guard access(path, F_OK) == 0 else { return (Progress(), nil) }
    let bytes: [UInt8]
    do throws(WriteProblem) { bytes = try file.read() } catch { return (Progress(), .notKept(error.message)) }
    guard let text = String(validating: bytes, as: UTF8.self), let progress = try? ProgressFormat.progress(text) else {
      return (Progress(), setAside())
    }
    return (progress, nil)
  }

  private func write(_ progress: Progress) -> Notice? {
    let bytes = Array(ProgressFormat.text(progress).utf8)
    do throws(WriteProblem) {
      if access(path, F_OK) == 0 {
        try file.replace(expecting: try file.read(), with: bytes)
      } else {
        try file.create(bytes)
      }
      return nil
    } catch {
      return .notKept(error.message)
    }
  }

  private var file: FileReplacement { FileReplacement(path: path, name: path) }

  private func setAside() -> Notice {
    for number in 1..<1000 {
      let other = "\(path).unread-\(number)"
      // A link does not replace what is there; a rename would.
      if link(path, other) == 0 {
        unlink(path)
        return .setAside(other)
      }
      if errno != EEXIST { return .notKept("\(path): \(String(cString: strerror(errno)))") }
    }
    return .notKept(path)
  }

  private func locked<Value>(_ body: () -> Value) -> Value {
    let lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { return body() }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0, errno == EINTR {}
    return body()
  }
}
