import SourceText

/// Statements between braces.
public struct GoBlock: Sendable {
  public var statements: [GoStatement]
  /// The braces included; of a case clause, what follows the colon.
  public var range: ByteRange
  let height: Int
}

public struct GoStatement: Sendable {
  public indirect enum Kind: Sendable {
    case expression(GoExpression)
    /// `left = right`, `left := right`, `left += right`
    case assign([GoExpression], GoToken.Kind, [GoExpression])
    case declare([GoVariables])
    case send(GoExpression, GoExpression)
    case go(GoExpression)
    case `defer`(GoExpression)
    case `return`([GoExpression])
    case block(GoBlock)
    /// `if … {} else if … {} else {}`: the branches in order, then the block of the last else.
    case `if`([GoBranch], GoBlock?)
    case `for`(GoLoop)
    /// `switch` and type switch: what stands before the brace, then the clauses.
    case `switch`(GoStatement?, GoStatement?, [GoClause])
    case select([GoClause])
    /// `break`, `continue`, `goto`, `fallthrough`
    case jump(GoToken.Kind)
    case labeled(SpelledText, GoStatement)
    case bad
  }

  public let kind: Kind
  public let range: ByteRange
}

/// One condition of an if statement with its block.
public struct GoBranch: Sendable {
  public var initial: GoStatement?
  public var condition: GoExpression
  public var body: GoBlock
}

/// A for statement. `for {}` has neither condition nor range.
public struct GoLoop: Sendable {
  public var initial: GoStatement?
  public var condition: GoExpression?
  public var post: GoStatement?
  /// What `range` walks over; `initial` then assigns its variables.
  public var range: GoExpression?
  public var body: GoBlock
}

/// A case of a switch or select. Neither labels nor a communication: the default.
public struct GoClause: Sendable {
  public var labels: [GoExpression]
  public var communication: GoStatement?
  public var body: GoBlock
}

/// One line of a var or const declaration: `a, b T = 1, 2`.
public struct GoVariables: Sendable {
  public var isConstant: Bool
  public var names: [SpelledText]
  public var type: GoExpression?
  public var values: [GoExpression]
  public var range: ByteRange
}

/// A type declaration.
public struct GoTypeDeclaration: Sendable {
  public var name: SpelledText
  public var type: GoExpression
  public var range: ByteRange
}
