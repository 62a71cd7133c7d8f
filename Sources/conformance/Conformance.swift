import ArgumentParser

/// Compares our front ends with what the official parsers answered. For developers; not part of the product.
@main
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Compares the front ends with recorded answers of the official parsers.",
    subcommands: [DockerfileCommand.self, ComposeConformance.self, ComposeShow.self]
  )
}
