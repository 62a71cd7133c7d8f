import ComposeSyntax
import SourceText

/// Something that is mounted into a container: a folder or file of the host, or a volume.
struct ServiceMount {
  enum Kind: String {
    case bind, volume, anonymous, tmpfs
  }

  enum Existence: String {
    case file, directory, no
  }

  var kind: Kind
  /// The path or the name as it is written; empty for anonymous volumes.
  var source: Cell
  /// The source as a path of the project; nil where it lies elsewhere, or is no path.
  var projectPath: String?
  /// What the source is; nil where that cannot be said.
  var existence: Existence?
  /// Absolute and clean.
  var target: Cell
  var isReadOnly = false
  /// compose, command or image.
  var by: String
  /// Whether the engine makes a folder where the source is missing, instead of an error.
  var makesSource = true
  /// What to delete to be rid of it: the item, or the whole list where it is the only one.
  var removal: Place?
  var place: Place?

  /// Whether a path of the container lies in the mount.
  func covers(_ path: String) -> Bool { target.value.map { Path.relative(path, to: $0) != nil } ?? false }
}

/// Reads the mounts of a service from all places that may name them.
struct ServiceMounts {
  let service: ServiceModel
  let compose: ComposeReading?
  let workspace: Workspace

  /// Those of compose or the command line, and the volumes of the image that nothing else covers.
  func mounts() -> [ServiceMount] {
    var found = service.compose.map { mounts(of: $0, depth: 0) } ?? []
    found += commandMounts()
    for volume in service.image?.volumes ?? [] {
      guard let path = volume.value.value.map(Path.clean), !found.contains(where: { $0.target.value == path }) else {
        continue
      }
      let place = volume.range.flatMap(service.plan.place) ?? service.stage?.referencePlace
      found.append(
        ServiceMount(kind: .anonymous, source: "", target: Cell(path, place), by: "image", place: place))
    }
    return found
  }

  // MARK: Compose

  private func mounts(of service: ComposeService, depth: Int) -> [ServiceMount] {
    var found = service.volumes.compactMap(mount)
    for item in service.tmpfs {
      let path = item.value.prefix { $0 != ":" }
      let place = compose?.place(item.place)
      found.append(
        ServiceMount(
          kind: .tmpfs, source: "", target: Cell(Path.clean(String(path)), place), by: "compose", place: place))
    }
    guard depth < 4 else { return found }
    for item in service["volumes_from"]?.list ?? [] {
      guard let name = item.string?.split(separator: ":").first,
        let other = compose?.project.service(String(name))
      else { continue }
      for mount in mounts(of: other, depth: depth + 1)
      where !found.contains(where: { $0.target.value == mount.target.value }) {
        found.append(mount)
      }
    }
    return found
  }

  private func mount(_ mount: ComposeMount) -> ServiceMount? {
    let kind: ServiceMount.Kind
    switch mount.kind {
    case .bind: kind = .bind
    case .volume: kind = .volume
    case .anonymous: kind = .anonymous
    case .tmpfs: kind = .tmpfs
    case .image, .other: return nil
    }
    let written = mount.source?.place?.text
    var result = ServiceMount(
      kind: kind, source: Cell(written ?? mount.source?.value ?? "", compose?.place(mount.source?.place)),
      target: Cell(Path.clean(mount.target.value), compose?.place(mount.target.place)), isReadOnly: mount.isReadOnly,
      by: "compose", place: compose?.place(mount.place))
    result.removal = removal(of: mount)
    result.makesSource = mount.value["bind"]?["create_host_path"]?.bool ?? true
    guard kind == .bind, let source = mount.source, written?.contains("$") != true else { return result }
    result.projectPath = compose?.path(source.value)
    result.existence = result.projectPath.flatMap(existence)
    return result
  }

  private func removal(of mount: ComposeMount) -> Place? {
    guard let item = mount.place else { return nil }
    let list = service.compose?["volumes"]
    if let place = list?.place, list?.list?.count == 1, place.file === item.file, place.entry.contains(item.entry) {
      return compose?.place(place).map { Place($0.source, place.entry) }
    }
    return compose?.place(item).map { Place($0.source, item.entry) }
  }

  private func existence(_ path: String) -> ServiceMount.Existence? {
    do throws(FileProblem) {
      let entry = try workspace.tree.entry(at: path)
      switch entry.kind {
      case .file: return .file
      case .directory: return .directory
      case .link, .other: return nil
      }
    } catch {
      return error == .missing && !workspace.request.isPartial ? .no : nil
    }
  }

  // MARK: Command lines

  private func commandMounts() -> [ServiceMount] {
    guard let command = service.command else { return [] }
    var found: [ServiceMount] = []
    for word in command.values("--volume") {
      guard let text = word.text else { continue }
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      let place = Place(command.source, word.range)
      if parts.count == 1 {
        found.append(
          ServiceMount(kind: .anonymous, source: "", target: Cell(Path.clean(text), place), by: "command", place: place)
        )
      } else {
        found.append(
          mount(parts[0], to: parts[1], isReadOnly: parts.dropFirst(2).contains { $0.contains("ro") }, place))
      }
    }
    for word in command.values("--mount") {
      guard let text = word.text else { continue }
      found += mount(options: text, Place(command.source, word.range)).map { [$0] } ?? []
    }
    for word in command.values("--tmpfs") {
      guard let path = word.text?.split(separator: ":").first.map(String.init) else { continue }
      let place = Place(command.source, word.range)
      found.append(
        ServiceMount(kind: .tmpfs, source: "", target: Cell(Path.clean(path), place), by: "command", place: place))
    }
    return found
  }

  private func mount(_ source: String, to target: String, isReadOnly: Bool, _ place: Place) -> ServiceMount {
    let isPath = source.hasPrefix("/") || source.hasPrefix(".") || source.hasPrefix("~")
    var mount = ServiceMount(
      kind: isPath ? .bind : .volume, source: Cell(source, place), target: Cell(Path.clean(target), place),
      isReadOnly: isReadOnly, by: "command", place: place)
    if source.hasPrefix(".") {
      mount.projectPath = Path.clean(source)
      // A transcript may have been typed anywhere: that the source is there says something, that it is not says nothing.
      mount.existence = existence(source).flatMap { $0 == .no && place.file == nil ? nil : $0 }
    }
    return mount
  }

  /// `type=bind,source=conf,target=/etc/app`: https://docs.docker.com/engine/storage/bind-mounts/#options-for---mount
  private func mount(options: String, _ place: Place) -> ServiceMount? {
    var values: [String: String] = [:]
    for option in options.split(separator: ",") {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      if let name = parts.first { values[name] = parts.count > 1 ? parts[1] : "true" }
    }
    guard let target = values["target"] ?? values["destination"] ?? values["dst"] else { return nil }
    let source = values["source"] ?? values["src"] ?? ""
    let kind: ServiceMount.Kind
    switch values["type"] ?? "volume" {
    case "bind": kind = .bind
    case "tmpfs": kind = .tmpfs
    case "volume": kind = source.isEmpty ? .anonymous : .volume
    default: return nil
    }
    var mount = mount(source, to: target, isReadOnly: values["readonly"] != nil || values["ro"] != nil, place)
    mount.kind = kind
    mount.makesSource = false
    return mount
  }
}
