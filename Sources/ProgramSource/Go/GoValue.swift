import SourceText

/// What an expression may be worth.
indirect enum GoValue: Sendable {
  case text([TextPiece])
  case number(Int, SourcePlace?, [Setter])
  case object(GoObject)
  case list([GoValue])
  /// What a library function gives back, with its arguments.
  case made(GoSymbol, GoArguments)
  case unknown(UnknownReason, [Setter])
}

/// A composite literal, and where its element expressions have their meaning.
struct GoObject: Sendable {
  var type: GoSymbol?
  var elements: [GoElement]
  var arguments: GoArguments
  var range: ByteRange
  /// Fields that are set after the literal was made.
  var overrides: [GoOverride] = []
}

/// An assignment to a field of an object, through the variable that holds the object.
struct GoOverride: Sendable {
  /// The fields between the object and what is set.
  var path: [String]
  var assignment: GoAssignment
  var binding: Int
  var frame: GoFrame?
}

/// Expressions with the place where their names have a meaning.
struct GoArguments: Sendable {
  var expressions: [GoExpression]
  /// What stands before the method's name.
  var receiver: GoExpression?
  var unit: Int
  var frame: GoFrame?
}

/// The call through which a function is looked at: it gives the parameters their values.
indirect enum GoFrame: Sendable {
  case call(code: Int, arguments: GoArguments)

  var code: Int { if case .call(let code, _) = self { code } else { -1 } }
}

extension GoValue {
  static func text(_ text: String, _ place: SourcePlace?, verbatim: Bool) -> GoValue {
    .text([TextPiece(text: text, place: place, isVerbatim: verbatim)])
  }

  static func outside(_ setter: Setter) -> GoValue { .unknown(.setOutside, [setter]) }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  /// What outside may decide the value or a part of it.
  var setters: [Setter] {
    switch self {
    case .text(let pieces): pieces.flatMap(\.setters)
    case .number(_, _, let setters), .unknown(_, let setters): setters
    case .object, .list, .made: []
    }
  }

  /// The value as text: numbers become their digits, anything unknown one unknown piece.
  var pieces: [TextPiece] {
    switch self {
    case .text(let pieces): pieces
    case .number(let number, let place, let setters):
      [TextPiece(text: String(number), place: place, isVerbatim: true, setters: setters)]
    case .unknown(let reason, let setters): [TextPiece(text: nil, setters: setters, reason: reason)]
    case .object, .list, .made: [TextPiece(text: nil, reason: .computed)]
    }
  }

  /// The whole text, if every piece is known.
  var known: String? {
    switch self {
    case .text, .number:
      pieces.reduce("") { text, piece in text.flatMap { text in piece.text.map { text + $0 } } }
    default: nil
    }
  }

  /// Whether nothing outside has a say and the value is known.
  var isConstant: Bool { known != nil && setters.isEmpty }

  func adding(_ setters: [Setter]) -> GoValue {
    guard !setters.isEmpty else { return self }
    switch self {
    case .text(var pieces):
      for index in pieces.indices { pieces[index].setters = setters.merging(pieces[index].setters) }
      if pieces.isEmpty { pieces = [TextPiece(text: "", setters: setters)] }
      return .text(pieces)
    case .number(let number, let place, let own): return .number(number, place, setters.merging(own))
    case .unknown(_, let own): return .unknown(.setOutside, setters.merging(own))
    case .object, .list, .made: return self
    }
  }

  /// This value, or `fallback` where this one is empty or not set from outside.
  func or(_ fallback: GoValue) -> GoValue {
    switch self {
    case .unknown(_, let setters) where !setters.isEmpty: return fallback.adding(setters)
    case .text(let pieces) where pieces.count == 1 && pieces[0].text == nil && !pieces[0].setters.isEmpty:
      return fallback.adding(pieces[0].setters)
    case .text, .number:
      if let known, known.isEmpty || known == "0", setters.isEmpty { return fallback }
      return self
    default: return self
    }
  }

  /// The value of a variable that holds either of the two: what is set from outside makes the other a default.
  func joined(_ other: GoValue) -> GoValue {
    if let known, known == other.known { return adding(other.setters) }
    if isUnknown, !setters.isEmpty { return other.adding(setters) }
    if other.isUnknown, !other.setters.isEmpty { return adding(other.setters) }
    if known == "" { return other }
    if other.known == "" { return self }
    if case .unknown(.computed, []) = self { return other.isConstant ? self : other }
    if case .unknown = other { return self.known == nil ? self : .unknown(.several, setters) }
    if case .object = self { return self }
    if case .object = other { return other }
    return .unknown(.several, setters.merging(other.setters))
  }
}
