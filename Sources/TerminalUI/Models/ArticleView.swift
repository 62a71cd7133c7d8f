/// An entry of the knowledge: a cause, a symptom, an image, a program, an exit code.
public struct ArticleView: Hashable, Sendable {
  public var id: String
  /// The heading it stands under in the list: "Listening and publishing".
  public var group: String
  public var title: String
  /// Paragraphs apart by empty lines; items begin with `- `, code lines with two spaces; words between backticks are code.
  public var text: String
  public var see: [String]

  public init(id: String, group: String, title: String, text: String, see: [String] = []) {
    self.id = id
    self.group = group
    self.title = title
    self.text = text
    self.see = see
  }
}
