#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing where it may fail: nobody reads any more, or the disk is full.
enum Output {
  /// Writes all of a text to standard output.
  ///
  /// - Throws: `Refusal.output`. A pipe that nobody reads ends the program without a word, as it ends others.
  static func write(_ text: String) throws {
    guard !Host.write(text) else { return }
    let code = errno
    if code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    throw Refusal.output("standard output: \(String(cString: strerror(code)))")
  }

  /// Writes a text to a file, which is made or emptied first.
  static func save(_ text: String, to path: String) throws {
    guard !Host.save(text, to: path) else { return }
    let code = errno
    let message = "\(path): \(String(cString: strerror(code)))"
    throw [ENOSPC, EDQUOT, EFBIG, EIO].contains(code) ? Refusal.output(message) : Refusal.input(message)
  }
}
