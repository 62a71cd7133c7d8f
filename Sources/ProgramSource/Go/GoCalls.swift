import SourceText

/// One library call of a program, with everything that the finders of needs ask about it.
struct GoLibraryCall {
  let position: Int
  let call: GoCall
  let unit: Int
  let symbol: GoSymbol
  /// The symbol as text: `os.Getenv`.
  let name: String
  let isMethod: Bool
}

/// What finders of needs share: values of arguments, and what happens when a call fails.
struct GoCalls {
  let index: GoIndex
  let settings: GoSettings
  let flow: GoFlow
  /// All calls of library functions and of methods of library values, in the order of the source.
  let library: [GoLibraryCall]

  init(_ index: GoIndex, _ settings: GoSettings, _ flow: GoFlow, _ servers: GoServers) {
    self.index = index
    self.settings = settings
    self.flow = flow
    library = index.calls.indices.compactMap { position in
      let call = index.calls[position]
      let unit = index.unit(of: call)
      guard index.callees[position] == nil, let symbol = servers.symbol(of: position), !symbol.package.hasPrefix("./")
      else { return nil }
      return GoLibraryCall(
        position: position, call: call, unit: unit, symbol: symbol, name: symbol.description,
        isMethod: index.librarySymbol(call.function, unit: unit) == nil)
    }
  }

  func function(of call: GoCall) -> String { index.codes[call.code].name }
  func place(of call: GoCall) -> SourcePlace { index.place(of: call) }

  /// The values of an expression inside a function: one, or one for each call of the function where they differ.
  func values(_ expression: GoExpression, in code: Int, depth: Int = 0) -> [(value: GoValue, caller: Int?)] {
    let unit = index.codes[code].unit
    var evaluator = GoEvaluator(index, settings)
    if let name = expression.name, let binding = index.binding(name, unit: unit, at: expression.range.start),
      let assignment = index.bindings[binding].assignments.first, case .element(let list, let isKey) = assignment.source
    {
      let elements = evaluator.elements(of: list, isKey: isKey, unit: assignment.unit, frame: nil)
      if !elements.isEmpty { return elements.map { ($0, nil) } }
    }
    var outer = code
    while let next = index.codes[outer].outer { outer = next }
    let parameters = index.codes[outer].signature.parameters.compactMap { $0.name?.text }
    let callers = (index.callers[outer] ?? []).prefix(depth == 0 ? 100 : 10)
    let isParameter = expression.name.map(parameters.contains) ?? false
    let value = evaluator.value(expression, unit: unit)
    if callers.isEmpty || !isParameter && !dependsOnCalls(value, expression, parameters) { return [(value, nil)] }
    return callers.flatMap { caller -> [(value: GoValue, caller: Int?)] in
      // A parameter alone may be an element of a list at the call.
      let arguments = index.arguments(of: caller, frame: nil)
      if depth < 3, let name = expression.name,
        let position = parameters.firstIndex(of: name),
        parameters.count == index.codes[outer].signature.parameters.count,
        arguments.expressions.indices.contains(position)
      {
        return values(arguments.expressions[position], in: index.calls[caller].code, depth: depth + 1)
          .map { ($0.value, $0.caller ?? caller) }
      }
      var evaluator = GoEvaluator(index, settings)
      return [(evaluator.value(expression, unit: unit, frame: .call(code: outer, arguments: arguments)), caller)]
    }
  }

  /// Whether a value is unknown only because the calls of the function give different ones.
  private func dependsOnCalls(_ value: GoValue, _ expression: GoExpression, _ parameters: [String]) -> Bool {
    guard case .unknown(let reason, _) = value, [.several, .parameter, .setOutside].contains(reason) else {
      return false
    }
    return parameters.contains { flow.mentions(expression, $0) }
  }

  /// Whether the program ends when a call fails, and the call that ends it.
  func failure(of position: Int) -> (isFatal: Answer, exit: SourcePlace?) {
    switch flow.failure(of: position) {
    case .fatal(let exit): (.yes, exit >= 0 ? index.place(of: index.calls[exit]) : nil)
    case .harmless: (.no, nil)
    case .unknown: (.unknown, nil)
    }
  }
}
