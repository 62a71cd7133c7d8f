import SourceText

/// Walks over all function bodies once and fills an index.
struct GoIndexBuilder {
  var index: GoIndex
  var unit = 0
  var code = 0
  /// Assignments to names that no local variable has; they are looked up once all packages are read.
  private var pending: [(name: String, assignment: GoAssignment)] = []

  init(index: GoIndex) { self.index = index }

  mutating func build() {
    for unit in index.units.indices {
      self.unit = unit
      declare(index.units[unit].file)
    }
    for unit in index.units.indices {
      self.unit = unit
      walk(index.units[unit].file)
    }
    for (name, assignment) in pending {
      let symbol = GoSymbol(package: index.units[assignment.unit].package, name: name)
      if let binding = index.packageBindings[symbol] { assign(binding, assignment) }
    }
  }

  private mutating func declare(_ file: GoFile) {
    let package = index.units[unit].package
    for type in file.types { index.types[GoSymbol(package: package, name: type.name.text)] = (unit, type) }
    for line in file.variables {
      for (position, name) in line.names.enumerated() where name.text != "_" {
        var binding = GoBinding(name: name, unit: unit, type: line.type)
        if let value = source(line.values, position, of: line.names.count) {
          binding.assignments = [GoAssignment(source: value, path: [], offset: name.range.start, unit: unit)]
        }
        index.packageBindings[GoSymbol(package: package, name: name.text)] = index.bindings.count
        index.bindings.append(binding)
      }
    }
  }

  func source(_ values: [GoExpression], _ position: Int, of count: Int) -> GoAssignment.Source? {
    if values.count == count { return .value(values[position], result: 0) }
    return values.count == 1 ? .value(values[0], result: position) : nil
  }

  private mutating func walk(_ file: GoFile) {
    let package = index.units[unit].package
    for function in file.functions {
      code = index.codes.count
      index.codes.append(
        GoCode(
          unit: unit, name: function.fullName, isLiteral: false, receiver: function.receiver,
          signature: function.signature, body: file.body(of: function), range: function.range))
      // Several functions may be called init; the first main counts.
      let symbol = GoSymbol(package: package, name: function.fullName)
      if function.name.text != "init", index.functions[symbol] == nil { index.functions[symbol] = code }
      if function.receiver != nil { index.methodsByName[function.name.text, default: []].append(code) }
      walkBody()
    }
    // Initial values of package variables run in a function of their own, before main.
    let initializer = GoCode(
      unit: unit, name: "init", isLiteral: false, signature: GoSignature(),
      body: GoBlock(statements: [], range: ByteRange(at: 0), height: 0), range: ByteRange(at: 0))
    code = index.codes.count
    index.codes.append(initializer)
    for line in file.variables where !line.isConstant {
      let node = add(GoStatement(kind: .declare([line]), range: line.range), parent: nil, slot: 0)
      for value in line.values { visit(value, node) }
    }
  }

  /// Declares the parameters of the current function and walks over its body.
  mutating func walkBody() {
    let current = index.codes[code]
    if let receiver = current.receiver { declareParameter(receiver, -1, current) }
    for (position, parameter) in current.signature.parameters.enumerated() {
      declareParameter(parameter, position, current)
    }
    for result in current.signature.results where result.name != nil { declareParameter(result, nil, current) }
    walk(current.body, parent: nil, slot: 0)
  }

  private mutating func declareParameter(_ parameter: GoParameter, _ position: Int?, _ code: GoCode) {
    guard let name = parameter.name else { return }
    add(
      GoBinding(
        name: name, unit: unit, scope: code.body.range, code: self.code, type: parameter.type, parameter: position))
  }

  private mutating func add(_ binding: GoBinding) {
    guard binding.name.text != "_" else { return }
    index.units[unit].locals[binding.name.text, default: []].append(index.bindings.count)
    index.bindings.append(binding)
  }

  private mutating func add(_ statement: GoStatement, parent: Int?, slot: Int) -> Int {
    index.nodes.append(GoNode(statement: statement, parent: parent, slot: slot, code: code))
    return index.nodes.count - 1
  }

  // MARK: Statements

  private mutating func walk(_ block: GoBlock, parent: Int?, slot: Int) {
    var previous: Int?
    for statement in block.statements {
      let node = walk(statement, parent: parent, slot: slot, scopeEnd: block.range.end)
      if let previous { index.nodes[previous].next = node }
      previous = node
    }
  }

  @discardableResult
  private mutating func walk(_ statement: GoStatement, parent: Int?, slot: Int, scopeEnd: Int) -> Int {
    if case .labeled(_, let inner) = statement.kind {
      return walk(inner, parent: parent, slot: slot, scopeEnd: scopeEnd)
    }
    let node = add(statement, parent: parent, slot: slot)
    let end = statement.range.end
    switch statement.kind {
    case .expression(let expression): visit(expression, node)
    case .assign(let left, let sign, let right):
      for value in right + left { visit(value, node) }
      assign(left, sign, right, node, scopeEnd)
    case .declare(let lines):
      for line in lines { declare(line, node, scopeEnd) }
    case .send(let channel, let value):
      visit(channel, node)
      visit(value, node)
    case .go(let call): visit(call, node, .goroutine)
    case .defer(let call): visit(call, node, .deferred)
    case .return(let values):
      for value in values { visit(value, node) }
      index.codes[code].returns.append(GoReturn(values: values, node: node))
    case .block(let block): walk(block, parent: node, slot: 0)
    case .if(let branches, let otherwise):
      for (position, branch) in branches.enumerated() {
        if let initial = branch.initial { walk(initial, parent: node, slot: -1, scopeEnd: end) }
        visit(branch.condition, node)
        walk(branch.body, parent: node, slot: position)
      }
      if let otherwise { walk(otherwise, parent: node, slot: branches.count) }
    case .for(let loop): walk(loop, node, end)
    case .switch(let initial, let tag, let clauses):
      if let initial { walk(initial, parent: node, slot: -1, scopeEnd: end) }
      if let tag { walk(tag, parent: node, slot: -1, scopeEnd: end) }
      walk(clauses, node)
    case .select(let clauses): walk(clauses, node)
    case .jump, .labeled, .bad: break
    }
    return node
  }

  private mutating func walk(_ loop: GoLoop, _ node: Int, _ end: Int) {
    if let range = loop.range {
      visit(range, node)
      if let initial = loop.initial, case .assign(let left, let sign, _) = initial.kind {
        for (position, target) in left.enumerated() {
          let source = GoAssignment.Source.element(range, isKey: position == 0)
          assign(target, source, isDefinition: sign == .define, node, end)
        }
      }
    } else if let initial = loop.initial {
      walk(initial, parent: node, slot: -1, scopeEnd: end)
    }
    if let condition = loop.condition { visit(condition, node) }
    if let post = loop.post { walk(post, parent: node, slot: -1, scopeEnd: end) }
    walk(loop.body, parent: node, slot: 0)
  }

  private mutating func walk(_ clauses: [GoClause], _ node: Int) {
    for (position, clause) in clauses.enumerated() {
      for label in clause.labels { visit(label, node) }
      if let communication = clause.communication {
        walk(communication, parent: node, slot: position, scopeEnd: clause.body.range.end)
      }
      walk(clause.body, parent: node, slot: position)
    }
  }

  // MARK: Assignments

  private mutating func assign(
    _ left: [GoExpression], _ sign: GoToken.Kind, _ right: [GoExpression], _ node: Int, _ scopeEnd: Int
  ) {
    for (position, target) in left.enumerated() {
      let source: GoAssignment.Source
      if sign == .assignOperation {
        source = right.first.map { .appended($0) } ?? .changed
      } else {
        source = self.source(right, position, of: left.count) ?? .changed
      }
      assign(target, source, isDefinition: sign == .define, node, scopeEnd)
    }
  }

  private mutating func assign(
    _ target: GoExpression, _ source: GoAssignment.Source, isDefinition: Bool, _ node: Int, _ scopeEnd: Int
  ) {
    guard let (name, path) = Self.path(of: target) else { return }
    let offset = index.nodes[node].statement.range.end
    let assignment = GoAssignment(
      source: source, path: path, offset: offset, unit: unit, code: code, node: node)
    let local = index.binding(name.text, unit: unit, at: name.range.start).flatMap { index.bindings[$0].scope }
    if isDefinition, local?.end != scopeEnd {
      let start = if case .element = source { name.range.start } else { offset }
      var binding = GoBinding(
        name: name, unit: unit, scope: ByteRange(start, scopeEnd), code: code, node: node)
      binding.assignments = [assignment]
      return add(binding)
    }
    record(assignment, on: name)
  }

  mutating func record(_ assignment: GoAssignment, on name: SpelledText) {
    if let binding = index.binding(name.text, unit: unit, at: name.range.start), index.bindings[binding].scope != nil {
      assign(binding, assignment)
    } else {
      pending.append((name.text, assignment))
    }
  }

  private mutating func assign(_ binding: Int, _ assignment: GoAssignment) {
    index.bindings[binding].assignments.append(assignment)
    if let field = assignment.path.last {
      index.fieldAssignments[field, default: []].append((binding, assignment))
    }
  }

  private mutating func declare(_ line: GoVariables, _ node: Int, _ scopeEnd: Int) {
    for value in line.values { visit(value, node) }
    for (position, name) in line.names.enumerated() {
      var binding = GoBinding(
        name: name, unit: unit, scope: ByteRange(line.range.end, scopeEnd), code: code, node: node, type: line.type)
      if let source = source(line.values, position, of: line.names.count) {
        binding.assignments = [
          GoAssignment(source: source, path: [], offset: line.range.end, unit: unit, code: code, node: node)
        ]
      }
      add(binding)
    }
  }

  /// The variable at the start of `a.b.c` and the fields behind it.
  static func path(of target: GoExpression) -> (SpelledText, [String])? {
    var fields: [String] = []
    var rest = target.dereferenced
    while case .selector(let base, let member) = rest.kind {
      fields.append(member.text)
      rest = base.dereferenced
    }
    return rest.name.map { (SpelledText(text: $0, range: rest.range), fields.reversed()) }
  }
}
