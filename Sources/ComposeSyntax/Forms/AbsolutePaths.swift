/// Makes the relative paths of a model absolute, each from the directory of the project or of the file that wrote it.
struct AbsolutePaths {
  enum Rule: Sendable {
    case path
    case context
    /// A path that may be one of Windows.
    case hostPath
    case mount
    case namedVolume
  }

  /// Where relative paths begin.
  let directory: String
  let home: String?
  let log: ProblemLog

  func apply(to map: ComposeMap) -> ComposeMap {
    absolute(ComposeValue(.map(map)), Self.table.root, []).map ?? map
  }

  private func absolute(_ value: ComposeValue, _ table: PathTable<Rule>.Node?, _ path: [String]) -> ComposeValue {
    guard let table else { return value }
    if let rule = table.rule { return apply(rule, value, path) }
    switch value.content {
    case .map(let map):
      var result = ComposeMap()
      for (key, item) in map { result[key] = absolute(item, table.next(key), path + [key]) }
      return ComposeValue(.map(result), at: value.place)
    case .list(let items):
      let list = items.enumerated().map { absolute($0.element, table.next("[]"), path + [String($0.offset)]) }
      return ComposeValue(.list(list), at: value.place)
    default: return value
    }
  }

  private func apply(_ rule: Rule, _ value: ComposeValue, _ path: [String]) -> ComposeValue {
    switch rule {
    case .path:
      if let items = value.list { return ComposeValue(.list(items.map { apply(rule, $0, path) }), at: value.place) }
      guard let text = value.string, !text.isEmpty else { return value }
      return .string(join(text), at: value.place)
    case .context:
      guard let text = value.string, !text.isEmpty, !ComposePath.isRemote(text), !text.hasPrefix("service:") else {
        return value
      }
      return .string(join(text), at: value.place)
    case .hostPath:
      guard let text = value.string else { return value }
      let expanded = ComposePath.expandingHome(text, home)
      return .string(ComposePath.isWindowsAbsolute(expanded) ? expanded : anchored(expanded), at: value.place)
    case .mount: return mount(value, path)
    case .namedVolume:
      guard var volume = value.map, volume["driver"]?.string == "local", let options = volume["driver_opts"],
        var map = options.map, map["o"]?.string == "bind", let device = map["device"]
      else { return value }
      map["device"] = apply(.hostPath, device, path)
      volume["driver_opts"] = ComposeValue(.map(map), at: options.place)
      return ComposeValue(.map(volume), at: value.place)
    }
  }

  private func mount(_ value: ComposeValue, _ path: [String]) -> ComposeValue {
    guard var mount = value.map, mount["type"]?.string == "bind" else { return value }
    guard let source = mount["source"] else {
      log.add(
        .missingKey, "A bind mount needs a source.", at: value.place, path: path, subject: "source",
        expected: "source")
      return value
    }
    mount["source"] = apply(.hostPath, source, path)
    return ComposeValue(.map(mount), at: value.place)
  }

  private func join(_ text: String) -> String { anchored(ComposePath.expandingHome(text, home)) }

  private func anchored(_ path: String) -> String {
    ComposePath.isAbsolute(path) ? path : ComposePath.join(directory, path)
  }

  private static let table = PathTable<Rule>([
    "services.*.build.context": .context,
    "services.*.build.additional_contexts.*": .context,
    "services.*.env_file.*.path": .path,
    "services.*.label_file.*": .path,
    "services.*.extends.file": .path,
    "services.*.develop.watch.*.path": .path,
    "services.*.volumes.*": .mount,
    "configs.*.file": .hostPath,
    "secrets.*.file": .hostPath,
    "include.path": .path,
    "include.project_directory": .path,
    "include.env_file": .path,
    "volumes.*": .namedVolume,
  ])
}
