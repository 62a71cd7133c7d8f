import SourceText

/// Replaces variables in the strings of a compose file, and makes numbers and booleans of strings where the attribute
/// asks for one.
struct Interpolator {
  let environment: ComposeEnvironment
  let log: ProblemLog
  private(set) var variables: [ComposeVariable] = []
  private var path: [String] = []

  init(environment: ComposeEnvironment, log: ProblemLog) {
    self.environment = environment
    self.log = log
  }

  mutating func interpolate(_ value: ComposeValue) -> ComposeValue {
    interpolate(value, casts: Cast.table.root)
  }

  /// Interpolates a value that stands for itself, such as the name of the project.
  mutating func interpolate(_ text: ComposeValue, at path: [String]) -> ComposeValue {
    self.path = path
    defer { self.path = [] }
    return interpolate(text, casts: nil)
  }

  private mutating func interpolate(_ value: ComposeValue, casts: PathTable<Cast>.Node?) -> ComposeValue {
    switch value.content {
    case .string(let text):
      let (result, place) = substitute(text, value.place)
      guard let cast = casts?.rule else { return .string(result, at: place) }
      return convert(result, cast, place)
    case .list(let items):
      path.append("[]")
      defer { path.removeLast() }
      let next = casts?.next("[]")
      var list: [ComposeValue] = []
      list.reserveCapacity(items.count)
      for item in items { list.append(interpolate(item, casts: next)) }
      return ComposeValue(.list(list), at: value.place)
    case .map(let map):
      let result = map.mapValues { key, item in
        path.append(key)
        defer { path.removeLast() }
        return interpolate(item, casts: casts?.next(key))
      }
      return ComposeValue(.map(result), at: value.place)
    case .null, .bool, .integer, .float:
      return value
    }
  }

  // MARK: Variables

  private mutating func substitute(_ text: String, _ place: ComposePlace?) -> (String, ComposePlace?) {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, place) }
    let template = Template(text, mostGrowth: min(Template.mostGrowth, log.bytesLeft)) { [environment] in
      environment[$0]
    }
    log.bytesLeft -= template.growth
    if log.allow(2 * template.uses.count, at: place) {
      for use in template.uses { note(use, place) }
    }
    for (fault, range) in template.faults { report(fault, text, place?.part(range)) }
    guard let place else { return (template.text, nil) }
    return (template.text, place.with(map: place.map.map { template.map.composed(with: $0) }))
  }

  private mutating func note(_ use: Template.Use, _ place: ComposePlace?) {
    let modifier: ComposeVariable.Modifier? =
      switch use.modifier {
      case nil: nil
      case .defaultIfEmpty, .defaultIfUnset: .defaultValue
      case .required, .requiredNotEmpty: .required
      case .replacementIfSet, .replacementIfNotEmpty: .replacement
      }
    let usePlace = place?.part(use.range)
    variables.append(
      ComposeVariable(
        name: use.name, modifier: modifier, place: usePlace, value: use.value,
        source: environment.source(of: use.name)))
    if use.value == nil, use.modifier == nil {
      log.warn(
        .unsetVariable, "The variable `\(use.name)` is not set and becomes an empty text.", at: usePlace, path: path,
        subject: use.name)
    }
  }

  private func report(_ fault: Template.Fault, _ text: String, _ place: ComposePlace?) {
    switch fault {
    case .invalid:
      log.add(
        .invalidInterpolation,
        "This `${` does not begin a variable. A name, and `}` on the same line, must follow; for a literal dollar sign "
          + "write `$$`.", at: place, path: path, subject: text, expected: "${NAME}")
    case .missing(let name, let reason):
      log.add(
        .requiredVariable, "The variable `\(name)` must have a value" + (reason.isEmpty ? "." : ": \(reason)"),
        at: place, path: path, subject: name)
    case .tooLong:
      log.add(
        .yaml(.tooLarge), "The variables make this text too long. From here on they stay as they are.", at: place,
        path: path)
    case .tooDeep:
      log.add(.invalidInterpolation, "Variables nested too deeply.", at: place, path: path, subject: text)
    }
  }

  // MARK: Types

  private func convert(_ text: String, _ cast: Cast, _ place: ComposePlace?) -> ComposeValue {
    switch cast {
    case .integer:
      if let number = Cast.integer(text) { return ComposeValue(.integer(number), at: place) }
    case .float:
      if let number = Cast.float(text) { return ComposeValue(.float(number), at: place) }
    case .bool:
      let word = text.lowercased()
      if let flag = Self.boolean(word) {
        if word != "true", word != "false" {
          log.warn(
            .deprecated, "`\(text)` is no boolean in YAML 1.2. Write `true` or `false`.", at: place, path: path,
            subject: text)
        }
        return ComposeValue(.bool(flag), at: place)
      }
    }
    let type = cast == .bool ? "a boolean" : "a number"
    log.add(
      .invalidCast, "`\(path.joined(separator: "."))` needs \(type), but this is `\(text)`.", at: place, path: path,
      subject: text, expected: type)
    return .string(text, at: place)
  }

  /// What YAML 1.1 took for a boolean.
  static func boolean(_ word: String) -> Bool? {
    switch word {
    case "true", "y", "yes", "on": true
    case "false", "n", "no", "off": false
    default: nil
    }
  }
}

/// The type that an interpolated string is made into.
enum Cast: Sendable {
  case integer
  case float
  case bool

  /// An optional sign and decimal digits.
  static func integer(_ text: String) -> Int? {
    text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 43 || $0 == 45 } ? Int(text) : nil
  }

  static func float(_ text: String) -> Double? {
    text.utf8.contains(where: { $0 <= 32 }) ? nil : Double(text)
  }

  static let table = PathTable<Cast>(
    rules(
      .integer,
      "services.*.cpu_count", "services.*.cpu_period", "services.*.cpu_quota",
      "services.*.cpu_rt_period", "services.*.cpu_rt_runtime", "services.*.cpu_shares", "services.*.deploy.replicas",
      "services.*.deploy.update_config.parallelism", "services.*.deploy.rollback_config.parallelism",
      "services.*.deploy.restart_policy.max_attempts", "services.*.deploy.placement.max_replicas_per_node",
      "services.*.healthcheck.retries", "services.*.oom_score_adj", "services.*.pids_limit",
      "services.*.ports.[].target", "services.*.scale", "services.*.ulimits.*",
      "services.*.ulimits.*.hard", "services.*.ulimits.*.soft"
    )
    .merging(
      rules(
        .float,
        "services.*.cpu_percent", "services.*.cpus", "services.*.deploy.update_config.max_failure_ratio",
        "services.*.deploy.rollback_config.max_failure_ratio")
    ) { first, _ in first }
    .merging(
      rules(
        .bool,
        "services.*.depends_on.*.required", "services.*.depends_on.*.restart", "services.*.healthcheck.disable",
        "services.*.init", "services.*.oom_kill_disable", "services.*.privileged",
        "services.*.read_only", "services.*.stdin_open", "services.*.tty", "services.*.volumes.[].read_only",
        "services.*.volumes.[].volume.nocopy", "networks.*.external", "networks.*.internal", "networks.*.attachable",
        "networks.*.enable_ipv4", "networks.*.enable_ipv6", "volumes.*.external", "secrets.*.external",
        "configs.*.external")
    ) { first, _ in first })

  private static func rules(_ cast: Cast, _ paths: String...) -> [String: Cast] {
    var rules: [String: Cast] = [:]
    for path in paths { rules[path] = cast }
    return rules
  }
}
