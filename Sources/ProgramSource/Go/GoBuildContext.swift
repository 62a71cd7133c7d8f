/// What a build is made for: it decides which files of a package take part.
///
/// Source: https://pkg.go.dev/cmd/go#hdr-Build_constraints and go/build's syslist.go
public struct GoBuildContext: Hashable, Sendable {
  public var system: String
  public var architecture: String
  /// Whether cgo is on: `CGO_ENABLED`, whose default depends on a C compiler and on cross-compiling.
  public var cgo: Bool
  /// The tags of `-tags`.
  public var tags: Set<String>
  /// The minor version of the toolchain, for tags such as `go1.21`: 21. Nil: new enough for every tag.
  public var minorVersion: Int?

  public init(
    system: String = "linux", architecture: String = "amd64", cgo: Bool = true, tags: Set<String> = [],
    minorVersion: Int? = nil
  ) {
    self.system = system
    self.architecture = architecture
    self.cgo = cgo
    self.tags = tags
    self.minorVersion = minorVersion
  }

  /// Whether a tag of a build constraint is set.
  public func isSet(_ tag: String) -> Bool {
    if tag == system || tag == architecture || tags.contains(tag) { return true }
    switch tag {
    case "cgo": return cgo
    case "gc": return true
    case "unix": return Self.unixSystems.contains(system)
    case "linux": return system == "android"
    case "darwin": return system == "ios"
    case "solaris": return system == "illumos"
    default:
      guard tag.hasPrefix("go1."), let minor = Int(tag.dropFirst(4)) else { return false }
      return minorVersion.map { minor <= $0 } ?? true
    }
  }

  /// Whether a file takes part in a build of its package; tests do not, nor do files that begin with `_` or `.`.
  public func includes(_ file: GoFile) -> Bool {
    let name = file.path.split(separator: "/").last ?? ""
    if file.isTest || name.hasPrefix("_") || name.hasPrefix(".") || !matchesName(name) { return false }
    if file.usesCgo && !cgo { return false }
    return file.constraint?.holds(isSet) ?? true
  }

  /// Whether a file takes part in some builds and not in others, as far as its constraints tell.
  public static func decides(about file: GoFile) -> Bool {
    if file.constraint != nil || file.usesCgo { return true }
    let name = file.path.split(separator: "/").last ?? ""
    guard let last = parts(of: name).last else { return false }
    return systems.contains(last) || architectures.contains(last)
  }

  /// `name_GOOS.go`, `name_GOARCH.go`, `name_GOOS_GOARCH.go`; what stands before the first `_` is no condition.
  private func matchesName(_ name: Substring) -> Bool {
    let parts = Self.parts(of: name)
    guard let last = parts.last else { return true }
    if Self.architectures.contains(last) {
      if parts.count > 1, Self.systems.contains(parts[parts.count - 2]), !isSet(parts[parts.count - 2]) { return false }
      return isSet(last)
    }
    return Self.systems.contains(last) ? isSet(last) : true
  }

  /// What stands between and behind the underscores of a file's name.
  private static func parts(of name: Substring) -> [String] {
    var stem = name
    if stem.hasSuffix(".go") { stem = stem.dropLast(3) }
    return stem.split(separator: "_", omittingEmptySubsequences: false).dropFirst().map(String.init)
  }

  static let unixSystems: Set<String> = [
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux", "netbsd", "openbsd",
    "solaris",
  ]

  static let systems: Set<String> = unixSystems.union(["js", "nacl", "plan9", "wasip1", "windows", "zos"])

  static let architectures: Set<String> = [
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64", "mips64le",
    "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64",
    "wasm",
  ]
}
