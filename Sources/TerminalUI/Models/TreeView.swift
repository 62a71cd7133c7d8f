/// The decision tree of a symptom, with the path walked so far.
public struct TreeView: Hashable, Sendable {
  public var root: TreeNode

  public init(root: TreeNode) { self.root = root }
}

/// A question, or what stands at the end of a branch.
public struct TreeNode: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case question(QuestionState)
    /// A cause; nil claims nothing of it. A branch that ends in several causes has one node for each, with the same answer.
    case cause(Claim?)
    /// The branch goes on with another symptom.
    case symptom
  }

  public enum QuestionState: Hashable, Sendable {
    /// By what: "compose.yaml:6", "your answer".
    case settled(answer: String, by: String)
    case current
    case open
    /// It does not separate what is left.
    case skipped
  }

  /// The answer of the question above that leads here; empty at the root.
  public var answer: String
  public var kind: Kind
  public var text: String
  /// Whether facts or answers exclude this branch. What is below it is not drawn.
  public var isClosed: Bool
  public var children: [TreeNode]

  public init(
    answer: String = "", _ kind: Kind, _ text: String, isClosed: Bool = false, children: [TreeNode] = []
  ) {
    self.answer = answer
    self.kind = kind
    self.text = text
    self.isClosed = isClosed
    self.children = children
  }
}
