import Inspection
import Knowledge

extension Lesson {
  /// The causes that tasks want found, and those that they want cured.
  public var finds: [String] { tasks.compactMap { if case .find(let cause) = $0.aim { cause } else { nil } } }
  public var cures: [String] { tasks.compactMap { if case .cure(let cause) = $0.aim { cause } else { nil } } }

  /// The files of one part as a project in memory.
  public static func tree(_ files: [File]) -> MemoryTree {
    var tree = MemoryTree()
    for file in files {
      tree[file.path] = MemoryTree.File(Array(file.content.utf8), mode: file.isExecutable ? 0o755 : 0o644)
    }
    return tree
  }

  /// What to inspect: files, and what the person says who meets them.
  ///
  /// - Parameter isSeen: whether the log and the exit code still speak of these files; after an edit they do not.
  public func request(_ tree: any FileTree, isSeen: Bool, knowledge: KnowledgeBase) -> InspectionRequest {
    var request = InspectionRequest(tree: tree)
    request.commands = given.commands
    request.answers = given.answers
    request.isPartial = given.isPartial
    guard isSeen else { return request }
    request.exitCode = given.exitCode
    if let log = given.log {
      var reader = LogReader(knowledge.observations)
      reader.read(Array(log.utf8))
      request.log = reader
    }
    return request
  }
}
