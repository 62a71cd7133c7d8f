import Inspection
import Knowledge

/// The report of one project as plain values, read from JSON of schema 1.
///
/// All other formats for machines are made of it, so that they say what the JSON says, whether it was made just now or
/// comes from another machine.
public struct ProjectReport: Sendable {
  /// The folder of the project, seen from where the command ran; `.` for that folder itself.
  public let path: String
  public let files: [String]
  public let services: [String]
  /// The id of the symptom; nil when all were looked at.
  public let symptom: String?
  public let findings: [Finding]
  public let steps: [Step]
  public let open: [OpenQuestion]
  public let problems: [Problem]
  public let ignored: [Ignored]
  /// What it was read from.
  public let json: JSON

  public struct Finding: Sendable {
    public let cause: String
    public let confidence: Confidence
    public let service: String?
    public let title: String
    public let explanation: String
    public let evidence: [Evidence]
    public let fixes: [Fix]
    public let references: [String]
    /// Newer than the knowledge that the project asks for: shown, but no reason to fail.
    public let isNew: Bool

    /// The place in a file that the finding is about.
    public var place: Evidence? { evidence.first { $0.file != nil } }
  }

  public struct Evidence: Sendable {
    public let from: String
    public let isPrimary: Bool
    public let file: String?
    public let line: Int?
    /// Counts UTF-8 bytes from 1.
    public let column: Int?
    public let endLine: Int?
    public let endColumn: Int?
    /// Counts code points from 1.
    public let character: Int?
    public let endCharacter: Int?
    public let text: String
    public let label: String?
  }

  public struct Fix: Sendable {
    public let id: String
    public let safety: Safety
    public let title: String
    public let note: String?
    public let diff: String
    public let commands: [String]
    public let isChecked: Bool
    /// Whether stars stand for secrets in the patch, so that it cannot be applied.
    public let isRedacted: Bool
  }

  public struct Step: Sendable {
    public let question: String
    public let answer: String
    public let by: String
  }

  public struct OpenQuestion: Sendable {
    public let question: String
    public let text: String
    public let answers: [String]
    public let command: String?
  }

  public struct Problem: Sendable {
    public let severity: String
    public let file: String?
    public let line: Int?
    public let message: String
  }

  /// A finding that somebody has decided to live with.
  public struct Ignored: Sendable {
    public let cause: String
    public let service: String?
    public let reason: String?
    /// `baseline`, or the file and line of the decision.
    public let by: String

    public init(cause: String, service: String?, reason: String?, by: String) {
      self.cause = cause
      self.service = service
      self.reason = reason
      self.by = by
    }
  }

  /// A path of the project as it is seen from where the command ran.
  public func shown(_ file: String) -> String {
    path == "." || file.hasPrefix("/") ? file : Path.join(path, file)
  }

  /// Whether something is as sure as this, so that a pipeline should stop.
  public func holds(_ confidence: Confidence) -> Bool {
    findings.contains { !$0.isNew && $0.confidence >= confidence }
  }
}

extension ProjectReport {
  /// nil for what is no report of schema 1.
  public init?(_ json: JSON) {
    guard json["schema"]?.number == 1, let project = json["project"] else { return nil }
    self.init(json, project: project)
  }

  /// - Parameters:
  ///   - json: a report of schema 1.
  ///   - project: its member of that name.
  init(_ json: JSON, project: JSON) {
    self.json = json
    path = project["path"]?.string ?? "."
    files = project["files"]?.strings ?? []
    services = project["services"]?.strings ?? []
    symptom = json["symptom"]?.string
    findings = json["diagnoses"]?.array.compactMap(Finding.init) ?? []
    steps = (json["path"]?.array ?? []).map {
      Step(question: $0["question"]?.string ?? "", answer: $0["answer"]?.string ?? "", by: $0["by"]?.string ?? "")
    }
    open = (json["open"]?.array ?? []).map {
      OpenQuestion(
        question: $0["question"]?.string ?? "", text: $0["text"]?.string ?? "", answers: $0["answers"]?.strings ?? [],
        command: $0["command"]?.string)
    }
    problems = (json["problems"]?.array ?? []).map {
      Problem(
        severity: $0["severity"]?.string ?? "", file: $0["file"]?.string, line: $0["line"]?.number,
        message: $0["message"]?.string ?? "")
    }
    ignored = (json["ignored"]?.array ?? []).map {
      Ignored(
        cause: $0["cause"]?.string ?? "", service: $0["service"]?.string, reason: $0["reason"]?.string,
        by: $0["by"]?.string ?? "")
    }
  }
}

extension ProjectReport.Finding {
  fileprivate init?(_ json: JSON) {
    guard let cause = json["cause"]?.string, let name = json["confidence"]?.string,
      let confidence = Confidence(name: name)
    else { return nil }
    self.cause = cause
    self.confidence = confidence
    service = json["service"]?.string
    title = json["title"]?.string ?? cause
    explanation = json["explanation"]?.string ?? ""
    evidence = (json["evidence"]?.array ?? []).map(ProjectReport.Evidence.init)
    fixes = (json["fixes"]?.array ?? []).map(ProjectReport.Fix.init)
    references = json["see"]?.strings ?? []
    isNew = json["new"]?.bool ?? false
  }
}

extension ProjectReport.Evidence {
  fileprivate init(_ json: JSON) {
    from = json["from"]?.string ?? ""
    isPrimary = json["role"]?.string == "primary"
    file = json["file"]?.string
    line = json["line"]?.number
    column = json["column"]?.number
    endLine = json["endLine"]?.number
    endColumn = json["endColumn"]?.number
    character = json["codePointColumn"]?.number
    endCharacter = json["codePointEndColumn"]?.number
    text = json["text"]?.string ?? ""
    label = json["label"]?.string
  }
}

extension ProjectReport.Fix {
  fileprivate init(_ json: JSON) {
    id = json["id"]?.string ?? ""
    safety = json["safety"]?.string.flatMap(Safety.init) ?? .manual
    title = json["title"]?.string ?? ""
    note = json["note"]?.string
    diff = json["diff"]?.string ?? ""
    commands = json["run"]?.strings ?? []
    isChecked = json["checked"]?.bool ?? false
    isRedacted = json["redacted"]?.bool ?? false
  }
}
