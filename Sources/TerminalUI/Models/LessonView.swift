import StyledText

/// A lesson of the tutorial: a broken project, what to do, and how far the person is.
public struct LessonView: Hashable, Sendable {
  public var id: String
  /// Counts from 1.
  public var number: Int
  public var title: String
  /// The symptom that the person meets.
  public var symptom: String
  /// Prose, as in `ArticleView.text`.
  public var goal: String
  /// What the person sees in a terminal, line by line.
  public var clue: String
  public var tasks: [LessonTask]
  /// Prose: what was learned; shown when all tasks are done.
  public var summary = ""
  /// What to say to an edit that only silences; nil when none was made.
  public var reply: String?
  /// What else stands against the files as they are now, one line each.
  public var faults: [String] = []
  /// Shown one by one.
  public var tips: [String]
  /// What solves it.
  public var solution: [DiffView]
  /// The folder that the person's copy lies in, as people write it; nil when there is none.
  public var folder: String?
  /// The files of the copy as they are now.
  public var files: [ExcerptView]
  /// What is found in them now, the best first; empty while it is the person's task to find it.
  public var findings: [FindingView]
  /// How many findings are not told yet.
  public var untold = 0

  public init(
    id: String, number: Int, title: String, symptom: String, goal: String, clue: String, tasks: [LessonTask],
    tips: [String], solution: [DiffView], files: [ExcerptView], findings: [FindingView]
  ) {
    self.id = id
    self.number = number
    self.title = title
    self.symptom = symptom
    self.goal = goal
    self.clue = clue
    self.tasks = tasks
    self.tips = tips
    self.solution = solution
    self.files = files
    self.findings = findings
  }

  /// What the judge says of the files.
  struct Judgement: Hashable {
    let isSolved: Bool
    let reply: String?
    let faults: [String]
  }

  var judgement: Judgement { Judgement(isSolved: isSolved, reply: reply, faults: faults) }

  public var isSolved: Bool { tasks.allSatisfy(\.isDone) }

  /// Where an editor should open: at the first finding that is told, else the first file.
  var place: (file: String, line: Int)? {
    findings.lazy.compactMap(\.place).first ?? files.first.map { ($0.file, 1) }
  }
}

public struct LessonTask: Hashable, Sendable {
  /// How a person gets there.
  public enum Way: Hashable, Sendable { case tree, edit, images, layers, knowledge }

  public var text: String
  public var isDone: Bool
  public var way: Way

  public init(_ text: String, isDone: Bool, way: Way = .edit) {
    self.text = text
    self.isDone = isDone
    self.way = way
  }
}

/// A line of the list of lessons.
public struct LessonItem: Hashable, Sendable {
  public var id: String
  public var title: String
  public var isSolved: Bool
  /// Whether something of it is done.
  public var isBegun: Bool

  public init(id: String, title: String, isSolved: Bool, isBegun: Bool = false) {
    self.id = id
    self.title = title
    self.isSolved = isSolved
    self.isBegun = isBegun
  }
}

/// What a person has before their eyes, as far as a lesson asks for it.
public enum Sight: Hashable, Sendable {
  /// A finding, by its cause.
  case finding(String)
  case images, layers
  case article(String)
}
