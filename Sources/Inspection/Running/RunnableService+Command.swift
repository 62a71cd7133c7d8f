extension RunnableService {
  /// Takes what a `docker run` says.
  mutating func read(_ run: ContainerCommand) {
    for option in run.options {
      guard let value = option.value.text else {
        leftOut.append("\(option.name) \(option.value.outline)")
        continue
      }
      switch option.name {
      case "--publish":
        // Places do not matter here.
        if let port = PublishedPort(value, place: { _ in nil }), let number = port.container.value.flatMap({ Int($0) })
        {
          ports.append(
            Port(
              container: number, networkProtocol: port.protocolName, published: port.host.value.flatMap { Int($0) }))
        }
      case "--env":
        let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 { environment.append(Setting(String(parts[0]), String(parts[1]))) }
      case "--volume": mount(value)
      case "--network", "--net": join(value)
      case "--memory": memoryLimit = Self.bytes(value)
      case "--stop-timeout": stopGrace = Int(value)
      case "--entrypoint": entrypoint = value.isEmpty ? [] : [value]
      case let name where Self.carried.contains(name): options.append(Setting(name, value))
      case let name where Self.switches.contains(name): options.append(Setting(name, ""))
      case let name where Self.ignored.contains(name): break
      default: leftOut.append("\(option.name) \(value)")
      }
    }
    let words = run.arguments.compactMap(\.text)
    if words.count < run.arguments.count { leftOut.append("arguments that depend on variables") }
    if !words.isEmpty { command = words }
  }

  private mutating func mount(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else {
      mounts.append(Mount(source: .anonymous, target: text))
      return
    }
    let isReadOnly = parts.count > 2 && parts[2].split(separator: ",").contains("ro")
    if parts[0].hasPrefix(".") {
      mounts.append(Mount(source: .project(Path.clean(parts[0])), target: parts[1], isReadOnly: isReadOnly))
    } else if parts[0].contains("/") || parts[0].hasPrefix("~") {
      leftOut.append("the mount of \(parts[0]) at \(parts[1])")
    } else {
      mounts.append(Mount(source: .volume(parts[0]), target: parts[1], isReadOnly: isReadOnly))
    }
  }

  private mutating func join(_ network: String) {
    switch network {
    case "none": networkMode = .none
    case "host": networkMode = .host
    case "bridge", "default": break
    case _ where network.hasPrefix("container:"): networkMode = .service(String(network.dropFirst(10)))
    default: connections.append(Connection(network: network, aliases: []))
    }
  }

  /// `512m`, `1g`, `1073741824`; nil for what is no size.
  static func bytes(_ text: String) -> Int? {
    let digits = text.prefix { $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let factor: Int
    switch text.dropFirst(digits.count).lowercased() {
    case "", "b": factor = 1
    case "k", "kb": factor = 1 << 10
    case "m", "mb": factor = 1 << 20
    case "g", "gb": factor = 1 << 30
    default: return nil
    }
    let (size, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : size
  }

  private static let carried: Set<String> = [
    "--user", "--workdir", "--hostname", "--stop-signal", "--pids-limit", "--shm-size", "--cap-add", "--cap-drop",
    "--tmpfs", "--dns", "--add-host", "--group-add", "--sysctl", "--platform",
  ]
  private static let switches: Set<String> = ["--init", "--tty", "--interactive", "--read-only"]
  /// What says how to watch it, or is another here.
  private static let ignored: Set<String> = [
    "--detach", "--rm", "--name", "--restart", "--label", "--pull", "--quiet", "--publish-all",
  ]
}
