import StyledText

/// All that the session shows and the engine knows: texts in the person's language, no logic.
///
/// The engine makes a new one after each effect that asks it for something; the screens only read it.
public struct SessionModel: Hashable, Sendable {
  public var project: ProjectView
  /// What stands above the picker, such as "No project here: this is the built-in sample".
  public var notice: String?
  public var symptoms: [SymptomView] = []
  /// The symptom that is being looked into; nil before one was chosen.
  public var investigation: InvestigationView?
  /// All findings of the project, the best first, whatever the symptom.
  public var findings: [FindingView] = []
  /// Empty until `Effect.loadKnowledge`.
  public var articles: [ArticleView] = []
  /// The lessons of the tutorial, and the one that is being worked on.
  public var lessons: [LessonItem] = []
  public var lesson: LessonView?
  /// The base images beside each other: names of columns, then rows whose first cell is the article's id. Empty until
  /// `Effect.loadKnowledge`.
  public var images: [[String]] = []
  /// What the builds do again after a change; empty until `Effect.loadLayers`.
  public var layers: [Line] = []
  /// What `u` would take back, such as "listen on all addresses (main.go)"; nil when there is nothing.
  public var undo: String?

  public init(project: ProjectView) { self.project = project }

  /// A finding of the investigation or of the whole project.
  func finding(_ id: String) -> FindingView? {
    investigation?.findings.first { $0.id == id } ?? findings.first { $0.id == id }
  }
}

public struct ProjectView: Hashable, Sendable {
  /// As a person writes it: `~/shop`.
  public var path: String
  /// "3 services · 2 Dockerfiles"
  public var summary: String
  public var engine: EngineState

  public init(path: String, summary: String, engine: EngineState = .notAsked) {
    self.path = path
    self.summary = summary
    self.engine = engine
  }
}

/// Whether a container engine answers.
public enum EngineState: Hashable, Sendable {
  case notAsked, up, absent
}

public struct SymptomView: Hashable, Sendable {
  public var id: String
  public var title: String
  /// Half a line: "runs, but browser or curl gets no answer".
  public var hint: String
  /// A few sentences.
  public var description: String
  /// How many causes are known.
  public var known: Int
  /// How many of them fit the files now, and the best claim among them.
  public var fitting: Int
  /// Whether the files were compared with them already.
  public var isWeighed = true
  public var best: Claim?
  /// Why it is suggested: "the log shows it", "exit code 127"; nil when nothing points at it.
  public var suggestion: String?
  /// The titles of the causes that fit, the best first.
  public var causes: [CandidateView]

  public init(
    id: String, title: String, hint: String, description: String, known: Int, fitting: Int = 0, best: Claim? = nil,
    suggestion: String? = nil, causes: [CandidateView] = []
  ) {
    self.id = id
    self.title = title
    self.hint = hint
    self.description = description
    self.known = known
    self.fitting = fitting
    self.best = best
    self.suggestion = suggestion
    self.causes = causes
  }
}

/// How much is claimed of a cause.
public enum Claim: Hashable, Sendable, CaseIterable {
  case proven, likely, possible
}
