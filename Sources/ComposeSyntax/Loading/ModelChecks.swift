/// Checks of a model that need no other part of it, after all its files have been merged.
struct ModelChecks {
  let log: ProblemLog

  func run(on map: ComposeMap) {
    for (name, volume) in map["volumes"]?.map ?? ComposeMap() { checkExternal(volume, ["volumes", name]) }
    for (name, config) in map["configs"]?.map ?? ComposeMap() {
      checkSource(config, ["configs", name], ["file", "environment", "content"])
    }
    for (name, secret) in map["secrets"]?.map ?? ComposeMap() {
      checkSource(secret, ["secrets", name], ["file", "environment"])
    }
    for (name, service) in map["services"]?.map ?? ComposeMap() { checkService(service, ["services", name]) }
  }

  /// An external volume is not created, so nothing about it can be set.
  private func checkExternal(_ value: ComposeValue, _ path: [String]) {
    guard let map = value.map, map["external"]?.bool == true else { return }
    for (key, item) in map where key != "name" && key != "external" && !key.hasPrefix("x-") {
      log.add(
        .conflict, "An external volume is not created by compose, so `\(key)` cannot be set.",
        at: item.place?.ofKey, path: path, subject: key)
    }
  }

  private func checkSource(_ value: ComposeValue, _ path: [String], _ keys: [String]) {
    guard let map = value.map else { return }
    let given = keys.filter { map[$0] != nil }
    let list = keys.joined(separator: ", ")
    if given.count > 1 {
      log.add(
        .conflict, "Only one of \(list) can be set, but \(given.joined(separator: " and ")) are.",
        at: map[given[1]]?.place?.ofKey, path: path, subject: path.joined(separator: "."))
    } else if given.isEmpty, map["driver"] == nil, map["external"] == nil {
      log.add(
        .missingKey, "One of \(list) must be set.", at: value.place, path: path,
        subject: path.joined(separator: "."), expected: list)
    }
  }

  private func checkService(_ service: ComposeValue, _ path: [String]) {
    for (index, port) in (service["ports"]?.list ?? []).enumerated() {
      guard let address = port["host_ip"], let text = address.string, !IPAddress.isValid(text) else { continue }
      log.add(
        .invalidValue, "`\(text)` is no IP address.", at: address.place, path: path + ["ports", String(index)],
        subject: text, expected: "an IP address")
    }
    for (index, watch) in (service["develop"]?["watch"]?.list ?? []).enumerated() {
      guard let target = watch["path"], target.string?.isEmpty == true else { continue }
      log.add(
        .invalidValue, "The path to watch is empty.", at: target.place,
        path: path + ["develop", "watch", String(index), "path"], subject: "path")
    }
    let reserved = service["deploy"]?["resources"]?["reservations"]?["devices"]?.list ?? []
    for device in reserved + (service["gpus"]?.list ?? []) where device["count"] != nil && device["device_ids"] != nil {
      log.add(
        .conflict, "Only one of `count` and `device_ids` can be set.", at: device["device_ids"]?.place?.ofKey,
        path: path, subject: "count")
    }
  }
}
