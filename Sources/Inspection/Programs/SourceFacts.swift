import ProgramSource
import SourceText

/// Writes down what the source of a service's program in a scripting language says: where it listens, and which hosts
/// it speaks to.
struct SourceFacts {
  let service: ServiceModel
  let runtime: String
  let values: EffectiveValues

  func add(_ listeners: [Listener], to facts: inout FactStore) {
    let listeners = listeners.filter { $0.network != .unix && $0.isReached }
    for listener in listeners { add(listener, to: &facts) }
    facts.declare("listens", listeners.isEmpty ? .open : .presumed, for: service.name)
  }

  /// A place for a value that stands there letter by letter, so that replacing it replaces the value.
  private func effective<Value>(_ traced: Traced<Value>) -> Cell {
    let value = values.value(of: traced)
    let isOwn = traced.value.place.map { value.place == Place(file: $0.path, $0.range) } ?? false
    return Cell(value.value, isOwn && !traced.isSpelled ? nil : value.place)
  }

  private func add(_ listener: Listener, to facts: inout FactStore) {
    let host = effective(listener.host)
    let setter = listener.port.setters.first ?? listener.host.setters.first
    facts.add(
      "listens",
      [
        "service": Cell(service.name), "address": Cell(host.value.map(Self.kind(ofAddress:)), host.place),
        "port": effective(listener.port), "protocol": Cell(listener.network == .udp ? "udp" : "tcp"),
        "by": Cell(Self.origin(listener)), "role": Cell(listener.role.rawValue), "name": Cell(setter?.name ?? ""),
      ], at: place(listener.place))
  }

  func add(_ use: HostUse, presumed: Bool = false, to facts: inout FactStore) {
    let host = effective(use.host)
    var port = effective(use.port)
    if port.value == nil, let scheme = use.scheme { port = Cell(NetworkAddress.standardPorts[scheme].map(String.init)) }
    guard let name = host.value, !name.isEmpty else { return }
    facts.add(
      "reaches",
      [
        "service": Cell(service.name), "host": host, "address": Cell(NetworkAddress.kind(name)), "port": port,
        "by": Cell(use.host.setters.isEmpty ? "constant" : "default"), "name": Cell(use.host.setters.first?.name ?? ""),
        "when": Cell(Self.answer(use.isAtStart).map { $0 == "yes" ? "start" : "request" }),
        "retries": Cell(Self.answer(use.retries)), "fatal": Cell(Self.answer(use.isFatal)),
      ], at: place(use.place), presumed: presumed)
  }

  /// What the program does with signals; `shutdown` is what then lets its requests finish, where it does.
  func add(_ handlers: [SignalHandler], shutdown: ShutdownCall?, to facts: inout FactStore) {
    for handler in handlers where handler.how == .handled {
      for signal in handler.signals {
        let how = handler.outcome == .drains ? "drains" : "exits"
        facts.add(
          "handles",
          [
            "service": Cell(service.name), "signal": Cell(signal), "how": Cell(how, place(handler.place)),
            "awaited": Cell(shutdown.map { $0.awaited == .no ? "no" : "yes" }, shutdown.map { place($0.place) }),
            "deadline": Cell(nil), "runtime": Cell(runtime),
          ], at: place(handler.place))
      }
    }
  }

  func addServes(_ listeners: [Listener], to facts: inout FactStore) {
    guard let listener = listeners.first(where: { $0.network != .unix && $0.isReached }) else { return }
    facts.add(
      "serves",
      ["service": Cell(service.name), "what": Cell("http", place(listener.place)), "runtime": Cell(runtime)],
      at: place(listener.place))
  }

  private func place(_ place: SourcePlace) -> Place { Place(file: place.path, place.range) }

  private static func kind(ofAddress text: String) -> String {
    if ["", "0.0.0.0", "::", "[::]"].contains(text) { return "all" }
    return Listener.isLoopback(text) ? "loopback" : "name"
  }

  private static func origin(_ listener: Listener) -> String {
    let part = listener.port.setters.isEmpty ? listener.host.origin.rawValue : listener.port.origin.rawValue
    return switch part {
    case "constant", "variable": part
    case "flag", "argument": "argument"
    default: "default"
    }
  }

  private static func answer(_ answer: Answer) -> String? {
    switch answer {
    case .yes: "yes"
    case .no: "no"
    case .unknown: nil
    }
  }
}
