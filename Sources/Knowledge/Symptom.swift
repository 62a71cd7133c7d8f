/// What a person sees, and the order in which an expert would ask about it.
public struct Symptom: Sendable {
  public let id: String
  public let title: LocalizedText
  /// One line that says how it shows.
  public let summary: LocalizedText
  public let tree: Tree

  public init(id: String, title: LocalizedText, summary: LocalizedText, tree: Tree) {
    self.id = id
    self.title = title
    self.summary = summary
    self.tree = tree
  }
}

/// A node of a symptom's decision tree.
public indirect enum Tree: Sendable {
  /// Asks, and goes on by the answer.
  case question(id: String, branches: [(answer: String, tree: Tree)])
  case causes([String])
  /// Goes on in the tree of another symptom.
  case symptom(String)

  /// All causes named in this part of the tree, in order, each once. Other symptoms are not followed.
  public var causes: [String] {
    var found: [String] = []
    collect(&found)
    return found
  }

  /// The most questions that stand one below the other.
  public var depth: Int {
    switch self {
    case .causes, .symptom: 0
    case .question(_, let branches): 1 + (branches.map(\.tree.depth).max() ?? 0)
    }
  }

  private func collect(_ found: inout [String]) {
    switch self {
    case .causes(let causes): for cause in causes where !found.contains(cause) { found.append(cause) }
    case .question(_, let branches): for branch in branches { branch.tree.collect(&found) }
    case .symptom: break
    }
  }
}

/// A question that facts or a person can settle.
public struct Question: Sendable {
  public struct Answer: Sendable {
    public let id: String
    public let text: LocalizedText
    /// The answer is settled when one of these lists of lines holds.
    public let settledBy: [[Clause]]

    public init(id: String, text: LocalizedText, settledBy: [[Clause]]) {
      self.id = id
      self.text = text
      self.settledBy = settledBy
    }
  }

  public let id: String
  public let text: LocalizedText
  /// Why the answer matters.
  public let reason: LocalizedText
  /// The command that would tell; a template.
  public let command: String?
  public let variables: [String]
  /// Empty where any text is an answer: a value that only a person can give, such as the address of a mirror.
  public let answers: [Answer]

  public init(
    id: String, text: LocalizedText, reason: LocalizedText, command: String?, variables: [String], answers: [Answer]
  ) {
    self.id = id
    self.text = text
    self.reason = reason
    self.command = command
    self.variables = variables
    self.answers = answers
  }
}
