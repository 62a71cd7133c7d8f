import SourceText

/// An expression or a type; Go's grammar tells the two apart only by meaning, so they share one tree.
///
/// Parentheses leave no node. A tree is never higher than `GoParser.maximumHeight`, so that walks may recurse.
public struct GoExpression: Sendable {
  public indirect enum Kind: Sendable {
    case name(String)
    /// The text of a string literal without quotes and escapes.
    case string(String)
    /// A number as it is spelled.
    case number(String)
    case rune
    /// `base.name`
    case selector(GoExpression, SpelledText)
    /// `function(arguments)`
    case call(GoExpression, [GoExpression])
    /// `Type{elements}`; the type is nil where an outer literal implies it.
    case composite(GoExpression?, [GoElement])
    case function(GoSignature, GoBlock)
    /// `*x &x !x -x +x ^x <-x`
    case unary(GoToken.Kind, GoExpression)
    /// Operands with the operators between them, all of one precedence: `a + b - c`.
    case binary([GoExpression], [String])
    case index(GoExpression, [GoExpression])
    case slice(GoExpression)
    /// `x.(Type)`; the type is nil in a type switch.
    case assertion(GoExpression, GoExpression?)
    /// `[]T`, `[n]T`
    case array(GoExpression)
    case map(GoExpression, GoExpression)
    case channel(GoExpression)
    case functionType(GoSignature)
    case structure([GoField])
    case interface
    case bad
  }

  public let kind: Kind
  public let range: ByteRange
  let height: Int

  /// The name, if the expression is nothing but a name.
  public var name: String? { if case .name(let name) = kind { name } else { nil } }
  /// The text, if the expression is a string literal.
  public var string: String? { if case .string(let text) = kind { text } else { nil } }

  /// The expression without `&` and `*` before it.
  public var dereferenced: GoExpression {
    var expression = self
    while case .unary(let kind, let operand) = expression.kind, kind == .ampersand || kind == .star {
      expression = operand
    }
    return expression
  }
}

/// One element of a composite literal.
public struct GoElement: Sendable {
  public var key: GoExpression?
  public var value: GoExpression
}

/// One field of a struct type. An embedded field has no names.
public struct GoField: Sendable {
  public var names: [SpelledText]
  public var type: GoExpression
  /// The tag's text and its literal's range.
  public var tag: SpelledText?
}

/// A parameter, result or receiver.
public struct GoParameter: Sendable {
  public var name: SpelledText?
  public var type: GoExpression
  public var isVariadic = false
}

public struct GoSignature: Sendable {
  public var parameters: [GoParameter] = []
  public var results: [GoParameter] = []
  var height: Int { (parameters + results).reduce(0) { max($0, $1.type.height) } }
}
