#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starts programs with `posix_spawn`: https://pubs.opengroup.org/onlinepubs/9799919799/functions/posix_spawn.html
enum Spawn {
  /// The number of a new process, which leads a process group of its own.
  static func start(
    _ invocation: Invocation, input: Int32, output: Int32, errors: Int32
  ) throws(SystemError) -> pid_t {
    let words = [invocation.program] + invocation.arguments
    let variables = environment(adding: invocation.environment)
    guard !(words + variables).contains(where: { $0.utf8.contains(0) }) else {
      throw SystemError("a word holds a null byte")
    }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)

    // What this process ignores or blocks is no business of its children.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD, SIGTSTP, SIGTTIN, SIGTTOU] {
      sigaddset(&signals, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
    defer { for pointer in arguments + environment { free(pointer) } }
    var id: pid_t = 0
    let code = posix_spawnp(&id, invocation.program, &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw SystemError(code: code) }
    return id
  }

  /// The variables of this process as `NAME=VALUE`, those that are added in the place of its own.
  private static func environment(adding additions: [String: String]) -> [String] {
    var lines = additions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var next = environ
    while let entry = next.pointee {
      let line = String(cString: entry)
      let name = line.prefix { $0 != "=" }
      if additions[String(name)] == nil { lines.append(line) }
      next = next.advanced(by: 1)
    }
    return lines
  }
}

/// Descriptors that children do not inherit, all above the three standard ones.
enum Descriptors {
  static func pipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard systemPipe(&ends) == 0 else { throw SystemError(code: errno) }
    return (try raised(ends[0]), try raised(ends[1]))
  }

  /// A file without a name that holds these bytes, open at its beginning. Unlike a pipe it never blocks, and nobody has to read it.
  static func file(holding bytes: [UInt8]) throws(SystemError) -> Int32 {
    if bytes.isEmpty {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw SystemError(code: errno) }
      return try raised(descriptor)
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array((folder + "/drydock-input-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    unlink(name)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw SystemError(code: code)
      }
      rest = rest.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
    return try raised(descriptor)
  }

  private static func systemPipe(_ ends: inout [Int32]) -> Int32 {
    #if canImport(Glibc)
      Glibc.pipe(&ends)
    #else
      Darwin.pipe(&ends)
    #endif
  }

  /// The same file under a number above those of the standard streams, closed in children.
  private static func raised(_ descriptor: Int32) throws(SystemError) -> Int32 {
    if descriptor > STDERR_FILENO, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 { return descriptor }
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    let code = errno
    close(descriptor)
    guard copy >= 0 else { throw SystemError(code: code) }
    return copy
  }
}

/// Time that only goes forward, whatever happens to the clock on the wall.
enum Clock {
  /// In seconds, from an arbitrary moment.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
