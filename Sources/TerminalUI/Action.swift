/// What a key does. `KeyMap` says which key on which page.
public enum Action: Hashable, Sendable {
  case up, down, pageUp, pageDown, first, last
  case choose, back, next, previous
  /// Counts from 1.
  case answer(Int)
  case search, paste, findings, tree, why, explain
  case runProbe, apply, undo, editor, copy, saveTranscript, savePatch
  case language, help, suspend, quit
  case submit, nextField, clear
  case tip, solution, reset, lessons, images, layers
}
