import Knowledge

extension SwiftSource {
  /// The lessons in a file of their own: only the tutorial builds these values.
  static func file(_ lessons: [Lesson]) -> String {
    """
    // Generated from the folder knowledge/lessons/ when the package is built. Do not edit.
    import Knowledge

    extension Lesson {
      /// The lessons that are compiled into the program, in their order; made anew at each call.
      public static var builtIn: [Lesson] { [\(lessons.indices.map { "lesson\($0)()" }.joined(separator: ", "))] }
    }

    \(lessons.enumerated().map { "@_optimize(none) private func lesson\($0)() -> Lesson {\n  \(lesson($1))\n}\n" }.joined())
    """
  }

  private static func lesson(_ lesson: Lesson) -> String {
    """
    Lesson(
        number: \(lesson.number), id: \(quoted(lesson.id)), title: \(quoted(lesson.title)),
        cause: \(quoted(lesson.cause)),
        given: \(given(lesson.given)),
        goal: \(quoted(lesson.goal)),
        clue: \(quoted(lesson.clue)),
        tasks: \(list(lesson.tasks) { "Lesson.Task(\(aim($0.aim)), \(quoted($0.text)))" }),
        hints: \(list(lesson.hints, quoted)),
        wrong: \(trap(lesson.wrong)),
        summary: \(quoted(lesson.summary)),
        subjects: \(list(lesson.subjects, quoted)),
        start: \(list(lesson.start, file)),
        solved: \(list(lesson.solved, file)),
        mistaken: \(list(lesson.mistaken, file)))
    """
  }

  private static func given(_ given: Given) -> String {
    let answers = given.answers.sorted { $0.key < $1.key }.map { "\(quoted($0.key)): \(quoted($0.value))" }
    return "Given(symptom: \(optional(given.symptom, quoted)), log: \(optional(given.log, quoted)), "
      + "exitCode: \(optional(given.exitCode) { "\($0)" }), commands: \(list(given.commands, quoted)), "
      + "answers: [\(answers.isEmpty ? ":" : answers.joined(separator: ", "))], isPartial: \(given.isPartial))"
  }

  private static func aim(_ aim: Lesson.Aim) -> String {
    switch aim {
    case .find(let cause): "Lesson.Aim.find(\(quoted(cause)))"
    case .cure(let cause): "Lesson.Aim.cure(\(quoted(cause)))"
    case .look(.images): "Lesson.Aim.look(Lesson.Page.images)"
    case .look(.layers): "Lesson.Aim.look(Lesson.Page.layers)"
    case .look(.cause(let cause)): "Lesson.Aim.look(Lesson.Page.cause(\(quoted(cause))))"
    }
  }

  private static func trap(_ trap: Lesson.Trap) -> String {
    "Lesson.Trap(variables: \(list(trap.variables, quoted)), when: \(lines(trap.when)), answer: \(quoted(trap.answer)))"
  }

  private static func file(_ file: Lesson.File) -> String {
    "Lesson.File(\(quoted(file.path)), \(quoted(file.content)), isExecutable: \(file.isExecutable))"
  }
}
