import SourceText

extension GoEvaluator {
  /// `pkg.Name`, `variable.field.field`, `call().field`
  mutating func selector(
    _ expression: GoExpression, _ base: GoExpression, _ member: SpelledText, _ unit: Int, _ frame: GoFrame?
  ) -> GoValue {
    if let symbol = index.symbol(expression, unit: unit) {
      if let binding = index.packageBindings[symbol] { return variable(binding, [], at: .max, unit, nil) }
      return Self.constant(symbol) ?? .made(symbol, GoArguments(expressions: [], unit: unit, frame: frame))
    }
    if let (name, path) = GoIndexBuilder.path(of: expression) {
      if let binding = index.binding(name.text, unit: unit, at: name.range.start) {
        return variable(binding, path, at: expression.range.start, unit, frame)
      }
      // A variable of another package: `config.Settings.Addr`.
      if let package = index.units[unit].imports[name.text], let first = path.first,
        let binding = index.packageBindings[GoSymbol(package: package, name: first)]
      {
        return variable(binding, Array(path.dropFirst()), at: .max, unit, nil)
      }
    }
    let object = value(base, unit: unit, frame: frame)
    return self.member([member.text], of: object, expression.range.start, unit)
  }

  /// The part of a value that a chain of fields names.
  mutating func member(_ path: [String], of value: GoValue, _ offset: Int, _ unit: Int) -> GoValue {
    guard let first = path.first else { return value }
    let rest = Array(path.dropFirst())
    switch value {
    case .object(let object):
      let arguments = object.arguments
      if let expression = element(first, of: object) {
        let value = self.value(expression, unit: arguments.unit, frame: arguments.frame)
        let part = overridden(member(rest, of: value, offset, unit), path, of: object, offset, unit) ?? value
        return object.type.flatMap { outside(path, ofType: $0) }.map { part.joined($0) } ?? part
      }
      if let set = overridden(nil, path, of: object, offset, unit) { return set }
      guard let type = object.type else { return .unknown(.computed, []) }
      if let (_, field) = index.field(first, of: type) {
        let elsewhere = self.field(path, ofType: type)
        if case .unknown(_, []) = elsewhere, rest.isEmpty, field.type.name == "string" {
          return .text([TextPiece(text: "", place: nil)])
        }
        return elsewhere
      }
      return type.package.hasPrefix("./") ? .unknown(.undeclared, []) : .text([TextPiece(text: "", place: nil)])
    case .unknown(let reason, let setters): return .unknown(reason, setters)
    case .made(let symbol, let arguments):
      return symbol.package == "net/url" ? url(first, arguments) : .unknown(.library, [])
    default: return .unknown(.computed, [])
    }
  }

  /// A part of a parsed URL.
  mutating func url(_ part: String, _ arguments: GoArguments) -> GoValue {
    guard let expression = arguments.expressions.first else { return .unknown(.computed, []) }
    let text = value(expression, unit: arguments.unit, frame: arguments.frame)
    guard case .text(let pieces) = text else { return text }
    let url = URLPieces(pieces)
    switch part {
    case "Host": return .text(url.authority)
    case "Hostname": return .text(url.host)
    case "Port": return .text(url.port ?? [])
    case "String": return text
    default: return .unknown(.computed, text.setters)
    }
  }

  /// What fills a field of a type in another place: flags and settings that get its address.
  private mutating func outside(_ path: [String], ofType type: GoSymbol) -> GoValue? {
    guard type.package.hasPrefix("./"), let last = path.last else { return nil }
    for (binding, assignment) in index.fieldAssignments[last] ?? [] {
      guard assignment.path == path, case .address(let call, let argument) = assignment.source,
        typeSymbol(ofBinding: binding) == type
      else { continue }
      if let effect = settings.effect(of: call, argument, [], nil, &self) { return effect }
    }
    return nil
  }

  /// The expression that a composite literal gives a field: by key, or by position.
  func element(_ name: String, of object: GoObject) -> GoExpression? {
    if let keyed = object.elements.first(where: { $0.key?.name == name }) { return keyed.value }
    guard let type = object.type, !object.elements.isEmpty, object.elements.allSatisfy({ $0.key == nil }),
      let (_, fields) = index.fields(of: type)
    else { return nil }
    let names = fields.flatMap { $0.names.isEmpty ? [""] : $0.names.map(\.text) }
    return names.firstIndex(of: name).flatMap { object.elements.indices.contains($0) ? object.elements[$0].value : nil }
  }

  /// What a field holds in any value of a type: what literals and assignments of the program give it, and its tags.
  mutating func field(_ path: [String], ofType type: GoSymbol) -> GoValue {
    guard let name = path.first else { return .unknown(.computed, []) }
    let rest = Array(path.dropFirst())
    var joined: GoValue?
    func join(_ value: GoValue) { joined = joined.map { $0.joined(value) } ?? value }
    for site in index.composites where site.type != nil {
      guard let literal = site.type, index.typeSymbol(literal, unit: site.unit) == type else { continue }
      let object = GoObject(
        type: type, elements: site.elements, arguments: GoArguments(expressions: [], unit: site.unit, frame: nil),
        range: site.expression.range)
      guard let expression = element(name, of: object) else { continue }
      let part = value(expression, unit: site.unit)
      join(member(rest, of: part, .max, site.unit))
    }
    for (binding, assignment) in path.flatMap({ index.fieldAssignments[$0] ?? [] }) {
      guard path.starts(with: assignment.path), typeSymbol(ofBinding: binding) == type else { continue }
      switch assignment.source {
      case .value(let expression, 0):
        let part = value(expression, unit: assignment.unit)
        join(member(Array(path.dropFirst(assignment.path.count)), of: part, .max, assignment.unit))
      case .address(let call, let argument):
        if let effect = settings.effect(of: call, argument, [], nil, &self) { join(effect) }
      default: join(.unknown(.computed, []))
      }
    }
    if let (owner, field) = index.field(name, of: type) {
      if let tagged = settings.tagged(field, type, unit: owner, index) {
        joined = joined.map { $0.joined(tagged) } ?? tagged
      } else if joined == nil, !rest.isEmpty, let inner = index.typeSymbol(field.type, unit: owner) {
        return self.field(rest, ofType: inner)
      }
    }
    return joined ?? .unknown(.computed, [])
  }

  private func typeSymbol(ofBinding index: Int) -> GoSymbol? {
    let binding = self.index.bindings[index]
    if let type = binding.type { return self.index.typeSymbol(type, unit: binding.unit) }
    for assignment in binding.assignments where assignment.path.isEmpty {
      if case .value(let value, 0) = assignment.source { return self.index.type(of: value, unit: assignment.unit) }
    }
    return nil
  }

  /// Constants of the standard library that addresses and signals are made of.
  private static func constant(_ symbol: GoSymbol) -> GoValue? {
    switch symbol.description {
    case "net.IPv4zero", "net.IPv6zero", "net.IPv6unspecified", "net.IPv4allrouter":
      .text([TextPiece(text: "", place: nil)])
    case "net.IPv6loopback": .text([TextPiece(text: "::1", place: nil)])
    case "net/http.DefaultServeMux": nil
    case "os.DevNull": .text([TextPiece(text: "/dev/null", place: nil)])
    default: nil
    }
  }
}
