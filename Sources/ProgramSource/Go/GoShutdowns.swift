import SourceText

/// Judges the calls that stop a server: whether somebody waits for them, and for how long.
struct GoShutdowns {
  let index: GoIndex
  let settings: GoSettings
  let flow: GoFlow
  private let serves: [GoServers.Serve]
  private let stops: [(call: Int, kind: ShutdownCall.Kind, symbol: GoSymbol)]

  init(_ index: GoIndex, _ settings: GoSettings, _ flow: GoFlow, _ servers: GoServers, _ serves: [GoServers.Serve]) {
    self.index = index
    self.settings = settings
    self.flow = flow
    self.serves = serves
    stops = servers.stops()
  }

  func find() -> [ShutdownCall] {
    stops.map { position, kind, symbol in
      let call = index.calls[position]
      let run = flow.run(of: call.code)
      let isInGoroutine = if case .goroutine = run { true } else { call.start == .goroutine }
      let (awaited, reason, sign) = wait(position, run)
      return ShutdownCall(
        place: index.place(of: call), function: index.codes[call.code].name, call: symbol.description, kind: kind,
        isInGoroutine: isInGoroutine, awaited: awaited, reason: reason, sign: sign,
        deadline: kind == .closes ? .passed : deadline(call, symbol))
    }
  }

  // MARK: Waiting

  private typealias Verdict = (Answer, ShutdownCall.Reason, SourcePlace?)

  private func wait(_ position: Int, _ run: GoFlow.Run) -> Verdict {
    let related = self.related(position)
    for serve in related where serve.failsOnStop {
      if let exit = exitOnStop(serve.call) {
        return (.no, .serveErrorEndsProgram, exit >= 0 ? index.place(of: index.calls[exit]) : nil)
      }
    }
    guard case .goroutine(let start) = run else {
      if index.calls[position].start == .goroutine { return (.unknown, .unknown, nil) }
      return (.yes, .inMainFlow, nil)
    }
    let released = releases(in: start, behind: position)
    let waits = related.isEmpty ? self.waits(in: main, behind: 0) : related.flatMap { self.waits(behind: $0.call) }
    for wait in waits {
      if wait.bindings.contains(where: released.contains) || wait.isGroup && isInGroup(start) {
        return (.yes, .mainWaits, place(wait.range, wait.code))
      }
    }
    if waits.contains(where: { $0.bindings.isEmpty && !$0.isContext }) { return (.unknown, .unknown, nil) }
    return (.no, .mainReturns, nil)
  }

  private var main: Int {
    index.functions.first { $0.key.name == "main" && $0.key.package == index.units.first?.package }?.value ?? 0
  }

  private func place(_ range: ByteRange, _ code: Int) -> SourcePlace {
    index.place(range, unit: index.codes[code].unit)
  }

  /// The serving calls on the server that a call stops; all of them where that cannot be told.
  private func related(_ position: Int) -> [GoServers.Serve] {
    func name(_ position: Int) -> String? {
      guard case .selector(let base, _) = index.calls[position].function.kind else { return nil }
      return GoIndexBuilder.path(of: base).map { ($1.last ?? $0.text) }
    }
    guard let wanted = name(position) else { return serves }
    let same = serves.filter { name($0.call) == wanted }
    return same.isEmpty ? serves : same
  }

  /// The call that ends the program because serving returned `http.ErrServerClosed`; -1 for the end of main.
  private func exitOnStop(_ serve: Int) -> Int? {
    let call = index.calls[serve]
    let statement = index.nodes[call.node].statement
    // Somebody compares with the error: trust that the comparison is right.
    var range = statement.range
    if let parent = index.nodes[call.node].parent, index.nodes[call.node].slot == -1 {
      range = index.nodes[parent].statement.range
    }
    if let next = index.nodes[call.node].next { range = range.union(index.nodes[next].statement.range) }
    let source = index.units[index.unit(of: call)].file.source
    if source.text(range).firstRange(of: "ErrServerClosed") != nil { return nil }
    if mentionsServerClosed(call.code) { return nil }
    if case .fatal(let exit) = flow.failure(of: serve), exit != -1 { return exit }
    return nil
  }

  /// Whether a function or one of its callers compares with `http.ErrServerClosed`.
  private func mentionsServerClosed(_ code: Int, depth: Int = 0) -> Bool {
    let function = index.codes[code]
    if index.units[function.unit].file.source.text(function.range).firstRange(of: "ErrServerClosed") != nil {
      return true
    }
    guard depth < 3 else { return false }
    return (index.callers[code] ?? []).prefix(8).contains {
      mentionsServerClosed(index.calls[$0].code, depth: depth + 1)
    }
  }

  // MARK: What main waits for

  private struct Wait {
    var bindings: Set<Int>
    var isGroup: Bool
    /// Whether it is a context's Done, which nobody closes after a shutdown.
    var isContext: Bool
    var range: ByteRange
    var code: Int
  }

  /// The waits in the flow behind a call: in its function, then in the functions that call it.
  private func waits(behind position: Int, depth: Int = 0) -> [Wait] {
    let call = index.calls[position]
    let code = outermostCalled(call.code)
    let found = waits(in: code, behind: call.range.end)
    if case .goroutine = flow.run(of: call.code) { return waits(in: main, behind: 0) + found }
    guard depth < 4 else { return found }
    return found + (index.callers[code] ?? []).prefix(8).flatMap { waits(behind: $0, depth: depth + 1) }
  }

  private func outermostCalled(_ code: Int) -> Int {
    var code = code
    while index.codes[code].isLiteral, index.codes[code].start == .called, let outer = index.codes[code].outer {
      code = outer
    }
    return code
  }

  private func waits(in code: Int, behind offset: Int) -> [Wait] {
    var found: [Wait] = []
    let unit = index.codes[code].unit
    for node in (index.nodesByCode[code] ?? []).map({ index.nodes[$0] }) where node.statement.range.end > offset {
      for expression in Self.received(in: node.statement) where expression.range.start >= offset {
        found.append(wait(for: expression, unit, code))
      }
    }
    for position in index.callsByCode[code] ?? [] {
      let call = index.calls[position]
      guard call.start == .called, call.range.start >= offset,
        case .selector(let base, let member) = call.function.kind,
        member.text == "Wait"
      else { continue }
      var wait = wait(for: base, unit, code)
      wait.isGroup = true
      found.append(wait)
    }
    // Literals that run in this function's flow belong to it.
    for inner in index.literalsByCode[code] ?? [] where index.codes[inner].start == .called {
      found += waits(in: inner, behind: max(offset, index.codes[inner].range.start))
    }
    return found
  }

  private func wait(for channel: GoExpression, _ unit: Int, _ code: Int) -> Wait {
    var channel = channel
    var isContext = false
    if case .call(let function, _) = channel.kind, case .selector(let base, let member) = function.kind {
      isContext = member.text == "Done"
      channel = base
    }
    let binding = GoIndexBuilder.path(of: channel).flatMap { name, _ in
      index.binding(name.text, unit: unit, at: name.range.start)
    }
    return Wait(
      bindings: binding.map { [$0] } ?? [], isGroup: false, isContext: isContext, range: channel.range, code: code)
  }

  /// The channels that a statement itself receives from: `<-ch`, `x := <-ch`, `return <-ch`, `range ch`.
  private static func received(in statement: GoStatement) -> [GoExpression] {
    switch statement.kind {
    case .expression(let expression): received(in: expression)
    case .assign(_, _, let values), .return(let values): values.flatMap { received(in: $0) }
    case .declare(let lines): lines.flatMap(\.values).flatMap { received(in: $0) }
    case .for(let loop): loop.range.map { [$0] } ?? []
    case .if(let branches, _): branches.flatMap { received(in: $0.condition) }
    default: []
    }
  }

  private static func received(in expression: GoExpression) -> [GoExpression] {
    switch expression.kind {
    case .unary(.arrow, let channel): [channel]
    case .call(_, let arguments): arguments.flatMap { received(in: $0) }
    case .binary(let operands, _): operands.flatMap { received(in: $0) }
    default: []
    }
  }

  // MARK: What the goroutine releases

  /// The channels and groups that a goroutine closes, sends on or is done with behind a call, deferred ones included.
  private func releases(in code: Int, behind position: Int) -> Set<Int> {
    let offset = index.calls[position].range.start
    let unit = index.codes[code].unit
    var released: Set<Int> = []
    func add(_ channel: GoExpression) {
      guard let (name, _) = GoIndexBuilder.path(of: channel) else { return }
      if let binding = index.binding(name.text, unit: unit, at: name.range.start) { released.insert(binding) }
    }
    for node in (index.nodesByCode[code] ?? []).map({ index.nodes[$0] }) {
      if case .send(let channel, let value) = node.statement.kind, value.range.end >= offset { add(channel) }
    }
    for other in index.callsByCode[code] ?? [] {
      let call = index.calls[other]
      guard call.start == .deferred || call.range.start >= offset else { continue }
      if call.function.name == "close", let channel = call.arguments.first { add(channel) }
      if case .selector(let base, let member) = call.function.kind,
        ["Done", "Signal", "Broadcast"].contains(member.text)
          || call.function.name == nil && member.text.hasPrefix("cancel")
      {
        add(base)
      }
      if let name = call.function.name, index.callees[other] == nil, name != "close", call.arguments.isEmpty {
        add(call.function)
      }
    }
    // `ctx, cancel := context.WithCancel(…)`: calling cancel releases ctx.
    for binding in released {
      guard let node = index.bindings[binding].node, case .assign(let left, _, _) = index.nodes[node].statement.kind
      else { continue }
      for other in left.compactMap(\.name) where other != index.bindings[binding].name.text {
        let end = index.nodes[node].statement.range.end
        if let sibling = index.binding(other, unit: unit, at: end) { released.insert(sibling) }
      }
    }
    return released
  }

  /// Whether a goroutine was started by a group whose Wait waits for it: `g.Go(func…)`.
  private func isInGroup(_ code: Int) -> Bool {
    guard index.codes[code].isLiteral, let node = index.codes[code].outerNode, let outer = index.codes[code].outer
    else { return false }
    return (index.callsByCode[outer] ?? []).contains { position in
      let call = index.calls[position]
      return call.node == node && ["Go", "TryGo", "Add"].contains(GoServers.member(of: call) ?? "")
        && call.range.contains(index.codes[code].range)
    }
  }

  // MARK: Deadlines

  private func deadline(_ call: GoCall, _ symbol: GoSymbol) -> ShutdownCall.Deadline {
    let unit = index.unit(of: call)
    var evaluator = GoEvaluator(index, settings)
    guard let argument = call.arguments.first else { return .none }
    if symbol.name == "ShutdownWithTimeout" { return .seconds(evaluator.seconds(argument, unit: unit)) }
    return deadline(evaluator.value(argument, unit: unit), depth: 0)
  }

  private func deadline(_ context: GoValue, depth: Int) -> ShutdownCall.Deadline {
    guard case .made(let symbol, let arguments) = context, depth < 4 else { return .unknown }
    var evaluator = GoEvaluator(index, settings)
    func parent() -> ShutdownCall.Deadline {
      guard let first = arguments.expressions.first else { return .unknown }
      return deadline(evaluator.value(first, unit: arguments.unit, frame: arguments.frame), depth: depth + 1)
    }
    switch symbol.description {
    case "context.Background", "context.TODO": return .none
    case "os/signal.NotifyContext": return .passed
    case "context.WithTimeout":
      if parent() == .passed { return .passed }
      guard arguments.expressions.count > 1 else { return .unknown }
      return .seconds(evaluator.seconds(arguments.expressions[1], unit: arguments.unit))
    case "context.WithDeadline": return parent() == .passed ? .passed : .seconds(nil)
    case "context.WithCancel", "context.WithValue", "context.WithoutCancel":
      return symbol.name == "WithoutCancel" ? .none : parent()
    default: return .unknown
    }
  }
}

extension GoEvaluator {
  /// A duration in seconds: `5 * time.Second`, also by a constant.
  mutating func seconds(_ expression: GoExpression, unit: Int, depth: Int = 0) -> Double? {
    guard depth < 8 else { return nil }
    if case .binary(let operands, let operators) = expression.kind, operators.allSatisfy({ $0 == "*" }) {
      var product = 1.0
      for operand in operands {
        guard let factor = seconds(operand, unit: unit, depth: depth + 1) else { return nil }
        product *= factor
      }
      return product
    }
    if let symbol = index.symbol(expression, unit: unit), symbol.package == "time" {
      let units = [
        "Nanosecond": 1e-9, "Microsecond": 1e-6, "Millisecond": 1e-3, "Second": 1, "Minute": 60, "Hour": 3600,
      ]
      return units[symbol.name]
    }
    if case .number(let text) = expression.kind { return Double(text.filter { $0 != "_" }) }
    if case .call(let function, let arguments) = expression.kind, arguments.count == 1,
      index.symbol(function, unit: unit)?.description == "time.Duration"
    {
      return seconds(arguments[0], unit: unit, depth: depth + 1)
    }
    guard let (name, path) = GoIndexBuilder.path(of: expression),
      path.isEmpty || index.symbol(expression, unit: unit) != nil
    else { return nil }
    let binding =
      path.isEmpty
      ? index.binding(name.text, unit: unit, at: name.range.start)
      : index.symbol(expression, unit: unit).flatMap { index.packageBindings[$0] }
    guard let binding, index.bindings[binding].assignments.count == 1,
      case .value(let value, 0) = index.bindings[binding].assignments[0].source
    else { return nil }
    return seconds(value, unit: index.bindings[binding].assignments[0].unit, depth: depth + 1)
  }
}
