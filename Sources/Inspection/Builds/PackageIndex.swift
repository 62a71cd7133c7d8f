import DockerfileSyntax

/// The list of packages that a distribution's package manager installs from, as the steps of a stage leave it behind.
///
/// Base images come without one: https://docs.docker.com/build/building/best-practices/#apt-get,
/// https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper. dnf, yum and zypper fetch theirs by themselves.
struct PackageIndex {
  enum State: String {
    /// Fetched by the step that installs, or by the installation itself.
    case fresh
    /// Fetched by an earlier step, whose layer may be as old as the builder's cache.
    case stale
    /// Never fetched, or deleted since.
    case missing
  }

  private enum Held {
    case unknown, nothing
    case fetched(order: Int)
  }

  private var held: Held = .unknown

  /// - Parameter manager: the package manager of a base image; nil where the image is not known.
  init(manager: String? = nil) {
    held = manager == "apt" || manager == "apk" ? .nothing : .unknown
  }

  /// A cache that is mounted over it keeps what earlier builds fetched.
  mutating func mount(_ target: String) {
    if target.hasPrefix("/var/lib/apt") || target.hasPrefix("/var/cache/apk") || target.hasPrefix("/etc/apk") {
      held = .unknown
    }
  }

  /// Takes note of a command.
  mutating func follow(_ command: ShellCommand, order: Int) {
    guard let program = command.program else { return }
    let words = command.arguments.map(\.outline)
    switch program {
    case "apt-get", "apt", "aptitude":
      if words.contains("update") { held = .fetched(order: order) }
    case "apk":
      if words.contains("update") || words.contains(where: Self.fetches) { held = .fetched(order: order) }
    case "add-apt-repository", "apt-add-repository", "extrepo", "bash", "sh", "eatmydata", "install_packages",
      "apt-install", "clean-install":
      // A script may update it, as those of package sources do.
      held = .unknown
    case "rm":
      let isIndex = words.contains {
        $0.hasPrefix("/var/lib/apt/lists") || $0 == "/var/lib/apt" || $0.hasPrefix("/var/lib/apt/*")
      }
      if isIndex { held = .nothing }
    default: break
    }
  }

  /// What an installation finds; nil where that is not known, or the command installs nothing by name.
  func state(for command: ShellCommand, order: Int) -> State? {
    let words = command.arguments.map(\.outline)
    switch command.program {
    case "apt-get", "apt", "aptitude":
      guard words.contains("install"), !words.contains(where: Self.isFile) else { return nil }
    case "apk":
      guard words.contains("add") else { return nil }
      if words.contains("--no-cache") || words.contains(where: Self.fetches) { return .fresh }
    default: return nil
    }
    switch held {
    case .unknown: return nil
    case .nothing: return .missing
    case .fetched(let at): return at == order ? .fresh : .stale
    }
  }

  /// `-U`, `-Uu`, `--update`, `--update-cache`
  private static func fetches(_ word: String) -> Bool {
    if word.hasPrefix("--") { return word == "--update" || word == "--update-cache" }
    return word.hasPrefix("-") && word.contains("U")
  }

  private static func isFile(_ word: String) -> Bool { word.hasSuffix(".deb") || word.hasPrefix("./") }
}
