import Knowledge

/// What the judge says of a learner's files.
public struct Verdict: Hashable, Sendable {
  /// The causes that tasks want cured, and that the files still have.
  public let left: [String]
  /// Causes that are proven or likely now and were not at the start.
  public let new: [String]
  /// Files of the start that a solution needs, and that are gone.
  public let missing: [String]
  /// Files of the start that have lost most of what a solution needs.
  public let emptied: [String]
  /// What cannot be read any more, each as `FILE:LINE: message`.
  public let broken: [String]
  /// Whether the tempting edit was made.
  public let isMistaken: Bool

  /// What is said before anybody has looked: nothing is cured.
  public init(unjudged lesson: Lesson) {
    self.init(left: lesson.cures, new: [], missing: [], emptied: [], broken: [], isMistaken: false)
  }

  init(left: [String], new: [String], missing: [String], emptied: [String], broken: [String], isMistaken: Bool) {
    self.left = left
    self.new = new
    self.missing = missing
    self.emptied = emptied
    self.broken = broken
    self.isMistaken = isMistaken
  }

  /// Whether nothing but causes that are left stands against the files.
  private var isSound: Bool { new.isEmpty && missing.isEmpty && emptied.isEmpty && broken.isEmpty && !isMistaken }

  /// Whether each task is done, in their order.
  public func done(_ lesson: Lesson, _ seen: Seen) -> [Bool] {
    lesson.tasks.map { task in
      switch task.aim {
      // Who has cured it must have found it.
      case .find(let cause): seen.causes.contains(cause) || lesson.cures.contains(cause) && isCured(cause)
      case .look(let page): seen.pages.contains(page)
      case .cure(let cause): isCured(cause)
      }
    }
  }

  private func isCured(_ cause: String) -> Bool { isSound && !left.contains(cause) }
}

/// What a learner has found and opened in a lesson so far.
public struct Seen: Hashable, Sendable {
  public var causes: Set<String> = []
  public var pages: Set<Lesson.Page> = []

  public init(causes: Set<String> = [], pages: Set<Lesson.Page> = []) {
    self.causes = causes
    self.pages = pages
  }

  /// Everything that the tasks of a lesson ask to be seen.
  public init(all lesson: Lesson) {
    for task in lesson.tasks {
      switch task.aim {
      case .find(let cause): causes.insert(cause)
      case .look(let page): pages.insert(page)
      case .cure: break
      }
    }
  }
}
