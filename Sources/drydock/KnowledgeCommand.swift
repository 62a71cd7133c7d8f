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
    subcommands: [List.self, EvidenceOf.self, TreeOf.self, Check.self, Test.self]
  )

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists all symptoms and causes.")

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
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Checks a knowledge folder.")

    @OptionGroup var source: KnowledgeSource

    func run() throws {
      try Command.run {
        let (knowledge, lessons) = try source.loadAll()
        for lesson in lessons {
          let failures = LessonProof(lesson, knowledge: knowledge).failures()
          guard failures.isEmpty else {
            throw Refusal.input(
              failures.map { "lessons/\(lesson.name)/lesson.yaml:1: error: \($0)" }.joined(separator: "\n"))
          }
        }
        Host.write(
          "\(knowledge.causes.count) causes, \(knowledge.symptoms.count) symptoms, \(lessons.count) lessons: "
            + "all checks pass\n")
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test",
      abstract:
        "Proves causes on their fixtures, bad/, good/ and near/, and lessons on theirs: start/, solved/, wrong/.")

    @OptionGroup var source: KnowledgeSource

    @Argument(help: "The causes and lessons to test; all without any.")
    var names: [String] = []

    func run() throws {
      try Command.run {
        let (knowledge, lessons) = try source.loadAll()
        let folder = try source.folder()
        var failed = 0
        func say(_ name: String, _ failures: [String]) {
          for failure in failures { Host.write("\(name): \(failure)\n") }
          failed += failures.isEmpty ? 0 : 1
        }
        for cause in knowledge.causes where names.isEmpty || names.contains(cause.id) {
          say(cause.id, CauseProof(cause, knowledge: knowledge, files: try folder.fixtures(of: cause.id)).failures())
        }
        for lesson in lessons where names.isEmpty || names.contains(lesson.id) || names.contains(lesson.name) {
          say(lesson.name, LessonProof(lesson, knowledge: knowledge).failures())
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
    let knowledge = path == nil ? KnowledgeBase.builtIn : try read().base
    // It is needed until the program ends; to take it apart then would take a part of a small run.
    _ = Unmanaged.passRetained(Kept(knowledge: knowledge))
    return knowledge
  }

  private final class Kept {
    let knowledge: KnowledgeBase
    init(knowledge: KnowledgeBase) { self.knowledge = knowledge }
  }

  /// The knowledge with its lessons: those of the folder in the place of built-in ones of the same number.
  func loadAll() throws -> (knowledge: KnowledgeBase, lessons: [Lesson]) {
    guard path != nil else { return (.builtIn, Lesson.builtIn) }
    let result = try read()
    guard !result.standsAlone else { return (result.base, result.lessons) }
    let others = Lesson.builtIn.filter { known in !result.lessons.contains { $0.number == known.number } }
    return (result.base, (others + result.lessons).sorted { $0.number < $1.number })
  }

  private func read() throws -> KnowledgeReader.Result {
    let result = KnowledgeReader.read(try folder().sources(), addingTo: .builtIn)
    guard result.problems.isEmpty else {
      throw Refusal.input(result.problems.map(\.description).joined(separator: "\n"))
    }
    return result
  }

  /// The folder that was named, else the one of the project that the command runs in.
  func folder() throws -> KnowledgeFolder {
    let path = path ?? "knowledge"
    do throws(FileProblem) { return KnowledgeFolder(try DiskTree(folder: path)) } catch {
      throw Refusal.input("\(path): \(error.message)")
    }
  }
}
