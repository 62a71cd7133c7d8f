import DockerfileSyntax

/// The list of packages that apt installs from, as the steps of a stage leave it behind.
///
/// Base images come without one: https://docs.docker.com/build/building/best-practices/#apt-get. apk, dnf, yum and zypper fetch
/// theirs by themselves when they need it.
struct PackageIndex {
  enum State: String {
    /// Fetched by the step that installs.
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
    held = manager == "apt" ? .nothing : .unknown
  }

  /// A cache that is mounted over it keeps what earlier builds fetched.
  mutating func mount(_ target: String) {
    if target.hasPrefix("/var/lib/apt") { held = .unknown }
  }

  /// Takes note of a command.
  mutating func follow(_ command: ShellCommand, order: Int) {
    guard let program = command.program else { return }
    let words = command.arguments.map(\.outline)
    switch program {
    case "apt-get", "apt", "aptitude":
      if words.contains(where: ["update", "--update"].contains) { held = .fetched(order: order) }
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
    guard ["apt-get", "apt", "aptitude"].contains(command.program), words.contains("install"),
      !words.contains(where: Self.isFile)
    else { return nil }
    switch held {
    case .unknown: return nil
    case .nothing: return .missing
    case .fetched(let at): return at == order ? .fresh : .stale
    }
  }

  private static func isFile(_ word: String) -> Bool { word.hasSuffix(".deb") || word.hasPrefix("./") }
}
