#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs every target in a process of its own, so that one that crashes stops no other.
struct FuzzProcesses {
  let command: Fuzz

  /// Whether all targets stood all inputs.
  func run(_ targets: [FuzzTarget]) throws -> Bool {
    let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    var waiting = targets[...]
    var running: [pid_t: FuzzTarget] = [:]
    var isGood = true
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < cores, let target = waiting.popFirst() {
        if let process = start(target) { running[process] = target } else { isGood = false }
      }
      var status: Int32 = 0
      let process = wait(&status)
      if process < 0 { break }
      guard let target = running.removeValue(forKey: process) else { continue }
      if status != 0 {
        isGood = false
        try keepInput(target, status)
      }
      unlink(command.notePath(target))
    }
    return isGood
  }

  private func start(_ target: FuzzTarget) -> pid_t? {
    let arguments = [
      CommandLine.arguments[0], target.name, "--alone", "--seconds", "\(command.seconds)", "--seed", "\(command.seed)",
      "--repository", command.repository, "--keep", command.keep,
    ]
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, arguments[0], nil, nil, &pointers, environ)
    if code != 0 { print("\(target.name): it cannot be started: \(String(cString: strerror(code)))") }
    return code == 0 ? process : nil
  }

  private func keepInput(_ target: FuzzTarget, _ status: Int32) throws {
    let bytes = try Note.read(command.notePath(target))
    let name = "\(command.keep)/\(target.name)-\(bytes.reduce(5381) { ($0 << 5) &+ $0 &+ Int($1) } & 0xFFFF_FFFF)"
    let descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    let signal = status & 0x7F
    let end = signal == 0 ? "it took too much" : signal == SIGALRM ? "it does not end" : "it ends by signal \(signal)"
    print("\(target.name): \(end); again with: fuzz \(target.name) --input \(name)")
  }
}
