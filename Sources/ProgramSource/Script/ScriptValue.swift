import SourceText

/// What an expression of a scripting language may be worth.
indirect enum ScriptValue: Sendable {
  case text([TextPiece])
  case number(Int, SourcePlace?, [Setter])
  case boolean(Bool, SourcePlace)
  case object([ScriptEntry], file: Int)
  case list([ScriptExpression], file: Int)
  /// A module of a library, or a name of it: `express`, `os.environ`.
  case library([String], [ScriptArgument], file: Int)
  case unknown(UnknownReason, [Setter])

  static func outside(_ setter: Setter) -> ScriptValue { .unknown(.setOutside, [setter]) }

  var setters: [Setter] {
    switch self {
    case .text(let pieces): pieces.reduce([]) { $0.merging($1.setters) }
    case .number(_, _, let setters), .unknown(_, let setters): setters
    default: []
    }
  }

  var pieces: [TextPiece] {
    switch self {
    case .text(let pieces): pieces
    case .number(let number, let place, let setters):
      [TextPiece(text: String(number), place: place, isVerbatim: place != nil, setters: setters)]
    case .unknown(let reason, let setters): [TextPiece(text: nil, setters: setters, reason: reason)]
    default: [TextPiece(text: nil, reason: .computed)]
    }
  }

  var known: String? {
    switch self {
    case .text, .number: pieces.reduce("") { text, piece in text.flatMap { text in piece.text.map { text + $0 } } }
    default: nil
    }
  }

  func adding(_ setters: [Setter]) -> ScriptValue {
    guard !setters.isEmpty else { return self }
    switch self {
    case .text(var pieces):
      for index in pieces.indices { pieces[index].setters = setters.merging(pieces[index].setters) }
      return .text(pieces.isEmpty ? [TextPiece(text: "", setters: setters)] : pieces)
    case .number(let number, let place, let own): return .number(number, place, setters.merging(own))
    case .unknown(_, let own): return .unknown(.setOutside, setters.merging(own))
    default: return self
    }
  }

  /// This value, or `fallback` where this one is empty or not set from outside.
  func or(_ fallback: ScriptValue) -> ScriptValue {
    switch self {
    case .unknown(_, let setters) where !setters.isEmpty: fallback.adding(setters)
    case .unknown(.undeclared, _): fallback
    case .text, .number: (known == "" || known == "0") && setters.isEmpty ? fallback : self
    default: self
    }
  }

  /// The value of a name that holds either of the two.
  func joined(_ other: ScriptValue) -> ScriptValue {
    if let known, known == other.known { return adding(other.setters) }
    if case .unknown(_, let setters) = self, !setters.isEmpty { return other.adding(setters) }
    if case .unknown(_, let setters) = other, !setters.isEmpty { return adding(setters) }
    if case .unknown = self { return known == nil && other.known != nil ? .unknown(.several, other.setters) : other }
    return .unknown(.several, setters.merging(other.setters))
  }
}
