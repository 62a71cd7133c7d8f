/// One screen and where the person stands on it. The session keeps a stack of them; Esc goes back to the one below.
public struct Page: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case picker
    case paste
    /// The question of the investigation, or its first finding when there is nothing left to ask.
    case investigation
    case tree
    case diagnosis(finding: String)
    case fix(finding: String, fix: Int)
    case findings
    /// Why this finding, or why this question (nil).
    case why(finding: String?)
    /// The knowledge, open at an entry.
    case knowledge
    case article(String)
    case help
    /// The list of lessons, one of them, and what solves it.
    case lessons
    /// The base images beside each other, and the layers of the builds.
    case images
    case layers
    case lesson
    case solution
  }

  public var kind: Kind
  /// The item of the page's list that is marked.
  public var selection = 0
  /// The first line of the page's text that is shown.
  public var scroll = 0
  /// What is searched for; nil when nothing is.
  public var search: String?
  /// Whether keys go into the search.
  public var isSearching = false
  public var draft = Draft()
  /// How many tips of a lesson are shown.
  public var tips = 0

  public init(_ kind: Kind, selection: Int = 0) {
    self.kind = kind
    self.selection = selection
  }

  /// What stands in the paste box.
  public struct Draft: Hashable, Sendable {
    public var text = ""
    public var exitCode = ""
    public var isInExitCode = false
  }
}
