import SourceText

/// Turns the short forms of a compose file into the long ones. What is long already stays as it is.
struct CanonicalForm {
  enum Rule: Sendable {
    case volume
    case ports
    case device
    case fileMount
    case build
    case dependsOn
    case envFile
    case extends
    case names
    case listOfOne
    case settingsMap
    case sshKeys
    case ulimit
    case gpus
    case text
    case resource
  }

  let log: ProblemLog
  /// Whether values that mean nothing stay as they are.
  let keepsFaulty: Bool
  private var path: [String] = []

  init(log: ProblemLog, keepsFaulty: Bool = false) {
    self.log = log
    self.keepsFaulty = keepsFaulty
  }

  mutating func apply(to map: ComposeMap) -> ComposeMap {
    canonical(ComposeValue(.map(map)), Self.table.root)?.map ?? map
  }

  /// nil where the value means nothing, so that it is left out.
  private mutating func canonical(_ value: ComposeValue, _ table: PathTable<Rule>.Node?) -> ComposeValue? {
    guard let table else { return value }
    guard let rule = table.rule else { return descend(value, table) }
    switch rule {
    case .build:
      guard value.string != nil else { return descend(value, table) }
      return ComposeValue(.map(ComposeMap([("context", value)])), at: value.place)
    case .resource: return resource(descend(value, table))
    case .volume: return volume(value)
    case .ports: return ports(value)
    case .device: return device(value)
    case .fileMount:
      guard value.string != nil else { return value }
      return ComposeValue(.map(ComposeMap([("source", value)])), at: value.place)
    case .dependsOn: return dependsOn(value)
    case .envFile: return envFile(value)
    case .extends:
      guard value.string != nil else { return value }
      return ComposeValue(.map(ComposeMap([("service", value)])), at: value.place)
    case .names:
      guard value.list != nil else { return value }
      return ComposeValue(.map(Merge.named(value, .null)), at: value.place)
    case .listOfOne:
      return value.string == nil ? value : ComposeValue(.list([value]), at: value.place)
    case .settingsMap, .sshKeys:
      guard value.list != nil else { return value }
      return ComposeValue(.map(settings(value, rule)), at: value.place)
    case .ulimit:
      guard value.string == nil else {
        return refuse(value, "`\(value.string ?? "")` is no limit.", expected: "a number")
      }
      return value
    case .gpus:
      guard value.string != nil else { return value }
      let request = ComposeValue(.map(ComposeMap([("count", value)])), at: value.place)
      return ComposeValue(.list([request]), at: value.place)
    case .text:
      return value.text.map { .string($0, at: value.place) } ?? value
    }
  }

  private mutating func descend(_ value: ComposeValue, _ table: PathTable<Rule>.Node) -> ComposeValue {
    switch value.content {
    case .map(let map):
      let result = map.compactMapValues { key, item in
        path.append(key)
        defer { path.removeLast() }
        return canonical(item, table.next(key))
      }
      return ComposeValue(.map(result), at: value.place)
    case .list(let items):
      var list: [ComposeValue] = []
      list.reserveCapacity(items.count)
      for (index, item) in items.enumerated() {
        path.append(String(index))
        if let item = canonical(item, table.next("[]")) { list.append(item) }
        path.removeLast()
      }
      return ComposeValue(.list(list), at: value.place)
    default: return value
    }
  }

  private func refuse(
    _ value: ComposeValue, _ message: String, part: ComposeValue? = nil, expected: String? = nil
  ) -> ComposeValue? {
    log.add(
      .invalidValue, message, at: part?.place ?? value.place, path: path, subject: part?.text ?? value.text,
      expected: expected)
    return keepsFaulty ? value : nil
  }

  // MARK: Forms

  private func volume(_ value: ComposeValue) -> ComposeValue? {
    guard let text = value.string else { return value }
    let spec = VolumeSpec(text)
    if let fault = spec.fault {
      return refuse(value, "`\(text)` is no volume. \(fault)", expected: "[SOURCE:]TARGET[:MODE]")
    }
    return ComposeValue(.map(VolumeSpec.canonical(value, spec)), at: value.place)
  }

  private mutating func ports(_ value: ComposeValue) -> ComposeValue? {
    guard let items = value.list else { return value }
    var ports: [ComposeValue] = []
    for (index, item) in items.enumerated() {
      guard item.map == nil else {
        ports.append(item)
        continue
      }
      path.append(String(index))
      defer { path.removeLast() }
      var text = item
      if item.string == nil { text = .string(item.text ?? "", at: item.place) }
      do {
        let spec = try PortSpec(text)
        // Each port of a range becomes a mapping of several values.
        guard spec.containerRange.count == 1 || log.allow(4 * spec.containerRange.count, at: item.place) else { break }
        ports += spec.canonical(at: item.place)
      } catch {
        if refuse(text, error.message, part: error.part, expected: error.expected) != nil { return value }
      }
    }
    return ComposeValue(.list(ports), at: value.place)
  }

  private func device(_ value: ComposeValue) -> ComposeValue? {
    guard value.string != nil else { return value }
    let parts = value.parts(separatedBy: UInt8(ascii: ":"))
    guard parts.count <= 3 else {
      return refuse(
        value, "`\(value.string ?? "")` has more parts than a source, a target and permissions.",
        expected: "SOURCE[:TARGET[:PERMISSIONS]]")
    }
    let target = parts.count > 1 && parts[1].string?.isEmpty == false ? parts[1] : parts[0]
    return ComposeValue(
      .map(
        ComposeMap([
          ("source", parts[0]), ("target", target), ("permissions", parts.count > 2 ? parts[2] : .string("rwm")),
        ])), at: value.place)
  }

  private func dependsOn(_ value: ComposeValue) -> ComposeValue? {
    guard let map = value.map else {
      return value.list == nil
        ? value : ComposeValue(.map(Merge.named(value, .dependency)), at: value.place)
    }
    let dependencies = map.compactMapValues { _, item -> ComposeValue? in
      guard var dependency = item.map else { return item }
      for (key, implied) in Merge.dependency where dependency[key] == nil { dependency[key] = implied }
      return ComposeValue(.map(dependency), at: item.place)
    }
    return ComposeValue(.map(dependencies), at: value.place)
  }

  private func envFile(_ value: ComposeValue) -> ComposeValue? {
    let items = value.list ?? (value.isNull ? [] : [value])
    let files = items.map { item -> ComposeValue in
      var map = item.map ?? ComposeMap([("path", item)])
      if map["required"] == nil { map["required"] = ComposeValue(.bool(true)) }
      return ComposeValue(.map(map), at: item.place)
    }
    return ComposeValue(.list(files), at: value.place)
  }

  private func settings(_ value: ComposeValue, _ rule: Rule) -> ComposeMap {
    var map = ComposeMap()
    for item in value.list ?? [] {
      let (name, setting) = KeyValues.split(item)
      if setting.isNull {
        if case .sshKeys = rule, name == "default" {
          map[name] = setting
        } else {
          if refuse(item, "`\(name)` has no value.", expected: "NAME=VALUE") != nil { map[name] = setting }
        }
      } else {
        map[name] = setting
      }
    }
    return map
  }

  /// A top-level resource, whose `external` may have been a map with a name.
  private func resource(_ value: ComposeValue) -> ComposeValue? {
    guard var resource = value.map, let external = resource["external"], let old = external.map else { return value }
    resource["external"] = ComposeValue(.bool(true), at: external.place)
    if let name = old["name"] {
      log.warn(
        .deprecated, "`external.name` is deprecated. Set `name` and `external: true`.", at: name.place,
        path: path + ["external", "name"], subject: path.joined(separator: "."))
      if let other = resource["name"], !other.isEqual(to: name) {
        log.add(
          .conflict, "`name` and `external.name` differ. Set only `name`.", at: name.place, path: path,
          subject: path.joined(separator: "."))
      } else {
        resource["name"] = name
      }
    }
    return ComposeValue(.map(resource), at: value.place)
  }

  private static let table = PathTable<Rule>([
    "services.*.build": .build,
    "services.*.build.additional_contexts": .settingsMap,
    "services.*.build.provenance": .text,
    "services.*.build.sbom": .text,
    "services.*.build.secrets.*": .fileMount,
    "services.*.build.ssh": .sshKeys,
    "services.*.build.ulimits.*": .ulimit,
    "services.*.configs.*": .fileMount,
    "services.*.depends_on": .dependsOn,
    "services.*.develop.watch.*.ignore": .listOfOne,
    "services.*.develop.watch.*.include": .listOfOne,
    "services.*.devices.*": .device,
    "services.*.dns": .listOfOne,
    "services.*.env_file": .envFile,
    "services.*.extends": .extends,
    "services.*.gpus": .gpus,
    "services.*.label_file": .listOfOne,
    "services.*.models": .names,
    "services.*.networks": .names,
    "services.*.ports": .ports,
    "services.*.secrets.*": .fileMount,
    "services.*.ulimits.*": .ulimit,
    "services.*.volumes.*": .volume,
    "configs.*": .resource,
    "networks.*": .resource,
    "secrets.*": .resource,
    "volumes.*": .resource,
  ])
}
