/// What a person pressed.
public enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a lower-case letter.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
}

extension Key {
  /// Keys as one text, for scripts and tests: characters stand for themselves, others by name: `<enter>`, `<esc>`, `<tab>`, `<backtab>`,
  /// `<backspace>`, `<delete>`, `<up>`, `<down>`, `<left>`, `<right>`, `<home>`, `<end>`, `<pageup>`, `<pagedown>`, `<ctrl-d>`, `<lt>`.
  /// A name that is none stands for its characters.
  public static func sequence(_ text: String) -> [Key] {
    var keys: [Key] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first == "<", let close = rest.firstIndex(of: ">"),
        let key = named(rest[rest.index(after: rest.startIndex)..<close])
      {
        keys.append(key)
        rest = rest[rest.index(after: close)...]
      } else {
        keys.append(first == "\n" ? .enter : .character(first))
        rest = rest.dropFirst()
      }
    }
    return keys
  }

  private static func named(_ name: Substring) -> Key? {
    if name.hasPrefix("ctrl-"), name.count == 6, let letter = name.last { return .control(letter) }
    let names: [Substring: Key] = [
      "enter": .enter, "esc": .escape, "tab": .tab, "backtab": .backTab, "backspace": .backspace, "delete": .delete,
      "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end, "pageup": .pageUp,
      "pagedown": .pageDown, "lt": .character("<"), "space": .character(" "),
    ]
    return names[name]
  }
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  public init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}
