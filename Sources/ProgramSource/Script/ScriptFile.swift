import SourceText

/// What a file of a scripting language declares and calls.
struct ScriptFile: Sendable {
  let source: SourceFile
  var imports: [ScriptImport] = []
  private(set) var bindings: [ScriptBinding] = []
  private var bindingsByName: [String: [Int]] = [:]
  var functions: [ScriptFunction] = []
  var calls: [ScriptCall] = []
  /// Exported values by name; the module as a whole is `""`, its default `default`.
  var exports: [String: ScriptExpression] = [:]
  /// Names that are exported under another or the same name.
  var exportedNames: [String: String] = [:]
  /// Conditions that end the program: `if (!process.env.KEY) throw …`.
  var guards: [ScriptGuard] = []
  /// Members and subscripts that are read: where variables of the environment are asked for.
  var reads: [ScriptRead] = []
  /// Blocks that run only when the file itself is run: `if __name__ == "__main__":`.
  var mainBlocks: [ByteRange] = []
  /// Blocks whose errors are caught.
  var tries: [ByteRange] = []
  var problems: [SourceProblem] = []

  /// Where chains start that are noted already, as arguments of another.
  private(set) var noted: Set<Int> = []

  init(source: SourceFile) { self.source = source }

  var path: String { source.path }
  var directory: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  func place(_ range: ByteRange) -> SourcePlace { SourcePlace(path, range) }

  /// The innermost function around a place.
  func function(at offset: Int) -> Int? {
    functions.indices.filter { functions[$0].body.contains(offset) }.max {
      functions[$0].body.start < functions[$1].body.start
    }
  }

  mutating func add(_ binding: ScriptBinding) {
    bindingsByName[binding.name.text, default: []].append(bindings.count)
    bindings.append(binding)
  }

  /// What a name means at a place: the assignments of the innermost scope that declares it, in order.
  func bindings(of name: String, at offset: Int) -> [ScriptBinding] {
    // A name that is set hundreds of times has no value that the source tells.
    let candidates = (bindingsByName[name] ?? []).suffix(100).map { bindings[$0] }
      .filter { $0.scope?.contains(offset) ?? true }
    guard let innermost = candidates.compactMap({ $0.scope?.start }).max() else { return candidates }
    let local = candidates.filter { $0.scope?.start == innermost }
    return local
  }
}

extension ScriptFile {
  /// What a language wants noted besides calls.
  struct NoteRules: Sendable {
    var fallbackOperators: Set<String>
    var isRead: @Sendable ([String]) -> Bool
  }

  func isNoted(_ offset: Int) -> Bool { noted.contains(offset) }

  /// Notes the calls and reads of an expression; those inside functions are met later.
  mutating func note(
    _ expression: ScriptExpression, isInLoop: Bool, rules: NoteRules, fallback: ScriptExpression? = nil
  ) {
    noted.insert(expression.range.start)
    func read() -> ScriptRead? {
      expression.path.flatMap { rules.isRead($0) ? ScriptRead(expression: expression, fallback: fallback) : nil }
    }
    switch expression.kind {
    case .call(let function, let arguments), .new(let function, let arguments):
      let isNew = if case .new = expression.kind { true } else { false }
      calls.append(
        ScriptCall(function: function, arguments: arguments, range: expression.range, isNew: isNew, isInLoop: isInLoop))
      note(function, isInLoop: isInLoop, rules: rules)
      for argument in arguments { note(argument.value, isInLoop: isInLoop, rules: rules) }
    case .member(let base, _):
      if let read = read() { reads.append(read) }
      note(base, isInLoop: isInLoop, rules: rules)
    case .index(let base, let key):
      if let read = read() { reads.append(read) }
      note(base, isInLoop: isInLoop, rules: rules)
      note(key, isInLoop: isInLoop, rules: rules)
    case .infix(let operands, let operators):
      for (position, operand) in operands.enumerated() {
        let isFallback = operators.indices.contains(position) && rules.fallbackOperators.contains(operators[position])
        note(operand, isInLoop: isInLoop, rules: rules, fallback: isFallback ? operands[position + 1] : nil)
      }
    case .prefix(_, let operand): note(operand, isInLoop: isInLoop, rules: rules)
    case .conditional(let condition, let first, let second):
      for part in [condition, first, second] { note(part, isInLoop: isInLoop, rules: rules) }
    case .list(let elements):
      for element in elements { note(element, isInLoop: isInLoop, rules: rules) }
    case .object(let entries):
      for entry in entries { note(entry.value, isInLoop: isInLoop, rules: rules) }
    case .text(let parts):
      for case .value(let value) in parts { note(value, isInLoop: isInLoop, rules: rules) }
    case .name, .number, .function, .constant, .bad: break
    }
  }
}

/// A name that another module gives.
struct ScriptImport: Sendable {
  var module: String
  /// The name in the module; nil for the module as a whole, `default` for its default.
  var name: String?
  /// What the file calls it; nil where the module is only run.
  var local: String?
  var range: ByteRange
}

/// A value that a name gets.
struct ScriptBinding: Sendable {
  var name: SpelledText
  /// Where the name is visible; nil for the whole file.
  var scope: ByteRange?
  var value: ScriptExpression?
  /// The members of the value that the name takes: `["port"]` in `const {port} = config`.
  var path: [String] = []
  /// The value where there is no such member.
  var fallback: ScriptExpression?
  /// The parameter that the name is: the function and the position.
  var parameter: (function: Int, position: Int)?
  /// Whether the name gets this value only where it had none: `if (!port) port = 3000`.
  var isFallback = false
  /// Whether the value is given under some other condition.
  var isConditional = false
  var offset: Int { name.range.start }
}

struct ScriptFunction: Sendable {
  /// Empty for one without a name.
  var name: String
  var parameters: [(name: String, fallback: ScriptExpression?)]
  /// Where the expression that is the function starts; where its declaration starts.
  var start: Int
  var body: ByteRange
  var returns: [ScriptExpression] = []
}

/// A member that is read, and what the program takes where it is empty.
struct ScriptRead: Sendable {
  var expression: ScriptExpression
  var fallback: ScriptExpression?
}

struct ScriptCall: Sendable {
  var function: ScriptExpression
  var arguments: [ScriptArgument]
  var range: ByteRange
  var isNew = false
  var isInLoop = false
}

/// A condition with a block that ends the program.
struct ScriptGuard: Sendable {
  var condition: ByteRange
  var exit: ByteRange
}
