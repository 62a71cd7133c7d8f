import SourceText

/// The packages of one program taken apart: every function, statement, call and variable, found by name or place.
struct GoIndex: Sendable {
  /// One file with what its imports are called in it.
  struct Unit: Sendable {
    var file: GoFile
    var package: String
    /// The import path, or `./` and the folder for a package of the project, by local name.
    var imports: [String: String]
    /// Local variables by name.
    var locals: [String: [Int]] = [:]
    /// The function literals by where they begin.
    var literals: [Int: Int] = [:]
  }

  var units: [Unit] = []
  var codes: [GoCode] = []
  var nodes: [GoNode] = []
  var calls: [GoCall] = []
  var composites: [GoLiteralSite] = []
  var bindings: [GoBinding] = []
  /// Package variables and constants, functions, and types by package and name. Methods are `Type.name`.
  var packageBindings: [GoSymbol: Int] = [:]
  var functions: [GoSymbol: Int] = [:]
  var types: [GoSymbol: (unit: Int, declaration: GoTypeDeclaration)] = [:]
  var methodsByName: [String: [Int]] = [:]
  /// Assignments to a field of any variable, by the last field's name.
  var fieldAssignments: [String: [(binding: Int, assignment: GoAssignment)]] = [:]
  /// The calls of each function whose callee is known.
  var callers: [Int: [Int]] = [:]
  /// The function that each call calls, where it is one of the project.
  var callees: [Int: Int] = [:]
  /// The calls that stand directly in each function, and those that stand in each statement.
  var callsByCode: [Int: [Int]] = [:]
  var callsByNode: [Int: [Int]] = [:]
  /// The statements of each function, and the function literals that stand in it.
  var nodesByCode: [Int: [Int]] = [:]
  var literalsByCode: [Int: [Int]] = [:]

  /// Takes the files of packages apart. `resolve` names the project's package that an import of a file means.
  init(packages: [(package: GoPackage, files: [GoFile])], resolve: (String, GoFile) -> GoPackage?) {
    for (package, files) in packages {
      for file in files {
        var imports: [String: String] = [:]
        for one in file.imports where one.path != "C" {
          if let target = resolve(one.path, file) {
            let name = target.files.first { !$0.isTest && $0.package.text != "main" }?.package.text
            imports[one.alias?.text ?? name ?? one.localName] = "./" + target.directory
          } else {
            imports[one.localName] = one.path
          }
        }
        units.append(Unit(file: file, package: "./" + package.directory, imports: imports))
      }
    }
    var builder = GoIndexBuilder(index: self)
    builder.build()
    self = builder.index
    linkCalls()
  }

  // MARK: Names

  /// The variable that a name means at a place: the innermost local one, else the package's.
  func binding(_ name: String, unit: Int, at offset: Int) -> Int? {
    var best: Int?
    for candidate in units[unit].locals[name] ?? [] {
      guard let scope = bindings[candidate].scope, scope.contains(offset) else { continue }
      if best.map({ bindings[$0].scope?.start ?? 0 <= scope.start }) ?? true { best = candidate }
    }
    return best ?? packageBindings[GoSymbol(package: units[unit].package, name: name)]
  }

  /// What `pkg.Name` means where `pkg` is an import that no variable hides, or `Name` one of the file's own package.
  func symbol(_ expression: GoExpression, unit: Int) -> GoSymbol? {
    switch expression.kind {
    case .name(let name):
      if binding(name, unit: unit, at: expression.range.start) != nil { return nil }
      return GoSymbol(package: units[unit].package, name: name)
    case .selector(let base, let member):
      guard let name = base.name, let package = units[unit].imports[name],
        binding(name, unit: unit, at: base.range.start) == nil
      else { return nil }
      return GoSymbol(package: package, name: member.text)
    case .index(let base, _): return symbol(base, unit: unit)
    default: return nil
    }
  }

  /// `pkg.Function`, also where a variable is nothing but another name of it: `env := os.Getenv`.
  func librarySymbol(_ function: GoExpression, unit: Int) -> GoSymbol? {
    if let symbol = symbol(function, unit: unit) { return function.name == nil ? symbol : nil }
    guard let name = function.name, let binding = binding(name, unit: unit, at: function.range.start),
      bindings[binding].assignments.count == 1, let only = bindings[binding].assignments.first,
      case .value(let value, 0) = only.source, case .selector = value.kind
    else { return nil }
    return symbol(value, unit: only.unit)
  }

  /// The symbol of a type expression, without pointer, type arguments and slices.
  func typeSymbol(_ type: GoExpression, unit: Int) -> GoSymbol? {
    let type = type.dereferenced
    switch type.kind {
    case .name(let name): return GoSymbol(package: units[unit].package, name: name)
    case .selector(let base, let member):
      return base.name.flatMap { units[unit].imports[$0] }.map { GoSymbol(package: $0, name: member.text) }
    case .index(let base, _): return typeSymbol(base, unit: unit)
    default: return nil
    }
  }

  /// The fields of a struct type of the project, with the file they stand in.
  func fields(of type: GoSymbol, depth: Int = 0) -> (unit: Int, fields: [GoField])? {
    guard depth < 8, let (unit, declaration) = types[type] else { return nil }
    if case .structure(let fields) = declaration.type.kind { return (unit, fields) }
    return typeSymbol(declaration.type, unit: unit).flatMap { fields(of: $0, depth: depth + 1) }
  }

  func field(_ name: String, of type: GoSymbol, depth: Int = 0) -> (unit: Int, field: GoField)? {
    guard depth < 4, let (unit, fields) = fields(of: type) else { return nil }
    if let field = fields.first(where: { $0.names.contains { $0.text == name } }) { return (unit, field) }
    for embedded in fields where embedded.names.isEmpty {
      guard let base = typeSymbol(embedded.type, unit: unit) else { continue }
      if base.name == name { return (unit, embedded) }
      if let found = field(name, of: base, depth: depth + 1) { return found }
    }
    return nil
  }

  func method(_ name: String, of type: GoSymbol, depth: Int = 0) -> Int? {
    if let code = functions[GoSymbol(package: type.package, name: "\(type.name).\(name)")] { return code }
    guard depth < 4, let (unit, fields) = fields(of: type) else { return nil }
    for embedded in fields where embedded.names.isEmpty {
      guard let base = typeSymbol(embedded.type, unit: unit) else { continue }
      if let found = method(name, of: base, depth: depth + 1) { return found }
    }
    return nil
  }

  // MARK: Types of expressions

  /// The type of an expression, or the library function that made it: its name then ends in `()`.
  func type(of expression: GoExpression, unit: Int, depth: Int = 0) -> GoSymbol? {
    guard depth < 16 else { return nil }
    let expression = expression.dereferenced
    switch expression.kind {
    case .name(let name):
      guard let binding = binding(name, unit: unit, at: expression.range.start) else { return nil }
      return type(ofBinding: binding, depth: depth)
    case .composite(let type, _): return type.flatMap { typeSymbol($0, unit: unit) }
    case .assertion(_, let type): return type.flatMap { typeSymbol($0, unit: unit) }
    case .selector(let base, let member):
      if let symbol = symbol(expression, unit: unit) {
        return packageBindings[symbol].flatMap { type(ofBinding: $0, depth: depth) }
      }
      guard let baseType = type(of: base, unit: unit, depth: depth + 1),
        let (owner, field) = field(member.text, of: baseType)
      else { return nil }
      return typeSymbol(field.type, unit: owner)
    case .call(let function, let arguments):
      return type(ofCall: function, arguments, unit: unit, result: 0, depth: depth)
    case .index(let base, _): return type(of: base, unit: unit, depth: depth + 1)
    default: return nil
    }
  }

  private func type(ofBinding index: Int, depth: Int) -> GoSymbol? {
    let binding = bindings[index]
    if let type = binding.type { return typeSymbol(type, unit: binding.unit) }
    for assignment in binding.assignments where assignment.path.isEmpty {
      guard case .value(let value, let result) = assignment.source else { continue }
      if case .call(let function, let arguments) = value.dereferenced.kind {
        if let type = type(ofCall: function, arguments, unit: assignment.unit, result: result, depth: depth + 1) {
          return type
        }
      } else if let type = type(of: value, unit: assignment.unit, depth: depth + 1) {
        return type
      }
    }
    return nil
  }

  private func type(ofCall function: GoExpression, _ arguments: [GoExpression], unit: Int, result: Int, depth: Int)
    -> GoSymbol?
  {
    if function.name == "new", let type = arguments.first { return typeSymbol(type, unit: unit) }
    if let code = code(called: function, unit: unit, depth: depth) {
      let results = codes[code].signature.results
      return results.indices.contains(result) ? typeSymbol(results[result].type, unit: codes[code].unit) : nil
    }
    if let symbol = symbol(function, unit: unit) {
      if types[symbol] != nil { return symbol }
      return result == 0 ? GoSymbol(package: symbol.package, name: symbol.name + "()") : nil
    }
    // A method of a library's value gives a value of the same library: `echo.New().Group("/api")`.
    if case .selector(let base, let member) = function.kind, result == 0,
      let type = type(of: base, unit: unit, depth: depth + 1), !type.package.hasPrefix("./")
    {
      return GoSymbol(package: type.package, name: member.text + "()")
    }
    return nil
  }

  // MARK: Calls

  /// The function of the project that a call runs.
  func code(called function: GoExpression, unit: Int, depth: Int = 0) -> Int? {
    guard depth < 16 else { return nil }
    switch function.kind {
    case .function: return units[unit].literals[function.range.start]
    case .name(let name):
      if let binding = binding(name, unit: unit, at: function.range.start) {
        let values = bindings[binding].assignments.compactMap { assignment -> Int? in
          guard assignment.path.isEmpty, case .value(let value, _) = assignment.source, case .function = value.kind
          else { return nil }
          return units[assignment.unit].literals[value.range.start]
        }
        return values.count == 1 ? values[0] : nil
      }
      return functions[GoSymbol(package: units[unit].package, name: name)]
    case .selector(let base, let member):
      if let symbol = symbol(function, unit: unit) { return functions[symbol] }
      if let type = type(of: base, unit: unit, depth: depth + 1) {
        if let method = method(member.text, of: type) { return method }
        if !isInterface(type) { return nil }
      }
      let candidates = methodsByName[member.text] ?? []
      return candidates.count == 1 && !Self.commonMethods.contains(member.text) ? candidates[0] : nil
    case .index(let base, _): return code(called: base, unit: unit, depth: depth + 1)
    default: return nil
    }
  }

  private func isInterface(_ type: GoSymbol) -> Bool {
    if case .interface = types[type]?.declaration.type.kind { return true }
    return false
  }

  /// Methods so common that one of the project need not be the one that is called on an unknown value.
  private static let commonMethods: Set<String> = [
    "Close", "Error", "String", "Read", "Write", "Get", "Set", "Add", "Done", "Wait", "Lock", "Unlock", "Len", "Next",
    "Do", "Name", "Handle", "ServeHTTP", "Print", "Printf", "Println", "Info", "Debug", "Warn", "Fatal", "Fatalf",
  ]

  private mutating func linkCalls() {
    for (index, node) in nodes.enumerated() { nodesByCode[node.code, default: []].append(index) }
    for (index, code) in codes.enumerated() {
      if let outer = code.outer { literalsByCode[outer, default: []].append(index) }
    }
    for (index, call) in calls.enumerated() {
      callsByCode[call.code, default: []].append(index)
      callsByNode[call.node, default: []].append(index)
      if let code = code(called: call.function, unit: codes[call.code].unit) {
        callers[code, default: []].append(index)
        callees[index] = code
      }
    }
  }

  func place(_ range: ByteRange, unit: Int) -> SourcePlace { SourcePlace(units[unit].file.path, range) }
  func unit(of call: GoCall) -> Int { codes[call.code].unit }
  func place(of call: GoCall) -> SourcePlace { place(call.range, unit: unit(of: call)) }
}
