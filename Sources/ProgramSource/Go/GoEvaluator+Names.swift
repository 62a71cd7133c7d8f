import SourceText

/// What variables, fields and parameters hold.
extension GoEvaluator {
  mutating func name(_ expression: GoExpression, _ unit: Int, _ frame: GoFrame?) -> GoValue {
    guard let name = expression.name else { return .unknown(.computed, []) }
    guard let binding = index.binding(name, unit: unit, at: expression.range.start) else {
      switch name {
      case "nil": return .text([])
      case "true", "false", "iota": return .unknown(.computed, [])
      default:
        return .unknown(
          index.functions[GoSymbol(package: index.units[unit].package, name: name)] == nil ? .undeclared : .computed, []
        )
      }
    }
    return variable(binding, [], at: expression.range.start, unit, frame)
  }

  /// The value of a variable, or of a field of it, at a place of the program.
  mutating func variable(_ binding: Int, _ path: [String], at offset: Int, _ unit: Int, _ frame: GoFrame?) -> GoValue {
    guard fuel > 0, depth < 40 else { return .unknown(.tooDeep, []) }
    fuel -= 1
    depth += 1
    defer { depth -= 1 }
    let variable = index.bindings[binding]
    let isLocal = variable.scope != nil
    var current: GoValue?
    if let position = variable.parameter {
      current = parameter(position, of: variable, frame).map { member(path, of: $0, offset, unit) }
      if current == nil, !path.isEmpty, let type = variable.type.flatMap({ index.typeSymbol($0, unit: variable.unit) })
      {
        current = field(path, ofType: type)
      }
    }
    for assignment in variable.assignments {
      guard path.starts(with: assignment.path) || assignment.path.starts(with: path) else { continue }
      let isEarlier = assignment.offset <= offset || assignment.unit != unit || isFilledByReturn(assignment, offset)
      if isLocal, assignment.code == variable.code, !isEarlier, !sharesLoop(assignment, offset) { continue }
      if assignment.path.count > path.count {
        guard case .object(var object) = current else { continue }
        let rest = Array(assignment.path.dropFirst(path.count))
        object.overrides.append(GoOverride(path: rest, assignment: assignment, binding: binding, frame: frame))
        current = .object(object)
        continue
      }
      let value = self.value(of: assignment, path, variable, offset, unit, frame)
      current = merge(current, value, assignment, variable)
    }
    return current ?? zero(variable, path) ?? .unknown(variable.parameter == nil ? .computed : .parameter, [])
  }

  /// A variable without a value that is known to be set has its type's zero value.
  func zero(_ variable: GoBinding, _ path: [String]) -> GoValue? {
    guard variable.parameter == nil, variable.assignments.isEmpty else { return nil }
    if path.isEmpty, variable.type?.name == "string" { return .text([TextPiece(text: "", place: nil)]) }
    guard let type = variable.type.flatMap({ index.typeSymbol($0, unit: variable.unit) }), let first = path.first,
      let (_, field) = index.field(first, of: type), path.count == 1, field.type.name == "string"
    else { return nil }
    return .text([TextPiece(text: "", place: nil)])
  }

  /// `return c, json.Unmarshal(text, &c)`: the call runs before the caller sees the value.
  func isFilledByReturn(_ assignment: GoAssignment, _ offset: Int) -> Bool {
    guard case .address = assignment.source, let node = assignment.node else { return false }
    guard case .return = index.nodes[node].statement.kind else { return false }
    return index.nodes[node].statement.range.contains(offset)
  }

  /// Whether an assignment further down may run before the place because a loop goes round. Rare, and then unknown.
  func sharesLoop(_ assignment: GoAssignment, _ offset: Int) -> Bool {
    var node = assignment.node
    while let current = node {
      if case .for = index.nodes[current].statement.kind, index.nodes[current].statement.range.contains(offset) {
        return true
      }
      node = index.nodes[current].parent
    }
    return false
  }

  /// What a variable is worth after one more assignment.
  func merge(_ current: GoValue?, _ next: GoValue, _ assignment: GoAssignment, _ variable: GoBinding) -> GoValue {
    guard let current else { return next }
    if case .address = assignment.source {
      if case .unknown(.computed, []) = next { return current }
      return next.joined(current)
    }
    guard let node = assignment.node, assignment.code == variable.code else {
      // Set by another function: by main before use, or never.
      return current.known == "" ? next : current.joined(next)
    }
    var guards: [GoExpression] = []
    var rest = node
    while let parent = index.nodes[rest].parent, parent != variable.node.flatMap({ index.nodes[$0].parent }) {
      if case .if(let branches, _) = index.nodes[parent].statement.kind, index.nodes[rest].slot >= 0 {
        guards += branches.prefix(index.nodes[rest].slot + 1).map(\.condition)
      }
      rest = parent
    }
    if rest == node, variable.parameter == nil { return next }
    if variable.parameter != nil, index.nodes[node].parent == nil { return next }
    if guards.contains(where: { Self.asksWhetherEmpty($0) }) { return current.or(next) }
    return current.joined(next)
  }

  /// `x == ""`, `len(x) == 0`, `!ok`, `err != nil`: the block behind it gives a default.
  static func asksWhetherEmpty(_ condition: GoExpression) -> Bool {
    switch condition.kind {
    case .unary(.exclamation, _): return true
    case .binary(let operands, let operators):
      if operators.contains("||") || operators.contains("&&") {
        return operands.contains { asksWhetherEmpty($0) }
      }
      guard operands.count == 2 else { return false }
      if operators == ["!="] { return operands[1].name == "nil" }
      guard operators == ["=="] || operators == ["<"] || operators == ["<="] else { return false }
      switch operands[1].kind {
      case .string(let text): return text.isEmpty
      case .number(let number): return number == "0" || number == "1"
      case .name(let other): return other == "nil" || other == "false"
      default: return false
      }
    default: return false
    }
  }

  /// What an assignment gives a variable's field, or the variable itself where the path is empty.
  mutating func value(
    of assignment: GoAssignment, _ path: [String], _ variable: GoBinding, _ offset: Int, _ unit: Int, _ frame: GoFrame?
  ) -> GoValue {
    let inner = frame.flatMap { isInside(assignment, $0) ? $0 : nil }
    let rest = Array(path.dropFirst(assignment.path.count))
    switch assignment.source {
    case .value(let expression, let result):
      var value: GoValue
      if result == 0 {
        value = self.value(expression, unit: assignment.unit, frame: inner)
      } else if case .call(let function, let arguments) = expression.dereferenced.kind {
        let called = GoArguments(expressions: arguments, unit: assignment.unit, frame: inner)
        value = call(function, called, expression.range, result: result)
      } else {
        value = .unknown(.computed, [])
      }
      return member(rest, of: value, offset, unit)
    case .address(let call, let argument):
      let type = variable.type ?? literalType(variable)
      let symbol = type.flatMap { index.typeSymbol($0, unit: variable.unit) }
      return settings.effect(of: call, argument, path, symbol, &self) ?? .unknown(.computed, [])
    case .element(let list, let isKey):
      let values = elements(of: list, isKey: isKey, unit: assignment.unit, frame: inner)
      guard let first = values.first else { return .unknown(.computed, []) }
      return member(rest, of: values.dropFirst().reduce(first) { $0.joined($1) }, offset, unit)
    case .appended(let expression):
      let value = self.value(expression, unit: assignment.unit, frame: inner)
      // In a loop nobody knows how often.
      let isRepeated = assignment.node.map { GoFlow(index: index).isInLoop($0) } ?? true
      return isRepeated ? .unknown(.computed, value.setters) : value
    case .changed: return .unknown(.computed, [])
    }
  }

  /// What `range` walks over: the elements of a list or the keys or values of a map that the source spells.
  mutating func elements(of list: GoExpression, isKey: Bool, unit: Int, frame: GoFrame?) -> [GoValue] {
    switch value(list, unit: unit, frame: frame) {
    case .list(let values): return isKey ? [] : values
    case .object(let object) where object.type == nil && object.elements.allSatisfy({ $0.key != nil }):
      let arguments = object.arguments
      return object.elements.prefix(64).compactMap { isKey ? $0.key : $0.value }
        .map { value($0, unit: arguments.unit, frame: arguments.frame) }
    default: return []
    }
  }

  /// The type of the literal that a variable starts as.
  func literalType(_ variable: GoBinding) -> GoExpression? {
    for assignment in variable.assignments where assignment.path.isEmpty {
      guard case .value(let value, 0) = assignment.source else { continue }
      switch value.dereferenced.kind {
      case .composite(let type, _): return type
      case .call(let function, let arguments) where function.name == "new": return arguments.first
      default: continue
      }
    }
    return nil
  }

  /// The value of a field after the assignments that follow the object's literal.
  mutating func overridden(_ part: GoValue?, _ path: [String], of object: GoObject, _ offset: Int, _ unit: Int)
    -> GoValue?
  {
    var current = part
    for override in object.overrides {
      let variable = index.bindings[override.binding]
      if path.starts(with: override.path) {
        let whole = override.assignment.path + path.dropFirst(override.path.count)
        let value = value(of: override.assignment, whole, variable, offset, unit, override.frame)
        current = merge(current, value, override.assignment, variable)
      } else if override.path.starts(with: path), case .object(var inner) = current {
        var rest = override
        rest.path = Array(override.path.dropFirst(path.count))
        inner.overrides.append(rest)
        current = .object(inner)
      }
    }
    return current
  }

  /// Whether an assignment belongs to the function of a frame, so that its parameters are those of the frame.
  func isInside(_ assignment: GoAssignment, _ frame: GoFrame) -> Bool {
    var code = assignment.code
    while let current = code {
      if current == frame.code { return true }
      code = index.codes[current].outer
    }
    return false
  }

  mutating func parameter(_ position: Int, of variable: GoBinding, _ frame: GoFrame?) -> GoValue? {
    guard let code = variable.code else { return nil }
    if case .call(let called, let arguments) = frame, called == code {
      return argument(position, of: arguments).map { value($0, unit: arguments.unit, frame: arguments.frame) }
    }
    // Not seen through one call: what all calls agree on.
    var joined: GoValue?
    for call in (index.callers[code] ?? []).prefix(12) {
      let site = index.arguments(of: call, frame: nil)
      guard let expression = argument(position, of: site) else { continue }
      let value = value(expression, unit: site.unit, frame: nil)
      joined = joined.map { $0.joined(value) } ?? value
    }
    return joined
  }

  func argument(_ position: Int, of arguments: GoArguments) -> GoExpression? {
    if position == -1 { return arguments.receiver }
    return arguments.expressions.indices.contains(position) ? arguments.expressions[position] : nil
  }
}
