/// One symptom being looked into.
public struct InvestigationView: Hashable, Sendable {
  public var symptom: String
  public var title: String
  /// The question to ask now; nil when nothing is left to ask.
  public var question: QuestionView?
  /// What drydock can do itself where no question is left.
  public var probe: ProbeState = .none
  public var evidence: [EvidenceGroup] = []
  /// The causes that are still possible, the best first.
  public var candidates: [CandidateView] = []
  /// How many causes the symptom has.
  public var known: Int
  /// What holds or may hold, the best first. With no question left, the first of them is shown.
  public var findings: [FindingView] = []
  /// The causes that do not hold, each with the reason.
  public var rejected: [CandidateView] = []
  public var tree: TreeView?
  /// How many answers the person gave: what Esc takes back, one by one.
  public var answersGiven: Int = 0
  /// Where nothing was found: what was looked at, and what would help.
  public var closing: String?
  /// What stands above it; nil where no cause fits.
  public var closingTitle: String?

  public init(symptom: String, title: String, known: Int) {
    self.symptom = symptom
    self.title = title
    self.known = known
  }
}

public struct QuestionView: Hashable, Sendable {
  public var id: String
  /// Counts from 1.
  public var number: Int
  /// How many more there can be after this one.
  public var more: Int
  public var text: String
  /// Why it is asked.
  public var why: String
  /// The command that tells, one line each; empty when there is none.
  public var command: [String] = []
  public var probe: ProbeState = .none
  /// What the probe may run.
  public var probeCommands: [String] = []
  public var answers: [AnswerView]

  public init(id: String, number: Int, more: Int, text: String, why: String, answers: [AnswerView]) {
    self.id = id
    self.number = number
    self.more = more
    self.text = text
    self.why = why
    self.answers = answers
  }
}

/// What drydock can do itself to settle a question.
public enum ProbeState: Hashable, Sendable {
  /// No command settles it.
  case none
  /// One would, but not now: "docker does not answer".
  case unavailable(reason: String)
  /// `r` runs it. One that does more than read asks first.
  case ready(readsOnly: Bool)
  case running
  /// It ran and did not settle the question: the end of its output.
  case inconclusive(output: [String])
}

public struct AnswerView: Hashable, Sendable {
  public var id: String
  public var text: String
  /// How many causes it leaves; nil when unknown.
  public var leaves: Int?

  public init(id: String, text: String, leaves: Int? = nil) {
    self.id = id
    self.text = text
    self.leaves = leaves
  }
}

/// Facts of one origin.
public struct EvidenceGroup: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    case files, log, engine, you
    /// A terminal that a lesson shows; its items are lines.
    case clue
  }

  public var origin: Origin
  public var items: [EvidenceItem]

  public init(_ origin: Origin, _ items: [EvidenceItem]) {
    self.origin = origin
    self.items = items
  }
}

public struct EvidenceItem: Hashable, Sendable {
  public enum Mark: Hashable, Sendable { case yes, no, unknown, note }
  public var mark: Mark
  public var text: String
  /// `compose.yaml:6`, or a few words; nil when there is none.
  public var place: String?

  public init(_ mark: Mark, _ text: String, place: String? = nil) {
    self.mark = mark
    self.text = text
    self.place = place
  }
}

public struct CandidateView: Hashable, Sendable {
  public var id: String
  public var title: String
  public var claim: Claim
  /// Half a line: what speaks for or against it.
  public var note: String

  public init(id: String, title: String, claim: Claim, note: String = "") {
    self.id = id
    self.title = title
    self.claim = claim
    self.note = note
  }
}
