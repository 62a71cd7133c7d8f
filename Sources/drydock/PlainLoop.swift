import Session
import StyledText
import TerminalUI

/// The session line by line, for terminals that cannot be drawn on, for screen readers, and for scripts.
enum PlainLoop {
  static func run(_ conversation: Conversation, _ style: TextStyle) {
    var dialogue = PlainDialogue(conversation, style: style)
    guard Host.write(dialogue.opening()) else { return }
    while let line = readLine() {
      let reply = dialogue.reply(to: line)
      guard Host.write(reply), !dialogue.isOver else { return }
    }
  }
}

extension PlainLoop {
  /// A lesson line by line.
  static func run(_ conversation: Conversation, lesson: String, _ style: TextStyle) {
    var conversation = conversation
    for case .message(let message) in conversation.perform(.startLesson(lesson)) { Host.write(message.text + "\n") }
    var dialogue = LessonDialogue(conversation, style: style)
    guard Host.write(dialogue.opening()) else { return }
    while let line = readLine() {
      let reply = dialogue.reply(to: line)
      guard Host.write(reply), !dialogue.isOver else { return }
    }
  }
}
