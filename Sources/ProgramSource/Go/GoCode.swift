import SourceText

/// A name of a package: `net/http` and `Server`. Packages of the project go by `./` and their folder.
struct GoSymbol: Hashable, Sendable, CustomStringConvertible {
  var package: String
  var name: String

  var description: String { "\(package).\(name)" }

  /// The package without a major version: `github.com/labstack/echo` for `github.com/labstack/echo/v4`.
  var library: String { Self.library(package) }

  static func library(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    let last = path.utf8[slash...].dropFirst()
    let isVersion = last.first == UInt8(ascii: "v") && last.count > 1 && last.dropFirst().allSatisfy { 48...57 ~= $0 }
    return isVersion ? String(path[..<slash]) : path
  }
}

/// A function, method or function literal with its body taken apart.
struct GoCode: Sendable {
  /// How a function literal comes to run.
  enum Start: Sendable {
    /// A function with a name, or a literal called where it stands.
    case called
    case goroutine
    case deferred
    /// Handed to somebody else: a handler, a command, a callback.
    case callback
  }

  var unit: Int
  /// `main`, `Server.Start`; a literal has the name of the function around it.
  var name: String
  var isLiteral: Bool
  /// The code around a literal.
  var outer: Int?
  /// The statement in which a literal stands.
  var outerNode: Int?
  var start = Start.called
  var receiver: GoParameter?
  var signature: GoSignature
  var body: GoBlock
  var range: ByteRange
  var returns: [GoReturn] = []

  /// Whether the parameters are those of an HTTP handler.
  var isHandler: Bool {
    signature.parameters.contains { parameter in
      guard case .selector(_, let name) = parameter.type.dereferenced.kind else { return false }
      return ["ResponseWriter", "Context", "Ctx", "RequestCtx"].contains(name.text)
        && !(signature.parameters.count == 1 && name.text == "Context" && parameter.name?.text == "ctx")
    }
  }
}

struct GoReturn: Sendable {
  var values: [GoExpression]
  var node: Int
}

/// A statement with its surroundings.
struct GoNode: Sendable {
  var statement: GoStatement
  /// The statement around it; nil directly in a function's body.
  var parent: Int?
  /// The next statement of the same block.
  var next: Int?
  /// Which block of the parent: the number of the branch or clause; -1 for what stands in its header.
  var slot: Int
  var code: Int
}

/// A call.
struct GoCall: Sendable {
  var function: GoExpression
  var arguments: [GoExpression]
  var range: ByteRange
  var code: Int
  var node: Int
  /// Whether the call itself is `go f()` or `defer f()`.
  var start: GoCode.Start
}

/// A composite literal.
struct GoLiteralSite: Sendable {
  var expression: GoExpression
  var type: GoExpression?
  var elements: [GoElement]
  var code: Int?
  var node: Int?
  var unit: Int
}

/// A value that a variable or a field of it receives.
struct GoAssignment: Sendable {
  enum Source: Sendable {
    /// The expression, and which of its results.
    case value(GoExpression, result: Int)
    /// `&variable` is an argument of this call: the callee may set it.
    case address(call: Int, argument: Int)
    /// An element of what `range` walks over, or its key.
    case element(GoExpression, isKey: Bool)
    /// `+=`: the value is put behind what is there.
    case appended(GoExpression)
    /// Something else happens to the variable: `-=`, `++`.
    case changed
  }

  var source: Source
  /// The fields between the variable and what is set: `["Server", "Addr"]` for `cfg.Server.Addr = x`.
  var path: [String]
  var offset: Int
  var unit: Int
  var code: Int?
  var node: Int?
}

/// A local variable, parameter, package variable or constant.
struct GoBinding: Sendable {
  var name: SpelledText
  var unit: Int
  /// Where the name means this variable; nil for a package's.
  var scope: ByteRange?
  var code: Int?
  /// The statement that declares it.
  var node: Int?
  var type: GoExpression?
  /// The position among the parameters; -1 for a receiver.
  var parameter: Int?
  var assignments: [GoAssignment] = []
}
