import ArgumentParser
import Knowledge
import KnowledgeData

@main
struct Drydock: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drydock",
    abstract: "Finds out why a container does not work, shows the proof, and proposes the patch.",
    version: "\(version) (knowledge \(KnowledgeBase.builtInVersion))",
    subcommands: [
      SessionCommand.self, TutorialCommand.self, ReportCommand.self, MergeCommand.self, ExplainCommand.self,
      FixCommand.self, UndoCommand.self, ProveCommand.self, LayersCommand.self,
      KnowledgeCommand.self, DockerPluginMetadataCommand.self,
    ],
    defaultSubcommand: SessionCommand.self
  )

  static func main() { main(DockerPlugin.arguments(CommandLine.arguments)) }

  /// Of the program; the knowledge base has a version of its own.
  static let version = "0.1.0"
}
