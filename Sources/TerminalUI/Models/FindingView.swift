import StyledText

/// A cause that holds, or may hold, with its proof and its fixes.
public struct FindingView: Hashable, Sendable {
  /// Unique within the project: a cause may be found in several services.
  public var id: String
  public var cause: String
  public var claim: Claim
  public var title: String
  /// The service it is about; nil when it is about the whole project.
  public var service: String?
  /// The titles of the symptoms it explains.
  public var symptoms: [String] = []
  public var excerpts: [ExcerptView]
  /// Facts from elsewhere than files: the log, the engine, answers.
  public var evidence: [EvidenceGroup] = []
  /// Prose: see `ArticleView.text`.
  public var explanation: String
  public var fixes: [FixView] = []
  /// Whether its fixes are still to be worked out: `Effect.planFixes` asks for them.
  public var fixesAreComing = false
  public var why: WhyView?
  public var see: [String] = []

  public init(
    id: String, cause: String, claim: Claim, title: String, service: String?, excerpts: [ExcerptView],
    explanation: String
  ) {
    self.id = id
    self.cause = cause
    self.claim = claim
    self.title = title
    self.service = service
    self.excerpts = excerpts
    self.explanation = explanation
  }

  /// The first paragraph of the explanation.
  var lead: String {
    let lines = explanation.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix { !$0.allSatisfy { $0 == " " } }.joined(separator: "\n")
  }

  /// Where an editor should open: the first primary mark, else the first line shown.
  var place: (file: String, line: Int)? {
    for excerpt in excerpts {
      for line in excerpt.lines where line.marks.contains(where: { $0.isPrimary }) {
        return (excerpt.file, line.number)
      }
    }
    guard let first = excerpts.first, let line = first.lines.first else { return nil }
    return (first.file, line.number)
  }
}

/// Which conditions of a cause hold, and why other causes do not.
public struct WhyView: Hashable, Sendable {
  public var conditions: [EvidenceItem]
  public var others: [CandidateView]

  public init(conditions: [EvidenceItem], others: [CandidateView] = []) {
    self.conditions = conditions
    self.others = others
  }
}
