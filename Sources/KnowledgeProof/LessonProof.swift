import Diagnosis
import Inspection
import Knowledge
import Tutorial

/// Proves a lesson: `start/` has its cause first, `solved/` does every task, and `wrong/` gets its answer, and only that does.
public struct LessonProof: Sendable {
  private let lesson: Lesson
  private let knowledge: KnowledgeBase
  private let judge: LessonJudge

  public init(_ lesson: Lesson, knowledge: KnowledgeBase) {
    self.lesson = lesson
    self.knowledge = knowledge
    judge = LessonJudge(lesson, knowledge: knowledge)
  }

  /// What does not hold, one line each; empty when all does.
  public func failures() -> [String] { start() + solved() + mistaken() }

  private func start() -> [String] {
    let tree = Lesson.tree(lesson.start)
    let inspection = Inspector(knowledge: knowledge).inspect(judge.request(tree))
    let found = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: lesson.given.symptom)
      .diagnoses
    var failures = inspection.facts.misfits.map { "start/: an inspector is wrong: \($0)" }
    if found.first?.cause.id != lesson.cause {
      failures.append("start/ should have \(lesson.cause) first; found: \(list(found))")
    }
    for task in lesson.tasks {
      if case .find(let cause) = task.aim, !found.contains(where: { $0.cause.id == cause }) {
        failures.append("start/ does not have \(cause), which a task wants found; found: \(list(found))")
      }
    }
    let verdict = judge.judge(tree)
    if verdict.isMistaken { failures.append("start/ satisfies wrong.when: nothing was edited yet") }
    let done = verdict.done(lesson, Seen())
    for (task, isDone) in zip(lesson.tasks, done) where isDone {
      failures.append("start/ has done a task already: \(task.text.en)")
    }
    return failures
  }

  private func solved() -> [String] {
    let verdict = judge.judge(Lesson.tree(lesson.solved))
    var failures = verdict.left.map { "solved/ still has \($0)" }
    failures += verdict.new.map { "solved/ has another cause, proven or likely: \($0)" }
    failures += verdict.broken.map { "solved/ cannot be read: \($0)" }
    failures += verdict.emptied.map { "solved/: most of \($0) is gone" }
    if verdict.isMistaken { failures.append("solved/ satisfies wrong.when") }
    if lesson.start == lesson.solved { failures.append("solved/ is the same as start/") }
    return failures
  }

  private func mistaken() -> [String] {
    let verdict = judge.judge(Lesson.tree(lesson.mistaken))
    var failures = verdict.broken.map { "wrong/ cannot be read: \($0)" }
    if !verdict.isMistaken { failures.append("wrong/ does not satisfy wrong.when, so it gets no answer") }
    if lesson.start == lesson.mistaken { failures.append("wrong/ is the same as start/") }
    return failures
  }

  private func list(_ diagnoses: [Diagnosis]) -> String {
    let names = diagnoses.prefix(4).map { "\($0.cause.id) (\($0.confidence.name))" }
    return names.isEmpty ? "nothing" : names.joined(separator: ", ")
  }
}
