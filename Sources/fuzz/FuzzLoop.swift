#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs one target on one input after another until the time is over.
struct FuzzLoop {
  let target: FuzzTarget
  let seconds: Int
  let seed: UInt64
  let note: Note

  func run(_ corpus: [[UInt8]]) {
    var mutator = Mutator(seed: seed, corpus: corpus, tokens: target.tokens)
    let end = Self.clock(CLOCK_MONOTONIC) + Double(seconds)
    var count = 0
    var slowest = 0.0
    while Self.clock(CLOCK_MONOTONIC) < end {
      slowest = max(slowest, measure(mutator.next()))
      count += 1
    }
    print(
      "\(target.name): \(corpus.count) files, \(count) inputs, the slowest \(Int(slowest * 1000)) ms, "
        + "\(Self.megabytes) MB")
  }

  /// Runs the target; ends the process when it took too long or too much.
  private func measure(_ bytes: [UInt8]) -> Double {
    note.write(bytes)
    // Whatever never ends is ended by this signal.
    alarm(UInt32(Limits.seconds(bytes.count) * 4) + 10)
    let start = Self.clock(CLOCK_THREAD_CPUTIME_ID)
    target.run(bytes)
    let time = Self.clock(CLOCK_THREAD_CPUTIME_ID) - start
    if time > Limits.seconds(bytes.count) { fail("\(bytes.count) bytes took \(time) s") }
    if Self.megabytes > Limits.memory { fail("after \(bytes.count) bytes the process holds \(Self.megabytes) MB") }
    return time
  }

  private func fail(_ message: String) -> Never {
    print("\(target.name): \(message)")
    exit(3)
  }

  /// The most memory that this process ever held.
  private static var megabytes: Int {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss / 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss / 1_048_576
    #endif
  }

  private static func clock(_ id: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(id, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The input that is being read, in a file, so that it is still there when the process is not.
struct Note {
  private let size = Mutator.largest + (1 << 22)
  private let memory: UnsafeMutableRawPointer?
  private let descriptor: Int32

  init(path: String) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
    ftruncate(descriptor, off_t(size + 8))
    let mapped = mmap(nil, size + 8, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    memory = mapped == MAP_FAILED ? nil : mapped
  }

  func write(_ bytes: [UInt8]) {
    guard let memory else { return }
    let count = min(bytes.count, size)
    memory.storeBytes(of: UInt64(count), as: UInt64.self)
    bytes.withUnsafeBytes {
      (memory + 8).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: count)
    }
  }

  /// The bytes that a note holds.
  static func read(_ path: String) throws -> [UInt8] {
    let bytes = try Corpus.read(path)
    guard bytes.count >= 8 else { return [] }
    let count = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    return Array(bytes[8...].prefix(count))
  }
}
