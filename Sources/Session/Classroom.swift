import Fixes
import Inspection
import Knowledge
import Tutorial

/// The lessons of a session: all of them, how far the learner is, and the one that lies on the desk.
public struct Classroom: Sendable {
  /// A lesson that is being worked on.
  struct Desk: Sendable {
    let judge: LessonJudge
    /// The learner's files: a folder, or in memory where there is no place for one.
    let tree: any FileTree
    var verdict: Verdict
    /// How many questions of the tree the learner has answered.
    var walked = 0

    var lesson: Lesson { judge.lesson }
  }

  /// In their order.
  public let lessons: [Lesson]
  /// Where copies and progress are kept, absolute; nil where there is no place for them.
  let folder: String?
  private let place: String?
  public internal(set) var progress: Progress
  /// What the learner must know about the progress; told once.
  var notice: ProgressStore.Notice?
  var desk: Desk?
  /// What the session was about before the first lesson.
  var home: Conversation.Subject?

  /// - Parameter place: the folder as people write it.
  public init(lessons: [Lesson], folder: String?, place: String? = nil) {
    self.lessons = lessons
    self.folder = folder
    self.place = place ?? folder
    (progress, notice) = folder.map { ProgressStore(folder: $0).load() } ?? (Progress(), nil)
  }

  /// Changes the progress here and where it is kept.
  mutating func update(_ change: (inout Progress) -> Void) {
    guard let folder else { return change(&progress) }
    var now = progress
    change(&now)
    guard now != progress || notice != nil else { return }
    let kept = ProgressStore(folder: folder).update(change)
    progress = kept.progress
    // What could not be kept counts at least until the session ends.
    if case .notKept = kept.notice { progress = now }
    notice = kept.notice
  }

  /// What the learner has seen in the lesson on the desk.
  var seen: Seen { desk.map { progress[$0.lesson.id].seen } ?? Seen() }

  /// Whether each task of the lesson on the desk is done.
  var done: [Bool] { desk.map { $0.verdict.done($0.lesson, seen) } ?? [] }

  var undoStore: UndoStore? { folder.map { UndoStore(folder: Path.join($0, "undo")) } }

  /// Where the files of the lesson on the desk lie, as people write it.
  var copyName: String? { desk.flatMap { desk in place.map { Path.join($0, desk.lesson.name) } } }

  var copy: LessonCopy? { desk.flatMap { desk in folder.map { LessonCopy(desk.lesson, in: $0) } } }

  /// Judges the files as they are now, and keeps what is new.
  mutating func judge() {
    guard let desk else { return }
    self.desk?.verdict = desk.judge.judge(desk.tree)
    settle()
  }

  /// A lesson whose tasks are all done stays solved, until it is put back.
  mutating func settle() {
    guard let lesson = desk?.lesson, !done.isEmpty, done.allSatisfy(\.self), !progress[lesson.id].isSolved else {
      return
    }
    update { $0[lesson.id].isSolved = true }
  }

  /// The learner has found this, or opened it.
  mutating func note(_ change: @Sendable (inout Seen) -> Void) {
    guard let lesson = desk?.lesson else { return }
    update { change(&$0[lesson.id].seen) }
    settle()
  }
}
