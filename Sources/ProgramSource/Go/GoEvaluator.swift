import SourceText

/// Follows expressions to their values: constants, variables, fields, parameters, defaults and what is asked outside.
///
/// It never runs the program: loops, arithmetic and most library functions give an unknown value.
struct GoEvaluator {
  let index: GoIndex
  /// What libraries of flags and settings are told in the program.
  let settings: GoSettings
  /// How many steps are left; code may be written so that its values multiply.
  var fuel = 5_000
  var depth = 0

  init(_ index: GoIndex, _ settings: GoSettings) {
    self.index = index
    self.settings = settings
  }

  /// The value of an expression in a file, seen through a call of the function around it if `frame` names one.
  mutating func value(_ expression: GoExpression, unit: Int, frame: GoFrame? = nil) -> GoValue {
    guard fuel > 0, depth < 40 else { return .unknown(.tooDeep, []) }
    fuel -= 1
    depth += 1
    defer { depth -= 1 }
    let place = index.place(expression.range, unit: unit)
    switch expression.kind {
    case .string(let text):
      let bytes = index.units[unit].file.source.bytes
      let verbatim = GoLiteral.isVerbatim(bytes, expression.range)
      let content = ByteRange(expression.range.start + 1, expression.range.end - 1)
      return .text(text, SourcePlace(place.path, content), verbatim: verbatim)
    case .number(let spelled):
      return GoLiteral.integer(spelled).map { .number($0, place, []) } ?? .unknown(.computed, [])
    case .name: return name(expression, unit, frame)
    case .selector(let base, let member): return selector(expression, base, member, unit, frame)
    case .unary(let sign, let operand):
      return sign == .ampersand || sign == .star ? value(operand, unit: unit, frame: frame) : .unknown(.computed, [])
    case .binary(let operands, let operators): return binary(operands, operators, unit, frame)
    case .composite(let type, let elements): return composite(expression, type, elements, unit, frame)
    case .call(let function, let arguments):
      return call(function, GoArguments(expressions: arguments, unit: unit, frame: frame), expression.range, result: 0)
    case .index(let base, let indices): return element(base, indices, place, unit, frame)
    case .slice(let base): return value(base, unit: unit, frame: frame)
    case .assertion(let base, _): return value(base, unit: unit, frame: frame)
    default: return .unknown(.computed, [])
    }
  }

  mutating func binary(_ operands: [GoExpression], _ operators: [String], _ unit: Int, _ frame: GoFrame?)
    -> GoValue
  {
    let values = operands.prefix(64).map { value($0, unit: unit, frame: frame) }
    guard operators.allSatisfy({ $0 == "+" }), values.count == operands.count else {
      return .unknown(.computed, values.flatMap(\.setters))
    }
    let isText = values.contains { if case .text = $0 { true } else { false } }
    if !isText, values.contains(where: { if case .number = $0 { true } else { false } }) {
      return .unknown(.computed, values.flatMap(\.setters))
    }
    return .text(values.flatMap(\.pieces))
  }

  mutating func composite(
    _ expression: GoExpression, _ type: GoExpression?, _ elements: [GoElement], _ unit: Int, _ frame: GoFrame?
  ) -> GoValue {
    if case .array = type?.kind {
      return .list(elements.prefix(64).map { value($0.value, unit: unit, frame: frame) })
    }
    let arguments = GoArguments(expressions: [], unit: unit, frame: frame)
    let symbol = type.flatMap { index.typeSymbol($0, unit: unit) }
    return .object(GoObject(type: symbol, elements: elements, arguments: arguments, range: expression.range))
  }

  /// `os.Args[1]`, `brokers[0]`
  mutating func element(
    _ base: GoExpression, _ indices: [GoExpression], _ place: SourcePlace, _ unit: Int, _ frame: GoFrame?
  ) -> GoValue {
    guard indices.count == 1, case .number(let position, _, _) = value(indices[0], unit: unit, frame: frame) else {
      return .unknown(.computed, [])
    }
    if let symbol = index.symbol(base, unit: unit), symbol.description == "os.Args" {
      return .outside(Setter(.argument, String(position), place))
    }
    switch value(base, unit: unit, frame: frame) {
    case .list(let values): return values.indices.contains(position) ? values[position] : .unknown(.computed, [])
    case .made(let symbol, _) where symbol.name == "Args":
      return .outside(Setter(.argument, String(position &+ 1), place))
    case .unknown(let reason, let setters): return .unknown(reason, setters)
    default: return .unknown(.computed, [])
    }
  }
}

extension GoIndex {
  /// The arguments of a call with its receiver, looked at through a call of the function around it.
  func arguments(of call: Int, frame: GoFrame?) -> GoArguments {
    let site = calls[call]
    return GoArguments(
      expressions: site.arguments, receiver: Self.receiver(of: site.function), unit: codes[site.code].unit, frame: frame
    )
  }

  static func receiver(of function: GoExpression) -> GoExpression? {
    if case .selector(let base, _) = function.kind { base } else { nil }
  }
}
