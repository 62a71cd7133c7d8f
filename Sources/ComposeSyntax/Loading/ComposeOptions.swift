/// How a project is to be loaded: what `docker compose` takes from its command line and its environment.
public struct ComposeOptions: Hashable, Sendable {
  /// The absolute path of the project root. Nothing outside of it is read.
  public var root: String
  /// The directory in which the command would run, relative to the root; the root itself is empty.
  public var directory: String
  /// `-f`: compose files in order, relative to `directory` or absolute. Empty: those that compose finds.
  public var files: [String]
  /// `-p`
  public var projectName: String?
  /// `--profile`
  public var profiles: [String]
  /// `--env-file`, relative to `directory` or absolute. Empty: `.env` beside the first compose file.
  public var envFiles: [String]
  /// The environment of the process.
  public var environment: [String: String]
  /// Whether variables are replaced. Without, the model keeps `${NAME}`.
  public var interpolates = true

  public init(
    root: String = "/project", directory: String = "", files: [String] = [], projectName: String? = nil,
    profiles: [String] = [], envFiles: [String] = [], environment: [String: String] = [:]
  ) {
    self.root = root
    self.directory = directory
    self.files = files
    self.projectName = projectName
    self.profiles = profiles
    self.envFiles = envFiles
    self.environment = environment
  }
}
