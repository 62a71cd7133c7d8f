import Knowledge

/// Reads `lessons/NN-id/lesson.yaml` and takes the files beside it.
struct LessonReader {
  let relations: [Relation]

  /// - Parameter files: all files of the lesson's folder, by their path in it.
  func read(_ document: Document, folder: String, files: [(path: String, file: KnowledgeReader.File)]) -> Lesson {
    let fields = document.fields(
      required: [
        "title", "cause", "given", "goal", "clue", "tasks", "hints", "wrong", "summary", "explain", "chapters",
      ])
    let digits = folder.prefix { $0.isASCII && $0.isNumber }
    let id = String(folder.dropFirst(digits.count + 1))
    if digits.count != 2 || folder.dropFirst(2).first != "-" || !id.isPlainID {
      document.problem(
        "the folder of a lesson is named like 07-signals: two digits, a hyphen, and its id of letters, digits, hyphens")
    }
    let lesson = Lesson(
      number: Int(digits) ?? 0, id: id, title: title(fields["title"]), cause: fields["cause"]?.text ?? "",
      given: fields["given"].map { Given($0) } ?? Given(), goal: verbatim(fields["goal"]), clue: clue(fields["clue"]),
      tasks: fields["tasks"]?.items.compactMap(task) ?? [],
      hints: fields["hints"]?.items.map { sameCode($0) } ?? [],
      wrong: trap(fields["wrong"]), summary: verbatim(fields["summary"]),
      subjects: fields["explain"]?.items.map(\.text) ?? [],
      start: part("start", files), solved: part("solved", files), mistaken: part("wrong", files))
    check(lesson, fields, document, files.map(\.path))
    return lesson
  }

  private func part(_ name: String, _ files: [(path: String, file: KnowledgeReader.File)]) -> [Lesson.File] {
    files.filter { $0.path.hasPrefix(name + "/") }.map {
      Lesson.File(String($0.path.dropFirst(name.count + 1)), $0.file.text, isExecutable: $0.file.isExecutable)
    }
  }

  private func check(_ lesson: Lesson, _ fields: [String: Document], _ document: Document, _ paths: [String]) {
    let parts = ["start", "solved", "wrong"]
    for name in parts where !paths.contains(where: { $0.hasPrefix(name + "/") }) {
      document.problem("the folder “\(name)/” is missing")
    }
    for path in paths where path != "lesson.yaml" && !parts.contains(where: { path.hasPrefix($0 + "/") }) {
      document.problem("“\(path)” belongs to no part of a lesson: lesson.yaml, start/, solved/, wrong/")
    }
    if lesson.given.symptom == nil { fields["given"]?.problem("the symptom is missing") }
    if lesson.tasks.isEmpty { fields["tasks"]?.problem("a lesson has tasks") }
    if lesson.hints.count < 2 { fields["hints"]?.problem("a ladder of hints has two steps or more") }
    if lesson.wrong.when.isEmpty { fields["wrong"]?.problem("“when” recognises the tempting edit: it has lines") }
    for (index, task) in lesson.tasks.enumerated() {
      if lesson.tasks[..<index].contains(where: { $0.aim == task.aim }) {
        fields["tasks"]?.problem("two tasks ask for the same")
      }
    }
  }

  // MARK: Texts

  /// A text in both languages, as it is written: a dollar sign in it is one.
  private func verbatim(_ document: Document?) -> LocalizedText {
    guard let document else { return LocalizedText(en: "", zh: "") }
    let fields = document.fields(required: Language.allCases.map(\.rawValue))
    for field in fields.values where field.scalar?.trimmed.isEmpty ?? true { field.problem("the text is empty") }
    func text(_ language: Language) -> String { fields[language.rawValue]?.text.withoutBlankEnds ?? "" }
    return LocalizedText(en: text(.en), zh: text(.zh))
  }

  private func title(_ document: Document?) -> LocalizedText {
    let text = verbatim(document)
    if text.en.contains("\n") || text.zh.contains("\n") { document?.problem("a title is one line") }
    return text
  }

  /// A short text whose words of code are the same in both languages.
  private func sameCode(_ document: Document) -> LocalizedText {
    let text = verbatim(document)
    let (en, zh) = (text.en.codeSpans, text.zh.codeSpans)
    if en != zh {
      let missing = en.symmetricDifference(zh).sorted().map { "`\($0)`" }.joined(separator: ", ")
      document.problem("the languages differ in their code: \(missing)")
    }
    return text
  }

  /// What stands in a terminal: the same commands in both languages.
  private func clue(_ document: Document?) -> LocalizedText {
    let text = verbatim(document)
    if text.en.commands != text.zh.commands { document?.problem("the languages differ in their commands") }
    if text.en.commands.isEmpty { document?.problem("a clue shows at least one command, after “$ ”") }
    return text
  }

  // MARK: Tasks

  private func task(_ document: Document) -> Lesson.Task? {
    let fields = document.fields(required: ["text"], optional: ["find", "cure", "look"])
    let text = fields["text"].map(sameCode) ?? LocalizedText(en: "", zh: "")
    let aims: [Lesson.Aim] = [
      fields["find"].map { .find($0.text) }, fields["cure"].map { .cure($0.text) },
      fields["look"].flatMap(page).map(Lesson.Aim.look),
    ].compactMap { $0 }
    guard let aim = aims.first, aims.count == 1 else {
      document.problem("a task has one of: find, cure, look")
      return nil
    }
    return Lesson.Task(aim, text)
  }

  private func page(_ document: Document) -> Lesson.Page? {
    switch document.text {
    case "images": return .images
    case "layers": return .layers
    case let text where text.hasPrefix("knowledge/"): return .cause(String(text.dropFirst("knowledge/".count)))
    default:
      document.problem("“\(document.text)” is none of: images, layers, knowledge/CAUSE")
      return nil
    }
  }

  private func trap(_ document: Document?) -> Lesson.Trap {
    let fields = document?.fields(required: ["when", "answer"]) ?? [:]
    let conditions = ConditionReader(relations: relations)
    let when = conditions.lines(fields["when"])
    return Lesson.Trap(variables: conditions.variables, when: when, answer: verbatim(fields["answer"]))
  }
}

extension String {
  fileprivate var isPlainID: Bool {
    !isEmpty && utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  /// Without blank lines at its ends; spaces at the start of the first line stay, they may be part of a picture.
  fileprivate var withoutBlankEnds: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
    while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  fileprivate var codeSpans: Set<String> {
    let parts = split(separator: "`", omittingEmptySubsequences: false)
    return Set(parts.indices.filter { $0 % 2 == 1 && $0 + 1 < parts.count }.map { String(parts[$0]) })
  }

  fileprivate var commands: [Substring] {
    split(separator: "\n").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("$ ") }
  }
}
