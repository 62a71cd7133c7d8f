/// Checks whether the parts of a project fit together: what services refer to, and what excludes each other.
struct Consistency {
  let model: ComposeMap
  let active: [String]
  let disabled: Set<String>
  let log: ProblemLog
  /// Whether all files were read; otherwise what is not there may be defined in one that was not.
  let isComplete: Bool
  private let isActive: Set<String>

  init(model: ComposeMap, active: [String], disabled: Set<String>, log: ProblemLog, isComplete: Bool) {
    self.model = model
    self.active = active
    self.disabled = disabled
    self.log = log
    self.isComplete = isComplete
    isActive = Set(active)
  }

  func check() {
    let services = model["services"]?.map ?? ComposeMap()
    for name in active {
      guard let service = services[name]?.map else { continue }
      check(name, service, services[name]?.place)
    }
    checkSecrets()
    if let cycle = DependencyCycle.find(in: services, active) {
      let first = services[cycle[0]]?["depends_on"]
      log.add(
        .dependencyCycle, "These services wait for each other: \(cycle.joined(separator: ", then ")).",
        at: (cycle.count > 1 ? first?[cycle[1]]?.place : nil) ?? first?.place ?? services[cycle[0]]?.place,
        path: ["services", cycle[0], "depends_on"], subject: cycle.joined(separator: " -> "))
    }
  }

  /// Two containers cannot have the same name.
  func checkContainerNames() {
    var seen: [String: String] = [:]
    for name in active {
      guard let value = model["services"]?[name]?["container_name"], let container = value.string, !container.isEmpty
      else { continue }
      if let other = seen[container] {
        log.add(
          .duplicateContainerName, "The services `\(other)` and `\(name)` have the same container name `\(container)`.",
          at: value.place, path: ["services", name, "container_name"], subject: container)
      } else {
        seen[container] = name
      }
    }
  }

  private func check(_ name: String, _ service: ComposeMap, _ place: ComposePlace?) {
    let path = ["services", name]
    if service["build"]?.map == nil, service["image"]?.string ?? "" == "", service["provider"]?.map == nil, isComplete {
      log.add(
        .nothingToRun, "`\(name)` has neither an image nor a build.", at: place?.ofKey, path: path, subject: name,
        expected: "image or build")
    }
    checkBuild(name, service, path)
    checkNetworks(name, service, path)
    checkHealth(service, path)
    checkDependencies(name, service, path)
    checkMounts(name, service, path)
    checkLimits(service, path)
    checkScale(service, path)
    for (index, watch) in (service["develop"]?["watch"]?.list ?? []).enumerated() {
      guard watch["target"]?.string ?? "" == "", let action = watch["action"]?.string, action != "rebuild",
        action != "restart"
      else { continue }
      log.add(
        .missingKey, "The action `\(action)` needs a target.", at: watch.place,
        path: path + ["develop", "watch", String(index)], subject: "target", expected: "target")
    }
  }

  // MARK: Parts of a service

  private func checkBuild(_ name: String, _ service: ComposeMap, _ path: [String]) {
    guard let build = service["build"]?.map else { return }
    if let inline = build["dockerfile_inline"], inline.string ?? "" != "", build["dockerfile"]?.string ?? "" != "" {
      log.add(
        .conflict, "Only one of `dockerfile` and `dockerfile_inline` can be set.", at: inline.place?.ofKey,
        path: path + ["build"], subject: "dockerfile_inline")
    }
    if let platforms = build["platforms"]?.list, !platforms.isEmpty, let platform = service["platform"],
      let text = platform.string, !text.isEmpty, !platforms.contains(where: { $0.string == text })
    {
      log.add(
        .conflict, "The platforms of the build do not include `\(text)`.", at: platform.place,
        path: path + ["build", "platforms"], subject: text)
    }
  }

  private func checkNetworks(_ name: String, _ service: ComposeMap, _ path: [String]) {
    let networks = service["networks"]?.map ?? ComposeMap()
    if let mode = service["network_mode"], mode.string ?? "" != "", !networks.isEmpty {
      log.add(
        .conflict, "Only one of `network_mode` and `networks` can be set.", at: mode.place?.ofKey, path: path,
        subject: name)
    }
    for (network, value) in networks where model["networks"]?[network] == nil {
      undefined(
        "network", network, name, value.place.map { $0.key == nil ? $0 : $0.ofKey }, path + ["networks"], "networks")
    }
  }

  private func checkHealth(_ service: ComposeMap, _ path: [String]) {
    guard let test = service["healthcheck"]?["test"], let first = test.list?.first, let word = first.string,
      !["CMD", "CMD-SHELL", "NONE"].contains(word)
    else { return }
    log.add(
      .invalidValue, "A test that is a list must begin with CMD, CMD-SHELL or NONE, not with `\(word)`.",
      at: first.place ?? test.place, path: path + ["healthcheck", "test"], subject: word,
      expected: "CMD, CMD-SHELL or NONE")
  }

  private func checkDependencies(_ name: String, _ service: ComposeMap, _ path: [String]) {
    for (other, dependency) in service["depends_on"]?.map ?? ComposeMap() where !isActive.contains(other) {
      let place = dependency.place.map { $0.key == nil ? $0 : $0.ofKey }
      if disabled.contains(other) {
        if dependency["required"]?.bool == false { continue }
        log.add(
          .undefinedReference, "`\(name)` depends on `\(other)`, which no active profile starts.", at: place,
          path: path + ["depends_on", other], subject: other)
        continue
      }
      undefined("service", other, name, place, path + ["depends_on", other], "services")
    }
  }

  private func checkMounts(_ name: String, _ service: ComposeMap, _ path: [String]) {
    for (index, volume) in (service["volumes"]?.list ?? []).enumerated() {
      guard volume["type"]?.string == "volume", let source = volume["source"], let text = source.string, !text.isEmpty,
        model["volumes"]?[text] == nil
      else { continue }
      undefined("volume", text, name, source.place, path + ["volumes", String(index)], "volumes")
    }
    let mounts: [(items: [ComposeValue], section: String, kind: String, path: [String])] = [
      (service["build"]?["secrets"]?.list ?? [], "secrets", "secret", path + ["build", "secrets"]),
      (service["configs"]?.list ?? [], "configs", "config", path + ["configs"]),
      (service["secrets"]?.list ?? [], "secrets", "secret", path + ["secrets"]),
    ]
    for mount in mounts {
      for item in mount.items {
        guard let source = item["source"], let text = source.string, model[mount.section]?[text] == nil else {
          continue
        }
        undefined(mount.kind, text, name, source.place, mount.path, mount.section)
      }
    }
    for (modelName, value) in service["models"]?.map ?? ComposeMap() where model["models"]?[modelName] == nil {
      undefined("model", modelName, name, value.place, path + ["models"], "models")
    }
  }

  private func undefined(
    _ kind: String, _ name: String, _ service: String, _ place: ComposePlace?, _ path: [String], _ section: String
  ) {
    guard isComplete else { return }
    let known = log.suggests ? model[section]?.map?.keys ?? [] : []
    let verb = kind == "service" ? "depends on" : "uses"
    log.add(
      .undefinedReference, "`\(service)` \(verb) the \(kind) `\(name)`, which is not defined.", at: place, path: path,
      subject: name, expected: "an entry of the top-level `\(section)`",
      suggestion: Suggestion.nearest(to: name, in: known.filter { $0 != service || kind != "service" }))
  }

  private func checkLimits(_ service: ComposeMap, _ path: [String]) {
    let resources = service["deploy"]?["resources"]
    let pairs: [(own: String, section: String, key: String)] = [
      ("cpus", "limits", "cpus"), ("mem_limit", "limits", "memory"), ("mem_reservation", "reservations", "memory"),
      ("pids_limit", "limits", "pids"),
    ]
    for pair in pairs {
      guard let own = service[pair.own], !own.isZero, let section = resources?[pair.section], section.map != nil,
        !own.isEqual(to: section[pair.key] ?? ComposeValue(.integer(0)))
      else { continue }
      log.add(
        .conflict, "`\(pair.own)` and `deploy.resources.\(pair.section).\(pair.key)` differ.", at: own.place?.ofKey,
        path: path, subject: pair.own)
    }
  }

  private func checkScale(_ service: ComposeMap, _ path: [String]) {
    let scale = service["scale"]?.integer
    let replicas = service["deploy"]?["replicas"]?.integer
    if let scale, let replicas, scale != replicas {
      log.add(
        .conflict, "`scale` is \(scale) and `deploy.replicas` is \(replicas). Set only one.",
        at: service["scale"]?.place?.ofKey, path: path, subject: "scale")
    }
    guard let container = service["container_name"], container.string ?? "" != "", let count = scale ?? replicas,
      count > 1
    else { return }
    log.add(
      .conflict, "\(count) containers cannot all have the name `\(container.string ?? "")`.",
      at: container.place?.ofKey, path: path, subject: "container_name")
  }

  private func checkSecrets() {
    for (name, secret) in model["secrets"]?.map ?? ComposeMap() {
      if secret["external"]?.bool == true || secret["driver"]?.string ?? "" != "" { continue }
      guard secret["file"]?.string ?? "" == "", secret["environment"]?.string ?? "" == "" else { continue }
      log.add(
        .missingKey, "The secret `\(name)` needs a `file` or an `environment`.", at: secret.place,
        path: ["secrets", name], subject: name, expected: "file or environment")
    }
  }
}

extension ComposeValue {
  fileprivate var isZero: Bool {
    switch content {
    case .integer(let number): number == 0
    case .float(let number): number == 0
    case .null: true
    default: false
    }
  }
}

/// Services that wait for each other.
enum DependencyCycle {
  /// The names of a cycle, the first one repeated at the end; nil where there is none.
  static func find(in services: ComposeMap, _ active: [String]) -> [String]? {
    let known = Set(active)
    var finished: Set<String> = []
    for start in active.sorted() where !finished.contains(start) {
      var path = [start]
      var onPath: Set = [start]
      var rest = [neighbours(of: start, services, known)]
      while let name = path.last {
        guard let next = rest[rest.count - 1].popLast() else {
          finished.insert(name)
          onPath.remove(name)
          path.removeLast()
          rest.removeLast()
          continue
        }
        if onPath.contains(next), let index = path.firstIndex(of: next) { return Array(path[index...]) + [next] }
        if finished.contains(next) { continue }
        path.append(next)
        onPath.insert(next)
        rest.append(neighbours(of: next, services, known))
      }
    }
    return nil
  }

  /// The dependencies, the first in the alphabet last, so that it is taken first.
  private static func neighbours(of name: String, _ services: ComposeMap, _ known: Set<String>) -> [String] {
    let names = services[name]?["depends_on"]?.map?.keys ?? []
    return names.filter { known.contains($0) }.sorted(by: >)
  }
}
