import SourceText

/// Finds the hosts that a Python program speaks to: by calls, and by the settings of Django and Celery.
struct PythonHosts {
  let findings: ScriptFindings<PythonLanguage>
  typealias Site = ScriptFindings<PythonLanguage>.Site

  func find() -> [HostUse] {
    (findings.sites.flatMap { uses($0) } + findings.files.indices.flatMap { settings($0) }).sorted {
      $0.place < $1.place
    }
  }

  private func argument(_ at: (position: Int?, labels: [String]), _ site: Site) -> ScriptExpression? {
    if let named = site.call.arguments.first(where: { $0.label.map(at.labels.contains) ?? false }) {
      return named.value
    }
    let unnamed = site.call.arguments.filter { $0.label == nil }
    return at.position.flatMap { unnamed.indices.contains($0) ? unnamed[$0].value : nil }
  }

  private func uses(_ site: Site) -> [HostUse] {
    guard let rule = PythonRules.dials[site.name] else { return [] }
    let place = findings.place(site)
    if let expression = argument(rule.url, site) {
      let value = findings.value(expression, in: site.file)
      let around = findings.files[site.file].place(expression.range)
      if rule.isPair, case .list(let elements, let file) = value, elements.count >= 2 {
        return [
          use(
            findings.value(elements[0], in: file).pieces, findings.value(elements[1], in: file).pieces, rule.scheme,
            site, around, rule)
        ]
      }
      if case .list(let elements, let file) = value {
        return elements.compactMap { address(findings.value($0, in: file).pieces, rule.scheme, site, around, rule) }
      }
      var port: [TextPiece]?
      if let expression = argument(rule.port, site) { port = findings.value(expression, in: site.file).pieces }
      guard var found = address(value.pieces, rule.scheme, site, around, rule) else { return [] }
      if let port { found.port = port.traced(around: around).port }
      return [found]
    }
    let host = argument(rule.host, site).map { findings.value($0, in: site.file).pieces }
    let port = argument(rule.port, site).map { findings.value($0, in: site.file).pieces }
    guard host != nil || rule.defaultHost != nil else { return [] }
    return [use(host, port, rule.scheme, site, place, rule)]
  }

  /// A URL, `host:port` or a database's text. Nil for a file.
  private func address(
    _ pieces: [TextPiece], _ scheme: String?, _ site: Site, _ around: SourcePlace, _ rule: PythonRules.Dial
  ) -> HostUse? {
    if pieces.allSatisfy({ $0.text == nil }) {
      return pieces.contains { !$0.setters.isEmpty } ? use(pieces, pieces, scheme, site, around, rule) : nil
    }
    if let source = DataSource(pieces, driver: scheme) {
      // `postgresql+psycopg2://`: what stands behind the plus is the driver.
      let name = source.scheme.map { String($0.prefix { $0 != "+" }) }
      if name == "sqlite" || name == "file" { return nil }
      return use(source.host, source.port, name ?? scheme, site, around, rule)
    }
    let split = pieces.splitAddress()
    return use(split?.host ?? pieces, split?.port, scheme, site, around, rule)
  }

  private func use(
    _ host: [TextPiece]?, _ port: [TextPiece]?, _ scheme: String?, _ site: Site, _ around: SourcePlace,
    _ rule: PythonRules.Dial
  ) -> HostUse {
    let offset = site.call.range.start
    return HostUse(
      place: findings.place(site), function: findings.function(at: offset, in: site.file), call: site.name,
      scheme: scheme,
      host: host.map { $0.traced(around: around) }
        ?? Traced(rule.defaultHost.map { .known($0, around) } ?? .unknown(.computed), byFramework: true),
      port: Self.port(port, scheme, around), isTLS: scheme.map(GoHostRule.secure.contains) ?? false,
      isAtStart: findings.isAtStart(offset, in: site.file), retries: site.call.isInLoop ? .yes : .unknown,
      isFatal: rule.isLazy ? .unknown : findings.isFatal(offset, in: site.file), exit: nil)
  }

  private static func port(_ port: [TextPiece]?, _ scheme: String?, _ around: SourcePlace) -> Traced<Int> {
    port.map { $0.traced(around: around).port }
      ?? Traced(
        scheme.flatMap { GoHostRule.ports[$0] }.map { .known($0, around) } ?? .unknown(.computed), byFramework: true)
  }

  // MARK: Settings

  /// `DATABASES`, `CACHES` and the broker of a settings file.
  ///
  /// Sources: https://docs.djangoproject.com/en/stable/ref/settings/#databases, https://docs.celeryq.dev
  private func settings(_ file: Int) -> [HostUse] {
    findings.files[file].bindings.filter { $0.scope == nil }.flatMap { binding -> [HostUse] in
      guard let value = binding.value else { return [] }
      switch binding.name.text {
      case "DATABASES": return databases(findings.value(value, in: file), file)
      case "CACHES":
        return entries(findings.value(value, in: file)).compactMap { entry, inner in
          url(
            findings.member(["LOCATION"], of: findings.value(entry.value, in: inner)).pieces, "redis", file,
            entry.value.range)
        }
      case "BROKER_URL", "CELERY_BROKER_URL", "broker_url", "CELERY_RESULT_BACKEND", "SQLALCHEMY_DATABASE_URI":
        return url(findings.value(value, in: file).pieces, nil, file, value.range).map { [$0] } ?? []
      default: return []
      }
    }
  }

  private func entries(_ value: ScriptValue) -> [(ScriptEntry, Int)] {
    if case .object(let entries, let file) = value { entries.map { ($0, file) } } else { [] }
  }

  private func databases(_ value: ScriptValue, _ file: Int) -> [HostUse] {
    entries(value).compactMap { entry, inner in
      let database = findings.value(entry.value, in: inner)
      let engine = findings.member(["ENGINE"], of: database).known?.split(separator: ".").last.map(String.init)
      let names = ["postgresql": "postgres", "postgresql_psycopg2": "postgres", "mysql": "mysql", "oracle": "oracle"]
      guard engine != "sqlite3" else { return nil }
      let scheme = engine.flatMap { names[$0] }
      let around = findings.files[file].place(entry.value.range)
      func pieces(_ key: String) -> [TextPiece]? {
        let value = findings.member([key], of: database)
        if case .unknown(.undeclared, _) = value { return nil }
        let pieces = value.pieces
        return pieces.isEmpty || pieces.allSatisfy { $0.text == "" && $0.setters.isEmpty } ? nil : pieces
      }
      guard let host = pieces("HOST") else { return nil }
      return use(host, pieces("PORT"), scheme, "DATABASES", file, around)
    }
  }

  private func url(_ pieces: [TextPiece], _ scheme: String?, _ file: Int, _ range: ByteRange) -> HostUse? {
    let around = findings.files[file].place(range)
    if pieces.allSatisfy({ $0.text == nil }) {
      return pieces.contains { !$0.setters.isEmpty } ? use(pieces, pieces, scheme, "settings", file, around) : nil
    }
    guard let source = DataSource(pieces, driver: scheme) else { return nil }
    let name = source.scheme.map { String($0.prefix { $0 != "+" }) }
    if name == "sqlite" || name == "file" || name == "db" { return nil }
    return use(source.host, source.port, name, "settings", file, around)
  }

  private func use(
    _ host: [TextPiece], _ port: [TextPiece]?, _ scheme: String?, _ call: String, _ file: Int, _ around: SourcePlace
  ) -> HostUse {
    HostUse(
      place: around, function: "", call: call, scheme: scheme, host: host.traced(around: around),
      port: Self.port(port, scheme, around),
      isTLS: scheme.map(GoHostRule.secure.contains) ?? false, isAtStart: .unknown, retries: .unknown, isFatal: .unknown,
      exit: nil)
  }
}
