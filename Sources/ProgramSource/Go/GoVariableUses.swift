import SourceText

/// Finds the environment variables that a program asks for.
struct GoVariableUses {
  let calls: GoCalls
  private var index: GoIndex { calls.index }

  init(_ calls: GoCalls) { self.calls = calls }

  func find() -> [VariableUse] {
    let asked = calls.library.flatMap { site -> [VariableUse] in
      switch site.name {
      case "os.Getenv", "os.LookupEnv", "syscall.Getenv": uses(site)
      case "github.com/spf13/viper.BindEnv": bound(site)
      default: []
      }
    }
    return (asked + tagged()).sorted { $0.place < $1.place }
  }

  private func uses(_ site: GoLibraryCall) -> [VariableUse] {
    guard let argument = site.call.arguments.first else { return [] }
    let own = emptiness(site.position)
    return calls.values(argument, in: site.call.code).map { value, caller in
      let call = caller.map { index.calls[$0] } ?? site.call
      let place = SourcePlace(index.units[site.unit].file.path, argument.range)
      let name = value.pieces.traced(around: place)
      // A function that asks on behalf of others is seen at its calls.
      let fallback = fallback(caller ?? site.position, name.value.value)
      let fatal = fallback != nil ? (.no, nil) : own.isFatal == .no ? caller.map { emptiness($0) } ?? own : own
      return VariableUse(
        place: index.place(of: call), function: calls.function(of: call), call: site.name,
        name: name.value,
        fallback: fallback, isFatal: fatal.isFatal, exit: fatal.exit, isAtStart: calls.flow.isAtStart(call.code))
    }
  }

  private func bound(_ site: GoLibraryCall) -> [VariableUse] {
    site.call.arguments.dropFirst().compactMap { argument in
      guard let name = argument.string else { return nil }
      let place = index.place(ByteRange(argument.range.start + 1, argument.range.end - 1), unit: site.unit)
      return VariableUse(
        place: calls.place(of: site.call), function: calls.function(of: site.call), call: site.name,
        name: .known(name, place), fallback: nil, isFatal: .no, exit: nil, isAtStart: .yes)
    }
  }

  // MARK: Defaults

  /// What the program takes when the variable is not set: the value of what holds it in the end.
  private func fallback(_ position: Int, _ name: String?) -> Known<String>? {
    guard let name else { return nil }
    let call = index.calls[position]
    let unit = index.unit(of: call)
    for expression in holders(of: call) {
      var evaluator = GoEvaluator(index, calls.settings)
      let value = evaluator.value(expression, unit: unit)
      if let known = known(value, name, call.range, unit) { return known }
    }
    guard let (binding, path) = target(of: call), let scope = index.bindings[binding].scope else { return nil }
    var evaluator = GoEvaluator(index, calls.settings)
    return known(evaluator.variable(binding, path, at: scope.end, unit, nil), name, call.range, unit)
  }

  private func known(_ value: GoValue, _ name: String, _ range: ByteRange, _ unit: Int) -> Known<String>? {
    guard value.setters.contains(where: { $0.kind == .variable && $0.name == name }), value.known != nil else {
      return nil
    }
    let traced = value.pieces.traced(around: index.place(range, unit: unit))
    if case .known = traced.value { return traced.value }
    return nil
  }

  /// The call, and the expressions around it that may bring a default: `cmp.Or(os.Getenv("A"), "b")`.
  private func holders(of call: GoCall) -> [GoExpression] {
    func holders(_ expression: GoExpression) -> [GoExpression] {
      guard expression.range.contains(call.range) else { return [] }
      switch expression.kind {
      case .call(let function, let arguments):
        return [expression] + holders(function) + arguments.flatMap { holders($0) }
      case .binary(let operands, _): return operands.flatMap { holders($0) }
      case .composite(_, let elements): return elements.flatMap { holders($0.value) }
      case .unary(_, let operand), .selector(let operand, _): return holders(operand)
      default: return []
      }
    }
    return expressions(of: index.nodes[call.node].statement).flatMap { holders($0) }.reversed()
  }

  private func expressions(of statement: GoStatement) -> [GoExpression] {
    switch statement.kind {
    case .expression(let expression), .go(let expression), .defer(let expression): [expression]
    case .assign(_, _, let values), .return(let values): values
    case .declare(let lines): lines.flatMap(\.values)
    case .if(let branches, _): branches.map(\.condition)
    default: []
    }
  }

  /// The variable, or field of one, that the value of a call goes into.
  private func target(of call: GoCall) -> (binding: Int, path: [String])? {
    let unit = index.unit(of: call)
    let statement = index.nodes[call.node].statement
    switch statement.kind {
    case .assign(let left, _, let right):
      guard let position = right.firstIndex(where: { $0.range.contains(call.range) }), left.indices.contains(position),
        let (name, path) = GoIndexBuilder.path(of: left[position])
      else { return nil }
      return index.binding(name.text, unit: unit, at: statement.range.end).map { ($0, path) }
    case .declare(let lines):
      for line in lines {
        guard let position = line.values.firstIndex(where: { $0.range.contains(call.range) }),
          line.names.indices.contains(position)
        else { continue }
        return index.binding(line.names[position].text, unit: unit, at: line.range.end).map { ($0, []) }
      }
      return nil
    default: return nil
    }
  }

  // MARK: Required ones

  /// Whether the program ends when the call gives nothing: an if statement asks for that, and its block ends the program.
  private func emptiness(_ position: Int) -> (isFatal: Answer, exit: SourcePlace?) {
    let call = index.calls[position]
    let statement = index.nodes[call.node].statement
    var names: [String] = []
    switch statement.kind {
    case .assign(let left, _, let right):
      guard let holder = right.first(where: { $0.range.contains(call.range) }) else { return (.no, nil) }
      if holder.range != call.range { return wrapped(holder, call) }
      names = left.compactMap(\.name).filter { $0 != "_" }
    case .declare(let lines): names = lines.flatMap(\.names).map(\.text)
    case .if(let branches, _):
      guard let branch = branches.first(where: { $0.condition.range.contains(call.range) }),
        GoEvaluator.asksWhetherEmpty(branch.condition)
      else { return (.no, nil) }
      return reaction(in: branch.body.range, call.code)
    default: return (.no, nil)
    }
    for (node, statement) in candidates(call) {
      guard case .if(let branches, _) = statement.kind else { continue }
      for branch in branches where GoEvaluator.asksWhetherEmpty(branch.condition) {
        guard names.contains(where: { calls.flow.mentions(branch.condition, $0) }) else { continue }
        let reaction = reaction(in: branch.body.range, index.nodes[node].code)
        if reaction.isFatal == .yes { return reaction }
      }
    }
    return (.no, nil)
  }

  /// The variable goes into another function, and the program ends when that one fails. Some are known to refuse
  /// empty text.
  private func wrapped(_ holder: GoExpression, _ call: GoCall) -> (isFatal: Answer, exit: SourcePlace?) {
    guard let outer = (index.callsByCode[call.code] ?? []).first(where: { index.calls[$0].range == holder.range })
    else {
      return (.no, nil)
    }
    let failure = calls.failure(of: outer)
    guard failure.isFatal != .no else { return failure }
    let name = GoServers.member(of: index.calls[outer]) ?? ""
    let refusing: Set<String> = [
      "Atoi", "ParseInt", "ParseUint", "ParseBool", "ParseFloat", "ParseDuration", "ParseURL",
    ]
    return refusing.contains(name) ? failure : (.unknown, failure.exit)
  }

  /// The statements of the same function behind a call, the one around it included.
  private func candidates(_ call: GoCall) -> [(Int, GoStatement)] {
    (index.nodesByCode[call.code] ?? []).filter {
      index.nodes[$0].statement.range.end > call.range.start
    }
    .map { ($0, index.nodes[$0].statement) }
  }

  private func reaction(in block: ByteRange, _ code: Int) -> (isFatal: Answer, exit: SourcePlace?) {
    switch calls.flow.reaction(in: block, code, 0) {
    case .fatal(let exit): (.yes, exit >= 0 ? index.place(of: index.calls[exit]) : nil)
    case .harmless: (.no, nil)
    case .unknown: (.unknown, nil)
    }
  }

  // MARK: Struct tags

  /// Fields that a library fills from the environment: `env:"PORT,required"`, `envconfig:"PORT" default:"8080"`.
  private func tagged() -> [VariableUse] {
    let prefix =
      calls.library.first { $0.symbol.library == "github.com/kelseyhightower/envconfig" }?.call.arguments.first?.string
      ?? ""
    return index.types.flatMap { symbol, entry -> [VariableUse] in
      guard case .structure(let fields) = entry.declaration.type.kind else { return [] }
      return fields.compactMap { field in use(field, symbol, entry.unit, prefix) }
    }
  }

  private func use(_ field: GoField, _ type: GoSymbol, _ unit: Int, _ prefix: String) -> VariableUse? {
    guard let tag = field.tag, let value = calls.settings.tagged(field, type, unit: unit, index),
      let setter = value.setters.first(where: { $0.kind == .variable })
    else { return nil }
    let tags = GoStructTag.parse(tag.text)
    let place = index.place(tag.range, unit: unit)
    let options = (tags["env"] ?? tags["envconfig"] ?? "").split(separator: ",").dropFirst().map(\.trimmed)
    let isRequired =
      options.contains("required") || options.contains("notEmpty") || tags["required"] == "true"
      || tags["env-required"] == "true"
    let traced = value.pieces.traced(around: place)
    var name = setter.name
    if !prefix.isEmpty, tags["envconfig"] != nil || tags["split_words"] != nil {
      name = "\(prefix.uppercasedASCII)_\(name)"
    }
    return VariableUse(
      place: place, function: "", call: type.name, name: .known(name, place),
      fallback: traced.value.value == nil ? nil : traced.value,
      isFatal: isRequired && traced.value.value == nil ? .yes : .no, exit: nil, isAtStart: .yes)
  }
}
