/// A lesson of the tutorial: a broken project, what to do with it, and what is learned from it.
public struct Lesson: Sendable {
  /// A file of a lesson's project.
  public struct File: Hashable, Sendable {
    /// Relative to the project's folder.
    public let path: String
    public let content: String
    public let isExecutable: Bool

    public init(_ path: String, _ content: String, isExecutable: Bool = false) {
      self.path = path
      self.content = content
      self.isExecutable = isExecutable
    }
  }

  /// What a task asks for. The diagnosis of the learner's files, or the pages that were opened, tell when it is done.
  public enum Aim: Hashable, Sendable {
    /// The learner has seen that this cause holds.
    case find(String)
    /// The learner's files have this cause no longer, and no new one.
    case cure(String)
    /// The learner has opened this page.
    case look(Page)
  }

  /// A page of the session that a task may send the learner to.
  public enum Page: Hashable, Sendable {
    /// The comparison of base images.
    case images
    /// What a build does again when a file changes.
    case layers
    /// What is known of a cause.
    case cause(String)
  }

  public struct Task: Sendable {
    public let aim: Aim
    public let text: LocalizedText

    public init(_ aim: Aim, _ text: LocalizedText) {
      self.aim = aim
      self.text = text
    }
  }

  /// A tempting edit that silences and does not cure: how to recognise it, and what to say to it.
  public struct Trap: Sendable {
    /// The names of the variables; the condition names them by their number.
    public let variables: [String]
    /// Holds over the facts of files with the edit.
    public let when: [Clause]
    public let answer: LocalizedText

    public init(variables: [String], when: [Clause], answer: LocalizedText) {
      self.variables = variables
      self.when = when
      self.answer = answer
    }
  }

  /// Counts from 1, in the order of learning.
  public let number: Int
  /// Unique; without the number.
  public let id: String
  public let title: LocalizedText
  /// What `start` has as its first diagnosis.
  public let cause: String
  /// What the person says who meets the project; its symptom is there.
  public let given: Given
  /// Prose: the idea that is taught, and the situation.
  public let goal: LocalizedText
  /// What the person sees in a terminal: commands after `$ `, and their output.
  public let clue: LocalizedText
  public let tasks: [Task]
  /// From a nudge to nearly the answer.
  public let hints: [LocalizedText]
  public let wrong: Trap
  /// Prose: what was learned.
  public let summary: LocalizedText
  /// Subjects of `drydock explain` for further reading.
  public let subjects: [String]
  /// The broken project, the mended one, and the one after the tempting edit.
  public let start: [File]
  public let solved: [File]
  public let mistaken: [File]

  public init(
    number: Int, id: String, title: LocalizedText, cause: String, given: Given, goal: LocalizedText,
    clue: LocalizedText, tasks: [Task], hints: [LocalizedText], wrong: Trap, summary: LocalizedText,
    subjects: [String], start: [File], solved: [File], mistaken: [File]
  ) {
    self.number = number
    self.id = id
    self.title = title
    self.cause = cause
    self.given = given
    self.goal = goal
    self.clue = clue
    self.tasks = tasks
    self.hints = hints
    self.wrong = wrong
    self.summary = summary
    self.subjects = subjects
    self.start = start
    self.solved = solved
    self.mistaken = mistaken
  }

  /// As its folder is named: `07-signals`.
  public var name: String { (number < 10 ? "0" : "") + "\(number)-\(id)" }
}
