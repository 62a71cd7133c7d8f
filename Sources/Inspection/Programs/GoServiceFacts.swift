import ProgramSource
import SourceText

/// Writes down what a service's own Go program does: where it listens, what it does when it is told to stop.
struct GoServiceFacts {
  let service: ServiceModel
  let layer: ProcessLayer
  let program: GoProgram
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    for listener in program.listeners where listener.network != .unix { add(listener, to: &facts) }
    for host in program.hosts { add(host, to: &facts) }
    addStopping(to: &facts)
    if let listener = program.listeners.first(where: { $0.role == .main && $0.network != .unix }) {
      facts.add(
        "serves",
        ["service": Cell(service.name), "what": Cell("http", place(listener.place)), "runtime": "go"],
        at: place(listener.place))
    }
    addLife(to: &facts)
    declare(&facts)
  }

  private func place(_ place: SourcePlace) -> Place { Place(file: place.path, place.range) }

  /// What keeps the program running, or that nothing does.
  private func addLife(to facts: inout FactStore) {
    var how: String
    switch program.life.kind {
    case .serves, .waits, .loops: how = "serves"
    case .finishes: how = "finishes"
    case .readsInput: how = "reads-input"
    case .unknown: return
    }
    var instead = Cell("")
    if let argument = layer.arguments.first, program.life.ends(with: argument.text) {
      how = "finishes"
      if program.life.kind == .serves, program.life.words.count == 1 {
        instead = Cell(program.life.words.first, argument.place)
      }
    }
    facts.add(
      "behaves",
      [
        "service": Cell(service.name), "how": Cell(how), "program": Cell(layer.program.text),
        "because": Cell(layer.program.text, layer.program.place), "instead": instead,
      ], at: program.life.place.map(place) ?? layer.program.place, presumed: program.life.isConditional)
    facts.declare("behaves", .presumed, for: service.name)
  }

  // MARK: Listening

  private func add(_ listener: Listener, to facts: inout FactStore) {
    let host = effective(listener.host)
    let port = effective(listener.port)
    let address = host.value.map(Self.kind(ofAddress:))
    let setter = listener.port.setters.first ?? listener.host.setters.first
    let protocolName = listener.network == .udp ? "udp" : "tcp"
    facts.add(
      "listens",
      [
        "service": Cell(service.name), "address": Cell(address, host.place), "port": Cell(port.value, port.place),
        "protocol": Cell(protocolName), "by": Cell(origin(listener)),
        "role": Cell(listener.role.rawValue), "name": Cell(setter?.name ?? ""),
      ], at: place(listener.place))
  }

  private static func kind(ofAddress text: String) -> String {
    if ["", "0.0.0.0", "::", "[::]"].contains(text) { return "all" }
    return Listener.isLoopback(text) ? "loopback" : "name"
  }

  private func origin(_ listener: Listener) -> String {
    let origin = listener.port.setters.isEmpty ? listener.host.origin.rawValue : listener.port.origin.rawValue
    return switch origin {
    case "constant", "variable": origin
    case "flag", "argument": "argument"
    default: "default"
    }
  }

  private func effective<Value>(_ traced: Traced<Value>) -> (value: String?, place: Place?) {
    EffectiveValues(arguments: layer.arguments, variables: variables).value(of: traced)
  }

  // MARK: Other hosts

  private func add(_ use: HostUse, to facts: inout FactStore) {
    let host = effective(use.host)
    var port = effective(use.port)
    if port.value == nil, let scheme = use.scheme { port.value = NetworkAddress.standardPorts[scheme].map(String.init) }
    guard let name = host.value, !name.isEmpty else { return }
    facts.add(
      "reaches",
      [
        "service": Cell(service.name), "host": Cell(name, host.place),
        "address": Cell(NetworkAddress.kind(name)), "port": Cell(port.value, port.place),
        "by": Cell(use.host.setters.isEmpty ? "constant" : "default"), "name": Cell(use.host.setters.first?.name ?? ""),
        "when": Cell(answer(use.isAtStart).map { $0 == "yes" ? "start" : "request" }),
        "retries": Cell(answer(use.retries)),
        "fatal": Cell(answer(use.isFatal)),
      ], at: place(use.place))
  }

  // MARK: Stopping

  private func addStopping(to facts: inout FactStore) {
    addOtherSignals(to: &facts)
    let handlers = program.signals.filter { $0.how == .handled && $0.handles("SIGTERM") }
    let drains = program.shutdowns.filter { $0.kind == .drains }
    for handler in handlers {
      let shutdown = drains.first
      let how = shutdown != nil || handler.outcome == .drains ? "drains" : "exits"
      facts.add(
        "handles",
        [
          "service": Cell(service.name), "signal": "SIGTERM", "how": Cell(how, place(handler.place)),
          "awaited": Cell(shutdown.flatMap { answer($0.awaited) }, shutdown.map { place($0.place) }),
          "deadline": Cell(shutdown.flatMap { deadline($0.deadline) }), "seconds": seconds(shutdown), "runtime": "go",
        ], at: place(handler.place))
    }
  }

  /// Handlers that wait for other signals, such as the one of Ctrl+C alone.
  private func addOtherSignals(to facts: inout FactStore) {
    for handler in program.signals
    where handler.how == .handled && !handler.handles("SIGTERM") && !handler.hasUnknownSignals {
      for signal in handler.signals where ["SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2"].contains(signal) {
        facts.add(
          "handles",
          [
            "service": Cell(service.name), "signal": Cell(signal),
            "how": Cell(handler.outcome == .drains ? "drains" : "exits", place(handler.place)),
            "awaited": "yes", "deadline": Cell(nil), "runtime": "go",
          ], at: place(handler.place))
      }
    }
  }

  /// How long Shutdown waits for open requests.
  private func seconds(_ shutdown: ShutdownCall?) -> Cell {
    guard let shutdown, case .seconds(let seconds?) = shutdown.deadline else { return .unknown }
    return Cell(
      seconds == seconds.rounded() && abs(seconds) < 1e9 ? String(Int(seconds)) : String(seconds), place(shutdown.place)
    )
  }

  private func answer(_ answer: Answer) -> String? {
    switch answer {
    case .yes: "yes"
    case .no: "no"
    case .unknown: nil
    }
  }

  private func deadline(_ deadline: ShutdownCall.Deadline) -> String? {
    switch deadline {
    case .seconds, .passed: "yes"
    case .none: "no"
    case .unknown: nil
    }
  }

  // MARK: Completeness

  /// Libraries that listen or wait for signals on their own: whoever imports one may handle what the source does not show.
  private static let handling = [
    "sigs.k8s.io/controller-runtime", "go.uber.org/fx", "github.com/oklog/run", "github.com/zeromicro/go-zero",
    "github.com/go-kratos/kratos", "github.com/micro/go-micro", "go-micro.dev", "github.com/beego/beego",
    "github.com/gobuffalo/buffalo", "k8s.io/apiserver", "github.com/tylerb/graceful", "github.com/fvbock/endless",
    "gofr.dev", "github.com/ory/graceful", "github.com/jpillora/overseer", "github.com/facebookgo/grace",
    "github.com/judwhite/go-svc", "github.com/kardianos/service",
  ]

  private func declare(_ facts: inout FactStore) {
    let foreign = program.imports.keys.filter { !GoProject.isStandard($0) }
    let handles: Grade =
      foreign.contains { path in Self.handling.contains { path.hasPrefix($0) } }
      ? .open : foreign.isEmpty ? .complete : .presumed
    facts.declare("handles", handles, for: service.name)
    facts.declare("serves", foreign.isEmpty ? .complete : .presumed, for: service.name)
    let listens: Grade = program.listeners.isEmpty ? .open : foreign.isEmpty ? .complete : .presumed
    facts.declare("listens", listens, for: service.name)
  }
}
