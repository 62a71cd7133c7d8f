import StyledText

/// A lesson of the tutorial: a broken project, what to do, and how far the person is.
public struct LessonView: Hashable, Sendable {
  public var id: String
  /// Counts from 1.
  public var number: Int
  public var title: String
  /// Prose, as in `ArticleView.text`.
  public var goal: String
  public var clue: String
  public var tasks: [LessonTask]
  /// Shown one by one.
  public var tips: [String]
  /// What solves it.
  public var solution: [DiffView]
  /// The files to look at, as they are on disk now.
  public var files: [ExcerptView]
  /// What is found in them now, the best first.
  public var findings: [FindingView]

  public init(
    id: String, number: Int, title: String, goal: String, clue: String, tasks: [LessonTask], tips: [String],
    solution: [DiffView], files: [ExcerptView], findings: [FindingView]
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.goal = goal
    self.clue = clue
    self.tasks = tasks
    self.tips = tips
    self.solution = solution
    self.files = files
    self.findings = findings
  }

  public var isSolved: Bool { tasks.allSatisfy(\.isDone) }

  /// Where an editor should open: the first mark in the files.
  var place: (file: String, line: Int)? {
    for file in files {
      if let line = file.lines.first(where: { !$0.marks.isEmpty }) { return (file.file, line.number) }
    }
    return files.first.map { ($0.file, 1) }
  }
}

public struct LessonTask: Hashable, Sendable {
  public var text: String
  public var isDone: Bool

  public init(_ text: String, isDone: Bool) {
    self.text = text
    self.isDone = isDone
  }
}

/// A line of the list of lessons.
public struct LessonItem: Hashable, Sendable {
  public var id: String
  public var title: String
  public var isSolved: Bool

  public init(id: String, title: String, isSolved: Bool) {
    self.id = id
    self.title = title
    self.isSolved = isSolved
  }
}
