import SourceText

/// Calls and literals inside of statements.
extension GoIndexBuilder {
  mutating func visit(_ expression: GoExpression, _ node: Int, _ start: GoCode.Start = .called) {
    switch expression.kind {
    case .call(let function, let arguments): visitCall(expression, function, arguments, node, start)
    case .function(let signature, let body):
      visitLiteral(expression, signature, body, node, start == .called ? .callback : start)
    case .composite(let type, let elements):
      index.composites.append(
        GoLiteralSite(expression: expression, type: type, elements: elements, code: code, node: node, unit: unit))
      for element in elements {
        if let key = element.key { visit(key, node) }
        visit(element.value, node)
      }
    case .selector(let base, _), .slice(let base), .assertion(let base, _), .unary(_, let base): visit(base, node)
    case .binary(let operands, _):
      for operand in operands { visit(operand, node) }
    case .index(let base, let indices):
      visit(base, node)
      for index in indices { visit(index, node) }
    case .name, .string, .number, .rune, .array, .map, .channel, .functionType, .structure, .interface, .bad: break
    }
  }

  mutating func visitCall(
    _ expression: GoExpression, _ function: GoExpression, _ arguments: [GoExpression], _ node: Int,
    _ start: GoCode.Start
  ) {
    let call = index.calls.count
    index.calls.append(
      GoCall(
        function: function, arguments: arguments, range: expression.range, code: code, node: node, start: start))
    if case .function(let signature, let body) = function.kind {
      visitLiteral(function, signature, body, node, start)
    } else {
      visit(function, node)
    }
    for (position, argument) in arguments.enumerated() {
      if case .function(let signature, let body) = argument.kind {
        visitLiteral(argument, signature, body, node, Self.start(ofArgumentTo: function))
      } else {
        visit(argument, node)
      }
      if case .unary(.ampersand, let target) = argument.kind, let (name, path) = Self.path(of: target) {
        record(
          GoAssignment(
            source: .address(call: call, argument: position), path: path, offset: expression.range.end, unit: unit,
            code: code, node: node),
          on: name)
      }
    }
  }

  /// How a function literal runs that is handed to a function: `group.Go(func…)` starts it, `once.Do(func…)` calls it.
  static func start(ofArgumentTo function: GoExpression) -> GoCode.Start {
    guard case .selector(_, let method) = function.kind else { return .callback }
    switch method.text {
    case "Go", "TryGo", "Add": return .goroutine
    case "Do": return .called
    default: return .callback
    }
  }

  mutating func visitLiteral(
    _ expression: GoExpression, _ signature: GoSignature, _ body: GoBlock, _ node: Int, _ start: GoCode.Start
  ) {
    let outer = code
    code = index.codes.count
    index.units[unit].literals[expression.range.start] = code
    index.codes.append(
      GoCode(
        unit: unit, name: index.codes[outer].name, isLiteral: true, outer: outer, outerNode: node, start: start,
        signature: signature, body: body, range: expression.range))
    walkBody()
    code = outer
  }
}
