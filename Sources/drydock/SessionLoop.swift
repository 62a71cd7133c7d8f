import CursesTerminal
import Inspection
import Knowledge
import Session
import StyledText
import TerminalUI

/// The session on a terminal: keys in, screens out, and between them what needs the terminal itself.
///
/// The conversation works on a thread of its own, so that a key is answered at once, however large the project is. Keys that
/// depend on what is still worked out wait for it; moving about, resizing and quitting do not.
struct SessionLoop {
  /// nil until the project was read for the first time.
  private var conversation: Conversation?
  private var state: SessionState
  private var watch: Watch?
  private let terminal: Terminal
  private var job: Job?
  /// What is to be done after the job, in order.
  private var queue: [Effect] = []
  /// What the jobs before the last one have shown: the last one mostly has something newer.
  private var passed: Event?
  /// Events that wait until all is done.
  private var held: [Event] = []
  /// How often files are looked at, in milliseconds.
  private let pace = 1000
  /// How long a key may wait for its answer before the screen says that something is going on, in milliseconds.
  private let patience: Int32 = 6

  /// Something that is worked out.
  private struct Job {
    let work: Background<Result<Answer, Refusal>>
    /// What it was started for; nil for reading the project.
    let effect: Effect?
    let activity: Saying
    let count: ReadCount?

    /// Whether the keys go on meanwhile: what is on the screen stays true.
    var isQuiet: Bool {
      switch effect {
      case nil, .planFixes: true
      default: false
      }
    }
  }

  private struct Answer: Sendable {
    let conversation: Conversation
    let events: [Event]
  }

  /// A session about a project that is read meanwhile.
  init(_ opening: Opening, _ terminal: Terminal, ascii: Bool) {
    self.terminal = terminal
    state = SessionState(
      model: opening.model, look: Self.look(opening.language, terminal, ascii: ascii))
    let count = ReadCount()
    let work = Background {
      opening.read(count).map { conversation in
        var conversation = conversation
        conversation.plansFixesWhenSeen = true
        let model = conversation.view()
        return Answer(conversation: conversation, events: [.model(model)])
      }
    }
    job = Job(work: work, effect: nil, activity: .looksAtFiles(0), count: count)
    // A small project is there at once: its first screen need not change.
    if work.isDone(within: 15), case .success? = work.take() { _ = finish() }
  }

  /// A session that begins with the lessons.
  init(lessons conversation: Conversation, _ terminal: Terminal, ascii: Bool) {
    self.terminal = terminal
    var conversation = conversation
    let look = Self.look(conversation.language, terminal, ascii: ascii)
    state = SessionState(model: conversation.view(), look: look, home: .lessons)
    state.markLesson()
    if let notice = conversation.takeNotice() { state = update(state, notice).state }
    watch = Watch(conversation)
    self.conversation = conversation
  }

  private static func look(_ language: Knowledge.Language, _ terminal: Terminal, ascii: Bool) -> Look {
    Look(
      size: terminal.size, language: TerminalUI.Language(rawValue: language.rawValue) ?? .english,
      glyphs: terminal.isUnicode && !ascii ? .unicode : .ascii)
  }

  /// Opens a lesson, as if it had been chosen from the list.
  mutating func open(lesson: String) {
    state.show([.lesson])
    perform(.startLesson(lesson))
  }

  /// Runs until the person leaves; what it returns is why there was nothing to talk about.
  mutating func run() -> Refusal? {
    while true {
      if job == nil, !held.isEmpty {
        if !handle(held.removeFirst()) { return leave() }
        continue
      }
      terminal.draw(state.canvas)
      let pace = job == nil ? pace : 100
      switch terminal.wait(for: job.map { [$0.work.descriptor] } ?? [], timeout: pace) {
      case .event(let event): if !take(event) { return leave() }
      case .ready: if let refusal = finish() { return refusal }
      case .timeout: if job == nil { lookAtFiles() } else { showActivity() }
      case .closed: return leave()
      }
    }
  }

  // MARK: Events

  /// Handles an event now, or keeps it for later; false when it ends the session.
  private mutating func take(_ event: Event) -> Bool {
    guard isEarly(event) else { return handle(event) }
    if state.ends(event) { return false }
    held.append(event)
    return true
  }

  private func isEarly(_ event: Event) -> Bool {
    guard let job else { return false }
    switch event {
    case .key, .paste, .click: return !job.isQuiet || !queue.isEmpty || !held.isEmpty || state.waitsForFixes(event)
    default: return false
    }
  }

  private mutating func handle(_ event: Event) -> Bool {
    if event == .key(.control("l")) { terminal.redraw() }
    let (next, effects) = update(state, event)
    state = next
    for effect in effects {
      if effect == .quit { return false }
      perform(effect)
    }
    return true
  }

  /// What is being written is written to its end.
  private func leave() -> Refusal? {
    switch job?.effect {
    case .applyFix, .undo, .saveTranscript, .savePatch, .startLesson, .resetLesson: _ = job?.work.isDone(within: nil)
    default: break
    }
    return nil
  }

  // MARK: Effects

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .openEditor(let file, let line): edit(file, line)
    case .copy(let text): show([terminal.copy(text) ? say(.good, .copied) : say(.bad, .tooLongToCopy)])
    case .suspend:
      terminal.suspend()
      lookAtFiles()
    default:
      if effect == job?.effect || queue.contains(effect) { return }
      queue.append(effect)
      startNext()
    }
  }

  private mutating func startNext() {
    guard job == nil, let conversation, !queue.isEmpty else { return }
    let effect = queue.removeFirst()
    if case .runProbe = effect { state.model.investigation?.question?.probe = .running }
    start(effect, effect.activity, conversation) { $0.perform(effect) }
  }

  private mutating func start(
    _ effect: Effect?, _ activity: Saying, _ conversation: Conversation,
    _ body: @escaping @Sendable (inout Conversation) -> [Event]
  ) {
    let work = Background<Result<Answer, Refusal>> {
      var conversation = conversation
      let events = body(&conversation)
      return .success(Answer(conversation: conversation, events: events))
    }
    job = Job(work: work, effect: effect, activity: activity, count: nil)
    if work.isDone(within: patience) { _ = finish() }
  }

  /// Takes what the job has worked out.
  private mutating func finish() -> Refusal? {
    guard let done = job, let result = done.work.take() else { return nil }
    job = nil
    done.work.close()
    state.activity = nil
    switch result {
    case .failure(let refusal): return refusal
    case .success(let answer):
      let isFirst = conversation == nil
      conversation = answer.conversation
      // What drydock itself has written is no news.
      switch done.effect {
      case nil: if isFirst { watch = Watch(answer.conversation) }
      case .applyFix, .undo, .saveTranscript, .savePatch, .startLesson, .resetLesson, .leaveLessons:
        watch = Watch(answer.conversation)
      default: break
      }
      let models = answer.events.filter(\.isModel)
      passed = models.last ?? passed
      if queue.isEmpty {
        let older = models.isEmpty ? passed : nil
        passed = nil
        show([older].compactMap(\.self) + answer.events)
      } else {
        show(answer.events.filter { !$0.isModel })
      }
      if isFirst, queue.isEmpty, job == nil, answer.conversation.symptom != nil, state.isAtHome {
        state.show([.investigation])
        show([.model(state.model)])
      }
      startNext()
      return nil
    }
  }

  private mutating func show(_ events: [Event]) {
    for event in events {
      let (next, effects) = update(state, event)
      state = next
      for effect in effects { perform(effect) }
    }
  }

  private mutating func showActivity() {
    guard let job else { return }
    let activity = job.count.map { $0.isComplete ? Saying.weighsCauses : .looksAtFiles($0.value) } ?? job.activity
    state.activity = command(of: job) ?? activity.text(language)
  }

  /// What the container engine is asked now.
  private func command(of job: Job) -> String? {
    guard case .runProbe = job.effect, let line = conversation?.probe?.running.line, !line.isEmpty else { return nil }
    return "$ " + line
  }

  private var language: Knowledge.Language { Knowledge.Language(rawValue: state.look.language.rawValue) ?? .en }

  private func say(_ tone: Message.Tone, _ saying: Saying) -> Event { .message(Message(tone, saying.text(language))) }

  // MARK: Files

  private mutating func lookAtFiles() {
    guard job == nil, let conversation, watch?.hasChanged(conversation) == true else { return }
    start(nil, .looksAtFiles(0), conversation) { $0.refresh() }
  }

  private mutating func edit(_ file: String, _ line: Int) {
    guard let folder = conversation?.folder else { return show([say(.note, .noFolder)]) }
    let editor = Editor(Host.variable("VISUAL") ?? "", or: Host.variable("EDITOR") ?? "")
    let started = terminal.handOver { editor.open(Path.join(folder, file), line: line) }
    if !started { show([say(.bad, .noEditor(editor.command))]) }
    lookAtFiles()
  }
}

extension Event {
  fileprivate var isModel: Bool { if case .model = self { true } else { false } }
}

extension Effect {
  /// What the screen says while it takes long.
  fileprivate var activity: Saying {
    switch self {
    case .planFixes: .tryingFixes
    default: .busy
    }
  }
}
