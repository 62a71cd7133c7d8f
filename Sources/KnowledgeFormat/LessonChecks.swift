import Knowledge

/// The checks of lessons that need the whole knowledge base: numbers without a gap, and ids that exist.
struct LessonChecks {
  let base: KnowledgeBase
  let lessons: [Lesson]

  func problems() -> [Problem] {
    lessons.flatMap { lesson in
      names(lesson).map { Problem(file: "lessons/\(lesson.name)/lesson.yaml", line: 1, message: $0) }
    }
  }

  private func names(_ lesson: Lesson) -> [String] {
    var messages: [String] = []
    if lessons.contains(where: { $0.name != lesson.name && ($0.id == lesson.id || $0.number == lesson.number) }) {
      messages.append("another lesson has the same number or id")
    }
    messages += causes(lesson).filter { base.cause($0) == nil }.map { "there is no cause “\($0)”" }
    if let symptom = lesson.given.symptom {
      messages += base.symptom(symptom) == nil ? ["there is no symptom “\(symptom)”"] : reach(symptom, lesson)
    }
    for (question, answer) in lesson.given.answers.sorted(by: { $0.key < $1.key }) {
      guard let known = base.question(question) else {
        messages.append("there is no question “\(question)”")
        continue
      }
      if !known.answers.contains(where: { $0.id == answer }) {
        messages.append("“\(question)” has no answer “\(answer)”")
      }
    }
    return messages + lesson.subjects.filter { !isSubject($0) }.map { "drydock explain knows no “\($0)”" }
  }

  private func causes(_ lesson: Lesson) -> [String] {
    [lesson.cause]
      + lesson.tasks.compactMap { task in
        switch task.aim {
        case .find(let cause), .cure(let cause), .look(.cause(let cause)): cause
        case .look(.images), .look(.layers): nil
        }
      }
  }

  /// What is to be found must be in the tree that the learner walks.
  private func reach(_ symptom: String, _ lesson: Lesson) -> [String] {
    lesson.tasks.compactMap { task in
      guard case .find(let id) = task.aim, let cause = base.cause(id),
        !cause.symptoms.contains(where: { $0.id == symptom })
      else { return nil }
      return "“\(id)” is not a cause of the lesson's symptom “\(symptom)”, so its tree does not lead there"
    }
  }

  private func isSubject(_ name: String) -> Bool {
    base.cause(name) != nil || base.symptom(name) != nil || base.images.contains { $0.family == name }
      || base.programs.contains { $0.name == name || $0.aliases.contains(name) }
      || base.relations.contains { $0.name == name } || Int(name) != nil || name == "images"
  }
}
