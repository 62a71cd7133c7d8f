/// Writes down what follows from the rest of a project: its default network, names of resources, dependencies that are
/// implied by links and shared namespaces.
struct Normalization {
  let projectName: String
  let environment: ComposeEnvironment

  func apply(to map: ComposeMap) -> ComposeMap {
    var map = map
    addNetworks(&map)
    if let services = map["services"], let all = services.map {
      let normalized = all.compactMapValues { _, value -> ComposeValue? in
        value.map.map { ComposeValue(.map(service($0)), at: value.place) } ?? value
      }
      map["services"] = ComposeValue(.map(normalized), at: services.place)
    }
    for section in ["networks", "volumes", "configs", "secrets"] { nameResources(&map, section) }
    return map
  }

  // MARK: Networks

  private func addNetworks(_ map: inout ComposeMap) {
    var usesDefault = false
    if let services = map["services"], let all = services.map {
      let connected = all.compactMapValues { _, value -> ComposeValue? in
        guard var service = value.map, service["provider"] == nil, service["network_mode"] == nil else { return value }
        let networks = service["networks"]?.map ?? ComposeMap()
        if networks.isEmpty {
          service["networks"] = ComposeValue(.map(ComposeMap([("default", ComposeValue(.null))])))
          usesDefault = true
        } else if networks["default"] != nil {
          usesDefault = true
        }
        return ComposeValue(.map(service), at: value.place)
      }
      map["services"] = ComposeValue(.map(connected), at: services.place)
    }
    guard usesDefault, map["networks"]?["default"] == nil else { return }
    var networks = map["networks"]?.map ?? ComposeMap()
    networks["default"] = ComposeValue(.null)
    map["networks"] = ComposeValue(.map(networks), at: map["networks"]?.place)
  }

  private func nameResources(_ map: inout ComposeMap, _ section: String) {
    guard let value = map[section], let resources = value.map else { return }
    let named = resources.compactMapValues { key, resource -> ComposeValue? in
      var fields = resource.map ?? ComposeMap()
      if fields["name"]?.isNull ?? true {
        let isExternal = fields["external"]?.text.map { ["1", "t", "T", "true", "TRUE", "True"].contains($0) } ?? false
        fields["name"] = .string(isExternal ? key : "\(projectName)_\(key)")
      }
      return ComposeValue(.map(fields), at: resource.place)
    }
    map[section] = ComposeValue(.map(named), at: value.place)
  }

  // MARK: Services

  private func service(_ service: ComposeMap) -> ComposeMap {
    var service = service
    if service["pull_policy"]?.string == "if_not_present" {
      service["pull_policy"] = .string("missing", at: service["pull_policy"]?.place)
    }
    if let value = service["build"], var build = value.map {
      if build["context"]?.isNull ?? true { build["context"] = .string(".") }
      if build["dockerfile"] == nil, build["dockerfile_inline"] == nil { build["dockerfile"] = .string("Dockerfile") }
      if let args = build["args"] { build["args"] = resolve(args, keepsUnset: false) }
      service["build"] = ComposeValue(.map(build), at: value.place)
    }
    if let variables = service["environment"] { service["environment"] = resolve(variables, keepsUnset: true) }
    let dependencies = dependencies(of: service)
    if !dependencies.isEmpty {
      service["depends_on"] = ComposeValue(.map(dependencies), at: service["depends_on"]?.place)
    }
    if let volumes = service["volumes"], let items = volumes.list {
      service["volumes"] = ComposeValue(
        .list(
          items.map { item in
            guard var volume = item.map, let target = volume["target"], let path = target.string else { return item }
            volume["target"] = .string(ComposePath.clean(path), at: target.place)
            return ComposeValue(.map(volume), at: item.place)
          }), at: volumes.place)
    }
    if let hooks = service["pre_start"], let items = hooks.list, let image = service["image"] {
      service["pre_start"] = ComposeValue(
        .list(
          items.map { item in
            guard var hook = item.map, hook["image"] == nil else { return item }
            hook["image"] = image
            return ComposeValue(.map(hook), at: item.place)
          }), at: hooks.place)
    }
    return service
  }

  /// Settings without a value take that of the environment.
  private func resolve(_ value: ComposeValue, keepsUnset: Bool) -> ComposeValue {
    if let items = value.list {
      let list = items.compactMap { item -> ComposeValue? in
        guard let name = item.string, !name.utf8.contains(UInt8(ascii: "=")) else { return item }
        return environment[name].map { KeyValues.item(item, $0) } ?? (keepsUnset ? item : nil)
      }
      return ComposeValue(.list(list), at: value.place)
    }
    guard let settings = value.map else { return value }
    let resolved = settings.compactMapValues { name, setting -> ComposeValue? in
      guard setting.isNull else { return setting }
      if let found = environment[name] { return .string(found, at: setting.place) }
      return keepsUnset ? setting : nil
    }
    return ComposeValue(.map(resolved), at: value.place)
  }

  private func dependencies(of service: ComposeMap) -> ComposeMap {
    var dependencies = service["depends_on"]?.map ?? ComposeMap()
    func add(_ name: String, _ place: ComposePlace?, restarts: Bool) {
      guard dependencies[name] == nil else { return }
      let dependency = ComposeMap([
        ("condition", .string("service_started")), ("restart", ComposeValue(.bool(restarts))),
        ("required", ComposeValue(.bool(true))),
      ])
      dependencies[name] = ComposeValue(.map(dependency), at: place)
    }
    for link in service["links"]?.list ?? [] {
      guard let text = link.string else { continue }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      add(parts.count == 2 ? String(parts[0]) : text, link.place, restarts: true)
    }
    for key in ["network_mode", "ipc", "pid", "uts", "cgroup"] {
      guard let value = service[key], let text = value.string, text.hasPrefix("service:") else { continue }
      add(String(text.dropFirst("service:".count)), value.place, restarts: true)
    }
    for volume in service["volumes_from"]?.list ?? [] {
      guard let text = volume.string, !text.hasPrefix("container:") else { continue }
      let name = text.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? text
      add(name, volume.place, restarts: false)
    }
    return dependencies
  }
}
