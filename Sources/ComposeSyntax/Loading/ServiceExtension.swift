/// Replaces `extends` by the service that it names, with the extending service laid over it.
struct ServiceExtension {
  let loader: ModelLoader
  let environment: ComposeEnvironment
  /// From where the files that are extended are found.
  let directory: String

  /// A service of a file.
  private struct Reference: Equatable {
    var file: String
    var service: String
  }

  private static let deepestNesting = 200

  mutating func apply(to content: inout ComposeMap, in file: ComposeFile, resets: [[String]]) {
    guard let value = content["services"] else { return }
    guard var services = value.map else {
      loader.log.add(
        .wrongType, "`services` is \(value.typeName), but must be a mapping.", at: value.place, path: ["services"],
        expected: "a mapping")
      content["services"] = nil
      return
    }
    for name in services.keys {
      let resolved = resolve(name, in: &services, of: file, directory: directory, resets: resets, chain: [])
      services[name] = resolved
    }
    content["services"] = ComposeValue(.map(services), at: value.place)
  }

  /// The service with everything that it extends; nil where there is none.
  private func resolve(
    _ name: String, in services: inout ComposeMap, of file: ComposeFile, directory: String, resets: [[String]],
    chain: [Reference]
  ) -> ComposeValue? {
    guard let value = services[name] else { return nil }
    guard let service = value.map, let extends = service["extends"] else { return value }
    let path = ["services", name, "extends"]
    guard let base = extends.string ?? extends["service"]?.string else {
      loader.log.add(
        .missingKey, "`extends` must name a service.", at: extends.place, path: path, subject: "service",
        expected: "service")
      return without(service, value)
    }
    let here = Reference(file: file.absolutePath, service: name)
    if let start = chain.firstIndex(of: here) {
      let names = (chain[start...] + [here]).map { "`\($0.service)` in \(loader.store.shown($0.file))" }
      loader.log.add(
        .extendsCycle, "These services extend each other: \(names.joined(separator: ", then ")).", at: extends.place,
        path: path, subject: name)
      return without(service, value)
    }
    guard chain.count < Self.deepestNesting else {
      loader.log.add(
        .yaml(.tooLarge), "More than \(Self.deepestNesting) services extend one another.", at: extends.place,
        path: path,
        subject: name)
      return without(service, value)
    }
    let found: ComposeValue?
    if let baseFile = extends["file"]?.string {
      let absolute = ComposePath.isRemote(baseFile) ? baseFile : ComposePath.join(directory, baseFile)
      guard let other = loader.base(absolute, at: extends["file"]?.place, environment, service: name) else {
        return without(service, value)
      }
      var otherServices = other.services
      guard otherServices[base] != nil else {
        return unknown(base, extends, name, other.file, otherServices, service, value)
      }
      found = resolve(
        base, in: &otherServices, of: other.file, directory: ComposePath.directory(of: other.file.absolutePath),
        resets: other.resets, chain: chain + [here])
    } else {
      guard services[base] != nil else { return unknown(base, extends, name, file, services, service, value) }
      found = resolve(
        base, in: &services, of: file, directory: directory, resets: resets, chain: chain + [here])
      // What has been worked out once need not be worked out again.
      if let found { services[base] = found }
    }
    guard let found, found.map != nil, loader.log.allow(found.count, at: extends.place) else {
      return without(service, value)
    }
    var model = ComposeMap([("services", ComposeValue(.map(ComposeMap([(name, found)]))))])
    let own = ComposeMap([("services", ComposeValue(.map(ComposeMap([(name, value)]))))])
    let overriding = Reset.apply(resets, to: &model, replacedBy: own)["services"]?[name] ?? value
    guard let source = model["services"]?[name] else { return without(service, value) }
    var merge = Merge(log: loader.log)
    let merged = merge.merge(overriding, over: source, at: ["services", name])
    return without(merged.map ?? service, merged)
  }

  private func without(_ service: ComposeMap, _ value: ComposeValue) -> ComposeValue {
    var service = service
    service["extends"] = nil
    return ComposeValue(.map(service), at: value.place)
  }

  private func unknown(
    _ base: String, _ extends: ComposeValue, _ name: String, _ file: ComposeFile, _ services: ComposeMap,
    _ service: ComposeMap, _ value: ComposeValue
  ) -> ComposeValue {
    loader.log.add(
      .unknownBase, "`\(name)` extends `\(base)`, but \(file.path) has no such service.",
      at: (extends["service"] ?? extends).place, path: ["services", name, "extends"], subject: base,
      suggestion: Suggestion.nearest(to: base, in: services.keys))
    return without(service, value)
  }
}
