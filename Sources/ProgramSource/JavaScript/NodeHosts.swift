import SourceText

/// Finds the hosts that a Node.js program speaks to.
struct NodeHosts {
  let findings: ScriptFindings<JavaScriptLanguage>
  typealias Site = ScriptFindings<JavaScriptLanguage>.Site

  func find() -> [HostUse] { findings.sites.flatMap { uses($0) }.sorted { $0.place < $1.place } }

  private func uses(_ site: Site) -> [HostUse] {
    let arguments = site.call.arguments
    if let rule = NodeRules.urls[site.name], arguments.indices.contains(rule.argument) {
      let value = findings.value(arguments[rule.argument].value, in: site.file)
      switch value {
      case .text, .unknown:
        return url(value.pieces, rule.scheme, site, arguments[rule.argument].value.range).map { [$0] } ?? []
      case .number(let port, let place, _) where site.path[0] == "ioredis" || site.path[0] == "net":
        let host = arguments.count > 1 ? findings.value(arguments[1].value, in: site.file).pieces : nil
        let spelled = [TextPiece(text: String(port), place: place, isVerbatim: place != nil)]
        return [use(host, spelled, rule.scheme, site, site.call.range, host: "localhost", port: nil)]
      default: break
      }
    }
    guard let rule = NodeRules.options[site.name] else { return [] }
    let argument = arguments.indices.contains(rule.argument) ? rule.argument : arguments.count - 1
    guard argument >= 0 else {
      guard let host = rule.host else { return [] }
      return [use(nil, nil, rule.scheme, site, site.call.range, host: host, port: rule.port)]
    }
    return options(
      findings.value(arguments[argument].value, in: site.file), rule, site, arguments[argument].value.range)
  }

  private func options(
    _ value: ScriptValue, _ rule: (argument: Int, scheme: String?, host: String?, port: Int?), _ site: Site,
    _ range: ByteRange
  ) -> [HostUse] {
    guard case .object(let entries, _) = value else { return [] }
    func member(_ names: [String]) -> ScriptValue? {
      let value = findings.member(names, of: value)
      if case .unknown(.undeclared, _) = value { return nil }
      return value
    }
    let scheme = rule.scheme ?? member(["dialect"])?.known ?? member(["type"])?.known ?? member(["client"])?.known
    for key in NodeRules.urlKeys {
      guard let found = member([key]) else { continue }
      if case .list(let elements, let file) = found {
        return elements.compactMap { url(findings.value($0, in: file).pieces, scheme, site, $0.range) }
      }
      return url(found.pieces, scheme, site, range).map { [$0] } ?? []
    }
    for key in NodeRules.innerKeys where entries.contains(where: { $0.key?.text == key }) {
      let inner = findings.member([key], of: value)
      if case .object = inner { return options(inner, (0, scheme, rule.host, rule.port), site, range) }
      return url(inner.pieces, scheme, site, range).map { [$0] } ?? []
    }
    let host = (member(["host"]) ?? member(["hostname"]))?.pieces
    let port = member(["port"])?.pieces
    guard host != nil || rule.host != nil else { return [] }
    return [use(host, port, scheme, site, range, host: rule.host, port: rule.port)]
  }

  /// Nil for what names no host: a path of the server that the page comes from, or a file.
  private func url(_ pieces: [TextPiece], _ scheme: String?, _ site: Site, _ range: ByteRange) -> HostUse? {
    if pieces.allSatisfy({ $0.text == nil }) {
      guard pieces.contains(where: { !$0.setters.isEmpty }) else { return nil }
      return use(pieces, pieces, scheme, site, range, host: nil, port: nil)
    }
    let url = URLPieces(pieces)
    if url.scheme == nil, pieces.first?.text?.hasPrefix("/") == true || pieces.first?.text?.hasPrefix(".") == true {
      return nil
    }
    let (first, _) = URLPieces.split(url.authority, at: ",")
    let split = first.splitAddress()
    return use(
      split?.host ?? first, split?.port, url.scheme?.lowercasedASCII ?? scheme, site, range, host: nil, port: nil)
  }

  private func use(
    _ host: [TextPiece]?, _ port: [TextPiece]?, _ scheme: String?, _ site: Site, _ range: ByteRange,
    host defaultHost: String?,
    port defaultPort: Int?
  ) -> HostUse {
    let around = findings.files[site.file].place(range)
    let offset = site.call.range.start
    let standard = defaultPort ?? scheme.flatMap { GoHostRule.ports[$0] }
    return HostUse(
      place: findings.place(site), function: findings.function(at: offset, in: site.file), call: site.name,
      scheme: scheme,
      host: host?.traced(around: around).withoutBrackets
        ?? Traced(defaultHost.map { .known($0, around) } ?? .unknown(.computed), byFramework: true),
      port: port?.traced(around: around).port
        ?? Traced(standard.map { .known($0, around) } ?? .unknown(.computed), byFramework: true),
      isTLS: scheme.map(GoHostRule.secure.contains) ?? false, isAtStart: findings.isAtStart(offset, in: site.file),
      retries: site.call.isInLoop ? .yes : .unknown, isFatal: .unknown, exit: nil)
  }
}
