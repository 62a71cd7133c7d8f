import ArgumentParser
import Fixes
import Inspection
import Knowledge

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Takes the last fix that was written back.",
    discussion: "A file that was changed since stays as it is, and nothing is taken back.")

  @Argument(help: "The project's folder; by default the current one.")
  var path = "."

  @Option(help: "en or zh; by default the language of the locale.")
  var language: Language?

  func run() throws {
    try Command.run {
      let tree: DiskTree
      do throws(FileProblem) { tree = try DiskTree(folder: path) } catch {
        throw Refusal.input("\(path): \(error.message)")
      }
      let writer = FixWriter(tree: tree, store: Host.undoStore)
      guard let record = writer.undoable.first else {
        throw Refusal.input("\(path): no fix was written that could be taken back")
      }
      do throws(WriteProblem) { try writer.undo(record) } catch { throw Refusal.input(error.message) }
      let title = record.title[language ?? Language(locale: Host.locale)]
      Host.write(([title] + record.changes.map { "  " + Host.short($0.path) }).joined(separator: "\n") + "\n")
    }
  }
}
