import CursesTerminal
import Inspection
import Knowledge
import Session
import StyledText
import TerminalUI

/// The session on a terminal: keys in, screens out, and between them what needs the terminal itself.
struct SessionLoop {
  private var conversation: Conversation
  private var state: SessionState
  private var watch: Watch
  private let terminal: Terminal
  /// How often files are looked at, in milliseconds.
  private let pace = 1000

  /// - Parameter home: the page that Esc ends at.
  init(_ conversation: Conversation, _ terminal: Terminal, ascii: Bool, home: Page.Kind = .picker) {
    self.conversation = conversation
    self.terminal = terminal
    watch = Watch(conversation)
    let language = TerminalUI.Language(rawValue: conversation.language.rawValue) ?? .english
    let look = Look(size: terminal.size, language: language, glyphs: terminal.isUnicode && !ascii ? .unicode : .ascii)
    state = SessionState(model: self.conversation.view(), look: look, home: home)
    if home == .lessons {
      state.markLesson()
      if let notice = self.conversation.takeNotice() { state = update(state, notice).state }
    }
    if conversation.symptom != nil { state.show([.investigation]) }
  }

  /// Opens a lesson, as if it had been chosen from the list.
  mutating func open(lesson: String) {
    state.show([.lesson])
    perform(.startLesson(lesson))
  }

  mutating func run() {
    while true {
      terminal.draw(state.canvas)
      switch terminal.wait(timeout: pace) {
      case .event(let event):
        if event == .key(.control("l")) { terminal.redraw() }
        let (next, effects) = update(state, event)
        state = next
        for effect in effects {
          if effect == .quit { return }
          perform(effect)
        }
      case .timeout: lookAtFiles()
      case .closed: return
      case .ready: break
      }
    }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .openEditor(let file, let line): edit(file, line)
    case .copy(let text):
      show([terminal.copy(text) ? conversation.message(.good, .copied) : conversation.message(.bad, .tooLongToCopy)])
    case .suspend:
      terminal.suspend()
      lookAtFiles()
    default:
      show(conversation.perform(effect))
      // What drydock itself has written is no news.
      switch effect {
      case .applyFix, .undo, .saveTranscript, .savePatch, .startLesson, .resetLesson, .leaveLessons:
        watch = Watch(conversation)
      default: break
      }
    }
  }

  private mutating func show(_ events: [Event]) {
    for event in events {
      let (next, effects) = update(state, event)
      state = next
      for effect in effects { perform(effect) }
    }
  }

  private mutating func lookAtFiles() {
    if watch.hasChanged(conversation) { show(conversation.refresh()) }
  }

  private mutating func edit(_ file: String, _ line: Int) {
    guard let folder = conversation.folder else { return show([conversation.message(.note, .noFolder)]) }
    let editor = Editor(Host.variable("VISUAL") ?? "", or: Host.variable("EDITOR") ?? "")
    let started = terminal.handOver { editor.open(Path.join(folder, file), line: line) }
    if !started { show([conversation.message(.bad, .noEditor(editor.command))]) }
    lookAtFiles()
  }
}
