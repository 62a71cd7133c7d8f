/// Lays one compose file over another, or a service over the one that it extends.
///
/// https://docs.docker.com/reference/compose-file/merge/
struct Merge {
  enum Rule: Sendable {
    /// The later value stands alone.
    case override
    /// Both become lists, one after the other.
    case list
    /// Both become maps of settings.
    case settings
    /// Lists of names become maps; a name alone gets these defaults.
    case names(defaults: Defaults)
    case build
    case logging
    case extraHosts
    case ulimit
    case addressPools
  }

  enum Defaults: Sendable {
    case null
    case dependency
  }

  let log: ProblemLog
  private var path: [String] = []

  init(log: ProblemLog) {
    self.log = log
  }

  /// All of a file over what was loaded before it.
  mutating func merge(_ map: ComposeMap, over base: ComposeMap) -> ComposeMap {
    mergeMaps(base, map, Self.rules.root)
  }

  /// One attribute over another one at the same path.
  mutating func merge(_ value: ComposeValue, over base: ComposeValue, at path: [String]) -> ComposeValue {
    self.path = path
    defer { self.path = [] }
    var rules: PathTable<Rule>.Node? = Self.rules.root
    for part in path { rules = rules?.next(part) }
    return mergeValues(base, value, rules)
  }

  private mutating func mergeValues(
    _ base: ComposeValue, _ other: ComposeValue, _ rules: PathTable<Rule>.Node?
  ) -> ComposeValue {
    if let rule = rules?.rule { return apply(rule, base, other, rules) }
    if other.isNull { return base }
    switch (base.content, other.content) {
    case (.map(let left), .map(let right)):
      return ComposeValue(.map(mergeMaps(left, right, rules)), at: other.place?.replacing(base.place) ?? base.place)
    case (.list(let left), .list(let right)):
      return ComposeValue(.list(left + right), at: other.place?.replacing(base.place) ?? base.place)
    case (.map, _), (.list, _):
      log.add(
        .cannotMerge,
        "`\(path.joined(separator: "."))` is \(base.typeName) in the file below and \(other.typeName) here; they "
          + "cannot be merged.", at: other.place, path: path, expected: base.typeName)
      return other.replacing(base)
    default:
      return other.replacing(base)
    }
  }

  private mutating func mergeMaps(
    _ base: ComposeMap, _ other: ComposeMap, _ rules: PathTable<Rule>.Node?
  ) -> ComposeMap {
    var result = base
    for (key, value) in other {
      guard let existing = result[key] else {
        result[key] = value
        continue
      }
      path.append(key)
      result[key] = mergeValues(existing, value, rules?.next(key))
      path.removeLast()
    }
    return result
  }

  private mutating func apply(
    _ rule: Rule, _ base: ComposeValue, _ other: ComposeValue, _ rules: PathTable<Rule>.Node?
  ) -> ComposeValue {
    let place = other.place?.replacing(base.place) ?? base.place
    switch rule {
    case .override:
      return other.replacing(base)
    case .list:
      return ComposeValue(.list(KeyValues.list(base) + KeyValues.list(other)), at: place)
    case .settings:
      var settings = KeyValues.map(base) ?? ComposeMap()
      for (name, value) in KeyValues.map(other) ?? ComposeMap() {
        settings[name] = settings[name].map { value.replacing($0) } ?? value
      }
      return ComposeValue(.map(settings), at: place)
    case .names(let defaults):
      let left = Self.named(base, defaults)
      let right = Self.named(other, defaults)
      return ComposeValue(.map(mergeMaps(left, right, rules)), at: place)
    case .build:
      return ComposeValue(.map(mergeMaps(Self.build(base), Self.build(other), rules)), at: place)
    case .logging:
      guard let left = base.map, let right = other.map else { return other.replacing(base) }
      let isSameDriver = left["driver"].flatMap { driver in right["driver"].map { driver.isEqual(to: $0) } } ?? true
      return isSameDriver ? ComposeValue(.map(mergeMaps(left, right, rules)), at: place) : other.replacing(base)
    case .extraHosts:
      var hosts = KeyValues.list(base)
      for host in KeyValues.list(other) where !hosts.contains(where: { $0.isEqual(to: host) }) { hosts.append(host) }
      return ComposeValue(.list(hosts), at: place)
    case .ulimit:
      return other.replacing(base)
    case .addressPools:
      return ComposeValue(.list(addressPools(base.list ?? [], other.list ?? [])), at: place)
    }
  }

  /// A list of names as a map.
  static func named(_ value: ComposeValue, _ defaults: Defaults) -> ComposeMap {
    if let map = value.map { return map }
    var map = ComposeMap()
    for item in value.list ?? [] {
      guard let name = item.text else { continue }
      let place = item.place.map { place in
        ComposePlace(
          file: place.file, range: place.range, key: place.range, entry: place.entry, node: place.node,
          overrode: place.overrode)
      }
      switch defaults {
      case .null: map[name] = ComposeValue(.null, at: place)
      case .dependency: map[name] = ComposeValue(.map(dependency), at: place)
      }
    }
    return map
  }

  /// What the list form of `depends_on` means.
  static let dependency = ComposeMap([
    ("condition", .string("service_started")), ("required", ComposeValue(.bool(true))),
  ])

  private static func build(_ value: ComposeValue) -> ComposeMap {
    if let map = value.map { return map }
    return value.string == nil ? ComposeMap() : ComposeMap([("context", value)])
  }

  /// Address pools are merged by subnet.
  private mutating func addressPools(_ base: [ComposeValue], _ other: [ComposeValue]) -> [ComposeValue] {
    var pools: [ComposeValue] = []
    func position(_ subnet: String?) -> Int? { pools.firstIndex { $0["subnet"]?.text == subnet } }
    for original in base {
      for override in other {
        let left = override["subnet"]?.text
        if left != original["subnet"]?.text, position(left) == nil {
          pools.append(override)
          continue
        }
        let merged = ComposeValue(
          .map(mergeMaps(original.map ?? ComposeMap(), override.map ?? ComposeMap(), nil)), at: override.place)
        if let index = position(merged["subnet"]?.text) { pools[index] = merged } else { pools.append(merged) }
      }
    }
    return pools
  }

  private static let rules = PathTable<Rule>([
    "networks.*.ipam.config": .addressPools,
    "networks.*.labels": .settings,
    "volumes.*.labels": .settings,
    "services.*.annotations": .settings,
    "services.*.build": .build,
    "services.*.build.args": .settings,
    "services.*.build.additional_contexts": .settings,
    "services.*.build.extra_hosts": .extraHosts,
    "services.*.build.labels": .settings,
    "services.*.command": .override,
    "services.*.depends_on": .names(defaults: .dependency),
    "services.*.deploy.labels": .settings,
    "services.*.dns": .list,
    "services.*.dns_opt": .list,
    "services.*.dns_search": .list,
    "services.*.entrypoint": .override,
    "services.*.env_file": .list,
    "services.*.label_file": .list,
    "services.*.environment": .settings,
    "services.*.extra_hosts": .extraHosts,
    "services.*.healthcheck.test": .override,
    "services.*.labels": .settings,
    "services.*.volumes.*.volume.labels": .settings,
    "services.*.logging": .logging,
    "services.*.models": .names(defaults: .null),
    "services.*.networks": .names(defaults: .null),
    "services.*.sysctls": .settings,
    "services.*.tmpfs": .list,
    "services.*.ulimits.*": .ulimit,
  ])
}

extension ComposeValue {
  /// The type in words, with its article.
  var typeName: String {
    switch content {
    case .null: "empty"
    case .bool: "a boolean"
    case .integer, .float: "a number"
    case .string: "a string"
    case .list: "a list"
    case .map: "a mapping"
    }
  }
}
