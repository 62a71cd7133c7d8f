import SourceText

/// Writes down what a volume keeps from the first start of a container, so that later images and settings do not show.
///
/// https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container
struct KeptFacts {
  let service: ServiceModel
  let mounts: [ServiceMount]
  /// The mounts of all services, by the names of services.
  let all: [String: [ServiceMount]]
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    for mount in mounts where mount.kind == .volume || mount.kind == .anonymous {
      guard let target = mount.target.value else { continue }
      if let setting = firstStart(target) {
        add(mount, "database", setting.name, setting.place, to: &facts)
      } else if ["node_modules", "vendor", ".venv", "venv", "bower_components"].contains(Path.name(target)) {
        add(mount, "packages", Path.name(target), nil, to: &facts)
      } else if let file = imageFile(below: target) {
        add(mount, "files", Path.name(file.path), file.place, to: &facts)
      } else if mount.kind == .volume, isServedByOther(mount) {
        add(mount, "files", Path.name(target), nil, to: &facts)
      }
    }
    // A folder of the host keeps a database as a volume does.
    for mount in mounts where mount.kind == .bind && mount.existence != .file && !mount.isReadOnly {
      guard let target = mount.target.value, let setting = firstStart(target) else { continue }
      add(mount, "database", setting.name, setting.place, to: &facts)
    }
    facts.declare("keeps", .presumed, for: service.name)
  }

  private func add(_ mount: ServiceMount, _ what: String, _ name: String, _ because: Place?, to facts: inout FactStore)
  {
    facts.add(
      "keeps",
      [
        "service": Cell(service.name), "target": mount.target, "volume": mount.source,
        "kind": Cell(mount.kind.rawValue),
        "what": Cell(what), "name": Cell(name, because ?? mount.place), "by": Cell(mount.by),
      ], at: mount.place ?? service.place)
  }

  /// A setting that the image's entry script reads only while its data folder is empty.
  private func firstStart(_ target: String) -> (name: String, place: Place?)? {
    guard let base = service.stage?.base else { return nil }
    let folders = base.words("volumes")
    guard folders.contains(where: { Path.relative($0, to: target) != nil || Path.relative(target, to: $0) != nil })
    else { return nil }
    let names = base.words("first-start")
    if let scripts = base["first-start-folder"] {
      if let mount = mounts.first(where: {
        $0.covers(scripts) || Path.relative($0.target.value ?? "", to: scripts) != nil
      }) {
        return (scripts, mount.place)
      }
      if let file = service.stage?.files.values.filter({ Path.relative($0.path, to: scripts) != nil })
        .min(by: { $0.path < $1.path })
      {
        return (scripts, file.place)
      }
    }
    return variables.first { names.contains($0.name) && $0.by != "image" }.map { ($0.name, $0.value.place) }
  }

  /// A file of the image that a volume took over when it was made.
  private func imageFile(below target: String) -> HeldFile? {
    guard service.plan.dockerfile != nil, target != "/" else { return nil }
    return service.stage?.files.values.filter { !$0.isDirectory && Path.relative($0.path, to: target) != nil }
      .min { $0.path < $1.path }
  }

  /// Whether another service reads the volume without writing to it: files that the one makes and the other serves.
  private func isServedByOther(_ mount: ServiceMount) -> Bool {
    guard let name = mount.source.value, !mount.isReadOnly else { return false }
    return all.contains { other, mounts in
      other != service.name && mounts.contains { $0.kind == .volume && $0.source.value == name && $0.isReadOnly }
    }
  }
}
