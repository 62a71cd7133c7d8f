import ComposeSyntax
import SourceText

/// The file system of a container: what the image holds, under what is mounted over it.
struct ContainerFiles {
  let service: ServiceModel
  let workspace: Workspace
  private let mounts: [Mount]

  private struct Mount {
    let target: String
    /// The path in the project that is mounted; nil where it is a volume or lies elsewhere.
    let source: String?
    let isVolume: Bool
  }

  /// What lies at a path.
  enum Finding {
    /// `file` is the file of the project that it is; nil where it is none, or no longer reads the same.
    case there(file: String?, held: HeldFile?, mode: Int?)
    case directory
    case missing
    case unknown
  }

  init(_ service: ServiceModel, _ workspace: Workspace, _ compose: ComposeReading?) {
    self.service = service
    self.workspace = workspace
    mounts = Self.mounts(of: service, compose).sorted { $0.target.utf8.count > $1.target.utf8.count }
  }

  /// - Parameter path: absolute.
  func find(_ path: String) -> Finding {
    let path = Path.clean(path)
    if let mount = mounts.first(where: { Path.relative(path, to: $0.target) != nil }) { return find(path, in: mount) }
    guard let stage = service.stage else { return .unknown }
    switch stage.existence(path) {
    case .there(let file):
      if file.isDirectory { return .directory }
      return .there(file: file.unchangedFile, held: file, mode: file.origin == .stage ? nil : file.mode)
    case .missing:
      // A folder that came with a file below it.
      if stage.files.keys.contains(where: { $0.hasPrefix(path + "/") }) { return .directory }
      return workspace.request.isPartial ? .unknown : .missing
    case .unknown: return .unknown
    }
  }

  private func find(_ path: String, in mount: Mount) -> Finding {
    // A fresh named volume takes over what the image holds there.
    if mount.isVolume {
      if case .there(let file)? = service.stage?.existence(path), !file.isDirectory {
        return .there(file: file.unchangedFile, held: file, mode: file.mode)
      }
      return .unknown
    }
    guard let source = mount.source, let below = Path.relative(path, to: mount.target) else { return .unknown }
    let file = Path.join(source, below)
    if let entry = workspace.listing.entry(file) { return .there(file: file, held: nil, mode: entry.mode) }
    if workspace.listing.holds(folder: file) { return .directory }
    let isListed = workspace.listing.holds(folder: source) && !workspace.request.isPartial
    // What git leaves out, or a tool makes, is on the person's disk and may not be here.
    return isListed && !ProjectListing.skipped.contains(where: { below.contains($0) }) ? .missing : .unknown
  }

  /// Whether something is mounted at the path or above it.
  func isMounted(_ path: String) -> Bool { mounts.contains { Path.relative(path, to: $0.target) != nil } }

  /// The paths at which files of that name lie in the image.
  func places(named name: String) -> [String] {
    (service.stage?.files.values.filter { !$0.isDirectory && Path.name($0.path) == name }.map(\.path) ?? []).sorted()
  }

  // MARK: Mounts

  private static func mounts(of service: ServiceModel, _ compose: ComposeReading?) -> [Mount] {
    var found: [Mount] = []
    for mount in service.compose?.volumes ?? [] {
      let source = mount.kind == .bind ? mount.source.flatMap { compose?.path($0.value) } : nil
      found.append(
        Mount(
          target: Path.clean(mount.target.value), source: source,
          isVolume: mount.kind == .volume || mount.kind == .anonymous))
    }
    for secret in (service.compose?.configs ?? []) + (service.compose?.secrets ?? []) {
      if let target = secret.target?.value {
        found.append(Mount(target: Path.clean(target), source: nil, isVolume: false))
      }
    }
    for word in (service.command?.values("--volume") ?? []) + (service.command?.values("--mount") ?? []) {
      if let mount = mount(word) { found.append(mount) }
    }
    return found
  }

  /// `-v ./site:/srv:ro`, `-v "$PWD/x:/y"`, `--mount type=bind,source=…,target=…`
  private static func mount(_ word: ShellCommand.Word) -> Mount? {
    guard let text = word.text else { return nil }
    if text.contains("target=") || text.contains("dst=") {
      let target = text.split(separator: ",").first {
        $0.hasPrefix("target=") || $0.hasPrefix("dst=") || $0.hasPrefix("destination=")
      }
      return target.map {
        Mount(
          target: Path.clean(String($0.drop { $0 != "=" }.dropFirst())), source: nil,
          isVolume: text.contains("type=volume"))
      }
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return Mount(target: Path.clean(text), source: nil, isVolume: true) }
    let source = parts[0]
    let isPath = source.hasPrefix(".") || source.hasPrefix("/") || source.hasPrefix("~")
    return Mount(
      target: Path.clean(parts[1]), source: source.hasPrefix(".") ? Path.clean(source) : nil,
      isVolume: !isPath && !source.isEmpty)
  }
}
