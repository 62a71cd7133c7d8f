/// The signs that screens are drawn with. Each takes one column.
public struct Glyphs: Hashable, Sendable {
  public let horizontal: String
  public let vertical: String
  public let teeDown: String
  public let teeUp: String
  public let teeRight: String
  public let corner: String
  public let selection: String
  public let proven: String
  public let likely: String
  public let possible: String
  public let yes: String
  public let no: String
  public let unknown = "?"
  public let warning = "!"
  public let add = "+"
  public let remove: String
  public let primary: String
  public let context: String
  public let bar: String
  public let track: String
  public let dot: String
  public let crumb: String
  public let arrow: String
  public let ellipsis: String
  public let bullet: String
  public let cursor: String
  public let up: String
  public let down: String
  public let left: String
  public let enter: String

  public static let unicode = Glyphs(
    horizontal: "─", vertical: "│", teeDown: "┬", teeUp: "┴", teeRight: "├", corner: "└", selection: "▌",
    proven: "●", likely: "◐", possible: "○", yes: "✓", no: "✗", remove: "−", primary: "━", context: "─",
    bar: "█", track: "░", dot: "·", crumb: "›", arrow: "→", ellipsis: "…", bullet: "•", cursor: "█",
    up: "↑", down: "↓", left: "←", enter: "⏎")

  public static let ascii = Glyphs(
    horizontal: "-", vertical: "|", teeDown: "+", teeUp: "+", teeRight: "+", corner: "`", selection: ">",
    proven: "*", likely: "%", possible: "o", yes: "v", no: "x", remove: "-", primary: "^", context: "~",
    bar: "#", track: ".", dot: "-", crumb: ">", arrow: ">", ellipsis: "~", bullet: "*", cursor: "_",
    up: "^", down: "v", left: "<", enter: "enter")

  /// How signs inside of labels are written where only ASCII may be.
  package static let asciiSigns: [Character: String] = ["…": "...", "−": "-", "·": "-", "“": "\"", "”": "\"", "’": "'"]
}
