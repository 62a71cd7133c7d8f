import ProgramSource
import SourceText

/// The PHP files of a service's container, where it runs PHP.
struct PHPSources {
  let files: [PHPFile]

  /// More files than this are not read.
  private static let limit = 500
  /// Libraries and tests are not the project's own program.
  private static let foreign: Set<Substring> = ["vendor", "tests", "test", "node_modules"]

  /// Empty where the service's program is none that runs PHP.
  init(_ chain: ProcessChain, _ container: ServiceFiles, _ workspace: Workspace) {
    guard let layer = chain.layers.last, Self.runs(layer) else {
      files = []
      return
    }
    let paths = container.files.lazy.map(\.projectFile).filter { path in
      path.hasSuffix(".php") && !path.split(separator: "/").contains(where: Self.foreign.contains)
    }
    files = paths.prefix(Self.limit).compactMap(workspace.file).map { PHPFile($0) }
  }

  static func runs(_ layer: ProcessLayer) -> Bool {
    let name = Path.name(layer.program.text)
    let words = [name] + layer.arguments.map { Path.name($0.text) }
    return name == "php" || name == "apache2-foreground" || words.contains { $0.hasPrefix("php-fpm") }
      || name == "frankenphp"
  }

  var variables: [VariableUse] { files.flatMap(\.variables) }
  var hosts: [HostUse] { files.flatMap(\.hosts) }
}
