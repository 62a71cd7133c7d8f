import ArgumentParser
import Inspection

/// drydock as a command of docker: a link to it named `docker-drydock` among the plug-ins of the docker command line.
///
/// Docker asks a plug-in what it is with one argument, and runs it with its own name as the first one.
/// https://github.com/docker/cli/blob/master/cli-plugins/metadata/metadata.go
enum DockerPlugin {
  static let program = "docker-drydock"

  /// The arguments without the name of the plug-in.
  static func arguments(_ all: [String]) -> [String] {
    let own = Array(all.dropFirst())
    guard Path.name(all.first ?? "") == program, own.first == "drydock" else { return own }
    return Array(own.dropFirst())
  }
}

struct DockerPluginMetadataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docker-cli-plugin-metadata",
    abstract: "Says to docker what drydock is.",
    shouldDisplay: false)

  func run() {
    Host.write(
      """
      {"SchemaVersion": "0.1.0", "Vendor": "drydock", "Version": "\(Drydock.version)", \
      "ShortDescription": "Find out why a container does not work"}

      """)
  }
}
