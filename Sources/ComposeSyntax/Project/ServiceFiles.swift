/// Reads the `env_file` and `label_file` of services into their environment and labels.
struct ServiceFiles {
  let store: FileStore
  let log: ProblemLog
  let environment: ComposeEnvironment
  /// Services that have a file which could not be read, so that their environment is not known as a whole.
  private(set) var incomplete: Set<String> = []

  mutating func apply(to model: inout ComposeMap, _ active: [String]) {
    guard let value = model["services"], var services = value.map else { return }
    for name in active {
      guard let entry = services[name], var service = entry.map else { continue }
      addVariables(&service, name)
      addLabels(&service, name)
      services[name] = ComposeValue(.map(service), at: entry.place)
    }
    model["services"] = ComposeValue(.map(services), at: value.place)
  }

  private mutating func addVariables(_ service: inout ComposeMap, _ name: String) {
    guard let files = service["env_file"]?.list, !files.isEmpty else { return }
    let own = service["environment"]?.map ?? ComposeMap()
    var variables = ComposeMap()
    for (index, item) in files.enumerated() {
      guard let path = item["path"], let text = path.string else { continue }
      let place = path.place ?? item.place
      guard
        let file = open(
          text, at: place, isRequired: item["required"]?.bool ?? true,
          path: ["services", name, "env_file", String(index)], service: name)
      else { continue }
      let known = variables
      let lookup = { [environment] (variable: String) -> String? in
        environment[variable] ?? own[variable]?.string ?? known[variable]?.string
      }
      guard !log.isExhausted else { continue }
      let format = item["format"]?.string ?? ""
      let entries: [EnvironmentFile.Entry]
      switch format {
      case "": entries = EnvironmentFile(file, log: log, lookup: lookup).entries
      case "raw":
        entries = EnvironmentFile.raw(file, log: log) { [environment] in environment[$0] ?? own[$0]?.string }
      default:
        log.add(
          .invalidValue, "`\(format)` is no format of environment files.", at: item["format"]?.place,
          path: ["services", name, "env_file", String(index), "format"], subject: format, expected: "raw")
        continue
      }
      guard log.allow(2 * entries.count, at: place) else {
        incomplete.insert(name)
        continue
      }
      for entry in entries {
        variables[entry.name] = variables[entry.name].map { entry.value.replacing($0) } ?? entry.value
      }
    }
    for (variable, value) in own {
      variables[variable] = variables[variable].map { value.replacing($0) } ?? value
    }
    guard !variables.isEmpty else { return }
    service["environment"] = ComposeValue(.map(variables), at: service["environment"]?.place)
  }

  private mutating func addLabels(_ service: inout ComposeMap, _ name: String) {
    guard let files = service["label_file"]?.list, !files.isEmpty else { return }
    var labels = ComposeMap()
    for (index, item) in files.enumerated() {
      guard let text = item.string,
        let file = open(
          text, at: item.place, isRequired: true, path: ["services", name, "label_file", String(index)], service: name)
      else { continue }
      let known = labels
      for entry in EnvironmentFile(file, log: log, lookup: { known[$0]?.string }).entries {
        labels[entry.name] = entry.value
      }
    }
    for (label, value) in service["labels"]?.map ?? ComposeMap() {
      labels[label] = labels[label].map { value.replacing($0) } ?? value
    }
    guard !labels.isEmpty else { return }
    service["labels"] = ComposeValue(.map(labels), at: service["labels"]?.place)
  }

  private mutating func open(
    _ absolute: String, at place: ComposePlace?, isRequired: Bool, path: [String], service: String
  ) -> ComposeFile? {
    let shown = store.shown(absolute)
    switch store.read(absolute, isYAML: false) {
    case .file(let file): return file
    case .missing:
      guard isRequired else { return nil }
      log.add(
        .missingFile, "There is no file `\(shown)`.", at: place, path: path, subject: shown,
        suggestion: store.suggestion(for: absolute))
    case .directory:
      log.add(.unreadableFile, "`\(shown)` is a directory.", at: place, path: path, subject: shown)
    case .refused(let reason):
      log.add(.unreadableFile, "`\(shown)` cannot be read: \(reason).", at: place, path: path, subject: shown)
    case .outside:
      log.add(
        .outsideRoot, "`\(shown)` lies outside of the project, so what it sets is unknown.", severity: .unknown,
        at: place, path: path, subject: shown)
    }
    incomplete.insert(service)
    return nil
  }
}
