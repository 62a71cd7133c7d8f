import SourceText

/// Writes down the addresses that stand in a service's settings: its configuration files, arguments and entry scripts.
struct AddressMentions {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ServiceFiles
  let workspace: Workspace
  /// The names that other containers have: an unknown name in a file may be anything.
  let names: Set<String>
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    for file in files.files where isConfiguration(file) { read(file, to: &facts) }
    readEnvironmentFiles(to: &facts)
    for layer in chain.layers where layer.kind != .sh {
      for (index, word) in layer.arguments.enumerated() {
        let option = word.text.hasPrefix("-") ? word.text : index > 0 ? layer.arguments[index - 1].text : ""
        read(word, of: option, to: &facts)
      }
    }
    for layer in chain.layers where layer.kind == .script { if let path = layer.file { readScript(path, to: &facts) } }
    for setting in variables { addAdvertised(setting, to: &facts) }
  }

  // MARK: Configuration files

  private static let endings: Set<String> = [
    "yml", "yaml", "json", "toml", "ini", "conf", "cfg", "properties", "env", "cnf", "config",
  ]

  /// Files of these names say nothing about where a program connects to.
  private static let others: Set<String> = [
    "package.json", "package-lock.json", "tsconfig.json", "composer.json", "angular.json", "pyproject.toml",
    "cargo.toml",
    "go.mod", "renovate.json", "pnpm-lock.yaml", "openapi.yaml", "openapi.yml", "openapi.json", "swagger.json",
    "swagger.yaml",
    "launchsettings.json", "manifest.json", "nest-cli.json", "turbo.json", "vercel.json", "daemon.json",
  ]

  private static let sizeLimit = 128 << 10

  private func isConfiguration(_ file: ServiceFiles.File) -> Bool {
    let name = Path.name(file.projectFile).lowercased()
    guard name != ".env", let dot = name.lastIndex(of: "."),
      Self.endings.contains(String(name[name.index(after: dot)...])),
      !Self.others.contains(name),
      !name.contains("compose"), !file.path.hasPrefix("/etc/nginx/"), !name.contains("example"),
      !name.contains("sample"), !name.contains("test")
    else { return false }
    guard let entry = workspace.listing.entry(file.projectFile), entry.size <= Self.sizeLimit else { return false }
    // Those of Spring have an order among them, which its own inspector keeps.
    if file.projectFile.contains("src/main/resources/"), name.hasPrefix("application") { return false }
    let folders = file.projectFile.split(separator: "/").dropLast()
    if folders.contains(where: {
      ["test", "tests", "testdata", "fixtures", "docs", ".github", "node_modules", "vendor", "dist"].contains($0)
    }) {
      return false
    }
    // Of a whole source tree, only what is called like a configuration.
    return file.isMounted
      || ["config", "settings", "application", "appsettings", "prometheus", "database", ".env", "env"].contains {
        name.contains($0)
      }
  }

  private func read(_ file: ServiceFiles.File, to facts: inout FactStore) {
    guard let source = workspace.file(file.projectFile) else { return }
    for address in NetworkAddress.all(in: source.bytes, 0..<source.bytes.count) where isTelling(address) {
      guard let key = SettingKey(of: address.hostRange.lowerBound, in: source.bytes), !key.isComment, !key.isOwnAddress
      else { continue }
      ReachFacts.add(
        address, service.name, by: "file",
        Place(
          file: source.path,
          ByteRange(address.hostRange.lowerBound, address.portRange?.upperBound ?? address.hostRange.upperBound)),
        at: 0, presumed: true, to: &facts)
    }
  }

  /// A `.env` in the image is read by the program itself, if at all: what the container's environment sets comes first.
  private func readEnvironmentFiles(to facts: inout FactStore) {
    let given = Set(variables.map(\.name))
    for file in files.files where Path.name(file.path) == ".env" {
      guard let source = workspace.file(file.projectFile), source.bytes.count <= Self.sizeLimit else { continue }
      let settings = EnvironmentFiles.read(source).filter { !given.contains($0.name) }.map { entry in
        ServiceModel.Setting(
          name: entry.name, value: Cell(entry.value, Place(file: source.path, entry.range)), by: "file")
      }
      ReachFacts(service: service, variables: settings, only: names).add(to: &facts)
    }
  }

  private func isTelling(_ address: NetworkAddress) -> Bool {
    address.effectivePort != nil
      && (address.isLoopback || address.host == "host.docker.internal" || names.contains(address.host))
  }

  // MARK: Arguments and scripts

  private func read(_ word: CommandWords.Word, of option: String, to facts: inout FactStore) {
    let bytes = Array(word.text.utf8)
    let key = option.hasPrefix("-") ? String(option.prefix { $0 != "=" }) : ""
    guard let place = word.place, bytes.count < 4096, !ReachFacts.isOwnAddress(key) else { return }
    let start =
      place.range.count == bytes.count
      ? place.range.start : place.range.count == bytes.count + 2 ? place.range.start + 1 : nil
    for address in NetworkAddress.all(in: bytes, 0..<bytes.count, limit: 8)
    where isTelling(address) && (!address.isLoopback || address.scheme != nil) {
      ReachFacts.add(address, service.name, by: "argument", place, at: start, to: &facts)
    }
  }

  /// `nc -z db 5432`, `wait-for-it db:5432`: a script that waits asks again until it is answered.
  private func readScript(_ path: String, to facts: inout FactStore) {
    guard let file = workspace.file(path) else { return }
    for wait in WaitingScript(file, variables: variables).waits {
      facts.add(
        "reaches",
        [
          "service": Cell(service.name), "host": Cell(wait.host, wait.place),
          "address": Cell(NetworkAddress.kind(wait.host)), "port": Cell(wait.port), "by": "script", "name": "",
          "when": "start", "retries": "yes", "fatal": Cell(nil),
        ], at: wait.place)
    }
  }

  // MARK: Advertised addresses

  /// https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners
  private func addAdvertised(_ setting: ServiceModel.Setting, to facts: inout FactStore) {
    guard setting.name.contains("ADVERTISED"), !setting.name.contains("SECURITY"), let text = setting.value.value else {
      return
    }
    let bytes = Array(text.utf8)
    let place = setting.value.place
    let start = place.map { $0.range.count == bytes.count ? $0.range.start : $0.range.start + 1 } ?? 0
    if setting.name.hasSuffix("HOST_NAME") || setting.name.hasSuffix("_HOST") {
      let whole = place.map { Place($0.source, ByteRange(start, start + bytes.count)) }
      facts.add(
        "advertises",
        [
          "service": Cell(service.name), "host": Cell(text, whole),
          "address": Cell(NetworkAddress.isLoopback(text) ? "loopback" : "name"), "port": "9092",
        ],
        at: place)
      return
    }
    guard setting.name.contains("LISTENERS") else { return }
    for address in NetworkAddress.all(in: bytes, 0..<bytes.count, limit: 16) {
      let position = place.map {
        Place($0.source, ByteRange(start + address.hostRange.lowerBound, start + address.hostRange.upperBound))
      }
      facts.add(
        "advertises",
        [
          "service": Cell(service.name), "host": Cell(address.host, position),
          "address": Cell(address.isLoopback ? "loopback" : "name"),
          "port": Cell(address.effectivePort.map(String.init)),
        ], at: position)
    }
  }
}

/// The key before a value on its line: `endpoint: `, `listen = `.
struct SettingKey {
  let isComment: Bool
  /// Whether it names where the program itself listens, or what browsers call it.
  let isOwnAddress: Bool

  init?(of offset: Int, in bytes: [UInt8]) {
    var start = offset
    while start > 0, offset - start < 512, bytes[start - 1] != 0x0A { start -= 1 }
    let line = String(decoding: bytes[start..<offset], as: UTF8.self).lowercased()
    let text = line.drop { $0 == " " || $0 == "\t" }
    isComment = ["#", "//", ";", "*"].contains { text.hasPrefix($0) }
    let key = text.prefix { $0 != ":" && $0 != "=" }
    isOwnAddress = key.contains("server_name") || ReachFacts.isOwnAddress(String(key))
  }
}
