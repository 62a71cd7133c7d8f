import Diagnosis
import Knowledge
import StyledText

/// What every format needs beside the reports themselves.
public struct ReportWriter: Sendable {
  public let knowledge: KnowledgeBase
  public let language: Language
  public let version: String
  /// How sure a finding must be to count as a failure; nil when none does.
  public let threshold: Confidence?
  /// The lines of files that findings stand on, by the position of the report and of the finding in it. A report that comes
  /// from another machine has none.
  public var excerpts: [[[ExcerptView]]] = []

  public init(knowledge: KnowledgeBase, language: Language, version: String, threshold: Confidence?) {
    self.knowledge = knowledge
    self.language = language
    self.version = version
    self.threshold = threshold
  }

  func say(_ phrase: Phrase) -> String { phrase.text(language) }

  func word(_ confidence: Confidence) -> String {
    switch confidence {
    case .proven: say(.proven)
    case .likely: say(.likely)
    case .possible: say(.possible)
    }
  }

  /// How sure a fix is, behind its title.
  func aside(_ safety: Safety) -> String { word(safety).map { Phrase.aside($0, language) } ?? "" }

  func word(_ safety: Safety) -> String? {
    switch safety {
    case .safe: nil
    case .unsafe: say(.look)
    case .manual: say(.decide)
    }
  }

  /// Where something was learned from.
  func source(_ name: String) -> String {
    switch name {
    case "file": say(.fromFile)
    case "log": say(.fromLog)
    case "engine": say(.fromEngine)
    case "answer": say(.fromAnswer)
    default: name
    }
  }

  func fails(_ finding: ProjectReport.Finding) -> Bool {
    threshold.map { !finding.isNew && finding.confidence >= $0 } ?? false
  }

  /// The title of a cause without the particulars of one project.
  func generalTitle(_ cause: String) -> String? { knowledge.cause(cause)?.title.rendered(language) { _ in nil } }

  func question(_ id: String) -> String {
    knowledge.question(id)?.text.rendered(language) { _ in nil } ?? id
  }

  func answer(_ id: String, to question: String) -> String {
    knowledge.question(question)?.answers.first { $0.id == id }?.text[language]
      ?? (id == Question.unknownAnswer ? say(.cannotTell) : id)
  }
}
