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
  /// Blocks whose errors are caught.
  var tries: [ByteRange] = []
  var problems: [SourceProblem] = []

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
