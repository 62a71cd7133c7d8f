import Inspection
import Knowledge
import KnowledgeFormat
import KnowledgeProof
import Policy

/// Reads the settings of a project from its folder.
enum SettingsFile {
  /// nil where there are none.
  ///
  /// - Throws: `Refusal` with the first fault and its line.
  static func read(in folder: String) throws -> Settings? {
    guard let file = (try? DiskTree(folder: folder))?.file(Settings.fileName) else { return nil }
    do throws(Settings.Fault) {
      return try Settings(file)
    } catch {
      throw Refusal.usage("\(Path.join(folder, Settings.fileName)):\(error.line): \(error.message)")
    }
  }

  /// The knowledge with the project's own causes.
  static func knowledge(_ base: KnowledgeBase, of settings: Settings?, in folder: String) throws -> KnowledgeBase {
    var base = base
    for name in settings?.folders ?? [] {
      let path = Path.join(folder, name)
      let sources: KnowledgeFolder
      do throws(FileProblem) {
        // A file of the project may not lead out of it.
        _ = try DiskTree(folder: folder).entry(at: name)
        sources = KnowledgeFolder(try DiskTree(folder: path))
      } catch {
        throw Refusal.input("\(path): \(error.message)")
      }
      let result = KnowledgeReader.read(try sources.sources(), addingTo: base)
      if let problem = result.problems.first { throw Refusal.input(problem.description) }
      base = result.base
    }
    return base
  }
}
