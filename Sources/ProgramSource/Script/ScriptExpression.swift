import SourceText

/// An expression of a scripting language, as far as values are followed through it.
///
/// Bodies of functions and classes are passed over; the file lists them. The tree's height is bounded by the parsers.
struct ScriptExpression: Sendable {
  indirect enum Kind: Sendable {
    case name(String)
    /// Literal stretches and, between them, what is put in: a template or a formatted string.
    case text([ScriptTextPart])
    case number(String)
    case member(ScriptExpression, SpelledText)
    case index(ScriptExpression, ScriptExpression)
    case call(ScriptExpression, [ScriptArgument])
    /// `new Name(…)`
    case new(ScriptExpression, [ScriptArgument])
    case list([ScriptExpression])
    case object([ScriptEntry])
    /// Operands with the operators between them, all of one precedence.
    case infix([ScriptExpression], [String])
    case prefix(String, ScriptExpression)
    case conditional(ScriptExpression, ScriptExpression, ScriptExpression)
    /// A function or lambda; the file's list of functions knows it by where it starts.
    case function
    /// `true`, `null`, `None` and the like.
    case constant(String)
    case bad
  }

  let kind: Kind
  let range: ByteRange

  var name: String? { if case .name(let name) = kind { name } else { nil } }

  /// The member's name, if the expression is a member of something.
  var member: String? { if case .member(_, let member) = kind { member.text } else { nil } }

  /// The text, if the expression is a string without anything put in.
  var literal: String? {
    guard case .text(let parts) = kind else { return nil }
    var text = ""
    for part in parts {
      guard case .literal(let piece, _, _) = part else { return nil }
      text += piece
    }
    return text
  }

  /// `a.b.c` as its names; nil for anything else. A call in the chain reads as `()`.
  var path: [String]? {
    switch kind {
    case .name(let name): [name]
    case .member(let base, let member): base.path.map { $0 + [member.text] }
    case .index(let base, let key): key.literal.flatMap { key in base.path.map { $0 + [key] } }
    case .call(let function, _): function.path.map { $0 + ["()"] }
    case .new(let function, _): function.path.map { $0 + ["()"] }
    case .prefix(let sign, let operand): sign == "await" ? operand.path : nil
    default: nil
    }
  }
}

enum ScriptTextPart: Sendable {
  /// The text, the bytes that spell it, and whether they do so letter by letter.
  case literal(String, ByteRange, isVerbatim: Bool)
  case value(ScriptExpression)
}

struct ScriptArgument: Sendable {
  /// The name of a keyword argument.
  var label: String?
  var value: ScriptExpression
}

/// `key: value` of an object or dictionary; a spread has no key.
struct ScriptEntry: Sendable {
  var key: SpelledText?
  var value: ScriptExpression
}
