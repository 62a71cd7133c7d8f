import Session
import StyledText

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
