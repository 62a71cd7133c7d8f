import SourceText

/// Finds the places where a program begins to listen.
struct GoListeners {
  let index: GoIndex
  let settings: GoSettings
  private(set) var found: [Listener] = []
  /// The calls of the listeners, in the same order.
  private(set) var calls: [Int] = []

  init(_ index: GoIndex, _ settings: GoSettings) {
    self.index = index
    self.settings = settings
    for call in index.calls.indices { look(call) }
  }

  private mutating func look(_ position: Int) {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    guard case .selector(let base, let member) = call.function.kind else { return }
    if let symbol = index.symbol(call.function, unit: unit) {
      guard GoListenRule.functionNames.contains(symbol.name),
        let rule = GoListenRule.functions.first(where: { $0.matches(symbol) })
      else { return }
      add(position, rule, symbol.description)
    } else if GoListenRule.methodNames.contains(member.text), let type = index.type(of: base, unit: unit) {
      let symbol = GoSymbol(package: type.package, name: member.text)
      guard let rule = GoListenRule.methods.first(where: { $0.matches(symbol) }) else { return }
      if type.library == "net/http", type.name != "Server" { return }
      add(position, rule, symbol.description)
    }
  }

  /// Adds the listener of a call, once for each call of the function around it that gives another address.
  private mutating func add(_ position: Int, _ rule: GoListenRule, _ name: String) {
    var outer = index.calls[position].code
    while let next = index.codes[outer].outer { outer = next }
    var frames: [(GoFrame?, SourcePlace?)] = []
    let function = index.codes[outer]
    if !function.signature.parameters.isEmpty || function.receiver != nil {
      for caller in (index.callers[outer] ?? []).prefix(12) {
        let arguments = index.arguments(of: caller, frame: nil)
        frames.append((.call(code: outer, arguments: arguments), index.place(of: index.calls[caller])))
      }
    }
    if frames.isEmpty { frames = [(nil, nil)] }
    for (frame, caller) in frames {
      for address in addresses(position, rule, frame) {
        var listener = self.listener(position, rule, name, frame, address)
        listener.caller = frames.count > 1 ? caller : nil
        let isKnown = found.contains {
          $0.place == listener.place && $0.host == listener.host && $0.port == listener.port
            && $0.network == listener.network
        }
        if isKnown { continue }
        found.append(listener)
        calls.append(position)
      }
    }
  }

  /// The addresses that one call listens on: several where it stands in a loop over a list of them.
  private func addresses(_ position: Int, _ rule: GoListenRule, _ frame: GoFrame?) -> [GoValue?] {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    var evaluator = GoEvaluator(index, settings)
    if case .argument(let place) = rule.address, call.arguments.indices.contains(place),
      let name = call.arguments[place].name,
      let binding = index.binding(name, unit: unit, at: call.range.start),
      index.bindings[binding].assignments.count == 1,
      case .element(let list, let isKey) = index.bindings[binding].assignments[0].source
    {
      let values = evaluator.elements(of: list, isKey: isKey, unit: unit, frame: frame)
      if !values.isEmpty { return values }
    }
    return [address(rule, call, unit, frame, &evaluator)]
  }

  private func listener(_ position: Int, _ rule: GoListenRule, _ name: String, _ frame: GoFrame?, _ value: GoValue?)
    -> Listener
  {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    let place = index.place(of: call)
    var evaluator = GoEvaluator(index, settings)
    var network = rule.isDatagram ? Listener.Network.udp : .tcp
    if let position = rule.network, call.arguments.indices.contains(position) {
      network = Self.network(evaluator.value(call.arguments[position], unit: unit, frame: frame).known)
    } else if rule.library == "github.com/miekg/dns", case .selector(let base, _) = call.function.kind {
      network = Self.network(evaluator.field("Net", of: base, unit: unit, frame).known)
    }
    var (host, port) = split(value, rule, place, &evaluator)
    if network == .unix { (host, port) = (value?.pieces.traced(around: place) ?? host, Traced(.unknown(.malformed))) }
    return Listener(
      place: place, function: index.codes[call.code].name, call: name, network: network, host: host, port: port,
      isTLS: rule.isTLS)
  }

  private static func network(_ name: String?) -> Listener.Network {
    guard let name else { return .unknown }
    return name.hasPrefix("tcp")
      ? .tcp : name.hasPrefix("udp") ? .udp : name.hasPrefix("unix") ? .unix : name.isEmpty ? .tcp : .unknown
  }

  /// The address that a call listens on; nil where the library's default holds.
  private func address(
    _ rule: GoListenRule, _ call: GoCall, _ unit: Int, _ frame: GoFrame?, _ evaluator: inout GoEvaluator
  ) -> GoValue? {
    switch rule.address {
    case .argument(let position):
      guard call.arguments.indices.contains(position) else { return nil }
      return evaluator.value(call.arguments[position], unit: unit, frame: frame)
    case .field(let name):
      guard case .selector(let base, _) = call.function.kind else { return nil }
      return evaluator.field(name, of: base, unit: unit, frame)
    case .server(let position):
      guard call.arguments.indices.contains(position) else { return nil }
      return evaluator.field("Addr", of: call.arguments[position], unit: unit, frame)
    case .settings:
      return .outside(Setter(.configuration, "", index.place(of: call)))
    }
  }

  /// Host and port of an address value: text, a bare port, or a `net.TCPAddr`.
  private func split(_ value: GoValue?, _ rule: GoListenRule, _ place: SourcePlace, _ evaluator: inout GoEvaluator)
    -> (Traced<String>, Traced<Int>)
  {
    switch value {
    case nil: return byDefault(rule, place, [])
    case .text(let pieces):
      if pieces.allSatisfy({ $0.text?.isEmpty ?? false }) {
        return byDefault(rule, place, pieces.reduce([]) { $0.merging($1.setters) })
      }
      guard let (host, port) = pieces.splitAddress() else {
        let all = pieces.traced(around: place)
        let reason = all.value.value == nil ? UnknownReason.setOutside : .malformed
        return (Traced(.unknown(reason), setters: all.setters), Traced(.unknown(reason), setters: all.setters))
      }
      return (host.traced(around: place).withoutBrackets, port.traced(around: place).port)
    case .number(let number, let numberPlace, let setters):
      let port = Known.known(number, numberPlace ?? place)
      return (
        Traced(.known("", place), byFramework: true), Traced(port, setters: setters, isSpelled: numberPlace != nil)
      )
    case .object(let object):
      return (ip(object, place, &evaluator), port(object, place, &evaluator))
    case .unknown(let reason, let setters):
      return (Traced(.unknown(reason), setters: setters), Traced(.unknown(reason), setters: setters))
    case .list, .made: return (Traced(.unknown(.computed)), Traced(.unknown(.computed)))
    }
  }

  private func byDefault(_ rule: GoListenRule, _ place: SourcePlace, _ setters: [Setter]) -> (
    Traced<String>, Traced<Int>
  ) {
    let host = rule.variables.host.map { [Setter(.variable, $0, place)] } ?? []
    let port = rule.variables.port.map { [Setter(.variable, $0, place)] } ?? []
    return (
      Traced(.known(rule.host, place), setters: setters.merging(host), byFramework: true),
      Traced(
        rule.port.map { .known($0, place) } ?? .unknown(.library), setters: setters.merging(port), byFramework: true)
    )
  }

  private func ip(_ object: GoObject, _ place: SourcePlace, _ evaluator: inout GoEvaluator) -> Traced<String> {
    let around = SourcePlace(index.units[object.arguments.unit].file.path, object.range)
    guard let expression = evaluator.element("IP", of: object) ?? object.elements.first(where: { $0.key == nil })?.value
    else { return Traced(.known("", around)) }
    let value = evaluator.value(expression, unit: object.arguments.unit, frame: object.arguments.frame)
    return value.pieces.traced(around: around)
  }

  private func port(_ object: GoObject, _ place: SourcePlace, _ evaluator: inout GoEvaluator) -> Traced<Int> {
    guard let expression = evaluator.element("Port", of: object) else {
      return Traced(.known(0, SourcePlace(index.units[object.arguments.unit].file.path, object.range)))
    }
    let value = evaluator.value(expression, unit: object.arguments.unit, frame: object.arguments.frame)
    return value.pieces.traced(around: place).port
  }
}

extension GoListenRule {
  static let functionNames: Set<String> = functions.reduce(into: []) { $0.formUnion($1.names) }
  static let methodNames: Set<String> = methods.reduce(into: []) { $0.formUnion($1.names) }

  /// Whether the rule is about a function or method of this name in this package, whatever its major version.
  func matches(_ symbol: GoSymbol) -> Bool {
    names.contains(symbol.name) && (symbol.package == library || symbol.library == library)
  }
}

extension GoEvaluator {
  /// A field of what an expression is worth: `srv.Addr`.
  mutating func field(_ name: String, of base: GoExpression, unit: Int, _ frame: GoFrame?) -> GoValue {
    if let (variable, path) = GoIndexBuilder.path(of: base),
      let binding = index.binding(variable.text, unit: unit, at: variable.range.start)
    {
      return self.variable(binding, path + [name], at: base.range.start, unit, frame)
    }
    return member([name], of: value(base, unit: unit, frame: frame), base.range.start, unit)
  }
}
