/// Lists in which a later item takes the place of an earlier one with the same key, such as a volume with the same
/// target.
struct Uniqueness {
  enum Key: Sendable {
    /// The text, or what stands before its `=`.
    case setting
    /// The target of a mount, written short or long.
    case mountTarget
    case deviceTarget
    case envFilePath
    case exposedPort
    case publishedPort
    /// The target of a config or secret, by default its name in this folder.
    case mountedFile(folder: String)
  }

  let log: ProblemLog

  func apply(to map: ComposeMap) -> ComposeMap {
    var path: [String] = []
    return unique(ComposeValue(.map(map)), Self.table.root, &path).map ?? map
  }

  private func unique(
    _ value: ComposeValue, _ table: PathTable<Key>.Node?, _ path: inout [String]
  ) -> ComposeValue {
    guard let table else { return value }
    switch value.content {
    case .map(let map):
      let result = map.mapValues { key, item in
        path.append(key)
        defer { path.removeLast() }
        return unique(item, table.next(key), &path)
      }
      return ComposeValue(.map(result), at: value.place)
    case .list(let items):
      guard let rule = table.rule else { return value }
      var list: [ComposeValue] = []
      var positions: [String: Int] = [:]
      for (index, item) in items.enumerated() {
        guard let key = key(of: item, rule, path + [String(index)]) else {
          list.append(item)
          continue
        }
        if let position = positions[key] {
          list[position] = item.replacing(list[position])
        } else {
          positions[key] = list.count
          list.append(item)
        }
      }
      return ComposeValue(.list(list), at: value.place)
    default: return value
    }
  }

  /// nil where the item has no key, so that it stays as it is.
  private func key(of item: ComposeValue, _ rule: Key, _ path: [String]) -> String? {
    switch rule {
    case .setting:
      guard let text = item.string else { return nil }
      return text.firstIndex(of: "=").map { String(text[..<$0]) } ?? text
    case .mountTarget:
      if let map = item.map {
        if map["target"]?.string == nil {
          log.add(
            .missingKey, "This mount has no target.", at: item.place, path: path, subject: "target",
            expected: "target")
        }
        return map["target"]?.string
      }
      guard let text = item.string else { return nil }
      return VolumeSpec(text).target
    case .deviceTarget:
      if let map = item.map { return map["target"]?.string }
      guard let parts = item.string?.split(separator: ":", omittingEmptySubsequences: false) else { return nil }
      return parts.count > 1 ? String(parts[1]) : parts.first.map(String.init)
    case .envFilePath:
      return item.string ?? item["path"]?.string
    case .exposedPort:
      return item.text
    case .publishedPort:
      guard let map = item.map else { return item.text }
      guard let target = map["target"]?.text else {
        log.add(
          .missingKey, "This port has no target.", at: item.place, path: path, subject: "target", expected: "target")
        return nil
      }
      let host = map["host_ip"]?.text ?? "0.0.0.0"
      return "\(host):\(map["published"]?.text ?? ""):\(target)/\(map["protocol"]?.text ?? "tcp")"
    case .mountedFile(let folder):
      if let text = item.string { return "\(folder)/\(text)" }
      guard let map = item.map else { return nil }
      return map["target"]?.string ?? "\(folder)/\(map["source"]?.text ?? "")"
    }
  }

  private static let table = PathTable<Key>([
    "networks.*.labels": .setting,
    "networks.*.ipam.options": .setting,
    "services.*.annotations": .setting,
    "services.*.build.args": .setting,
    "services.*.build.additional_contexts": .setting,
    "services.*.build.platform": .setting,
    "services.*.build.tags": .setting,
    "services.*.build.labels": .setting,
    "services.*.cap_add": .setting,
    "services.*.cap_drop": .setting,
    "services.*.configs": .mountedFile(folder: ""),
    "services.*.deploy.labels": .setting,
    "services.*.devices": .deviceTarget,
    "services.*.dns": .setting,
    "services.*.dns_opt": .setting,
    "services.*.dns_search": .setting,
    "services.*.environment": .setting,
    "services.*.env_file": .envFilePath,
    "services.*.expose": .exposedPort,
    "services.*.labels": .setting,
    "services.*.links": .setting,
    "services.*.networks.*.aliases": .setting,
    "services.*.networks.*.link_local_ips": .setting,
    "services.*.ports": .publishedPort,
    "services.*.profiles": .setting,
    "services.*.secrets": .mountedFile(folder: "/run/secrets"),
    "services.*.sysctls": .setting,
    "services.*.tmpfs": .setting,
    "services.*.volumes": .mountTarget,
  ])
}
