import ArgumentParser
import Inspection

/// drydock as a command of docker: a link to it named `docker-drydock` among the plug-ins of the docker command line.
///
/// Docker asks a plug-in what it is with one argument, and runs it with all that stood behind `docker`: options of its own,
/// then the name of the plug-in.
/// https://github.com/docker/cli/blob/master/cli-plugins/metadata/metadata.go
enum DockerPlugin {
  static let program = "docker-drydock"

  /// Options of docker that have a value, and the variables that say the same to the docker command line where there is one.
  /// https://docs.docker.com/reference/cli/docker/#options
  private static let options = [
    "-c": "DOCKER_CONTEXT", "--context": "DOCKER_CONTEXT", "-H": "DOCKER_HOST", "--host": "DOCKER_HOST",
    "--config": "DOCKER_CONFIG", "--tlscacert": nil, "--tlscert": nil, "--tlskey": nil, "-l": nil, "--log-level": nil,
  ]

  /// The arguments without docker's options and the name of the plug-in, and the engine that those options choose.
  static func read(_ all: [String]) -> (arguments: [String], variables: [String: String]) {
    let own = Array(all.dropFirst())
    guard Path.name(all.first ?? "") == program else { return (own, [:]) }
    var variables: [String: String] = [:]
    var rest = own[...]
    while let option = rest.first, option.hasPrefix("-") {
      rest.removeFirst()
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, let variable = options[name] else { continue }
      let value = parts.count > 1 ? parts[1] : rest.popFirst()
      if let variable { variables[variable] = value }
    }
    // `docker help drydock` asks for the help.
    if Array(rest.prefix(2)) == ["help", "drydock"] { return (["help"] + rest.dropFirst(2), variables) }
    return rest.first == "drydock" ? (Array(rest.dropFirst()), variables) : (own, [:])
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
