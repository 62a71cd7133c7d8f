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
      FixCommand.self, UndoCommand.self, ProveCommand.self, LayersCommand.self, TemplateCommand.self,
      DoctorCommand.self,
      KnowledgeCommand.self, DockerPluginMetadataCommand.self,
    ],
    defaultSubcommand: SessionCommand.self
  )

  static func main() {
    let (arguments, variables) = DockerPlugin.read(CommandLine.arguments)
    for (name, value) in variables { Host.set(name, value) }
    if arguments == ["--version"] {
      Host.write(configuration.version + "\n")
    } else if let command = named(arguments) {
      run(command)
    } else {
      main(arguments)
    }
  }

  /// The subcommand that the first argument names, when the others are right: to read them as arguments of the whole tree
  /// of commands takes longer than to diagnose a small project. Help and faults are for the whole tree.
  private static func named(_ arguments: [String]) -> (any ParsableCommand)? {
    guard let name = arguments.first else { return nil }
    let command = configuration.subcommands.first { $0.configuration.commandName == name }
    return try? command?.parseAsRoot(Array(arguments.dropFirst()))
  }

  private static func run(_ command: any ParsableCommand) {
    var command = command
    do { try command.run() } catch { exit(withError: error) }
  }

  /// Of the program; the knowledge base has a version of its own.
  static let version = "0.1.0"
}
