import Knowledge
import StyledText
import TerminalUI
import Tutorial

/// A lesson as a dialogue of lines: its text, its tasks, and the questions of the tree.
public struct LessonDialogue: Sendable {
  private var dialogue: PlainDialogue
  private let style: TextStyle
  private var tips = 0
  /// Whether lines are answers to questions.
  private var isAsking = false

  /// - Parameter conversation: with a lesson open.
  public init(_ conversation: Conversation, style: TextStyle) {
    dialogue = PlainDialogue(conversation, style: style)
    self.style = style
  }

  public var isOver: Bool { dialogue.isOver }

  private var language: Knowledge.Language { dialogue.conversation.language }
  private var text: LessonText { LessonText(style: style, language: language) }

  public mutating func opening() -> String {
    guard let lesson = dialogue.model.lesson else { return "" }
    return text.opening(lesson) + help
  }

  private var help: String { Saying.lessonHelp.text(language) + "\n" }

  public mutating func reply(to line: String) -> String {
    guard let lesson = dialogue.model.lesson else { return "" }
    let words = line.split(separator: " ").map(String.init)
    switch words.first {
    case nil, "c":
      isAsking = false
      return dialogue.refresh() + state
    case "t":
      defer { tips += 1 }
      return text.tip(lesson, tips)
    case "d":
      isAsking = true
      return follow { $0.investigate(lesson.symptom) }
    case "S": return text.solution(lesson)
    case "R":
      tips = 0
      return dialogue.perform(.resetLesson(lesson.id)) + state
    case "n", "N": return move(words.first == "n" ? 1 : -1)
    case "images":
      return text.table(dialogue.images) + dialogue.perform(.saw(.images))
    case "layers":
      let loaded = dialogue.perform(.loadLayers)
      return loaded + dialogue.model.layers.map { $0.text + "\n" }.joined() + dialogue.perform(.saw(.layers))
    case "x": return explain(words.dropFirst().first)
    case "?": return help
    case "q": return dialogue.reply(to: "q")
    default: return isAsking ? follow { $0.reply(to: line) } : help
    }
  }

  private var state: String { dialogue.model.lesson.map(text.state) ?? "" }

  /// Says what the tree says, and the tasks when one was done by it.
  private mutating func follow(_ body: (inout PlainDialogue) -> String) -> String {
    let before = dialogue.model.lesson?.tasks
    let said = body(&dialogue) + dialogue.notice()
    return dialogue.model.lesson?.tasks == before ? said : said + state
  }

  private mutating func move(_ step: Int) -> String {
    let lessons = dialogue.model.lessons
    guard let index = lessons.firstIndex(where: { $0.id == dialogue.model.lesson?.id }), !lessons.isEmpty else {
      return help
    }
    tips = 0
    isAsking = false
    let said = dialogue.perform(.startLesson(lessons[(index + step + lessons.count) % lessons.count].id))
    return said + opening()
  }

  private mutating func explain(_ name: String?) -> String {
    let said = dialogue.perform(.loadKnowledge)
    guard let name, let article = dialogue.model.articles.first(where: { $0.id == name }) else {
      return said
        + (dialogue.conversation.lesson?.subjects ?? []).map { "  x \($0)\n" }.joined()
    }
    return text.article(article) + dialogue.perform(.saw(.article(name)))
  }
}

extension PlainDialogue {
  /// Looks into a symptom from its first question.
  mutating func investigate(_ symptom: String) -> String { perform(.investigate(symptom: symptom)) + go() }

  /// Tells the lesson which findings were just printed.
  mutating func notice() -> String {
    guard model.investigation?.question == nil else { return "" }
    return (model.investigation?.findings ?? []).map { perform(.saw(.finding($0.cause))) }.joined()
  }

  var images: [[String]] { ImageTable(conversation.knowledge.images, language: conversation.language).rows }
}
