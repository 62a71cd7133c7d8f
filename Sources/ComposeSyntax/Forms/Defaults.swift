/// Adds what compose takes for granted where nothing is written.
enum Defaults {
  static func apply(to map: ComposeMap) -> ComposeMap {
    var map = map
    guard let services = map["services"], let all = services.map else { return map }
    map["services"] = ComposeValue(
      .map(
        all.compactMapValues { _, value -> ComposeValue? in
          value.map.map { ComposeValue(.map(service($0)), at: value.place) } ?? value
        }), at: services.place)
    return map
  }

  private static func service(_ service: ComposeMap) -> ComposeMap {
    var service = service
    change(&service, ["build"]) { build in
      if build["context"] == nil { build["context"] = .string(".") }
    }
    changeItems(&service, ["secrets"]) { secret in
      if secret["target"] == nil, let source = secret["source"]?.string {
        secret["target"] = .string("/run/secrets/\(source)")
      }
    }
    changeItems(&service, ["ports"]) { port in
      if port["protocol"] == nil { port["protocol"] = .string("tcp") }
      if port["mode"] == nil { port["mode"] = .string("ingress") }
    }
    for path in [["gpus"], ["deploy", "resources", "reservations", "devices"]] {
      changeItems(&service, path) { device in
        if device["count"] == nil, device["device_ids"] == nil { device["count"] = .string("all") }
      }
    }
    changeItems(&service, ["volumes"]) { volume in
      change(&volume, ["bind"]) { bind in
        if bind["create_host_path"] == nil { bind["create_host_path"] = ComposeValue(.bool(true)) }
      }
    }
    return service
  }

  /// Changes the map at a path, if there is one.
  private static func change(_ map: inout ComposeMap, _ path: [String], _ body: (inout ComposeMap) -> Void) {
    guard let first = path.first, var value = map[first], var inner = value.map else { return }
    if path.count == 1 { body(&inner) } else { change(&inner, Array(path.dropFirst()), body) }
    value.content = .map(inner)
    map[first] = value
  }

  /// Changes the maps in the list at a path.
  private static func changeItems(_ map: inout ComposeMap, _ path: [String], _ body: (inout ComposeMap) -> Void) {
    guard let first = path.first, var value = map[first] else { return }
    if path.count > 1, var inner = value.map {
      changeItems(&inner, Array(path.dropFirst()), body)
      value.content = .map(inner)
    } else if path.count == 1, let items = value.list {
      value.content = .list(
        items.map { item in
          guard var inner = item.map else { return item }
          body(&inner)
          return ComposeValue(.map(inner), at: item.place)
        })
    }
    map[first] = value
  }
}
