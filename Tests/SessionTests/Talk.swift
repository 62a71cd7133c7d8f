import Foundation
import Inspection
import Knowledge
import KnowledgeData
import TerminalUI

@testable import Fixes
@testable import Session

/// A conversation about a small project, for one test.
struct Talk {
  var conversation: Conversation
  /// What was told last.
  var message: Message?
  var model: SessionModel

  init(_ conversation: Conversation) {
    self.conversation = conversation
    model = self.conversation.view()
  }

  /// About files in memory, which cannot be written.
  init(
    _ files: [String: String], symptom: String? = nil, language: Knowledge.Language = .en,
    _ change: (inout InspectionRequest) -> Void = { _ in }
  ) {
    var request = InspectionRequest(tree: MemoryTree(files))
    change(&request)
    self.init(
      Conversation(
        knowledge: .builtIn, request: request, project: Project(name: "test"), symptom: symptom, language: language))
  }

  /// About files on disk.
  init(_ folder: TemporaryFolder, language: Knowledge.Language = .en) throws {
    let tree = try DiskTree(folder: folder.path + "/project")
    let project = Project(
      name: "test", writer: FixWriter(tree: tree, store: UndoStore(folder: folder.path + "/undo")),
      outputs: folder.path + "/out")
    self.init(
      Conversation(knowledge: .builtIn, request: InspectionRequest(tree: tree), project: project, language: language))
  }

  mutating func perform(_ effect: Effect) { take(conversation.perform(effect)) }

  mutating func take(_ events: [Event]) {
    message = nil
    for event in events {
      switch event {
      case .model(let model): self.model = model
      case .message(let message): self.message = message
      default: break
      }
    }
  }

  static var sample: [String: String] {
    Dictionary(KnowledgeBase.builtIn.sample.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first })
  }
}

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init(_ files: [String: String] = [:]) {
    path = NSTemporaryDirectory() + "/drydock-\(UUID().uuidString)"
    for folder in ["project", "out"] {
      try? FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    }
    for (name, text) in files { self["project/" + name] = text }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String? {
    get { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }
    set {
      let file = path + "/" + name
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try? newValue?.write(toFile: file, atomically: true, encoding: .utf8)
    }
  }

  func names(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()) ?? []
  }
}

/// A watch that expectations can ask: `#expect` takes no mutating calls.
final class Watcher {
  private var watch: Watch

  init(_ talk: Talk) { watch = Watch(talk.conversation) }

  func sees(_ talk: Talk) -> Bool { watch.hasChanged(talk.conversation) }
}
