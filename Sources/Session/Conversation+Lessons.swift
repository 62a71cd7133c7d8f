import Fixes
import Inspection
import Knowledge
import TerminalUI
import Tutorial

/// Lessons: the same conversation about the learner's copy of a small project.
extension Conversation {
  /// What a session is about, to come back to it after the lessons.
  struct Subject: Sendable {
    let request: InspectionRequest
    let project: Project
    let symptom: String?
    let givenAnswers: [String: String]
    let answers: [(question: String, answer: String)]
  }

  /// For the lessons alone, without a project.
  public init(knowledge: KnowledgeBase, classroom: Classroom, language: Knowledge.Language) {
    self.init(
      knowledge: knowledge, request: InspectionRequest(tree: MemoryTree()), project: Project(name: "tutorial"),
      language: language)
    self.classroom = classroom
  }

  /// The lesson that is open.
  public var lesson: Lesson? { classroom?.desk?.lesson }

  // MARK: Opening and leaving

  mutating func startLesson(_ id: String) -> [Event] {
    guard let classroom, let lesson = classroom.lessons.first(where: { $0.id == id }) else { return [] }
    if classroom.home == nil {
      self.classroom?.home = Subject(
        request: request, project: project, symptom: symptom, givenAnswers: givenAnswers, answers: answers)
    }
    var problem: Event?
    var tree: any FileTree = Lesson.tree(lesson.start)
    project = Project(name: lesson.name, outputs: project.outputs)
    if let folder = classroom.folder {
      do throws(WriteProblem) {
        let disk = try LessonCopy(lesson, in: folder).open()
        tree = disk
        project.writer = FixWriter(tree: disk, store: classroom.undoStore)
      } catch {
        problem = message(.bad, Saying(error))
      }
    }
    let judge = LessonJudge(lesson, knowledge: knowledge)
    self.classroom?.desk = Classroom.Desk(judge: judge, tree: tree, verdict: Verdict(unjudged: lesson))
    symptom = lesson.given.symptom
    givenAnswers = lesson.given.answers
    answers = []
    applied = nil
    showsLayers = false
    examine()
    return [.model(view())] + [problem, takeNotice()].compactMap { $0 }
  }

  mutating func resetLesson() -> [Event] {
    guard let lesson, let classroom else { return [] }
    if let copy = classroom.copy {
      do throws(WriteProblem) { try copy.reset() } catch { return [message(.bad, Saying(error))] }
      if let tree = classroom.desk?.tree as? DiskTree { classroom.undoStore?.forget(root: tree.root) }
    }
    self.classroom?.update { $0[lesson.id] = Progress.Entry() }
    return startLesson(lesson.id) + [message(.good, .lessonReset)]
  }

  mutating func leaveLessons() -> [Event] {
    classroom?.desk = nil
    guard let home = classroom?.home else { return [.model(view())] }
    classroom?.home = nil
    (request, project, symptom, givenAnswers, answers) = (
      home.request, home.project, home.symptom, home.givenAnswers, home.answers
    )
    applied = nil
    examine()
    return [.model(view())]
  }

  /// What the learner must know about the file of their progress; told once.
  public mutating func takeNotice() -> Event? {
    defer { classroom?.notice = nil }
    switch classroom?.notice {
    case .setAside(let path): return message(.bad, .progressSetAside(path))
    case .notKept(let reason): return message(.bad, .progressNotKept(reason))
    case nil: return nil
    }
  }

  // MARK: What the learner sees

  mutating func saw(_ sight: Sight) -> [Event] {
    guard let lesson else { return [] }
    let before = classroom?.done ?? []
    for task in lesson.tasks {
      switch (task.aim, sight) {
      case (.find(let wanted), .finding(let cause)) where wanted == cause:
        classroom?.note { $0.causes.insert(cause) }
      case (.look(.images), .images): classroom?.note { $0.pages.insert(.images) }
      case (.look(.layers), .layers): classroom?.note { $0.pages.insert(.layers) }
      case (.look(.cause(let wanted)), .article(let id)) where wanted == id:
        classroom?.note { $0.pages.insert(.cause(id)) }
      default: break
      }
    }
    let now = classroom?.done ?? []
    guard now != before else { return [] }
    return [.model(view()), message(.good, now.allSatisfy(\.self) ? .lessonSolved : .taskSeen)]
      + [takeNotice()].compactMap { $0 }
  }

  /// What the judge says after the files have changed: a task done, a tempting edit; nil when there is nothing new.
  mutating func judged(since before: (done: [Bool], verdict: Verdict?)) -> Event? {
    guard let classroom, let lesson, let verdict = classroom.desk?.verdict else { return nil }
    let done = classroom.done
    if done.allSatisfy(\.self), !before.done.allSatisfy(\.self) { return message(.good, .lessonSolved) }
    if verdict.isMistaken, before.verdict?.isMistaken == false { return message(.note, .onlySilenced) }
    if let index = zip(before.done, done).enumerated().first(where: { !$1.0 && $1.1 })?.offset {
      return message(.good, .taskDone(lesson.tasks[index].text[language]))
    }
    return nil
  }

  var standing: (done: [Bool], verdict: Verdict?) { (classroom?.done ?? [], classroom?.desk?.verdict) }
}
