import ArgumentParser

/// Measures speed and memory. For developers; not part of the product.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures speed and memory on this machine.",
    subcommands: [ParseCommand.self, InspectCommand.self, SessionBenchmark.self]
  )
}
