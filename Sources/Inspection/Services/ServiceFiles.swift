import ComposeSyntax
import SourceText

/// The files of the project that a service's container has: copied by its build, or mounted.
struct ServiceFiles {
  struct File {
    /// In the container, absolute.
    let path: String
    /// In the project.
    let projectFile: String
    /// Whether a mount names the file itself, or a folder that holds hardly anything else.
    let isMounted: Bool
  }

  /// In the order of their paths in the container; what a mount covers is left out.
  let files: [File]
  private let byPath: [String: String]

  /// More files than this are the source of something, not its settings.
  private static let limit = 3000

  init(_ service: ServiceModel, _ compose: ComposeReading?, _ workspace: Workspace) {
    var found: [String: File] = [:]
    for (path, file) in service.stage?.files ?? [:] {
      if let project = file.projectFile { found[path] = File(path: path, projectFile: project, isMounted: false) }
    }
    for mount in Self.mounts(service, compose, workspace) {
      found = found.filter { Path.relative($0.key, to: mount.target) == nil }
      if workspace.listing.contains(mount.source) {
        found[mount.target] = File(path: mount.target, projectFile: mount.source, isMounted: true)
      } else {
        let below = workspace.listing.paths(below: mount.source).prefix(Self.limit)
        for path in below {
          guard let rest = Path.relative(path, to: mount.source) else { continue }
          let target = Path.join(mount.target, rest)
          found[target] = File(path: target, projectFile: path, isMounted: mount.source != "." && below.count < 40)
        }
      }
    }
    files = found.values.sorted { $0.path < $1.path }
    byPath = Dictionary(files.map { ($0.path, $0.projectFile) }, uniquingKeysWith: { first, _ in first })
  }

  /// The file of the project that is at a path of the container.
  func projectFile(at path: String) -> String? { byPath[Path.clean(path)] }

  /// The file of that name in the working directory; where that is not known, the only one of that name.
  func projectFile(_ name: String, in directory: String?) -> String? {
    if let directory, let file = byPath[Path.join(directory, name)] { return file }
    let same = files.filter { Path.name($0.path) == name && !$0.path.contains("/node_modules/") }
    return same.count == 1 ? same.first?.projectFile : nil
  }

  // MARK: Mounts

  private static func mounts(
    _ service: ServiceModel, _ compose: ComposeReading?, _ workspace: Workspace
  ) -> [(source: String, target: String)] {
    var mounts: [(source: String, target: String)] = []
    for volume in service.compose?.volumes ?? [] where volume.kind == .bind {
      guard let root = volume.sourceInRoot, let compose else { continue }
      mounts.append((compose.paths.fromRoot(root), Path.clean(volume.target.value)))
    }
    for config in service.compose?.configs ?? [] {
      let resource = compose?.project.configs.first { $0.key == config.source.value }
      guard let file = resource?.file?.value, let path = compose?.path(file) else { continue }
      mounts.append((path, Path.clean(config.target?.value ?? "/" + config.source.value)))
    }
    for word in service.command?.values("--volume") ?? [] {
      let parts = (word.text ?? "").split(separator: ":").map(String.init)
      if parts.count > 1, let source = locate(parts[0], workspace) { mounts.append((source, Path.clean(parts[1]))) }
    }
    for word in service.command?.values("--mount") ?? [] {
      var source: String?
      var target: String?
      for part in (word.text ?? "").split(separator: ",") {
        let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2 else { continue }
        if ["source", "src"].contains(pair[0]) { source = locate(pair[1], workspace) }
        if ["target", "destination", "dst"].contains(pair[0]) { target = Path.clean(pair[1]) }
      }
      if let source, let target { mounts.append((source, target)) }
    }
    return mounts
  }

  /// A path of the host as one of the project: relative, or by its name where only one file has it.
  private static func locate(_ path: String, _ workspace: Workspace) -> String? {
    if !path.hasPrefix("/") { return Path.clean(path) }
    let name = Path.name(path)
    let same = workspace.listing.items.map(\.path).filter { Path.name($0) == name }
    return same.count == 1 ? same.first : nil
  }
}
