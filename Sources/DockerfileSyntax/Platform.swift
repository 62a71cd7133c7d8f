/// What an image is built for: `linux/arm64/v8`.
///
/// https://pkg.go.dev/github.com/containerd/platforms, normalised as there: `aarch64` is `arm64`, `arm` is
/// `arm/v7`.
public struct Platform: Hashable, Sendable, CustomStringConvertible {
  public let system: String
  public let architecture: String
  /// Empty where the architecture has only one.
  public let variant: String

  public var description: String {
    [system, architecture, variant].filter { !$0.isEmpty }.joined(separator: "/")
  }

  /// nil where the builder refuses the text.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
    let isWellFormed = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { $0.isNamePart || "-.()+".utf8.contains($0) }
    }
    guard isWellFormed, parts.count <= 3 else { return nil }
    let (architecture, variant) = Self.normalize(parts.count > 1 ? parts[1] : parts[0], parts.count > 2 ? parts[2] : "")
    if parts.count > 1 {
      system = parts[0] == "macos" ? "darwin" : parts[0]
      self.architecture = architecture
      self.variant = variant
    } else if Self.systems.contains(parts[0]) {
      // An operating system alone is meant for the architecture of the builder, which is not known here.
      system = parts[0]
      self.architecture = ""
      self.variant = ""
    } else if Self.architectures.contains(architecture) {
      system = "linux"
      self.architecture = architecture
      self.variant = variant
    } else {
      return nil
    }
  }

  private static func normalize(_ architecture: String, _ variant: String) -> (String, String) {
    switch architecture {
    case "i386": return ("386", "")
    case "x86_64", "x86-64", "amd64": return ("amd64", variant == "v1" ? "" : variant)
    case "aarch64", "arm64": return ("arm64", variant == "8" || variant == "v8" ? "" : variant)
    case "armhf": return ("arm", "v7")
    case "armel": return ("arm", "v6")
    case "arm":
      let number = variant.hasPrefix("v") ? String(variant.dropFirst()) : variant
      return ("arm", number.isEmpty ? "v7" : "v\(number)")
    default: return (architecture, variant)
    }
  }

  private static let systems: Set<String> = [
    "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "macos", "nacl",
    "netbsd",
    "openbsd", "plan9", "solaris", "windows", "zos",
  ]
  private static let architectures: Set<String> = [
    "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "ppc64", "ppc64le", "loong64", "mips", "mipsle",
    "mips64", "mips64le", "mips64p32", "mips64p32le", "ppc", "riscv", "riscv64", "s390", "s390x", "sparc", "sparc64",
    "wasm",
  ]
}
