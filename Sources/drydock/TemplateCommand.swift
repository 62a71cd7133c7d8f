import ArgumentParser
import Fixes
import Inspection
import Knowledge
import Scaffolding

struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Proposes a Dockerfile, .dockerignore and compose.yaml for this project.",
    discussion: """
      The manifest says how the project is built, and the sources which port it listens on and which files it reads. The files \
      are printed; --write puts them into the project, --output into another folder. A file that is there already is never \
      replaced.
      """)

  @Argument(help: "go, node, python or java.")
  var language: ScaffoldLanguage

  @Argument(help: "The project's folder; by default the current one.")
  var path = "."

  @Option(help: "The main package of a Go module that has several, such as ./cmd/server.")
  var package: String?

  @Flag(help: "Without mounts for caches, for builders before BuildKit.")
  var classic = false

  @Flag(help: "Write the files into the project.")
  var write = false

  @Option(help: "Write the files into this folder.")
  var output: String?

  @OptionGroup var knowledge: KnowledgeSource

  func validate() throws {
    if write, output != nil { throw ValidationError("--write and --output name two places") }
  }

  func run() throws {
    try Command.run {
      let tree: DiskTree
      do throws(FileProblem) { tree = try DiskTree(folder: path) } catch {
        throw Refusal.input("\(path): \(error.message)")
      }
      var options = Scaffold.Options()
      options.package = package
      options.isClassic = classic
      let known = try knowledge.load()
      let scaffold: Scaffold
      do throws(ScaffoldProblem) { scaffold = try Scaffold(language, tree, knowledge: known, options: options) } catch {
        throw Refusal.input("\(path): \(error.message)")
      }
      if let folder = write ? path : output {
        try save(scaffold, in: folder)
      } else {
        Host.write(scaffold.files.map { "# \($0.path)\n\($0.text)" }.joined(separator: "\n"))
      }
      for diagnosis in scaffold.remaining {
        Host.complain(
          "\(diagnosis.cause.title.en) (\(diagnosis.cause.id)); drydock report shows it once the files are there")
      }
    }
  }

  private static let title = LocalizedText(en: "Container files from the template", zh: "由模板生成的容器文件")

  /// All files, or none.
  private func save(_ scaffold: Scaffold, in folder: String) throws {
    let target: DiskTree
    do throws(FileProblem) { target = try DiskTree(folder: folder) } catch {
      throw Refusal.input("\(folder): \(error.message)")
    }
    let changes = scaffold.files.map { Fix.Change(path: $0.path, old: nil, new: Array($0.text.utf8)) }
    do throws(WriteProblem) { try FixWriter(tree: target, store: nil).apply(changes, title: Self.title) } catch {
      throw Refusal.input(error.message)
    }
    Host.write(scaffold.files.map { $0.path + "\n" }.joined())
  }
}

extension ScaffoldLanguage: ExpressibleByArgument {}
