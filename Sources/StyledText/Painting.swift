/// Writes lines for a terminal or a file: with the colours of a palette, or without.
public struct TextStyle: Hashable, Sendable {
  public var palette: Palette
  public var glyphs: Glyphs
  /// Lines are wrapped at this width; at least 40.
  public var columns: Int

  public init(color: Bool, ascii: Bool, columns: Int) {
    palette = color ? .colours256 : .none
    glyphs = ascii ? .ascii : .unicode
    self.columns = min(max(columns, 40), 120)
  }

  /// The lines as text, each with a line break.
  public func text(_ lines: [Line]) -> String {
    var text = ""
    for line in lines {
      text += painted(line)
      text += "\n"
    }
    return text
  }

  private func painted(_ line: Line) -> String {
    guard palette != .none else { return line.text }
    var text = ""
    var current: Role?
    for cell in line.cells {
      if cell.role != current {
        text += escape(cell.role)
        current = cell.role
      }
      text += cell.text
    }
    return current == nil ? text : text + "\u{1B}[0m"
  }

  /// https://ecma-international.org/publications-and-standards/standards/ecma-48/ (SGR)
  private func escape(_ role: Role) -> String {
    let look = palette.appearance(of: role)
    var codes = ["0"]
    if look.bold { codes.append("1") }
    if look.dim { codes.append("2") }
    if look.underline { codes.append("4") }
    if let colour = look.colour { codes.append("38;5;\(colour)") }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}
