/// What happens to the session.
public enum Event: Hashable, Sendable {
  case key(Key)
  /// Text pasted into the terminal, of any number of lines.
  case paste(String)
  /// The left button went down on a cell.
  case click(x: Int, y: Int)
  /// The wheel turned by so many steps: down is positive.
  case wheel(Int)
  case resize(Size)
  /// The engine knows something new.
  case model(SessionModel)
  case message(Message)
}

/// A line above the keys, until the next key.
public struct Message: Hashable, Sendable {
  public enum Tone: Hashable, Sendable { case good, bad, note }
  public var tone: Tone
  public var text: String

  public init(_ tone: Tone, _ text: String) {
    self.tone = tone
    self.text = text
  }
}

/// What the session asks the world to do. The answer comes back as an event: `model` or `message`.
public enum Effect: Hashable, Sendable {
  /// Look into a symptom: the next model has its investigation.
  case investigate(symptom: String)
  case answer(question: String, answer: String)
  /// Take back the last answer that the person gave.
  case takeBack
  case runProbe(question: String?)
  /// What a person pasted, with the exit code if they gave one.
  case inspectPasted(text: String, exitCode: Int?)
  /// Work out the fixes of a finding, and try them on a copy.
  case planFixes(finding: String)
  /// Try a fix on a copy and fill in its checks.
  case checkFix(finding: String, fix: String)
  case applyFix(finding: String, fix: String)
  case undo
  case openEditor(file: String, line: Int)
  case copy(String)
  case saveTranscript
  case savePatch(finding: String, fix: String)
  case loadKnowledge
  /// Read the layers of the builds: the next model has them.
  case loadLayers
  case startLesson(String)
  /// Back to the project from which the lessons were opened.
  case leaveLessons
  /// In a lesson: the person has this before their eyes.
  case saw(Sight)
  /// Put the lesson's files back to how they were.
  case resetLesson(String)
  /// All texts of the model in this language.
  case translate(Language)
  case suspend
  case quit
}
