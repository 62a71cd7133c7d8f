#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Time that only goes forward.
enum Clock {
  /// In seconds, from an arbitrary moment.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func sleep(_ seconds: Double) { usleep(UInt32(min(max(seconds, 0), 10) * 1e6)) }
}
