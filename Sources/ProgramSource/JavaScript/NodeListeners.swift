import SourceText

/// Finds where a Node.js program begins to listen.
struct NodeListeners {
  let findings: ScriptFindings<JavaScriptLanguage>
  typealias Site = ScriptFindings<JavaScriptLanguage>.Site

  func find() -> [Listener] {
    findings.sites.compactMap { site in
      if let rule = NodeRules.objects.first(where: { $0.name == site.name }) {
        guard site.call.arguments.indices.contains(rule.argument) else { return nil }
        let options = findings.value(site.call.arguments[rule.argument].value, in: site.file)
        if case .unknown(.undeclared, _) = member(["port"], options), member(["listen", "port"], options).known == nil,
          rule.port == nil
        {
          return nil
        }
        return object(options, site, host: rule.host, port: rule.port)
      }
      return site.path.last == "listen" && site.path.count > 1 ? listen(site) : nil
    }
  }

  private func member(_ path: [String], _ value: ScriptValue) -> ScriptValue { findings.member(path, of: value) }

  private func listen(_ site: Site) -> Listener? {
    let module = site.path[0]
    let isServer = NodeRules.servers.contains(module)
    let arguments = site.call.arguments.map(\.value).filter { if case .function = $0.kind { false } else { true } }
    let usesFastify =
      module == "@nestjs/core" && findings.files[site.file].imports.contains { $0.module == "@nestjs/platform-fastify" }
    let library = usesFastify ? "fastify" : module
    guard let first = arguments.first else {
      guard isServer else { return nil }
      return listener(
        site, host: nil, port: nil, defaultHost: NodeRules.host(library), defaultPort: NodeRules.port(library) ?? 0)
    }
    let value = findings.value(first, in: site.file)
    if case .object = value {
      return object(value, site, host: NodeRules.host(library), port: NodeRules.port(library) ?? 0)
    }
    guard isServer || isPort(value) else { return nil }
    if let text = value.known, Int(text) == nil, text.hasPrefix("/") || text.hasPrefix(".") {
      var socket = listener(site, host: value.pieces, port: nil, defaultHost: "", defaultPort: nil)
      socket.network = .unix
      return socket
    }
    var host: [TextPiece]?
    if arguments.count > 1, case .text(let pieces) = findings.value(arguments[1], in: site.file) { host = pieces }
    if arguments.count > 1, host == nil {
      let second = findings.value(arguments[1], in: site.file)
      if !second.setters.isEmpty { host = second.pieces }
    }
    return listener(site, host: host, port: value.pieces, defaultHost: NodeRules.host(library), defaultPort: nil)
  }

  /// Whether a value may be a port: a number, or something from outside whose name says so.
  private func isPort(_ value: ScriptValue) -> Bool {
    if let known = value.known { return Int(known) != nil }
    return value.setters.contains { $0.name.lowercasedASCII.firstRange(of: "port") != nil }
  }

  private func object(_ options: ScriptValue, _ site: Site, host: String, port: Int?) -> Listener {
    func pieces(_ names: [String]) -> [TextPiece]? {
      for name in names {
        for path in [[name], ["listen", name]] {
          let value = member(path, options)
          if case .unknown(.undeclared, _) = value { continue }
          if case .unknown(.computed, []) = value { continue }
          return value.pieces
        }
      }
      return nil
    }
    return listener(
      site, host: pieces(["host", "hostname", "address"]), port: pieces(["port"]), defaultHost: host, defaultPort: port)
  }

  private func listener(
    _ site: Site, host: [TextPiece]?, port: [TextPiece]?, defaultHost: String, defaultPort: Int?
  ) -> Listener {
    let place = findings.place(site)
    let byDefault = Traced<String>(.known(defaultHost, place), byFramework: true)
    let isTLS = site.path[0] == "https"
    return Listener(
      place: place, function: findings.function(at: site.call.range.start, in: site.file), call: site.name,
      network: .tcp, host: host?.traced(around: place) ?? byDefault,
      port: port?.traced(around: place).port
        ?? Traced(defaultPort.map { .known($0, place) } ?? .unknown(.computed), byFramework: true),
      isTLS: isTLS)
  }
}
