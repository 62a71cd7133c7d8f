import SourceText

/// The files of a scripting language that a program consists of, and the rules of that language.
protocol ScriptLanguage: Sendable {
  /// The file that an import of a file means; nil for a library.
  static func resolve(_ module: String, from file: ScriptFile, in paths: [String: Int]) -> Int?
  /// The module that a name of a module may be: `b` of `from a import b`.
  static func submodule(_ name: String, of module: String) -> String?
  /// The value of a name, member or subscript that the language or its library defines.
  static func value(of path: [String], place: SourcePlace) -> ScriptValue?
  /// The value of a call of something that the language or its library defines.
  static func value(
    ofCall path: [String], _ arguments: [ScriptArgument], file: Int, place: SourcePlace,
    _ evaluator: inout ScriptEvaluator<Self>
  ) -> ScriptValue?
  /// The module that a call loads: `require('m')`.
  static func required(_ function: ScriptExpression, _ arguments: [ScriptArgument]) -> String?
  /// The value of a member of something that a library made; nil where the language knows nothing about it.
  static func value(ofMade names: [String], file: Int, _ evaluator: inout ScriptEvaluator<Self>) -> ScriptValue?
  /// The value of a parameter that no call of the program gives.
  static func value(ofParameter name: String, file: Int, _ evaluator: inout ScriptEvaluator<Self>) -> ScriptValue?
  /// A member of a text or path, where the language knows it.
  static func member(_ name: String, of value: ScriptValue) -> ScriptValue?
  /// Methods that give the text or path itself again, for what is followed here.
  static var transparentMethods: Set<String> { get }
  /// The operators that give their right side where the left one is empty.
  static var fallbackOperators: Set<String> { get }
  /// The names of an object's whole export, in the order in which they are tried.
  static var wholeExports: [String] { get }
}

extension ScriptLanguage {
  static func submodule(_ name: String, of module: String) -> String? { nil }
  static func member(_ name: String, of value: ScriptValue) -> ScriptValue? { nil }
  static var transparentMethods: Set<String> { ["toString", "trim", "strip"] }
  static func required(_ function: ScriptExpression, _ arguments: [ScriptArgument]) -> String? { nil }
  static func value(ofMade names: [String], file: Int, _ evaluator: inout ScriptEvaluator<Self>) -> ScriptValue? { nil }
  static func value(ofParameter name: String, file: Int, _ evaluator: inout ScriptEvaluator<Self>) -> ScriptValue? {
    nil
  }
}

/// Follows expressions of a scripting language to their values, as far as constants, defaults and settings go.
struct ScriptEvaluator<Language: ScriptLanguage> {
  let files: [ScriptFile]
  let paths: [String: Int]
  private var fuel = 2_000
  private var depth = 0

  init(_ files: [ScriptFile], _ paths: [String: Int]) {
    self.files = files
    self.paths = paths
  }

  mutating func value(_ expression: ScriptExpression, in file: Int) -> ScriptValue {
    guard fuel > 0, depth < 40 else { return .unknown(.tooDeep, []) }
    fuel -= 1
    depth += 1
    defer { depth -= 1 }
    let place = files[file].place(expression.range)
    switch expression.kind {
    case .text(let parts):
      return .text(
        parts.flatMap { part -> [TextPiece] in
          switch part {
          case .literal(let text, let range, let isVerbatim):
            [TextPiece(text: text, place: files[file].place(range), isVerbatim: isVerbatim)]
          case .value(let inner): value(inner, in: file).pieces
          }
        })
    case .number(let text):
      return Int(text.filter { $0 != "_" }).map { .number($0, place, []) } ?? .unknown(.computed, [])
    case .name(let name):
      if let value = Language.value(of: [name], place: place),
        files[file].bindings(of: name, at: expression.range.start).isEmpty
      {
        return value
      }
      return variable(name, [], at: expression.range.start, in: file)
    case .member(let base, let member): return self.member(expression, base, member.text, in: file)
    case .index(let base, let key):
      guard let text = value(key, in: file).known else { return .unknown(.computed, []) }
      return member(expression, base, text, in: file)
    case .infix(let operands, let operators): return infix(operands, operators, in: file)
    case .prefix(let sign, let operand):
      return ["await", "+", "..."].contains(sign) ? value(operand, in: file) : .unknown(.computed, [])
    case .conditional(let condition, let first, let second):
      // `x ? x : y` is a fallback, anything else one of the two.
      let values = (value(first, in: file), value(second, in: file))
      if let name = condition.path, name == first.path { return values.0.or(values.1) }
      return values.0.joined(values.1)
    case .call(let function, let arguments), .new(let function, let arguments):
      return call(function, arguments, place, in: file)
    case .object(let entries): return .object(entries, file: file)
    case .list(let elements): return .list(elements, file: file)
    case .constant(let name):
      return ["true", "True", "false", "False"].contains(name) ? .boolean(name.hasSuffix("rue"), place) : .text([])
    case .function, .bad: return .unknown(.computed, [])
    }
  }

  private mutating func infix(_ operands: [ScriptExpression], _ operators: [String], in file: Int) -> ScriptValue {
    let values = operands.prefix(32).map { value($0, in: file) }
    guard let first = values.first, values.count == operands.count else { return .unknown(.tooDeep, []) }
    if operators.allSatisfy(Language.fallbackOperators.contains) {
      return values.dropFirst().reduce(first) { $0.or($1) }
    }
    let setters = values.reduce([]) { $0.merging($1.setters) }
    if operators.allSatisfy({ $0 == "/" }), values.allSatisfy({ if case .text = $0 { true } else { false } }) {
      // Python joins paths so.
      return .text(Array(values.map(\.pieces).joined(separator: [TextPiece(text: "/", place: nil)])))
    }
    guard operators.allSatisfy({ $0 == "+" || $0 == "." }) else { return .unknown(.computed, setters) }
    if values.allSatisfy({ if case .number = $0 { true } else { false } }) { return .unknown(.computed, setters) }
    return .text(values.flatMap(\.pieces))
  }

  // MARK: Names

  /// What a name is worth, followed by the members of a chain.
  mutating func variable(_ name: String, _ path: [String], at offset: Int, in file: Int) -> ScriptValue {
    let bindings = files[file].bindings(of: name, at: offset)
    guard !bindings.isEmpty else { return imported(name, path, in: file) }
    var current: ScriptValue?
    for binding in bindings {
      if let one = files[file].imports.first(where: { $0.local == name }),
        binding.value.map({ $0.range.contains(one.range) }) ?? false
      {
        return imported(name, path, in: file)
      }
      let value = self.value(of: binding, path, in: file)
      if let before = current {
        current = binding.isFallback ? before.or(value) : binding.isConditional ? before.joined(value) : value
      } else {
        current = value
      }
    }
    return current ?? .unknown(.computed, [])
  }

  private mutating func value(of binding: ScriptBinding, _ path: [String], in file: Int) -> ScriptValue {
    if let (function, position) = binding.parameter {
      return parameter(function, position, binding, path, in: file)
    }
    guard let expression = binding.value else { return .unknown(.computed, []) }
    var value: ScriptValue
    if let base = expression.path,
      let known = Language.value(of: base + binding.path + path, place: files[file].place(binding.name.range))
    {
      value = known
    } else {
      value = member(binding.path + path, of: self.value(expression, in: file))
    }
    if let fallback = binding.fallback {
      let other = self.value(fallback, in: file)
      if case .unknown(_, []) = value { value = other } else { value = value.or(other) }
    }
    return value
  }

  /// What the calls of a function give a parameter, and its default.
  private mutating func parameter(
    _ function: Int, _ position: Int, _ binding: ScriptBinding, _ path: [String], in file: Int
  ) -> ScriptValue {
    let name = files[file].functions[function].name
    var joined: ScriptValue?
    if !name.isEmpty {
      for call in files[file].calls.prefix(4000) where call.function.path?.last == name {
        let labelled = call.arguments.first { $0.label == binding.name.text }?.value
        guard
          let argument = labelled ?? (call.arguments.indices.contains(position) ? call.arguments[position].value : nil)
        else { continue }
        let value = member(path, of: self.value(argument, in: file))
        joined = joined.map { $0.joined(value) } ?? value
      }
    }
    if joined == nil { joined = Language.value(ofParameter: binding.name.text, file: file, &self) }
    if let fallback = binding.fallback, joined == nil { joined = member(path, of: value(fallback, in: file)) }
    return joined ?? .unknown(.parameter, [])
  }

  /// A name that an import brings.
  private mutating func imported(_ name: String, _ path: [String], in file: Int) -> ScriptValue {
    guard let one = files[file].imports.first(where: { $0.local == name }) else { return .unknown(.undeclared, []) }
    guard depth < 40 else { return .unknown(.tooDeep, []) }
    depth += 1
    defer { depth -= 1 }
    if let name = one.name, let inner = Language.submodule(name, of: one.module),
      let target = Language.resolve(inner, from: files[file], in: paths)
    {
      return exported(path, from: target)
    }
    let place = files[file].place(one.range)
    guard let target = Language.resolve(one.module, from: files[file], in: paths) else {
      let full = [one.module] + (one.name.map { [$0] } ?? []) + path
      return Language.value(of: full, place: place) ?? .library(full, [], file: file)
    }
    return exported((one.name.map { [$0] } ?? []) + path, from: target)
  }

  /// A name of another file: exported by name, a member of its whole export, or a variable of the module.
  mutating func exported(_ path: [String], from file: Int) -> ScriptValue {
    guard let first = path.first else { return .unknown(.computed, []) }
    let rest = Array(path.dropFirst())
    if let value = files[file].exports[first] { return member(rest, of: self.value(value, in: file)) }
    if let own = files[file].exportedNames[first] { return variable(own, rest, at: 0, in: file) }
    for whole in Language.wholeExports {
      guard let value = files[file].exports[whole] else { continue }
      return member(first == "default" ? rest : path, of: self.value(value, in: file))
    }
    if files[file].bindings(of: first, at: 0).isEmpty {
      return files[file].imports.contains { $0.local == first }
        ? imported(first, rest, in: file) : .unknown(.undeclared, [])
    }
    return variable(first, rest, at: 0, in: file)
  }

  // MARK: Members

  private mutating func member(_ expression: ScriptExpression, _ base: ScriptExpression, _ name: String, in file: Int)
    -> ScriptValue
  {
    if let path = qualified(base, in: file),
      let value = Language.value(of: path + [name], place: files[file].place(expression.range))
    {
      return value
    }
    if let path = base.path, let first = path.first, !path.contains("()"),
      !files[file].bindings(of: first, at: expression.range.start).isEmpty
        || files[file].imports.contains(where: { $0.local == first })
    {
      return variable(first, Array(path.dropFirst()) + [name], at: expression.range.start, in: file)
    }
    return member([name], of: value(base, in: file))
  }

  mutating func member(_ path: [String], of value: ScriptValue) -> ScriptValue {
    guard let first = path.first else { return value }
    let rest = Array(path.dropFirst())
    switch value {
    case .object(let entries, let file):
      if let entry = entries.last(where: { $0.key?.text == first }) {
        return member(rest, of: self.value(entry.value, in: file))
      }
      for spread in entries where spread.key == nil {
        let inner = member(path, of: self.value(spread.value, in: file))
        if case .unknown(.undeclared, _) = inner { continue }
        return inner
      }
      return .unknown(.undeclared, [])
    case .list(let elements, let file):
      guard let index = Int(first), elements.indices.contains(index) else { return .unknown(.computed, []) }
      return member(rest, of: self.value(elements[index], in: file))
    case .library(let names, let arguments, let file):
      return Language.value(ofMade: names + path, file: file, &self) ?? .library(names + path, arguments, file: file)
    case .unknown(let reason, let setters):
      return .unknown(
        reason, setters.map { $0.name.isEmpty ? Setter($0.kind, path.joined(separator: "."), $0.place) : $0 })
    default: return Language.member(first, of: value).map { member(rest, of: $0) } ?? .unknown(.computed, value.setters)
    }
  }

  // MARK: Calls

  /// What a chain of names means: the import's module in place of its local name, what a name was made by in place of
  /// the name. A call in the chain reads as `()`. Nil for what is no chain of names.
  func qualified(_ expression: ScriptExpression, in file: Int, depth: Int = 0) -> [String]? {
    guard depth < 30 else { return nil }
    func base(_ inner: ScriptExpression) -> [String]? { qualified(inner, in: file, depth: depth + 1) }
    switch expression.kind {
    case .name(let name):
      if let one = files[file].imports.first(where: { $0.local == name }) {
        return [one.module] + (one.name.map { [$0] } ?? [])
      }
      let bindings = files[file].bindings(of: name, at: expression.range.start)
      guard bindings.count == 1, bindings[0].path.isEmpty, let value = bindings[0].value,
        value.range.start != expression.range.start
      else { return [name] }
      switch value.kind {
      case .call, .new, .prefix: return base(value) ?? [name]
      default: return [name]
      }
    case .member(let inner, let member): return base(inner).map { $0 + [member.text] }
    case .index(let inner, let key): return key.literal.flatMap { key in base(inner).map { $0 + [key] } }
    case .call(let function, let arguments):
      if let module = Language.required(function, arguments) { return [module] }
      return base(function).map { $0 + ["()"] }
    case .new(let function, _): return base(function).map { $0 + ["()"] }
    case .prefix("await", let inner): return base(inner)
    default: return nil
    }
  }

  private mutating func call(
    _ function: ScriptExpression, _ arguments: [ScriptArgument], _ place: SourcePlace, in file: Int
  ) -> ScriptValue {
    if case .member(let base, let member) = function.kind, Language.transparentMethods.contains(member.text) {
      return value(base, in: file)
    }
    guard let path = qualified(function, in: file) else { return .unknown(.computed, []) }
    if let value = Language.value(ofCall: path, arguments, file: file, place: place, &self) { return value }
    if path.count == 1 || files[file].functions.contains(where: { $0.name == path.last }) {
      if let result = returned(by: path[path.count - 1], arguments, in: file) { return result }
    }
    return .library(path + ["()"], arguments, file: file)
  }

  /// What a function of the file returns. Its parameters are seen through all its calls.
  private mutating func returned(by name: String, _ arguments: [ScriptArgument], in file: Int) -> ScriptValue? {
    guard let function = files[file].functions.first(where: { $0.name == name }) ?? arrow(named: name, in: file) else {
      return nil
    }
    var joined: ScriptValue?
    for expression in function.returns.prefix(8) {
      let value = self.value(expression, in: file)
      joined = joined.map { $0.joined(value) } ?? value
    }
    return joined
  }

  /// `const name = () => …`
  private func arrow(named name: String, in file: Int) -> ScriptFunction? {
    guard let value = files[file].bindings(of: name, at: 0).first?.value, case .function = value.kind else {
      return nil
    }
    return files[file].functions.first { $0.start == value.range.start }
  }
}
