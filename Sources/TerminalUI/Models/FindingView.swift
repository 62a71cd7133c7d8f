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

/// Neighbouring lines of a file (or log), some with marks below.
public struct ExcerptView: Hashable, Sendable {
  public var file: String
  public var lines: [ExcerptLine]

  public init(file: String, lines: [ExcerptLine]) {
    self.file = file
    self.lines = lines
  }
}

public struct ExcerptLine: Hashable, Sendable {
  /// Counts from 1.
  public var number: Int
  /// Without its line break.
  public var text: String
  public var marks: [ExcerptMark]

  public init(_ number: Int, _ text: String, _ marks: [ExcerptMark] = []) {
    self.number = number
    self.text = text
    self.marks = marks
  }
}

public struct ExcerptMark: Hashable, Sendable {
  /// UTF-8 bytes of the line's text, from 0; the end is exclusive. An empty range marks the place between two characters.
  public var start: Int
  public var end: Int
  /// The cause itself, or only what it needs.
  public var isPrimary: Bool
  /// A few words; empty when the mark says enough.
  public var label: String

  public init(_ start: Int, _ end: Int, isPrimary: Bool, label: String = "") {
    self.start = start
    self.end = end
    self.isPrimary = isPrimary
    self.label = label
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
