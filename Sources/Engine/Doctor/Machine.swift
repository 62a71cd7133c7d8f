import Inspection

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the operating system says of this machine.
enum Machine {
  /// As engines name it; the kernel's own word for what they have no name for.
  static var architecture: String {
    var names = utsname()
    uname(&names)
    let name = withUnsafeBytes(of: &names.machine) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return ["x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386"][name] ?? name
  }

  /// The disk that a path is on; nil where there is no such path.
  static func disk(_ path: String) -> Surroundings.Disk? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    let files = status.f_files > 0 ? Int(UInt64(status.f_favail) * 100 / max(1, UInt64(status.f_files))) : nil
    return Surroundings.Disk(
      path: path, free: free.overflow ? .max : Int(clamping: free.partialValue), freeFiles: files)
  }

  /// The socket of an engine; nil for an address that is none.
  static func socket(_ endpoint: String) -> Surroundings.Socket? {
    let path = endpoint.isEmpty ? "/var/run/docker.sock" : String(endpoint.dropFirst("unix://".count))
    guard path.hasPrefix("/") else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else {
      // Where the folder is not for this user, nobody can tell.
      return Surroundings.Socket(path: path, exists: errno == EACCES, isOpen: false, group: "docker")
    }
    let group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? String(status.st_gid)
    return Surroundings.Socket(path: path, exists: true, isOpen: access(path, R_OK | W_OK) == 0, group: group)
  }

  /// The command that starts Docker's engine: where systemd does not run, the older one (WSL, for example).
  static func starter(_ root: String) -> String {
    #if os(macOS)
      "open -a Docker"
    #else
      // https://www.freedesktop.org/software/systemd/man/latest/sd_booted.html
      access("\(root)/run/systemd/system", F_OK) == 0 ? "sudo systemctl start docker" : "sudo service docker start"
    #endif
  }

  static func installer(_ root: String) -> Surroundings.Installer? {
    [.apt, .dnf, .pacman, .apk].first { access("\(root)/\($0 == .apk ? "sbin" : "usr/bin")/\($0.rawValue)", X_OK) == 0 }
  }

  /// The architectures for which the kernel starts an emulator; nil where that cannot be seen.
  ///
  /// https://docs.kernel.org/admin-guide/binfmt-misc.html
  static func emulated(_ folder: String) -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    var hasStatus = false
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      hasStatus = hasStatus || name == "status"
      guard name.hasPrefix("qemu-") else { continue }
      let kernel = String(name.dropFirst(5))
      names.append(["x86_64": "amd64", "aarch64": "arm64", "i386": "386"][kernel] ?? kernel)
    }
    return hasStatus ? names.sorted() : nil
  }
}
