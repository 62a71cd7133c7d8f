import Diagnosis
import Inspection
import Knowledge

/// Judges the files of a learner: which causes are cured, and whether the lesson's tempting edit was made.
///
/// A pure function of the files. Tasks that ask for something to be seen are judged with `Seen`.
public struct LessonJudge: Sendable {
  public let lesson: Lesson
  private let knowledge: KnowledgeBase
  private let start: Examined
  /// Whether the log is what shows the cause; then it goes on speaking after an edit.
  private let restsOnLog: Bool

  /// What one look at files found.
  public struct Examined: Sendable {
    public let inspection: InspectionResult
    public let findings: Findings

    init(_ request: InspectionRequest, _ symptom: String?, _ knowledge: KnowledgeBase) {
      inspection = Inspector(knowledge: knowledge).inspect(request)
      findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: symptom)
    }
  }

  public init(_ lesson: Lesson, knowledge: KnowledgeBase) {
    self.lesson = lesson
    self.knowledge = knowledge
    let tree = Lesson.tree(lesson.start)
    func examine(isSeen: Bool) -> Examined {
      Examined(
        lesson.request(tree, isSeen: isSeen, knowledge: knowledge), lesson.given.symptom, knowledge)
    }
    let silent = examine(isSeen: false)
    restsOnLog = lesson.cures.contains { cause in !silent.findings.diagnoses.contains { $0.cause.id == cause } }
    start = restsOnLog ? examine(isSeen: true) : silent
  }

  /// What to inspect in the session: an untouched copy with all that was seen, an edited one without what was seen before.
  public func request(_ tree: any FileTree) -> InspectionRequest {
    lesson.request(tree, isSeen: restsOnLog || isUntouched(tree), knowledge: knowledge)
  }

  private func isUntouched(_ tree: any FileTree) -> Bool {
    lesson.start.allSatisfy { (try? tree.read($0.path)) == Array($0.content.utf8) }
      && ProjectListing(tree).items.count == lesson.start.count
  }

  public func judge(_ tree: any FileTree) -> Verdict {
    let request = lesson.request(tree, isSeen: restsOnLog, knowledge: knowledge)
    let now = Examined(request, lesson.given.symptom, knowledge)
    let diagnoser = Diagnoser(knowledge: knowledge, inspection: now.inspection)
    let isMistaken =
      !lesson.wrong.when.isEmpty && diagnoser.holds(lesson.wrong.when, variables: lesson.wrong.variables.count)
    let missing = lesson.start.map(\.path).filter { path in
      lesson.solved.contains { $0.path == path } && !tree.exists(path)
    }
    return Verdict(
      left: left(now), new: new(now), missing: missing, emptied: emptied(tree), broken: broken(now),
      isMistaken: isMistaken)
  }

  /// Files that have lost more than half of the lines that stand in the start as well as in the solution: no cure needs
  /// to touch those, and a file of which nothing is left has no cause either.
  private func emptied(_ tree: any FileTree) -> [String] {
    lesson.start.compactMap { file in
      guard let solved = lesson.solved.first(where: { $0.path == file.path }), let bytes = try? tree.read(file.path)
      else { return nil }
      let needed = file.content.telling.intersection(solved.content.telling)
      let kept = needed.intersection(String(decoding: bytes, as: UTF8.self).telling)
      return kept.count * 2 < needed.count ? file.path : nil
    }
  }

  // MARK: Beside the start

  /// The causes that the tasks want cured and that the files still have.
  private func left(_ now: Examined) -> [String] {
    lesson.cures.filter { cause in
      let before = start.findings.diagnoses.filter { $0.cause.id == cause }.map(\.confidence).max()
      // Where it was sure, a mere possibility is no fault that a learner could still mend.
      return now.findings.diagnoses.contains {
        $0.cause.id == cause && ($0.confidence != .possible || before == nil || before == .possible)
      }
    }
  }

  /// Causes that are proven or likely now and were not among what the start has, or hides.
  private func new(_ now: Examined) -> [String] {
    let known = Set((start.findings.diagnoses + hidden()).map(\.key))
    var found: [String] = []
    for diagnosis in now.findings.diagnoses where diagnosis.confidence != .possible && !known.contains(diagnosis.key) {
      if !found.contains(diagnosis.cause.id) { found.append(diagnosis.cause.id) }
    }
    return found
  }

  /// What the lesson's own causes explain away at the start is not new once they are cured.
  private func hidden() -> [Diagnosis] {
    let own = lesson.cures + [lesson.cause]
    guard own.contains(where: { knowledge.cause($0)?.insteadOf.isEmpty == false }) else { return [] }
    var others = knowledge
    others.causes.removeAll { own.contains($0.id) }
    return Diagnoser(knowledge: others, inspection: start.inspection).findings(symptom: lesson.given.symptom).diagnoses
  }

  /// Errors of reading that the start has not, each as `FILE: message`.
  private func broken(_ now: Examined) -> [String] {
    let known = Set(start.inspection.problems.map(\.message))
    return now.inspection.problems.filter { $0.severity == .error && !known.contains($0.message) }.map { problem in
      let line = problem.file.flatMap { file in
        problem.range.flatMap { range in now.inspection.files[file]?.lineMap.position(of: range.start).line }
      }
      let place = problem.file.map { $0 + (line.map { ":\($0)" } ?? "") + ": " } ?? ""
      return place + problem.message
    }
  }
}

extension Diagnosis {
  fileprivate var key: String { "\(cause.id) \(subject ?? "")" }
}

extension String {
  /// The lines that say something, without the space around them.
  fileprivate var telling: Set<[UInt8]> {
    let space: Set<UInt8> = [0x20, 0x09, 0x0D]
    return Set(
      utf8.split(separator: 0x0A).map { line in
        Array(line.drop { space.contains($0) }.reversed().drop { space.contains($0) }.reversed())
      }.filter { $0.count > 1 })
  }
}
