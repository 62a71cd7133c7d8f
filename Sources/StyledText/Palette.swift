/// How a role looks: a colour of the terminal's palette in front of its own background, and attributes.
public struct Appearance: Hashable, Sendable {
  /// An index of the terminal's colours; nil for its own foreground.
  public var colour: Int?
  public var bold = false
  public var dim = false
  public var underline = false

  package init(_ colour: Int? = nil, bold: Bool = false, dim: Bool = false, underline: Bool = false) {
    self.colour = colour
    self.bold = bold
    self.dim = dim
    self.underline = underline
  }
}

/// How many colours a terminal has for us.
public enum Palette: Hashable, Sendable, CaseIterable {
  case colours256, colours8, none

  /// The look of a role. The 256 colours are middle tones, readable on black and on white.
  public func appearance(of role: Role) -> Appearance {
    let row = Self.row(role)
    return switch self {
    case .colours256: row.many
    case .colours8: row.few
    case .none: row.none
    }
  }

  private static func row(_ role: Role) -> (many: Appearance, few: Appearance, none: Appearance) {
    switch role {
    case .text: (.init(), .init(), .init())
    case .title: (.init(bold: true), .init(bold: true), .init(bold: true))
    case .dim: (.init(244), .init(dim: true), .init(dim: true))
    case .border: (.init(240), .init(dim: true), .init(dim: true))
    case .accent: (.init(32, bold: true), .init(4, bold: true), .init(bold: true))
    case .selected: (.init(32, bold: true), .init(6, bold: true), .init(bold: true))
    case .key: (.init(32, bold: true), .init(6, bold: true), .init(bold: true))
    case .disabled: (.init(244), .init(dim: true), .init(dim: true))
    case .code: (.init(37), .init(6), .init())
    case .proven: (.init(167, bold: true), .init(1, bold: true), .init(bold: true))
    case .likely: (.init(172, bold: true), .init(3, bold: true), .init(bold: true))
    case .possible: (.init(244), .init(), .init())
    case .good: (.init(34), .init(2), .init())
    case .warning: (.init(172), .init(3), .init(bold: true))
    case .bad: (.init(167, bold: true), .init(1, bold: true), .init(bold: true))
    case .add: (.init(34), .init(2), .init(bold: true))
    case .remove: (.init(167), .init(1), .init(dim: true))
    case .primary: (.init(167, bold: true), .init(1, bold: true), .init(bold: true))
    case .context: (.init(32), .init(4), .init())
    }
  }
}
