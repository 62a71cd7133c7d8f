import Knowledge
import KnowledgeData
import StyledText
import TerminalUI
import Testing
import Tutorial

@testable import Session

/// Every lesson as a learner meets it.
@Suite struct LessonTests {
  private let folder = TemporaryFolder()

  private static let all = Learner.lessons.map(\.name)

  private func lesson(_ name: String) throws -> Lesson {
    try #require(Learner.lessons.first { $0.name == name })
  }

  /// By keyboard alone: the questions of the tree, the pages that are asked for, and the solution in the editor.
  @Test(arguments: all, Knowledge.Language.allCases)
  func canBeSolved(_ name: String, _ language: Knowledge.Language) throws {
    let lesson = try lesson(name)
    var learner = Learner(folder, language: language)
    learner.open(lesson)
    #expect(learner.lesson?.id == lesson.id)
    #expect(learner.lesson?.tasks.contains { $0.isDone } == false)
    if lesson.tasks.contains(where: { if case .find = $0.aim { true } else { false } }) {
      #expect(learner.lesson?.findings.isEmpty == true)
      learner.press("<enter>")
      // Also where the files alone would prove the cause, the learner is asked.
      #expect(learner.state.model.investigation?.question != nil)
      #expect(learner.screen.contains("$ "))
      for _ in 0..<12 {
        guard let question = learner.state.model.investigation?.question else { break }
        // Whoever cannot tell is told by the files.
        learner.press(String(repeating: "<down>", count: question.answers.count - 1) + "<enter>")
      }
      #expect(learner.state.model.investigation?.question == nil)
      while learner.state.page.kind != .lesson { learner.press("<esc>") }
    }
    for found in lesson.finds where learner.conversation.classroom?.seen.causes.contains(found) != true {
      learner.press("f")
      let index = try #require(learner.state.model.findings.firstIndex { $0.cause == found })
      learner.press(String(repeating: "<down>", count: index) + "<enter><esc><esc>")
    }
    for task in lesson.tasks {
      switch task.aim {
      case .look(.images): learner.press("b<esc>")
      case .look(.layers): learner.press("l<esc>")
      case .look(.cause(let cause)): learner.press("x/\(cause)<enter><enter><esc><esc><esc>")
      case .find, .cure: break
      }
    }
    #expect(learner.state.page.kind == .lesson)
    let open = zip(lesson.tasks, learner.lesson?.tasks ?? []).filter { !$1.isDone }.map(\.0.aim)
    #expect(open == lesson.cures.map(Lesson.Aim.cure))

    learner.press("e")
    guard case .openEditor(let file, _) = learner.asked.last else {
      Issue.record("the editor was not asked for")
      return
    }
    #expect(lesson.start.contains { $0.path == file })
    learner.remove(lesson.start.map(\.path).filter { path in !lesson.solved.contains { $0.path == path } })
    try learner.save(lesson.solved)
    #expect(learner.lesson?.isSolved == true)
    #expect(learner.lesson?.reply == nil)
    #expect(learner.state.page.scroll == 0)
    #expect(Learner(folder, language: language).state.model.lessons.first { $0.id == lesson.id }?.isSolved == true)
  }

  /// A fix that drydock offers is a solution too, wherever the lesson's cause has one.
  @Test(arguments: all) func aFixSolvesItToo(_ name: String) throws {
    let lesson = try lesson(name)
    var learner = Learner(folder, language: .en)
    learner.open(lesson)
    learner.press("f")
    let finding = try #require(learner.state.model.findings.first)
    guard lesson.cures.contains(finding.cause), let fix = finding.fixes.first, fix.safety != .manual, !fix.files.isEmpty
    else { return }
    learner.press("<enter><enter>a")
    if fix.safety == .unsafe { learner.press("y") }
    let cure = try #require(lesson.tasks.firstIndex { $0.aim == .cure(finding.cause) })
    #expect(learner.lesson?.tasks[cure].isDone == true, "\(learner.lesson?.faults ?? []) \(learner.screen)")
    #expect(learner.state.model.undo != nil)
    while learner.state.page.kind != .lesson { learner.press("<esc>") }
    learner.press("u")
    #expect(learner.lesson?.tasks[cure].isDone == false)
  }

  /// The tempting edit gets its answer at the top of the page, and solves nothing.
  @Test(arguments: all) func answersTheTemptingEdit(_ name: String) throws {
    let lesson = try lesson(name)
    let language = Knowledge.Language.en
    var learner = Learner(folder, language: language)
    learner.open(lesson)
    learner.press("<end>")
    learner.remove(lesson.start.map(\.path).filter { path in !lesson.mistaken.contains { $0.path == path } })
    try learner.save(lesson.mistaken)
    #expect(learner.lesson?.reply == lesson.wrong.answer[language])
    #expect(learner.lesson?.isSolved == false)
    #expect(learner.state.page.scroll == 0)
    #expect(learner.screen.split(separator: "\n")[2].hasPrefix(" !"))
    learner.press("Ry")
    #expect(learner.lesson?.reply == nil)
    #expect(learner.lesson?.tasks.contains { $0.isDone } == false)
  }

  /// The first screen of every lesson, as it is drawn. A missing picture is drawn, and fails.
  @Test(arguments: all) func looksAsBefore(_ name: String) throws {
    for language in Knowledge.Language.allCases {
      var learner = Learner(folder, language: language)
      learner.open(try lesson(name))
      expectSnapshot(learner.screen, "\(name)-80x24-\(language)")
      #expect(learner.screen.split(separator: "\n", omittingEmptySubsequences: false).count >= 24)
      // Whatever does not fit can be reached.
      learner.press("<end>")
      #expect(learner.state.canvas.hidden.below == 0)
    }
  }

  /// What is said of the files must be on the screen too where there is little room.
  @Test(arguments: all) func fitsSmallAndLargeScreens(_ name: String) throws {
    var learner = Learner(folder, language: .zh)
    learner.open(try lesson(name))
    for size in [Size(40, 12), Size(120, 40), Size(200, 60)] {
      learner.state = update(learner.state, .resize(size)).state
      #expect(learner.state.canvas.rows.count == size.height)
      learner.press("<end>")
      #expect(learner.state.canvas.hidden.below == 0)
    }
  }
}

/// The way through a lesson, on the first one.
@Suite(.enabled(if: !Learner.lessons.isEmpty)) struct LessonWayTests {
  private let folder = TemporaryFolder()

  private func learner() throws -> Learner {
    var learner = Learner(folder, language: .en)
    learner.open(try #require(Self.asking))
    return learner
  }

  /// A lesson whose tree asks something.
  private static let asking = Learner.lessons.first { lesson in
    var learner = Learner(TemporaryFolder(), language: .en)
    learner.open(lesson)
    learner.press("<enter>")
    return learner.state.model.investigation?.question != nil
  }

  /// A wrong answer is not taken; the right one leads on; Esc takes it back.
  @Test func theFilesJudgeAnswers() throws {
    var learner = try learner()
    learner.press("<enter>")
    let question = try #require(learner.state.model.investigation?.question)
    #expect(learner.state.model.investigation?.candidates.allSatisfy { $0.claim == .possible } == true)
    var refused = 0
    for number in 1..<question.answers.count {
      learner.press("\(number)")
      guard learner.state.model.investigation?.question?.id == question.id else { break }
      refused += 1
      #expect(learner.state.message != nil)
    }
    #expect(refused < question.answers.count - 1)
    #expect(learner.state.message?.tone == .good)
    learner.press("<esc>")
    if learner.state.model.investigation?.question == nil { return }
    #expect(learner.state.model.investigation?.question?.id == question.id)
    learner.press("<esc>")
    #expect(learner.state.page.kind == .lesson)
  }

  @Test func theTreeTellsNothingBefore() throws {
    var learner = try learner()
    learner.press("<enter>t")
    #expect(learner.state.page.kind == .tree)
    #expect(!learner.screen.contains("●"))
  }

  @Test func aLessonIsLeftAndFoundAgain() throws {
    var learner = try learner()
    let id = learner.lesson?.id
    learner.press("i")
    #expect(learner.state.page.kind == .lessons)
    learner.press("<enter>")
    #expect(learner.lesson?.id == id)
    learner.press("<esc>")
    #expect(learner.state.page.kind == .lessons)
    learner.press("<esc>")
    #expect(learner.state.page.kind == .lessons)
    #expect(learner.state.message != nil)
  }

  @Test func theListShowsWhatIsSolved() throws {
    var learner = try learner()
    let lesson = try #require(learner.conversation.lesson)
    try learner.save(lesson.solved)
    let later = Learner(folder, language: .en)
    #expect(later.state.model.lessons.first { $0.id == lesson.id }?.isBegun != nil)
  }

  /// From a project, and back to it.
  @Test func theProjectIsThereAfterTheLessons() throws {
    let project = TemporaryFolder(Talk.sample)
    var conversation = try Talk(project).conversation
    conversation.classroom = Classroom(lessons: Learner.lessons, folder: folder.path + "/tutorial")
    var learner = Learner(folder, language: .en)
    learner.conversation = conversation
    learner.state = SessionState(
      model: learner.conversation.view(), look: Look(size: Size(80, 24), language: .english))
    let before = learner.state.model.findings.map(\.id)
    learner.press("i<enter>")
    #expect(learner.lesson != nil)
    #expect(learner.state.model.findings.map(\.id) != before)
    learner.press("<esc><esc>")
    #expect(learner.state.page.kind == .picker)
    #expect(learner.state.model.findings.map(\.id) == before)
    #expect(learner.lesson == nil)
  }

  @Test(arguments: Knowledge.Language.allCases) func theDialogueTeachesWithoutScreens(_ language: Knowledge.Language)
    throws
  {
    let lesson = try #require(Self.asking)
    let classroom = Classroom(lessons: Learner.lessons, folder: folder.path + "/tutorial")
    var conversation = Conversation(knowledge: Learner.knowledge, classroom: classroom, language: language)
    _ = conversation.perform(.startLesson(lesson.id))
    var dialogue = LessonDialogue(conversation, style: TextStyle(color: false, ascii: false, columns: 80))
    let opening = dialogue.opening()
    #expect(opening.contains(lesson.title[language]))
    #expect(opening.contains("/tutorial/" + lesson.name))
    #expect(opening.contains("○ "))
    let question = dialogue.reply(to: "d")
    #expect(question.contains("  1  "))
    #expect(dialogue.reply(to: "t").contains("1/\(lesson.hints.count)"))
    for _ in lesson.hints { _ = dialogue.reply(to: "t") }
    #expect(dialogue.reply(to: "S").contains("+ "))
    #expect(dialogue.reply(to: "images").contains("alpine"))
    #expect(!dialogue.reply(to: "nonsense").isEmpty)
    let path = folder.path + "/tutorial/" + lesson.name
    for file in lesson.solved {
      try file.content.write(toFile: path + "/" + file.path, atomically: true, encoding: .utf8)
    }
    #expect(dialogue.reply(to: "").contains("✓ "))
    #expect(dialogue.reply(to: "n") != "")
    _ = dialogue.reply(to: "q")
    #expect(dialogue.isOver)
  }
}
