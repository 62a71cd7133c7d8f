/// The first form of compose files, which had the services at the top instead of below `services`.
///
/// Compose refuses them today, and says so; what they mean is plain all the same.
enum LegacyForm {
  /// The services below `services`, where the file has services at its top and no `services`. Links and volumes of
  /// others counted as dependencies then as they do now.
  static func modernised(_ content: ComposeMap) -> ComposeMap {
    guard content["services"] == nil, content["version"] == nil else { return content }
    let services = content.filter { !sections.contains($0.key) && !$0.key.hasPrefix("x-") }
    guard !services.isEmpty, services.allSatisfy({ isService($0.value) }) else { return content }
    var result = ComposeMap()
    for (key, value) in content where sections.contains(key) || key.hasPrefix("x-") { result[key] = value }
    result["services"] = ComposeValue(.map(ComposeMap(services.map { ($0.key, modernised($0.value)) })))
    return result
  }

  /// A service whose `dockerfile` stood beside `build` instead of below it.
  private static func modernised(_ service: ComposeValue) -> ComposeValue {
    guard var map = service.map, let context = map["build"], context.string != nil, let file = map["dockerfile"] else {
      return service
    }
    map["build"] = ComposeValue(.map(ComposeMap([("context", context), ("dockerfile", file)])), at: context.place)
    map["dockerfile"] = nil
    return ComposeValue(.map(map), at: service.place)
  }

  private static let sections: Set<String> = ["networks", "volumes", "secrets", "configs", "name", "include", "models"]

  private static func isService(_ value: ComposeValue) -> Bool {
    value.map.map { $0["image"] != nil || $0["build"] != nil || $0["extends"] != nil || $0["command"] != nil } ?? false
  }
}
