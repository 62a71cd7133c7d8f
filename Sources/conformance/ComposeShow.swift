import ArgumentParser
import ComposeSyntax
import Foundation

/// Prints what we make of a project, to look at a difference or at a hostile file.
struct ComposeShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints the problems and the canonical form of a compose project.")

  @Argument(help: "The folder of the project.")
  var directory: String

  @Option(name: [.customShort("f"), .long], help: "A compose file, as of docker compose.")
  var file: [String] = []

  @Flag(help: "Leave out the canonical form.")
  var problemsOnly = false

  func run() throws {
    let folder = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL
    let options = ComposeOptions(
      root: "/", directory: String(folder.path.dropFirst()), files: file,
      environment: ProcessInfo.processInfo.environment)
    let start = ContinuousClock.now
    let project = ComposeProject(options, from: DiskFiles())
    let elapsed = ContinuousClock.now - start
    for problem in project.problems.prefix(50) { print("\(problem.severity) \(problem.kind): \(problem)".prefix(400)) }
    if !problemsOnly { print(CanonicalJSON.text(project)) }
    print("\(project.services.count) services, \(project.problems.count) problems, \(elapsed)")
  }
}
