import SourceText

/// Finds the signals that a program handles: https://pkg.go.dev/os/signal
struct GoSignals {
  let index: GoIndex
  let settings: GoSettings
  let flow: GoFlow

  func handlers(_ shutdowns: [ShutdownCall]) -> [SignalHandler] {
    index.calls.indices.compactMap { handler($0, shutdowns) }
  }

  private func handler(_ position: Int, _ shutdowns: [ShutdownCall]) -> SignalHandler? {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    guard let symbol = index.symbol(call.function, unit: unit), symbol.package == "os/signal" else { return nil }
    let how: SignalHandler.How
    switch symbol.name {
    case "Notify", "NotifyContext": how = .handled
    case "Ignore": how = .ignored
    case "Reset": how = .reset
    default: return nil
    }
    let list = how == .handled ? Array(call.arguments.dropFirst()) : call.arguments
    let (signals, hasUnknown) = names(list, unit)
    var handler = SignalHandler(
      place: index.place(of: call), function: index.codes[call.code].name, call: symbol.description, how: how,
      signals: signals, isEverySignal: list.isEmpty, hasUnknownSignals: hasUnknown,
      isBuffered: symbol.name == "Notify" ? isBuffered(call.arguments.first, unit) : .unknown)
    if how == .handled { handler.outcome = outcome(call, symbol.name, unit, shutdowns) }
    return handler
  }

  private func names(_ expressions: [GoExpression], _ unit: Int) -> (names: [String], hasUnknown: Bool) {
    var names: [String] = []
    var hasUnknown = false
    func add(_ value: GoValue) {
      switch value {
      case .made(let symbol, _):
        switch symbol.description {
        case "os.Interrupt": names.append("SIGINT")
        case "os.Kill": names.append("SIGKILL")
        case let name where symbol.name.hasPrefix("SIG") && name.hasSuffix("." + symbol.name): names.append(symbol.name)
        default: hasUnknown = true
        }
      case .list(let values): values.forEach(add)
      default: hasUnknown = true
      }
    }
    for expression in expressions {
      var evaluator = GoEvaluator(index, settings)
      add(evaluator.value(expression, unit: unit))
    }
    return (names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, hasUnknown)
  }

  /// Whether the channel was made with room: `make(chan os.Signal, 1)`.
  private func isBuffered(_ channel: GoExpression?, _ unit: Int) -> Answer {
    guard let channel, let (name, path) = GoIndexBuilder.path(of: channel),
      let binding = index.binding(name.text, unit: unit, at: name.range.start)
    else { return .unknown }
    let variable = index.bindings[binding]
    let assignments =
      path.isEmpty ? variable.assignments : (index.fieldAssignments[path.last ?? ""] ?? []).map(\.assignment)
    for assignment in assignments {
      guard case .value(let value, _) = assignment.source, case .call(let function, let arguments) = value.kind,
        function.name == "make"
      else { continue }
      guard arguments.count > 1 else { return .no }
      var evaluator = GoEvaluator(index, settings)
      if case .number(let count, _, _) = evaluator.value(arguments[1], unit: assignment.unit) {
        return count > 0 ? .yes : .no
      }
      return .unknown
    }
    return .unknown
  }

  /// What runs behind the place where the signal is received.
  private func outcome(_ call: GoCall, _ name: String, _ unit: Int, _ shutdowns: [ShutdownCall])
    -> SignalHandler.Outcome
  {
    if shutdowns.contains(where: { $0.kind == .drains }) { return .drains }
    if !shutdowns.isEmpty { return .ends }
    var outcome = SignalHandler.Outcome.unknown
    for position in index.callsByCode[call.code] ?? [] where index.calls[position].range.start > call.range.end {
      if flow.isFatal(index.calls[position]) { outcome = .exits }
    }
    let function = index.codes[call.code]
    for code in index.literalsByCode[call.code] ?? [] {
      let inner = index.codes[code]
      if flow.fatalCall(in: inner.range, code: code) != nil, inner.start == .goroutine { return .exits }
    }
    if outcome == .unknown, function.name == "main" { return .ends }
    return outcome
  }
}
