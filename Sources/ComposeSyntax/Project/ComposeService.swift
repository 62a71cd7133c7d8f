import SourceText

/// A service as it would run, after merging, interpolation and defaults.
///
/// What is not here can be read from `value` by its key, in the long form of the specification.
public struct ComposeService: Sendable {
  public let name: String
  /// All attributes in their long form.
  public let value: ComposeValue
  /// Whether all files that set its environment were read.
  public let hasWholeEnvironment: Bool
  /// The absolute path of the project root.
  let root: String

  /// Where the service is written; its key is the name.
  public var place: ComposePlace? { value.place }

  public subscript(key: String) -> ComposeValue? { value[key] }

  private func text(_ key: String) -> Placed<String>? { value[key]?.placedText }
  private func flag(_ key: String) -> Placed<Bool>? { value[key]?.placedFlag }

  // MARK: What runs

  public var image: Placed<String>? { text("image") }
  public var build: ComposeBuild? {
    value["build"].flatMap { $0.map == nil ? nil : ComposeBuild(value: $0, root: root) }
  }
  /// nil where the image decides; empty where the command of the image is taken away.
  public var command: ComposeCommand? { value["command"].flatMap { ComposeCommand($0) } }
  /// nil where the image decides; empty where the entry point of the image is taken away.
  public var entrypoint: ComposeCommand? { value["entrypoint"].flatMap { ComposeCommand($0) } }
  public var platform: Placed<String>? { text("platform") }
  public var pullPolicy: Placed<String>? { text("pull_policy") }
  public var provider: ComposeValue? { value["provider"] }

  // MARK: How it runs

  public var user: Placed<String>? { text("user") }
  public var workingDirectory: Placed<String>? { text("working_dir") }
  public var restart: Placed<String>? { text("restart") }
  /// nil where nothing is said, which is not the same as false.
  public var initProcess: Placed<Bool>? { flag("init") }
  public var tty: Placed<Bool>? { flag("tty") }
  public var stdinOpen: Placed<Bool>? { flag("stdin_open") }
  public var readOnly: Placed<Bool>? { flag("read_only") }
  public var privileged: Placed<Bool>? { flag("privileged") }
  public var stopSignal: Placed<String>? { text("stop_signal") }
  /// In nanoseconds.
  public var stopGracePeriod: Placed<Int>? { value["stop_grace_period"]?.placedNumber }
  public var capAdd: [Placed<String>] { value["cap_add"]?.placedTexts ?? [] }
  public var capDrop: [Placed<String>] { value["cap_drop"]?.placedTexts ?? [] }
  public var profiles: [Placed<String>] { value["profiles"]?.placedTexts ?? [] }
  /// `scale`, or the replicas of `deploy`.
  public var scale: Placed<Int>? {
    value["scale"]?.placedNumber ?? value.value(at: ["deploy", "replicas"])?.placedNumber
  }
  public var healthcheck: ComposeHealthcheck? {
    value["healthcheck"].flatMap { $0.map == nil ? nil : ComposeHealthcheck(value: $0) }
  }
  public var dependencies: [ComposeDependency] {
    (value["depends_on"]?.map ?? ComposeMap()).map { ComposeDependency(service: $0.key, value: $0.value) }
  }

  // MARK: Limits

  /// In bytes: `mem_limit`, or the limit of `deploy`.
  public var memoryLimit: Placed<Int>? {
    value["mem_limit"]?.placedNumber
      ?? value.value(at: ["deploy", "resources", "limits", "memory"])?.placedNumber
  }
  /// In bytes.
  public var sharedMemory: Placed<Int>? { value["shm_size"]?.placedNumber }
  public var processLimit: Placed<Int>? {
    value["pids_limit"]?.placedNumber ?? value.value(at: ["deploy", "resources", "limits", "pids"])?.placedNumber
  }

  // MARK: Settings and files

  public var environment: [ComposeSetting] {
    (value["environment"]?.map ?? ComposeMap()).map { ComposeSetting(name: $0.key, value: $0.value) }
  }
  public var labels: [ComposeSetting] {
    (value["labels"]?.map ?? ComposeMap()).map { ComposeSetting(name: $0.key, value: $0.value) }
  }
  public var envFiles: [ComposeEnvFile] {
    (value["env_file"]?.list ?? []).compactMap { ComposeEnvFile($0, root: root) }
  }
  public var volumes: [ComposeMount] {
    (value["volumes"]?.list ?? []).compactMap { ComposeMount($0, root: root) }
  }
  /// Each with its options behind a colon, as `/run:size=64m`.
  public var tmpfs: [Placed<String>] { value["tmpfs"]?.placedTexts ?? [] }
  public var secrets: [ComposeFileMount] { (value["secrets"]?.list ?? []).compactMap { ComposeFileMount($0) } }
  public var configs: [ComposeFileMount] { (value["configs"]?.list ?? []).compactMap { ComposeFileMount($0) } }

  // MARK: Network

  public var ports: [ComposePort] { (value["ports"]?.list ?? []).compactMap { ComposePort($0) } }
  public var expose: [Placed<String>] { value["expose"]?.placedTexts ?? [] }
  public var networks: [ComposeNetworkConnection] {
    (value["networks"]?.map ?? ComposeMap()).map { ComposeNetworkConnection(name: $0.key, value: $0.value) }
  }
  public var networkMode: Placed<String>? { text("network_mode") }
  public var hostname: Placed<String>? { text("hostname") }
  public var containerName: Placed<String>? { text("container_name") }
  public var links: [Placed<String>] { value["links"]?.placedTexts ?? [] }
  public var dns: [Placed<String>] { value["dns"]?.placedTexts ?? [] }
  /// Host names with their addresses.
  public var extraHosts: [(name: String, addresses: [Placed<String>])] {
    (value["extra_hosts"]?.map ?? ComposeMap()).map { (name: $0.key, addresses: $0.value.placedTexts) }
  }
}
