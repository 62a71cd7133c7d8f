import Diagnosis
import Fixes
import Inspection
import Knowledge
import StyledText
import TerminalUI

/// A person and drydock finding out together why a project does not work.
///
/// A value: what a person does comes in as an `Effect` of the screens, and what they see next goes out as events.
/// Only the effects that a person asks for touch the disk.
public struct Conversation: Sendable {
  public let knowledge: KnowledgeBase
  public internal(set) var project: Project
  public internal(set) var language: Knowledge.Language
  /// What is looked into now; nil before anything was chosen.
  public internal(set) var symptom: String?
  /// The answers that were given in the session, the last one last.
  var answers: [(question: String, answer: String)] = []
  /// The answers that the session began with.
  var givenAnswers: [String: String]
  var request: InspectionRequest
  /// The log without what an engine said.
  var givenLog: LogReader?
  var examination: Examination
  /// Whether the texts of the knowledge are shown.
  var showsKnowledge = false
  /// Whether the layers of the builds are shown.
  var showsLayers = false
  /// What was said of them last, for as long as the files stay as they are.
  var layers: [Line]?
  /// The lessons; nil where there are none.
  public var classroom: Classroom?
  /// The fix that was written last in this session, for as long as it is the last thing that happened.
  var applied: Applied?

  /// Whether fixes are worked out only for the finding that a person looks at, on `Effect.planFixes`: trying one on a copy of a
  /// large project takes a moment.
  public var plansFixesWhenSeen = false
  /// Who asks a container engine; nil when nobody may.
  public var probe: Probe?
  /// What the engine said when it was asked last.
  var heard: Probe.Answer?

  /// - Parameters:
  ///   - request: what to inspect; it is inspected here for the first time.
  ///   - symptom: what the person sees, if they said so; else what the log shows.
  ///   - count: counts the files that are read.
  public init(
    knowledge: KnowledgeBase, request: InspectionRequest, project: Project, symptom: String? = nil,
    language: Knowledge.Language, count: ReadCount? = nil
  ) {
    self.knowledge = knowledge
    self.request = request
    self.project = project
    self.language = language
    givenAnswers = request.answers
    givenLog = request.log
    examination = Examination(knowledge, request, count: count)
    self.symptom = symptom ?? examination.inspection.log.symptom
  }

  /// Reads everything anew.
  mutating func examine() {
    layers = nil
    if let desk = classroom?.desk {
      request = desk.judge.request(desk.tree)
      classroom?.judge()
    }
    request.answers = givenAnswers
    for (question, answer) in answers { request.answers[question] = answer }
    examination = Examination(knowledge, request)
  }

  /// The files have changed, by another hand: reads them again, and says what that changed.
  public mutating func refresh() -> [Event] {
    let before = examination.all.map(\.diagnosis)
    let standing = standing
    examine()
    applied = nil
    let now = Set(examination.all.map(\.diagnosis.id))
    let gone = before.filter { !now.contains($0.id) }
    let known = Set(before.map(\.id))
    let new = now.subtracting(known).count
    let text: Saying =
      if let first = gone.first {
        .gone(first.cause.id, gone.count - 1)
      } else {
        new > 0 ? .found(new) : .lookedAgain
      }
    if let judged = judged(since: standing) { return [.model(view()), judged] }
    return [.model(view()), .message(Message(gone.isEmpty ? .note : .good, say(text)))]
  }

  /// Whether there is nothing to inspect: no file that drydock knows, no log, no command, no answer.
  public var isEmpty: Bool { examination.inspection.isEmpty }

  /// What could not be read, the first first.
  public var problems: [InspectionProblem] { examination.inspection.problems }

  func say(_ saying: Saying) -> String { saying.text(language) }
}
