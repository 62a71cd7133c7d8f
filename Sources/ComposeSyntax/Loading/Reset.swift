/// Takes away what a later file tags `!reset` or `!override`.
enum Reset {
  static func apply(_ paths: [[String]], to map: inout ComposeMap) {
    for path in paths { remove(path[...], from: &map) }
  }

  private static func remove(_ path: ArraySlice<String>, from map: inout ComposeMap) {
    guard let first = path.first else { return }
    if path.count == 1 {
      map[first] = nil
    } else if var value = map[first], var inner = value.map {
      remove(path.dropFirst(), from: &inner)
      value.content = .map(inner)
      map[first] = value
    }
  }
}

/// Leaves out empty items of lists where they mean nothing.
enum OmitEmpty {
  static func apply(to map: ComposeMap) -> ComposeMap {
    guard let services = map["services"], let all = services.map else { return map }
    var map = map
    let cleaned = all.compactMapValues { _, value -> ComposeValue? in
      guard var service = value.map, let dns = service["dns"], let items = dns.list else { return value }
      service["dns"] = ComposeValue(.list(items.filter { !$0.isNull && $0.string != "" }), at: dns.place)
      return ComposeValue(.map(service), at: value.place)
    }
    map["services"] = ComposeValue(.map(cleaned), at: services.place)
    return map
  }
}
