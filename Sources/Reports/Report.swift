import Diagnosis
import Fixes
import Inspection
import Knowledge
import SourceText

/// A diagnosis of a project, ready to be written in any format and in one language.
public struct Report: Sendable {
  public let version: String
  public let language: Language
  /// The folder of the project, seen from where the command ran.
  public let folder: String
  public let files: [String]
  public let services: [String]
  public let environment: [String]
  public let symptom: Symptom?
  public private(set) var entries: [Entry]
  public let path: [Step]
  public let open: [OpenQuestion]
  public private(set) var problems: [Problem]
  /// What somebody has decided to live with.
  public private(set) var ignored: [ProjectReport.Ignored] = []
  /// How the causes stand that somebody asked about.
  public let reasons: [Reason]
  /// How many diagnoses there are beside those that are here.
  public let hiddenCount: Int
  /// What the report hides.
  let secrets: Secrets
  let showsSecrets: Bool
  /// The files that were read, for excerpts; without their secrets.
  public let sources: [String: SourceFile]

  /// One diagnosis.
  public struct Entry: Sendable {
    public let diagnosis: Diagnosis
    public let title: String
    public let explanation: String
    public let evidence: [ReportEvidence]
    public let against: [ReportEvidence]
    public let fixes: [Fix]
    /// Newer than the knowledge that the project asks for: shown, but no reason to fail.
    public internal(set) var isNew = false
  }

  public struct Step: Sendable {
    public let question: Question
    public let answer: String
    /// file, log, engine or answer.
    public let by: String
  }

  public struct OpenQuestion: Sendable {
    public let question: Question
    public let text: String
    public let command: String?
  }

  /// How one cause stands, and why.
  public struct Reason: Sendable {
    public let cause: Cause
    /// nil when it is not among the diagnoses.
    public let confidence: Confidence?
    /// What speaks for it; or the one thing that speaks against it.
    public let lines: [String]
  }

  public struct Problem: Sendable {
    public let severity: String
    public let file: String?
    public let line: Int?
    public let message: String

    public init(severity: String, file: String?, line: Int?, message: String) {
      self.severity = severity
      self.file = file
      self.line = line
      self.message = message
    }
  }

  /// - Parameters:
  ///   - folder: the folder of the project, seen from where the command ran.
  ///   - all: also what is not shown by default.
  ///   - asked: the causes of which to say why they are among the diagnoses, or why not.
  ///   - showsSecrets: whether passwords and tokens are shown as they are; otherwise stars stand for their characters.
  public init(
    version: String, language: Language, folder: String = ".", knowledge: KnowledgeBase, request: InspectionRequest,
    inspection: InspectionResult, findings: Findings, all: Bool = false, asked: [Cause] = [],
    showsSecrets: Bool = false
  ) {
    let planner = FixPlanner(
      knowledge: knowledge, request: request, inspection: inspection, symptom: findings.symptom)
    let secrets = showsSecrets ? Secrets() : Secrets(inspection, request)
    let mask = { (text: String) in showsSecrets ? text : secrets.masked(text) }
    let shown = all ? findings.diagnoses : findings.shown
    let masked = showsSecrets ? inspection : inspection.masked(by: secrets, only: Self.files(of: shown))
    self.version = version
    self.language = language
    self.folder = folder
    files = inspection.files.keys.sorted()
    services = inspection.services
    environment = inspection.environment
    symptom = findings.symptom.flatMap(knowledge.symptom)
    var places = EvidenceReader(inspection: masked, language: language)
    entries = shown.map { diagnosis in
      Entry(
        diagnosis: diagnosis, title: mask(diagnosis.text(diagnosis.cause.title, language)),
        explanation: mask(diagnosis.text(diagnosis.cause.explanation, language)),
        evidence: places.read(diagnosis.evidence, of: diagnosis),
        against: places.read(diagnosis.against, of: diagnosis),
        fixes: planner.fixes(for: diagnosis, beside: findings.diagnoses).map {
          showsSecrets ? $0 : $0.masked(by: secrets)
        })
    }
    hiddenCount = findings.diagnoses.count - entries.count
    sources = masked.files
    path = findings.path.map { step in
      Step(question: step.question, answer: step.answer, by: step.byPerson ? "answer" : Self.source(step.evidence))
    }
    let service = findings.diagnoses.first?.service ?? inspection.services.first
    open = findings.open.map { question in
      OpenQuestion(
        question: question, text: question.text.rendered(language) { $0 == "service" ? service : nil },
        command: question.command.map { Template($0).rendered { $0 == "service" ? service : nil } })
    }
    let why = ReasonReader(knowledge: knowledge, inspection: inspection, findings: findings, language: language)
    reasons = asked.map(why.reason).map {
      Reason(cause: $0.cause, confidence: $0.confidence, lines: $0.lines.map(mask))
    }
    // A file may have thousands of problems: its lines are counted once.
    let names = Set(inspection.problems.compactMap(\.file))
    let maps = inspection.files.filter { names.contains($0.key) }.mapValues(\.lineMap)
    problems = inspection.problems.map { problem in
      let line = problem.file.flatMap { maps[$0] }.flatMap { map in
        problem.range.map { map.position(of: $0.start).line }
      }
      return Problem(
        severity: problem.severity.rawValue, file: problem.file, line: line, message: mask(problem.message))
    }
    self.secrets = secrets
    self.showsSecrets = showsSecrets
  }

  /// The files that evidence may show.
  private static func files(of diagnoses: [Diagnosis]) -> Set<String> {
    var files: Set<String> = []
    for evidence in diagnoses.flatMap({ $0.evidence + $0.against }) {
      for place in [evidence.row.place] + evidence.row.cells.map(\.place) {
        if let file = place?.file { files.insert(file) }
      }
    }
    return files
  }

  /// Whether a diagnosis that is shown is as sure as this, so that a pipeline should stop.
  public func holds(_ confidence: Confidence) -> Bool {
    entries.contains { !$0.isNew && $0.diagnosis.confidence >= confidence }
  }

  /// Leaves out what somebody has decided to live with.
  ///
  /// - Parameters:
  ///   - ignored: by the position among the entries.
  ///   - problems: what is to be said of the decisions themselves.
  public mutating func passOver(_ ignored: [Int: ProjectReport.Ignored], problems: [Problem]) {
    self.ignored = entries.indices.compactMap { ignored[$0] }
    entries = entries.indices.filter { ignored[$0] == nil }.map { entries[$0] }
    self.problems += problems
  }

  /// Causes that came with a later version of the knowledge are shown, and are no reason to fail.
  public mutating func accept(knowledge version: Int) {
    for index in entries.indices { entries[index].isNew = entries[index].diagnosis.cause.since > version }
  }

  private static func source(_ evidence: [Evidence]) -> String {
    switch evidence.first?.place?.source {
    case .log, .exitCode: "log"
    case .engine: "engine"
    case .answer: "answer"
    default: "file"
    }
  }
}
