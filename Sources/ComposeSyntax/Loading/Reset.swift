/// Takes away what a later file tags `!reset` or `!override`.
enum Reset {
  /// Takes the paths away from `base`, and returns `content` with what it replaces by them in its history.
  static func apply(_ paths: [[String]], to base: inout ComposeMap, replacedBy content: ComposeMap) -> ComposeMap {
    var result = ComposeValue(.map(content))
    for path in paths {
      guard let old = ComposeValue(.map(base)).value(at: path) else { continue }
      result = replacing(old, at: path[...], in: result)
    }
    apply(paths, to: &base)
    return result.map ?? content
  }

  private static func replacing(
    _ old: ComposeValue, at path: ArraySlice<String>, in value: ComposeValue
  ) -> ComposeValue {
    guard let first = path.first else { return value.replacing(old) }
    guard var map = value.map, let inner = map[first] else { return value }
    map[first] = replacing(old, at: path.dropFirst(), in: inner)
    return ComposeValue(.map(map), at: value.place)
  }

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
