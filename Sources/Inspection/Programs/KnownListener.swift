import SourceText

/// Where a well-known program listens: by its arguments, then its environment, its configuration, its default.
struct KnownListener {
  let launched: LaunchedProgram
  let known: ProgramCatalog.Behaviour
  let variables: [ServiceModel.Setting]
  let files: ServiceFiles
  let workspace: Workspace

  struct Address {
    var host: (value: String?, place: Place?)
    var port: (value: String?, place: Place?)
    /// What gave the address: argument, variable, default.
    var by: String
  }

  /// Nil where the program is not known to listen.
  func address() -> Address? {
    guard known["port"] != nil || known["address"] != nil || known["bind-flags"] != nil else { return nil }
    var address = Address(host: (known["address"], nil), port: (known["port"], nil), by: "default")
    readConfiguration(&address)
    readVariables(&address)
    readArguments(&address)
    return address
  }

  private func words(_ name: String) -> [String] { known[name]?.split(separator: " ").map(String.init) ?? [] }

  // MARK: Environment and configuration

  private func readVariables(_ address: inout Address) {
    for name in words("address-variables") {
      guard let setting = variables.last(where: { $0.name == name }) else { continue }
      address.host = (setting.value.value.map(Self.kind), setting.value.place)
      address.by = "variable"
      break
    }
    for name in words("port-variables") {
      guard let setting = variables.last(where: { $0.name == name }),
        setting.value.value.map({ Int($0) != nil }) ?? true
      else { continue }
      address.port = (setting.value.value, setting.value.place)
      // A program that takes its port from PORT opens itself to the outside when it is set.
      if let open = known["address-with-port-variable"] { address.host = (open, setting.value.place) }
      break
    }
    for name in words("bind-variables") {
      guard let setting = variables.last(where: { $0.name == name }), let text = setting.value.value else { continue }
      bind(text, setting.value.place, &address)
      address.by = "variable"
    }
  }

  /// A configuration file of its own that speaks of an address makes it unknown: what it says is code.
  private func readConfiguration(_ address: inout Address) {
    for name in words("configuration") {
      guard let path = files.projectFile(name, in: nil), let file = workspace.file(path) else { continue }
      let text = file.text(ByteRange(0, min(file.bytes.count, 64 << 10)))
      if text.contains("host") { address.host = (nil, nil) }
      if text.contains("port:") || text.contains("port =") { address.port = (nil, nil) }
    }
    guard let keys = known["configuration-keys"]?.split(separator: " ").map(String.init),
      let name = known["configuration-file"],
      let path = files.projectFile(name, in: nil), let file = workspace.file(path)
    else { return }
    let reader = KeyedSettings(file)
    if let port = reader.value(at: keys + ["port"]) { address.port = (port.value, port.place) }
    if let host = reader.value(at: keys + ["host"]) { address.host = (host.value.map(Self.kind), host.place) }
  }

  // MARK: Arguments

  private func readArguments(_ address: inout Address) {
    let arguments = launched.arguments
    for (index, word) in arguments.enumerated() {
      let next = index + 1 < arguments.count ? arguments[index + 1] : nil
      // A configuration that is named may say anything.
      if value(of: words("configuration-flags"), word, next) != nil, address.by == "default" {
        (address.host, address.port) = ((nil, nil), (nil, nil))
      }
      if let given = value(of: words("address-flags"), word, next) {
        // A switch without a value, such as vite's `--host`, means all addresses.
        let isSwitch = known["address-switch"] != nil && (given.text.isEmpty || given.text.hasPrefix("-"))
        address.host = (
          isSwitch ? "all" : given.text.isEmpty || given.text.hasPrefix("$") ? nil : Self.kind(given.text), given.place
        )
        address.by = "argument"
      }
      if let given = value(of: words("port-flags"), word, next) {
        address.port = (Int(given.text).map(String.init), given.place)
        if let open = known["address-with-port-flag"] { address.host = (open, given.place) }
      }
      if let given = value(of: words("bind-flags"), word, next) {
        bind(given.text, given.place, &address)
        address.by = "argument"
      }
    }
    readPositional(&address)
  }

  /// `runserver 0.0.0.0:8000`, `http.server 8000`.
  private func readPositional(_ address: inout Address) {
    guard known["positional"] != nil else { return }
    for word in launched.arguments.dropFirst(known.decidingArgument.map { $0 + 1 } ?? 0) where !word.text.hasPrefix("-")
    {
      let isAddress = word.text.contains(":") || Int(word.text) != nil
      guard isAddress else { continue }
      if Int(word.text) != nil {
        address.port = (word.text, word.place)
      } else {
        bind(word.text, word.place, &address)
        address.by = "argument"
      }
      return
    }
  }

  /// `0.0.0.0:8000`, `:8000`, `unix:/run/app.sock`, `8000`.
  private func bind(_ text: String, _ place: Place?, _ address: inout Address) {
    guard !text.isEmpty, !text.hasPrefix("unix:"), !text.hasPrefix("/") else {
      address.host = (nil, place)
      address.port = (nil, place)
      return
    }
    var text = text
    if let scheme = text.firstRange(of: "://") { text = String(text[scheme.upperBound...]) }
    let colon = text.lastIndex(of: ":")
    let host = colon.map { String(text[..<$0]) } ?? text
    let hostPlace = place.flatMap { place -> Place? in
      let extra = place.range.count - text.utf8.count
      guard extra == 0 || extra == 2 else { return nil }
      return Place(
        place.source, ByteRange(place.range.start + extra / 2, place.range.start + extra / 2 + host.utf8.count))
    }
    if let colon {
      let port = String(text[text.index(after: colon)...])
      address.port = (Int(port).map(String.init), place)
    }
    address.host = (host.contains("$") ? nil : Self.kind(host), hostPlace)
  }

  private func value(
    of flags: [String], _ word: CommandWords.Word, _ next: CommandWords.Word?
  ) -> (text: String, place: Place?)? {
    for flag in flags {
      if word.text == flag { return (next?.text ?? "", next?.place) }
      if word.text.hasPrefix(flag + "=") {
        let text = String(word.text.dropFirst(flag.count + 1))
        return (
          text,
          word.place.map {
            Place($0.source, ByteRange(max($0.range.start, $0.range.end - text.utf8.count), $0.range.end))
          }
        )
      }
      if flag.count == 2, !flag.hasPrefix("--"), word.text.hasPrefix(flag), word.text.count > 2 {
        return (String(word.text.dropFirst(2)), nil)
      }
    }
    return nil
  }

  static func kind(_ text: String) -> String {
    let text = text.hasPrefix("[") ? String(text.dropFirst().prefix { $0 != "]" }) : text
    if ["", "0.0.0.0", "::", "*", "true", "all", "any", "+", "0"].contains(text) { return "all" }
    return NetworkAddress.isLoopback(text) ? "loopback" : "name"
  }
}
