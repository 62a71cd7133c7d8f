/// What a cell means. Colours are chosen by a palette; nothing is told by them alone.
public enum Role: String, Hashable, Sendable, CaseIterable {
  case text, title, dim, border, accent, selected, key, disabled, code
  case proven, likely, possible
  case good, warning, bad
  case add, remove
  case primary, context

  /// One letter per role, for pictures of a canvas in tests.
  package var letter: Character {
    switch self {
    case .text: "."
    case .title: "T"
    case .dim: "d"
    case .border: "-"
    case .accent: "A"
    case .selected: "S"
    case .key: "K"
    case .disabled: "x"
    case .code: "C"
    case .proven: "P"
    case .likely: "L"
    case .possible: "O"
    case .good: "G"
    case .warning: "W"
    case .bad: "B"
    case .add: "+"
    case .remove: "="
    case .primary: "M"
    case .context: "m"
    }
  }
}
