import Fixes
import Inspection
import Knowledge
import KnowledgeData
import Session
import TerminalUI

/// What a session begins with, before anything of the project was read.
struct Opening: Sendable {
  let knowledge: KnowledgeBase
  let request: InspectionRequest
  let project: Project
  /// As the person gave it; nil for the current folder.
  let path: String?
  let symptom: String?
  let language: Knowledge.Language
  let hasLessons: Bool
  /// Shows each command of the container engine's before it runs, where the screen does not.
  var announce: @Sendable (String) -> Void = { _ in }

  /// What the screen shows meanwhile.
  var model: SessionModel { Conversation.opening(knowledge: knowledge, project: project, language: language) }

  func conversation(_ count: ReadCount? = nil) -> Conversation { conversation(request, project, count) }

  /// Reads the project; without one, in a folder that nobody named, the sample.
  func read(_ count: ReadCount) -> Result<Conversation, Refusal> {
    let conversation = conversation(count)
    guard conversation.isEmpty else { return .success(conversation) }
    guard path == nil else { return .failure(.nothingToInspect(in: path, conversation.problems)) }
    let (project, tree) = Self.sample(onDisk: true)
    return .success(self.conversation(InspectionRequest(tree: tree), project, nil))
  }

  private func conversation(_ request: InspectionRequest, _ project: Project, _ count: ReadCount?) -> Conversation {
    var conversation = Conversation(
      knowledge: knowledge, request: request, project: project, symptom: symptom, language: language, count: count)
    if hasLessons { conversation.classroom = Host.classroom(Lesson.builtIn) }
    conversation.probe = .engine(knowledge, announce: announce)
    return conversation
  }

  /// The built-in sample: a new copy in the state folder, so that fixes can be applied to it; else in memory.
  static func sample(onDisk: Bool) -> (project: Project, tree: any FileTree) {
    let files = KnowledgeBase.builtIn.sample
    guard onDisk, let folder = Host.stateFolder.map({ Path.join($0, "sample") }),
      let tree = try? ProjectCopy.write(files, to: folder)
    else {
      let tree = MemoryTree(Dictionary(files.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first }))
      return (Project(name: "sample", notice: Saying.sample(nil).localized), tree)
    }
    // The copy is new, so that what was applied to the last one cannot be taken back.
    Host.undoStore?.forget(root: tree.root)
    let project = Project(
      name: "sample", notice: Saying.sample(Host.short(tree.folder)).localized,
      writer: FixWriter(tree: tree, store: Host.undoStore))
    return (project, tree)
  }
}
