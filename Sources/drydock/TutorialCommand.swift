import ArgumentParser
import CursesTerminal
import Inspection
import Knowledge
import Session
import StyledText
import TerminalUI
import Tutorial

struct TutorialCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tutorial",
    abstract: "Teaches how to find out why containers fail, on small broken projects.",
    discussion: """
      Each lesson has a copy of its own, which you mend with your editor or by applying a fix; every save is judged at \
      once. Progress and copies lie in $XDG_STATE_HOME/drydock/tutorial.
      """)

  @Argument(help: "The number or the id of a lesson; without it, the list.")
  var lesson: String?

  @Flag(help: "Print the list of lessons.")
  var list = false

  @Flag(help: "Judge the copy of the lesson, print each task, and exit with 0 when all are done, else 1.")
  var check = false

  @Flag(help: "Put the files of the lesson back, and forget what was done in it.")
  var reset = false

  @Flag(help: "Ask line by line, without drawing on the screen.")
  var plain = false

  @Option(help: "en or zh; by default the language of the locale.")
  var language: Knowledge.Language?

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the screens.")
  var ascii = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var noMouse = false

  @OptionGroup var source: KnowledgeSource

  func validate() throws {
    if list, check || reset || lesson != nil { throw ValidationError("--list goes alone") }
    if check || reset, lesson == nil { throw ValidationError("which lesson? drydock tutorial --list shows them") }
    if check, reset { throw ValidationError("one of --check and --reset") }
  }

  func run() throws {
    try Command.run {
      let (knowledge, lessons) = try source.loadAll()
      guard !lessons.isEmpty else { throw Refusal.nothing("there are no lessons") }
      let chosen = try lesson.map { try Self.find($0, lessons) }
      let classroom = Host.classroom(lessons)
      var conversation = Conversation(knowledge: knowledge, classroom: classroom, language: spoken)
      guard !list else {
        if case .message(let notice) = conversation.takeNotice() { Host.complain(notice.text) }
        Host.write(LessonText(style: style, language: spoken).list(lessons, classroom.progress))
        return
      }
      guard check || reset else { return talk(conversation, chosen) }
      let done = conversation.perform(.startLesson(chosen?.id ?? ""))
      if reset { return try report(conversation.perform(.resetLesson(chosen?.id ?? ""))) }
      try report(done.filter { if case .message(let message) = $0 { message.tone == .bad } else { false } })
      guard let view = conversation.view().lesson else { return }
      Host.write(LessonText(style: style, language: spoken).state(view))
      if !view.isSolved { throw ExitCode(1) }
    }
  }

  private var spoken: Knowledge.Language { language ?? Knowledge.Language(locale: Host.locale) }
  private var style: TextStyle { TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns) }

  private static func find(_ name: String, _ lessons: [Lesson]) throws -> Lesson {
    if let found = lessons.first(where: { $0.id == name || $0.name == name || $0.number == Int(name) }) { return found }
    throw Refusal.usage("there is no lesson “\(name)”; drydock tutorial --list shows them")
  }

  /// Prints the messages; a bad one is a failure.
  private func report(_ events: [Event]) throws {
    for case .message(let message) in events {
      if message.tone == .bad { throw Refusal.output(message.text) }
      Host.write(message.text + "\n")
    }
  }

  // MARK: The dialogue

  private func talk(_ conversation: Conversation, _ chosen: Lesson?) {
    guard !plain, Host.isTerminal else { return plainly(conversation, chosen) }
    do throws(TerminalError) {
      let terminal = try Terminal(colours: color.isOn, mouse: !noMouse)
      var loop = SessionLoop(lessons: conversation, terminal, ascii: ascii)
      if let chosen { loop.open(lesson: chosen.id) }
      _ = loop.run()
      terminal.close()
    } catch {
      plainly(conversation, chosen)
    }
  }

  /// Without a lesson the list is all there is to say.
  private func plainly(_ conversation: Conversation, _ chosen: Lesson?) {
    guard let chosen else {
      let classroom = conversation.classroom
      let text = LessonText(style: style, language: spoken).list(
        classroom?.lessons ?? [], classroom?.progress ?? Progress())
      Host.write(text)
      return
    }
    PlainLoop.run(conversation, lesson: chosen.id, style)
  }
}

extension Host {
  /// The lessons with the progress and the copies of this person.
  static func classroom(_ lessons: [Lesson]) -> Classroom {
    let folder = stateFolder.map { Path.join($0, "tutorial") }
    return Classroom(lessons: lessons, folder: folder, place: folder.map(short))
  }
}
