import ArgumentParser
import Knowledge
import Reports

extension KnowledgeCommand {
  struct EvidenceOf: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evidence", abstract: "Lists what can show each cause: the files, a log, an answer.")

    @OptionGroup var source: KnowledgeSource

    func run() throws {
      try Command.run { Host.write(EvidenceList(try source.load()).text()) }
    }
  }
}
