import ArgumentParser

/// Compares our front ends with what the official parsers answered. For developers; not part of the product.
@main
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Compares the front ends with recorded answers of the official parsers.",
<<<<<<< HEAD
    subcommands: [DockerfileCommand.self, ComposeConformance.self]
=======
    subcommands: [ComposeConformance.self, ComposeShow.self]
>>>>>>> 27b8863 (Keep hostile input linear, and say each problem once)
  )
}
