import SourceText

/// A `docker compose ...` or `docker-compose ...` that somebody typed or wrote into a script.
///
/// https://docs.docker.com/reference/cli/docker/compose/
struct ComposeCommandLine {
  enum Tool: String {
    /// The plugin of the docker command line.
    case compose
    /// The program of its own: version 1 has been the only one of that name for years.
    case standalone
    case podman
  }

  let tool: Tool
  /// `up`, `run`, `logs`; empty where none is given.
  let verb: String
  /// `-f`, in order.
  let files: [String]
  let options: Set<String>
  /// The words behind the verb that are no options.
  let arguments: [ShellCommand.Word]
  let source: Place.Source
  let range: ByteRange

  var place: Place { Place(source, range) }

  /// Nil for any other command.
  init?(_ command: ShellCommand, in source: Place.Source) {
    var words = command.plainWords
    guard let program = words.popFirst()?.text.map(Path.name) else { return nil }
    switch program {
    case "docker-compose": tool = .standalone
    case "podman-compose": tool = .podman
    case "docker", "podman", "nerdctl":
      guard words.popFirst()?.text == "compose" else { return nil }
      tool = program == "docker" ? .compose : .podman
    default: return nil
    }
    var files: [String] = []
    while let text = words.first?.text, text.hasPrefix("-") {
      words = words.dropFirst()
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, Self.valued.contains(name) else { continue }
      let value = parts.count > 1 ? parts[1] : words.popFirst()?.text
      if name == "-f" || name == "--file", let value { files.append(value) }
    }
    verb = words.popFirst()?.text ?? ""
    options = Set(words.compactMap(\.text).filter { $0.hasPrefix("-") })
    arguments = words.filter { $0.text?.hasPrefix("-") == false }
    self.files = files
    self.source = source
    range = command.range
  }

  private static let valued: Set<String> = [
    "-f", "--file", "-p", "--project-name", "--profile", "--env-file", "--project-directory", "--ansi", "--parallel",
    "--progress", "-H", "--host", "-c", "--context",
  ]
}
