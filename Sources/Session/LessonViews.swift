import Inspection
import Knowledge
import Reports
import SourceText
import StyledText
import TerminalUI
import Tutorial

/// Lessons as the screens show them.
extension Conversation {
  var lessonItems: [LessonItem] {
    guard let classroom else { return [] }
    return classroom.lessons.map { lesson in
      let entry = classroom.progress[lesson.id]
      return LessonItem(
        id: lesson.id, title: lesson.title[language], isSolved: entry.isSolved, isBegun: entry != Progress.Entry())
    }
  }

  /// All that there is to read; what a lesson leads to comes first.
  var articles: [ArticleView] {
    let all = Articles(knowledge: knowledge, language: language)
    guard let lesson else { return all.all + all.exitCodes }
    let wanted = lesson.tasks.compactMap { if case .look(.cause(let id)) = $0.aim { id } else { nil } }
    return all.all(
      first: wanted + lesson.subjects.filter { !wanted.contains($0) }, under: say(.ofLesson(lesson.title[language])))
  }

  /// - Parameter findings: those of the lesson's symptom, as the other screens show them.
  func lessonView(_ findings: [FindingView]) -> LessonView? {
    guard let classroom, let desk = classroom.desk else { return nil }
    let lesson = desk.lesson
    // What the learner is to find is not told before.
    let isTold = lesson.finds.allSatisfy { cause in
      classroom.seen.causes.contains(cause) || !findings.contains { $0.cause == cause }
    }
    var view = LessonView(
      id: lesson.id, number: lesson.number, title: lesson.title[language], symptom: lesson.given.symptom ?? "",
      goal: lesson.goal[language], clue: lesson.clue[language],
      tasks: zip(lesson.tasks, classroom.done).map { task, isDone in
        LessonTask(task.text[language], isDone: isDone, way: LessonTask.Way(task.aim))
      },
      tips: lesson.hints.map { $0[language] }, solution: solution(lesson), files: files(desk.tree, lesson),
      findings: isTold ? findings : [])
    view.untold = isTold ? 0 : findings.count
    view.summary = lesson.summary[language]
    view.reply = desk.verdict.isMistaken ? lesson.wrong.answer[language] : nil
    view.faults = faults(desk.verdict)
    view.folder = classroom.copyName
    return view
  }

  private func faults(_ verdict: Verdict) -> [String] {
    verdict.broken.map { say(.isBroken($0)) } + verdict.missing.map { say(.isMissing($0)) }
      + verdict.emptied.map { say(.isEmptied($0)) }
      + verdict.new.map { say(.isNew($0, knowledge.cause($0)?.title.rendered(language) { _ in nil } ?? "")) }
  }

  private func solution(_ lesson: Lesson) -> [DiffView] {
    let old = Dictionary(lesson.start.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first })
    let new = Dictionary(lesson.solved.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first })
    return Set(old.keys).union(new.keys).sorted().filter { old[$0] != new[$0] }.map { path in
      DiffView(UnifiedDiff(path: path, old: old[path].map { Array($0.utf8) }, new: Array((new[path] ?? "").utf8)))
    }
  }

  /// More of a learner's own files than this nobody scrolls through.
  private static let mostFiles = 30
  private static let mostLines = 400

  /// Dockerfiles and compose files first: that is where to look first.
  private func files(_ tree: any FileTree, _ lesson: Lesson) -> [ExcerptView] {
    func rank(_ path: String) -> Int {
      ProjectFiles.isDockerfile(path) ? 0 : ProjectFiles.isCompose(Path.name(path)) ? 1 : 2
    }
    let paths = ProjectListing(tree, limit: 1000).items.map(\.path).sorted { (rank($0), $0) < (rank($1), $1) }
    return paths.prefix(Self.mostFiles).compactMap { path in
      guard let file = tree.file(path) else { return nil }
      var lines = file.bytes.split(separator: 0x0A, maxSplits: Self.mostLines, omittingEmptySubsequences: false)
        .prefix(Self.mostLines).map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
      if lines.last?.isEmpty == true { lines.removeLast() }
      return ExcerptView(file: path, lines: lines.enumerated().map { ExcerptLine($0 + 1, $1) })
    }
  }

  /// What the builds do again after a change.
  var layerLines: [Line] {
    let (views, _) = Inspector(knowledge: knowledge).layers(request, changed: [])
    return LayerReport(views, language: language).lines(style: TextStyle(color: false, ascii: false, columns: 78))
  }
}

extension LessonTask.Way {
  init(_ aim: Lesson.Aim) {
    switch aim {
    case .find: self = .tree
    case .cure: self = .edit
    case .look(.images): self = .images
    case .look(.layers): self = .layers
    case .look(.cause): self = .knowledge
    }
  }
}
