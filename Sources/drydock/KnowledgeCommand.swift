import ArgumentParser
import Inspection
import Knowledge
import KnowledgeData
import KnowledgeFormat
import KnowledgeProof

struct KnowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "knowledge",
    abstract: "Lists and checks what drydock knows.",
    subcommands: [List.self, TreeOf.self, Check.self, Test.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists all symptoms and causes.")

    @OptionGroup var source: KnowledgeSource

    func run() throws {
      try Command.run {
        let knowledge = try source.load()
        for symptom in knowledge.symptoms {
          Host.write("\(symptom.id): \(symptom.title[.en])\n")
          for cause in knowledge.causes where cause.symptoms.contains(where: { $0.id == symptom.id }) {
            Host.write("  \(cause.id): \(cause.title[.en])\n")
          }
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Checks a knowledge folder.")

    @OptionGroup var source: KnowledgeSource

    func run() throws {
      try Command.run {
        let knowledge = try source.load()
        Host.write("\(knowledge.causes.count) causes, \(knowledge.symptoms.count) symptoms: all checks pass\n")
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Proves causes on their fixtures: bad/, good/ and near/.")

    @OptionGroup var source: KnowledgeSource

    @Argument(help: "The causes to test; all without any.")
    var causes: [String] = []

    func run() throws {
      try Command.run {
        let knowledge = try source.load()
        let folder = try source.folder()
        var failed = 0
        for cause in knowledge.causes where causes.isEmpty || causes.contains(cause.id) {
          let failures = CauseProof(cause, knowledge: knowledge, files: try folder.fixtures(of: cause.id)).failures()
          for failure in failures { Host.write("\(cause.id): \(failure)\n") }
          failed += failures.isEmpty ? 0 : 1
        }
        Host.write(failed == 0 ? "all pass\n" : "\(failed) fail\n")
        if failed > 0 { throw ExitCode(1) }
      }
    }
  }
}

/// Where the knowledge comes from: the program itself, or a folder.
struct KnowledgeSource: ParsableArguments {
  @Option(name: .customLong("knowledge"), help: "A folder with knowledge of one's own, or all of it.")
  var path: String?

  func load() throws -> KnowledgeBase {
    guard path != nil else { return .builtIn }
    let result = KnowledgeReader.read(try folder().sources(), addingTo: .builtIn)
    guard result.problems.isEmpty else {
      throw Refusal.input(result.problems.map(\.description).joined(separator: "\n"))
    }
    return result.base
  }

  /// The folder that was named, else the one of the project that the command runs in.
  func folder() throws -> KnowledgeFolder {
    let path = path ?? "knowledge"
    do throws(FileProblem) { return KnowledgeFolder(try DiskTree(folder: path)) } catch {
      throw Refusal.input("\(path): \(error.message)")
    }
  }
}
