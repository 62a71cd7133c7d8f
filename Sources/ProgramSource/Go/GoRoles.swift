import SourceText

/// Guesses which of several listeners serves the program's users, and which its operators.
struct GoRoles {
  let index: GoIndex
  let settings: GoSettings

  /// The listeners with their roles. A single one is always the main one.
  func assign(_ listeners: [Listener], _ calls: [Int]) -> [Listener] {
    guard Set(listeners.map(\.place)).count > 1 || listeners.count > 1 else { return listeners }
    var result = listeners
    for (position, call) in calls.enumerated() {
      guard let (role, sign) = role(listeners[position], call) else { continue }
      result[position].role = role
      result[position].roleSign = sign
    }
    // Somebody must be the main one.
    return result.contains { $0.role == .main } ? result : listeners
  }

  private func role(_ listener: Listener, _ position: Int) -> (Listener.Role, String)? {
    let routes = routes(of: position)
    if !routes.isEmpty {
      let roles = routes.map(Self.role(ofRoute:))
      if roles.allSatisfy({ $0 == .health }) { return (.health, routes[0]) }
      if roles.allSatisfy({ $0 != nil }) { return (.admin, routes[0]) }
      return nil
    }
    for name in names(listener, position) {
      if let role = Self.role(ofName: name) { return (role, name) }
    }
    return nil
  }

  /// The names around a listener: flags and variables, functions, the package.
  private func names(_ listener: Listener, _ position: Int) -> [String] {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    var names = listener.host.setters.map(\.name) + listener.port.setters.map(\.name) + [listener.function]
    names += call.arguments.prefix(2).flatMap { Self.names(in: $0) }
    if case .selector(let base, _) = call.function.kind { names += Self.names(in: base) }
    names.append(index.units[unit].package.split(separator: "/").last.map(String.init) ?? "")
    return names
  }

  private static func names(in expression: GoExpression) -> [String] {
    switch expression.kind {
    case .name(let name): [name]
    case .selector(let base, let member): names(in: base) + [member.text]
    case .unary(_, let operand): names(in: operand)
    case .binary(let operands, _): operands.flatMap { names(in: $0) }
    case .call(let function, _): names(in: function)
    default: []
    }
  }

  private static func role(ofName name: String) -> Listener.Role? {
    let name = name.lowercasedASCII
    if ["health", "probe", "readiness", "liveness"].contains(where: { name.firstRange(of: $0) != nil }) {
      return .health
    }
    let admin = ["metric", "pprof", "prometheus", "telemetry", "admin", "debug", "monitor", "profil", "diagnostic"]
    return admin.contains { name.firstRange(of: $0) != nil } ? .admin : nil
  }

  private static func role(ofRoute route: String) -> Listener.Role? {
    let path = route.split(separator: " ").last.map(String.init) ?? route
    let first = path.split(separator: "/").first.map(String.init)?.lowercasedASCII ?? ""
    if ["health", "healthz", "healthcheck", "ready", "readyz", "live", "livez", "ping", "readiness", "liveness"]
      .contains(first)
    {
      return .health
    }
    return ["metrics", "debug", "pprof"].contains(first) ? .admin : nil
  }

  // MARK: Routes

  /// The patterns that the handler of a listener answers. Empty where they cannot be told.
  private func routes(of position: Int) -> [String] {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    guard let handler = handler(of: call, unit) else { return [] }
    if handler.name == "nil" {
      return registered { $0.description == "net/http.Handle" || $0.description == "net/http.HandleFunc" }
    }
    if case .call(let function, _) = handler.kind, let symbol = index.symbol(function, unit: unit) {
      return symbol.package.firstRange(of: "promhttp") != nil ? ["/metrics"] : []
    }
    guard let (name, path) = GoIndexBuilder.path(of: handler), path.isEmpty,
      let binding = index.binding(name.text, unit: unit, at: name.range.start)
    else { return [] }
    return index.calls.compactMap { call in
      guard case .selector(let base, let member) = call.function.kind, ["Handle", "HandleFunc"].contains(member.text),
        let owner = base.dereferenced.name,
        index.binding(owner, unit: index.unit(of: call), at: base.range.start) == binding
      else { return nil }
      return call.arguments.first?.string
    }
  }

  private func handler(of call: GoCall, _ unit: Int) -> GoExpression? {
    if index.symbol(call.function, unit: unit)?.package == "net/http" { return call.arguments.last }
    guard case .selector(let base, _) = call.function.kind, let (name, path) = GoIndexBuilder.path(of: base),
      path.isEmpty,
      let binding = index.binding(name.text, unit: unit, at: name.range.start)
    else { return nil }
    for assignment in index.bindings[binding].assignments {
      guard case .value(let value, 0) = assignment.source,
        case .composite(let type, let elements) = value.dereferenced.kind,
        type.flatMap({ index.typeSymbol($0, unit: unit) })?.description == "net/http.Server"
      else { continue }
      return elements.first { $0.key?.name == "Handler" }?.value
        ?? GoExpression(kind: .name("nil"), range: value.range, height: 1)
    }
    return nil
  }

  private func registered(_ isWanted: (GoSymbol) -> Bool) -> [String] {
    index.calls.compactMap { call in
      guard let symbol = index.symbol(call.function, unit: index.unit(of: call)), isWanted(symbol) else { return nil }
      return call.arguments.first?.string
    }
  }
}
