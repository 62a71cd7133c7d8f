import Foundation
import Knowledge
import KnowledgeData
import TerminalUI
import Tutorial

@testable import Session

/// A person at the keyboard with the lessons before them: keys in, a screen out, as the session's loop does it.
struct Learner {
  var conversation: Conversation
  var state: SessionState
  /// Asked of the terminal itself.
  var asked: [Effect] = []

  /// Made once: in a test build that takes a while.
  static let knowledge = KnowledgeBase.builtIn
  static let lessons = Lesson.builtIn

  init(_ folder: TemporaryFolder, language: Knowledge.Language) {
    let classroom = Classroom(
      lessons: Self.lessons, folder: folder.path + "/tutorial", place: "~/.local/state/drydock/tutorial")
    conversation = Conversation(knowledge: Self.knowledge, classroom: classroom, language: language)
    let shown = TerminalUI.Language(rawValue: language.rawValue) ?? .english
    state = SessionState(model: conversation.view(), look: Look(size: Size(80, 24), language: shown), home: .lessons)
    state.markLesson()
  }

  var screen: String { state.canvas.text }
  var lesson: LessonView? { state.model.lesson }

  mutating func press(_ keys: String) {
    for key in Key.sequence(keys) { take(.key(key)) }
  }

  /// From the list, by the arrows.
  mutating func open(_ lesson: Lesson) {
    press("i<home>" + String(repeating: "<down>", count: max(0, Self.lessons.firstIndex { $0.id == lesson.id } ?? 0)))
    press("<enter>")
  }

  /// Saves files in the learner's editor.
  mutating func save(_ files: [Lesson.File]) throws {
    guard let folder = conversation.folder else { return }
    for file in files {
      let path = folder + "/" + file.path
      try? FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
      try file.content.write(toFile: path, atomically: true, encoding: .utf8)
      if file.isExecutable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path) }
    }
    for event in conversation.refresh() { take(event) }
  }

  mutating func remove(_ paths: [String]) {
    guard let folder = conversation.folder else { return }
    for path in paths { try? FileManager.default.removeItem(atPath: folder + "/" + path) }
  }

  private mutating func take(_ event: Event) {
    let (next, effects) = update(state, event)
    state = next
    for effect in effects {
      switch effect {
      case .openEditor, .copy, .suspend, .quit: asked.append(effect)
      default: for event in conversation.perform(effect) { take(event) }
      }
    }
  }
}
