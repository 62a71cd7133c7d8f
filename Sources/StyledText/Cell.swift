/// One place of the screen: a character with the marks that join it, and the role it is shown in.
public struct Cell: Hashable, Sendable {
  /// Empty only in the second half of a wide character.
  public var text: String
  public var role: Role
  /// 1 or 2 columns; 0 in the second half of a wide character.
  public var width: Int

  public init(_ text: String, _ role: Role = .text, width: Int = 1) {
    self.text = text
    self.role = role
    self.width = width
  }

  /// A cell with nothing in it.
  public static let blank = Cell(" ")

  /// What stands to the right of a wide character.
  package static func secondHalf(_ role: Role) -> Cell { Cell("", role, width: 0) }

  package var isBlank: Bool { text == " " }
}
