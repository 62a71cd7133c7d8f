import ComposeSyntax
import DockerfileSyntax
import SourceText

/// Writes down how a service runs: processes, ports, networks, names, variables.
struct ServiceFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let compose: ComposeReading?
  let isPartial: Bool
  /// Whether a configuration of the project says where the server of the image listens.
  let isConfigured: Bool
  private var name: Cell { Cell(service.name) }

  init(_ service: ServiceModel, _ chain: ProcessChain, _ compose: ComposeReading?, isPartial: Bool, isConfigured: Bool)
  {
    self.isConfigured = isConfigured
    self.service = service
    self.chain = chain
    self.compose = compose
    self.isPartial = isPartial
  }

  func add(to facts: inout FactStore) {
    addService(to: &facts)
    addProcesses(to: &facts)
    addPorts(to: &facts)
    addNetworks(to: &facts)
    addVariables(to: &facts)
    declare(&facts)
  }

  private func place(_ value: ComposeValue?) -> Place? { compose?.place(value?.place) }

  private func addService(to facts: inout FactStore) {
    let own = service.compose
    let position = own?.place.flatMap { compose?.place($0) } ?? service.place
    facts.add(
      "service",
      [
        "service": Cell(service.name, position), "build": Cell(service.plan.id),
        "image": Cell(service.plan.settings.tags.first ?? ""), "by": Cell(service.origin.rawValue),
        "restart": Cell(own?["restart"]?.string ?? service.command?.value("--restart") ?? "", place(own?["restart"])),
        "init": Cell(own?["init"]?.bool ?? service.command?.has("--init") ?? false),
        "tty": Cell(own?["tty"]?.bool ?? service.command?.has("--tty") ?? false),
        "stdin": Cell(own?["stdin_open"]?.bool ?? service.command?.has("--interactive") ?? false),
        "ran": Cell(service.composeRun == nil ? "unknown" : "run", service.composeRun),
        "family": Cell(service.family ?? "", service.stage?.referencePlace),
        "starts": Cell(service.startsSlowly.map { $0 ? "slow" : "quick" }, service.stage?.referencePlace),
        "user": Cell(userKind), "readiness": Cell(service.stage?.base?["readiness"]),
      ], at: position)
  }

  /// Root or another user, by compose, the command line, or the image.
  private var userKind: String? {
    let image = service.image.flatMap { image in
      image.user.map { $0.value.value ?? "?" } ?? (image.isBaseKnown ? "root" : nil)
    }
    guard let text = service.compose?.user?.value ?? service.command?.value("--user") ?? image else { return nil }
    let name = text.split(separator: ":").first.map(String.init) ?? text
    return name.contains("?") || name.contains("$") ? nil : ["root", "0", ""].contains(name) ? "root" : "other"
  }

  // MARK: Processes

  private func addProcesses(to facts: inout FactStore) {
    let hasInit = service.compose?["init"]?.bool == true || service.command?.has("--init") == true
    var isFirst = !hasInit
    for layer in chain.layers {
      facts.add(
        "process",
        [
          "service": name, "layer": Cell(layer.kind.rawValue), "pid1": Cell(isFirst), "form": Cell(layer.form),
          "program": Cell(Path.name(layer.program.text), layer.program.place),
          "path": Cell(layer.path, layer.program.place),
          "file": Cell(layer.file ?? ""), "arguments": Cell(layer.arguments.map(\.text).joined(separator: " ")),
          "origin": Cell(layer.origin.rawValue), "replaced": Cell(layer.isReplaced.map { $0 ? "yes" : "no" }),
          "tool": Cell(layer.built == nil ? "" : "go"),
          "package": Cell(layer.built?.package ?? (layer.built == nil ? "" : nil)),
          "command": Cell(layer.program.text, layer.commandPlace),
        ], at: layer.commandPlace ?? service.place)
      // What replaces itself leaves its number to the next.
      if layer.isReplaced != true { isFirst = false }
    }
  }

  // MARK: Ports

  private func addPorts(to facts: inout FactStore) {
    for port in service.compose?["ports"]?.list ?? [] {
      let target = port["target"]
      facts.add(
        "publishes",
        [
          "service": name, "host-address": Cell(port["host_ip"]?.string ?? "", place(port["host_ip"])),
          "host": Cell(port["published"]?.string ?? "", place(port["published"])),
          "container": Cell(target?.integer.map(String.init), place(target)),
          "protocol": Cell(port["protocol"]?.string ?? "tcp"), "file": Cell(place(port)?.file ?? ""),
          "written": Cell(
            ComposePort(port).map { $0.looksLikeBase60 ? "base60" : $0.isShort ? "short" : "long" }, place(port)),
          "text": Cell(port.place?.node?.text, place(port)),
          "misread": Cell(Self.base60(port.place?.node?.text), place(port)),
        ], at: place(port))
      addOverridden(port, to: &facts)
    }
    for word in service.command?.values("--publish") ?? [] {
      if word.text == nil, let source = service.command?.source {
        // A variable decides which ports: that some port is published is known all the same.
        facts.add("publishes", ["service": name, "written": "command"], at: Place(source, word.range))
      }
      guard let source = service.command?.source, let text = word.text,
        let port = PublishedPort(
          text,
          place: { range in
            // Quotes around the word move its characters; the whole word is near enough then.
            word.range.count == text.utf8.count
              ? Place(source, ByteRange(word.range.start + range.lowerBound, word.range.start + range.upperBound))
              : Place(source, word.range)
          })
      else { continue }
      facts.add(
        "publishes",
        [
          "service": name, "host-address": port.hostAddress, "host": port.host, "container": port.container,
          "protocol": Cell(["tcp", "udp", "sctp"].contains(port.protocolName) ? port.protocolName : nil),
          "file": Cell(source.file ?? ""), "written": "command",
        ], at: Place(source, word.range))
    }
    if service.command?.has("--publish-all") == true {
      for port in service.image?.exposedPorts ?? [] {
        facts.add(
          "publishes",
          [
            "service": name, "container": Cell(Self.number(port.value)),
            "protocol": Cell(Self.protocolName(port.value)),
          ],
          at: service.place)
      }
    }
    addExposed(to: &facts)
  }

  /// The same mapping in two files: compose takes it once today; old versions bound it twice.
  private func addOverridden(_ port: ComposeValue, to facts: inout FactStore) {
    guard let earlier = port.place?.history.first(where: { $0.file !== port.place?.file }),
      let host = port["published"]?.string
    else { return }
    facts.add(
      "conflicts",
      [
        "service": name, "with": Cell(service.name, compose?.place(earlier)),
        "port": Cell(host, place(port["published"])),
        "protocol": Cell(port["protocol"]?.string ?? "tcp"), "how": "overridden",
      ], at: place(port))
  }

  /// What YAML 1.1 makes of `22:22`: https://yaml.org/type/int.html
  private static func base60(_ text: String?) -> String? {
    guard let parts = text?.split(separator: ":", omittingEmptySubsequences: false), parts.count > 1, parts.count < 4
    else { return nil }
    var value = 0
    for part in parts {
      guard let number = Int(part), number < 1 << 20 else { return nil }
      value = value * 60 + number
    }
    return String(value)
  }

  private func addExposed(to facts: inout FactStore) {
    for port in service.image?.exposedPorts ?? [] {
      let place = port.range.flatMap(service.plan.place) ?? service.stage?.referencePlace
      facts.add(
        "exposes",
        [
          "service": name, "port": Cell(Self.number(port.value), place),
          "protocol": Cell(Self.protocolName(port.value)),
          "in": "image", "own": Cell(port.range != nil),
        ], at: place)
    }
    for port in service.compose?["expose"]?.list ?? [] {
      facts.add(
        "exposes",
        [
          "service": name, "port": Cell(port.text.flatMap(Self.number), place(port)),
          "protocol": Cell(Self.protocolName(port.text ?? "")),
          "in": "compose", "own": "yes",
        ],
        at: place(port))
    }
    if service.plan.dockerfile == nil, !isConfigured {
      // What a well-known image exposes is where its program listens.
      if service.image?.exposedPorts.isEmpty == false {
        facts.declare(
          "listens", isPartial || service.compose?["command"].map { !$0.isNull } ?? false ? .presumed : .complete,
          for: service.name)
      }
      for port in service.image?.exposedPorts ?? [] {
        facts.add(
          "listens",
          [
            "service": name, "address": "all", "port": Cell(Self.number(port.value)),
            "protocol": Cell(Self.protocolName(port.value)),
            "by": "image", "role": "main", "name": "", "program": Cell(service.stage?.base?.family),
          ], at: service.stage?.referencePlace, presumed: service.compose?["command"].map { !$0.isNull } ?? false)
      }
    }
  }

  private static func number(_ text: String) -> String? {
    Int(text.prefix { $0 != "/" && $0 != "-" }).map(String.init)
  }

  private static func protocolName(_ text: String) -> String {
    text.split(separator: "/").dropFirst().first.map { $0.lowercased() } == "udp" ? "udp" : "tcp"
  }

  // MARK: Networks and names

  private func addNetworks(to facts: inout FactStore) {
    let mode = service.compose?["network_mode"]
    let option = service.command?.value("--network") ?? service.command?.value("--net")
    if let text = mode?.string ?? option,
      ["host", "none"].contains(text) || text.hasPrefix("service:") || text.hasPrefix("container:")
    {
      let kind = text.contains(":") ? "container" : text
      facts.add(
        "network",
        [
          "service": name, "name": Cell(text), "mode": Cell(kind, place(mode)), "internal": "no", "external": "no",
          "form": "mode",
        ],
        at: place(mode) ?? service.place)
    } else if let networks = service.compose?["networks"]?.map {
      for (network, value) in networks {
        let isInternal = compose?.project.value(at: ["networks", network, "internal"])
        let isExternal = compose?.project.value(at: ["networks", network, "external"])
        facts.add(
          "network",
          [
            "service": name, "name": Cell(network, place(value)), "mode": "bridge",
            "internal": Cell(isInternal?.bool ?? false, place(isInternal)),
            "external": Cell(isExternal?.bool ?? false, place(isExternal)),
            "form": Cell(value.isNull && place(value)?.range.count == network.utf8.count ? "list" : "map"),
          ],
          at: place(value) ?? service.place)
      }
    } else {
      facts.add(
        "network",
        [
          "service": name, "name": Cell(option ?? "bridge"), "mode": "bridge", "internal": "no", "external": "no",
          "form": "none",
        ],
        at: service.place)
      // On the engine's default network nobody finds anybody by name.
      if service.origin == .command, option ?? "bridge" == "bridge" { return }
    }
    facts.add("names", ["service": name, "name": name, "kind": "service"], at: service.place)
    if let container = service.compose?["container_name"] {
      facts.add(
        "names", ["service": name, "name": Cell(container.string, place(container)), "kind": "container"],
        at: place(container))
    }
    if let command = service.command {
      for word in command.values("--network-alias") + command.values("--net-alias") {
        let place = Place(command.source, word.range)
        facts.add("names", ["service": name, "name": Cell(word.text, place), "kind": "alias"], at: place)
      }
    }
    for network in service.compose?["networks"]?.map ?? ComposeMap() {
      for alias in network.value["aliases"]?.list ?? [] {
        facts.add(
          "names", ["service": name, "name": Cell(alias.string, place(alias)), "kind": "alias"], at: place(alias))
      }
    }
  }

  // MARK: Variables

  private func addVariables(to facts: inout FactStore) {
    for variable in service.variables(compose) {
      facts.add(
        "sets",
        ["service": name, "name": Cell(variable.name), "value": variable.value, "by": Cell(variable.by)],
        at: variable.value.place ?? service.place)
    }
  }

  // MARK: Completeness

  private func declare(_ facts: inout FactStore) {
    let given: Grade = isPartial ? .open : .complete
    // Nobody has seen how a Dockerfile alone is run.
    let run: Grade = service.origin == .dockerfile ? min(given, .presumed) : given
    for relation in ["publishes", "network"] { facts.declare(relation, run, for: service.name) }
    for relation in ["service", "names"] { facts.declare(relation, given, for: service.name) }
    let knowsImage = service.image?.isBaseKnown ?? false
    facts.declare("exposes", knowsImage ? given : .open, for: service.name)
    let isWhole = service.compose?.hasWholeEnvironment ?? service.hasWholeEnvironment
    facts.declare("sets", knowsImage && isWhole ? run : .open, for: service.name)
    facts.declare("process", chain.layers.isEmpty ? .open : run, for: service.name)
  }
}

extension ServiceModel {
  /// A variable of the container, with where it is set.
  struct Setting {
    let name: String
    let value: Cell
    let by: String
  }

  /// The environment: what compose or the command line sets, over what the image brings.
  func variables(_ reading: ComposeReading?) -> [Setting] {
    var settings: [Setting] = []
    for variable in image?.environment ?? [] where variable.origin == .env {
      settings.append(
        Setting(name: variable.name, value: Cell(variable.value, variable.range.flatMap(plan.place)), by: "image"))
    }
    for (name, value) in compose?["environment"]?.map ?? ComposeMap() {
      settings.removeAll { $0.name == name }
      settings.append(
        Setting(
          name: name, value: Cell(value.isNull ? nil : value.text, reading?.place(value.place)),
          by: value.place.map { place in place.file.yaml == nil } == true ? "env-file" : "environment"))
    }
    for setting in fileVariables {
      settings.removeAll { $0.name == setting.name }
      settings.append(setting)
    }
    for word in command?.values("--env") ?? [] {
      guard let command, let text = word.text else { continue }
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let name = parts.first else { continue }
      settings.removeAll { $0.name == name }
      settings.append(
        Setting(
          name: name, value: Cell(parts.count > 1 ? parts[1] : nil, Place(command.source, word.range)), by: "command"))
    }
    return settings
  }
}
