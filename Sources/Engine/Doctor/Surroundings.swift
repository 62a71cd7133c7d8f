/// Everything that the doctor looks at, as values: what is unknown is nil.
public struct Surroundings: Sendable {
  /// Of `docker version`.
  public struct Client: Hashable, Sendable {
    public var version = ""
    public var context = ""
  }

  public struct Server: Hashable, Sendable {
    public var version = ""
    public var system = ""
    public var architecture = ""
    /// What calls itself an engine: Docker Engine - Community, Podman Engine.
    public var name = ""
  }

  /// Of `docker info`.
  public struct Info: Hashable, Sendable {
    public var rootFolder = ""
    public var storageDriver = ""
    public var httpProxy = ""
    public var httpsProxy = ""
    public var noProxy = ""
    public var warnings: [String] = []
    public var security: [String] = []
    /// In bytes.
    public var memory = 0
  }

  public struct Socket: Hashable, Sendable {
    public var path: String
    public var exists: Bool
    /// Whether this user may read and write it.
    public var isOpen: Bool
    public var group: String
  }

  public struct Disk: Hashable, Sendable {
    public var path: String
    /// In bytes, for users other than root.
    public var free: Int
    /// Free file numbers in percent; nil where the file system has no such limit.
    public var freeFiles: Int?
  }

  public enum Compose: Hashable, Sendable {
    case plugin(String)
    /// `docker-compose`, with its version.
    case standalone(String)
    case none
  }

  public var client: Client?
  /// Why the client did not answer; nil when it did.
  public var clientProblem: EngineProblem?
  public var server: Server?
  public var serverProblem: EngineProblem?
  public var info: Info?
  /// Where the client looks for the engine: unix:///var/run/docker.sock, ssh://...
  public var endpoint = ""
  public var context = ""
  /// Whether DOCKER_HOST overrides the context.
  public var isHostSet = false
  public var socket: Socket?
  public var compose = Compose.none
  /// The version of buildx; nil where it is not there.
  public var buildx: String?
  /// Whether DOCKER_BUILDKIT asks for the classic builder.
  public var isBuildKitOff = false
  public var disks: [Disk] = []
  /// As engines name it: amd64, arm64.
  public var machine = ""
  /// The architectures that this machine emulates; nil where that cannot be seen.
  public var emulated: [String]?
  /// Proxies of this shell: HTTP_PROXY and HTTPS_PROXY, without user and password.
  public var shellProxy = ""
  /// The name servers of this machine.
  public var nameServers: [String] = []
  /// Whether systemd-resolved lists the real name servers elsewhere, where Docker finds them.
  public var hasResolvedList = false
  /// Name servers of the daemon's own configuration.
  public var daemonNameServers: [String] = []

  /// The command that starts Docker's engine here.
  public var starter = "sudo systemctl start docker"
  /// What installs packages here; nil where that is not known.
  public var installer: Installer?

  public enum Installer: String, Sendable {
    case apt = "apt-get"
    case dnf, pacman, apk
  }

  public init() {}

  /// Whether the engine runs on this machine.
  public var isLocal: Bool { endpoint.hasPrefix("unix://") || endpoint.isEmpty }
}
