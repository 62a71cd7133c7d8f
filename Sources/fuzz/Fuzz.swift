import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Feeds random changes of good inputs to everything that reads files of strangers. For developers; not part of the product.
@main
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Looks for inputs that crash drydock, take long, or fill the memory.",
    discussion: """
      Each target runs in a process of its own, as many at once as there are cores. An input that ends it, or takes longer \
      than it may, is kept in the folder of --keep, and the exit code is 1. Without optimisation everything may take \
      \(Limits.slack) times as long.
      """)

  @Argument(help: "The targets; all without any.")
  var targets: [String] = []

  @Option(help: "How long each target runs, in seconds.")
  var seconds = 10

  @Option(help: "Where the random changes begin; the same seed makes the same inputs.")
  var seed: UInt64 = 1

  @Option(help: "The folder of the repository, whose files are the inputs to start from.")
  var repository = "."

  @Option(help: "Where inputs are kept that a target does not stand.")
  var keep = ".build/fuzz"

  @Option(help: "Run these targets on one file instead.")
  var input: String?

  @Flag(help: ArgumentHelp("Run in this process.", visibility: .hidden))
  var alone = false

  func validate() throws {
    for target in targets where !FuzzTarget.all.contains(where: { $0.name == target }) {
      throw ValidationError("known targets: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
    }
  }

  func run() throws {
    let chosen = FuzzTarget.all.filter { targets.isEmpty || targets.contains($0.name) }
    if let input {
      for target in chosen { target.run(try Corpus.read(input)) }
    } else if alone {
      for target in chosen {
        FuzzLoop(target: target, seconds: seconds, seed: seed, note: Note(path: notePath(target))).run(
          Corpus.inputs(of: target, repository: repository))
      }
    } else {
      mkdir(keep, 0o755)
      if try !FuzzProcesses(command: self).run(chosen) { throw ExitCode(1) }
    }
  }

  /// The file that holds the input which a target reads just now.
  func notePath(_ target: FuzzTarget) -> String { "\(keep)/\(target.name).input" }
}

/// What an input may take.
enum Limits {
  /// How much longer everything takes in this build than in the one that is shipped.
  static var slack: Double {
    #if DEBUG
      40
    #else
      1
    #endif
  }

  /// In seconds of computing: one for each megabyte, and something for small inputs.
  static func seconds(_ size: Int) -> Double { slack * (0.1 + Double(size) / 1e6) }

  /// The most that the process may ever hold, in megabytes.
  static let memory = 200
}
