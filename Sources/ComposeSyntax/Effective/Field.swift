/// The type that an attribute has in the end.
indirect enum Field: Sendable {
  case text
  case flag
  /// A flag for which `false` says something.
  case optionalFlag
  case number
  /// A number for which 0 says something.
  case optionalNumber
  case float
  case bytes
  /// Nanoseconds.
  case duration
  case optionalDuration
  case texts
  /// Words, or a text that is split into words.
  case command
  case healthTest
  /// Settings, of which some may have no value.
  case settings
  /// Settings, in which no value is the same as an empty one.
  case labels
  /// Settings with several values each.
  case multiple
  case hosts
  case mode
  case ulimit
  case deviceCount
  case sshKeys
  /// A flag that is true unless it is set to false.
  case flagUnlessFalse
  case anything
  case object(ObjectField)
  case list(Field)
  /// A map from names that the user chooses.
  case named(Field)
}

/// The attributes of a mapping.
final class ObjectField: Sendable {
  let fields: [(key: String, field: Field)]
  /// Those that the canonical form always shows.
  let always: Set<String>
  /// Whether the mapping itself may be missing without being left out, as in `networks: {web:}`.
  let mayBeNull: Bool
  private let index: [String: Field]

  init(_ fields: [(String, Field)], always: Set<String> = [], mayBeNull: Bool = false) {
    self.fields = fields.map { (key: $0.0, field: $0.1) }
    self.always = always
    self.mayBeNull = mayBeNull
    var index: [String: Field] = [:]
    for (key, field) in fields { index[key] = field }
    self.index = index
  }

  subscript(key: String) -> Field? { index[key] }
}

extension Field {
  static func object(_ fields: [(String, Field)], always: Set<String> = [], mayBeNull: Bool = false) -> Field {
    .object(ObjectField(fields, always: always, mayBeNull: mayBeNull))
  }

  static func texts(_ keys: String...) -> [(String, Field)] { keys.map { ($0, .text) } }
  static func flags(_ keys: String...) -> [(String, Field)] { keys.map { ($0, .flag) } }
  static func numbers(_ keys: String...) -> [(String, Field)] { keys.map { ($0, .number) } }
  static func lists(_ keys: String...) -> [(String, Field)] { keys.map { ($0, .texts) } }

  static let project = object([
    ("name", .text),
    ("services", .named(service)),
    ("networks", .named(network)),
    ("volumes", .named(volume)),
    ("secrets", .named(fileObject)),
    ("configs", .named(fileObject)),
    ("models", .named(model)),
  ])

  static let service = object(
    texts(
      "image", "container_name", "hostname", "domainname", "user", "working_dir", "restart", "network_mode", "ipc",
      "pid", "uts", "cgroup", "cgroup_parent", "platform", "pull_policy", "pull_refresh_after", "runtime",
      "isolation", "mac_address", "stop_signal", "userns_mode", "cpuset")
      + flags("privileged", "read_only", "tty", "stdin_open", "oom_kill_disable", "use_api_socket")
      + numbers(
        "cpu_count", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares", "oom_score_adj",
        "pids_limit")
      + lists(
        "dns", "dns_search", "dns_opt", "tmpfs", "cap_add", "cap_drop", "security_opt", "group_add", "links",
        "external_links", "volumes_from", "profiles", "device_cgroup_rules", "label_file", "expose")
      + [
        ("command", .command), ("entrypoint", .command),
        ("init", .optionalFlag), ("attach", .optionalFlag), ("scale", .optionalNumber),
        ("cpus", .float), ("cpu_percent", .float),
        ("mem_limit", .bytes), ("mem_reservation", .bytes), ("memswap_limit", .bytes), ("mem_swappiness", .bytes),
        ("shm_size", .bytes),
        ("stop_grace_period", .optionalDuration),
        ("environment", .settings), ("labels", .labels), ("annotations", .labels), ("sysctls", .labels),
        ("storage_opt", .labels), ("extra_hosts", .hosts), ("ulimits", .named(.ulimit)),
        ("env_file", .list(object(texts("path", "format") + flags("required")))),
        ("networks", .named(networkConnection)), ("depends_on", .named(dependency)), ("ports", .list(port)),
        ("volumes", .list(mount)), ("build", build), ("healthcheck", healthcheck), ("deploy", deployment),
        ("secrets", .list(fileMount)), ("configs", .list(fileMount)),
        ("devices", .list(object(texts("source", "target", "permissions")))), ("gpus", .list(deviceRequest)),
        ("logging", object([("driver", .text), ("options", .labels)])), ("develop", development),
        ("models", .named(object(texts("endpoint_var", "model_var"), mayBeNull: true))),
        ("provider", object([("type", .text), ("options", .multiple)])),
        ("pre_start", .list(hook)), ("post_start", .list(hook)), ("pre_stop", .list(hook)),
        ("credential_spec", object(texts("config", "file", "registry"))), ("blkio_config", blockIO),
      ], always: ["command", "entrypoint"])

  private static let networkConnection = object(
    lists("aliases", "link_local_ips") + texts("ipv4_address", "ipv6_address", "mac_address", "interface_name")
      + [("driver_opts", .labels)] + numbers("priority", "gw_priority"), mayBeNull: true)

  private static let dependency = object(
    [("condition", .text), ("restart", .flag), ("required", .flag)], always: ["required"])

  private static let port = object(
    texts("name", "mode", "host_ip") + [("target", .number)] + texts("published", "protocol", "app_protocol"))

  private static let mount = object(
    texts("type", "source", "target", "consistency") + [
      ("read_only", .flag),
      (
        "bind",
        object([
          ("propagation", .text), ("create_host_path", .flagUnlessFalse), ("selinux", .text), ("recursive", .text),
        ])
      ),
      ("volume", object([("nocopy", .flag), ("subpath", .text), ("labels", .labels)])),
      ("tmpfs", object([("size", .bytes), ("mode", .number)])),
      ("image", object(texts("subpath"))),
    ])

  private static let build = object(
    texts("context", "dockerfile", "dockerfile_inline", "target", "network", "isolation", "provenance", "sbom")
      + lists("cache_from", "cache_to", "platforms", "tags", "entitlements", "no_cache_filter")
      + flags("no_cache", "pull", "privileged") + [
        ("args", .settings), ("labels", .labels), ("additional_contexts", .labels), ("ssh", .sshKeys),
        ("extra_hosts", .hosts), ("shm_size", .bytes), ("ulimits", .named(.ulimit)), ("secrets", .list(fileMount)),
      ])

  private static let healthcheck = object([
    ("test", .healthTest), ("timeout", .optionalDuration), ("interval", .optionalDuration),
    ("retries", .optionalNumber), ("start_period", .optionalDuration), ("start_interval", .optionalDuration),
    ("disable", .flag),
  ])

  private static let updateConfig = object([
    ("parallelism", .optionalNumber), ("delay", .duration), ("failure_action", .text), ("monitor", .duration),
    ("max_failure_ratio", .float), ("order", .text),
  ])

  private static let genericResources = Field.list(
    object([("discrete_resource_spec", object([("kind", .text), ("value", .number)]))]))

  private static let deviceRequest = object([
    ("capabilities", .texts), ("driver", .text), ("count", .deviceCount), ("device_ids", .texts), ("options", .labels),
  ])

  private static let resources: [(String, Field)] = [
    ("cpus", .float), ("memory", .bytes), ("pids", .number), ("devices", .list(deviceRequest)),
    ("generic_resources", genericResources),
  ]

  private static let deployment = object(
    [
      ("mode", .text), ("replicas", .optionalNumber), ("labels", .labels), ("update_config", updateConfig),
      ("rollback_config", updateConfig),
      ("resources", object([("limits", object(resources)), ("reservations", object(resources))])),
      (
        "restart_policy",
        object([
          ("condition", .text), ("delay", .optionalDuration), ("max_attempts", .optionalNumber),
          ("window", .optionalDuration),
        ])
      ),
      (
        "placement",
        object([
          ("constraints", .texts), ("preferences", .list(object(texts("spread")))), ("max_replicas_per_node", .number),
        ])
      ),
      ("endpoint_mode", .text),
    ], always: ["placement", "resources"])

  private static let fileMount = object(texts("source", "target", "uid", "gid") + [("mode", .mode)])

  private static let hook = object(
    [
      ("command", .command), ("user", .text), ("privileged", .flag), ("working_dir", .text),
      ("environment", .settings), ("image", .text), ("per_replica", .flag),
    ], always: ["command"])

  private static let development = object([
    (
      "watch",
      .list(
        object(
          texts("path", "action", "target") + lists("ignore", "include") + [("exec", hook), ("initial_sync", .flag)],
          always: ["exec"]))
    )
  ])

  private static let blockIO = object([
    ("weight", .number), ("weight_device", .list(object([("path", .text), ("weight", .number)]))),
    ("device_read_bps", deviceRates), ("device_read_iops", deviceRates), ("device_write_bps", deviceRates),
    ("device_write_iops", deviceRates),
  ])

  private static let deviceRates = Field.list(object([("path", .text), ("rate", .bytes)]))

  private static let network = object(
    [
      ("name", .text), ("driver", .text), ("driver_opts", .labels),
      (
        "ipam",
        object([
          ("driver", .text),
          (
            "config",
            .list(object(texts("subnet", "ip_range", "gateway") + [("aux_addresses", .labels)]))
          ),
          ("options", .labels),
        ])
      ),
      ("external", .flag), ("internal", .flag), ("attachable", .flag), ("labels", .labels),
      ("enable_ipv4", .optionalFlag), ("enable_ipv6", .optionalFlag),
    ], always: ["ipam"])

  private static let volume = object([
    ("name", .text), ("driver", .text), ("driver_opts", .labels), ("external", .flag), ("labels", .labels),
  ])

  private static let fileObject = object(
    texts("name", "file", "environment", "content", "driver", "template_driver")
      + [("external", .flag), ("labels", .labels), ("driver_opts", .labels)])

  private static let model = object([
    ("name", .text), ("model", .text), ("context_size", .number), ("runtime_flags", .texts),
  ])
}
