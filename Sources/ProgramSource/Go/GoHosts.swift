import SourceText

/// Finds the hosts that a program speaks to.
struct GoHosts {
  let calls: GoCalls
  private var index: GoIndex { calls.index }

  init(_ calls: GoCalls) { self.calls = calls }

  /// Methods with which a program first speaks to a host whose connection it has prepared.
  private func tries(_ site: GoLibraryCall) -> [GoLibraryCall] {
    let libraries = [site.symbol.library, site.symbol.library.hasPrefix("gorm.io/") ? "gorm.io/gorm" : "database/sql"]
    let closing: Set<String> = ["Close", "SetMaxOpenConns", "SetMaxIdleConns", "SetConnMaxLifetime", "Stats"]
    return calls.library.filter {
      $0.isMethod && libraries.contains($0.symbol.library) && !closing.contains($0.symbol.name)
    }
  }

  func find() -> [HostUse] {
    calls.library.flatMap { site -> [HostUse] in
      let rules =
        (GoHostRule.byLibrary[site.symbol.library] ?? [])
        + (site.symbol.library == site.symbol.package ? [] : GoHostRule.byLibrary[site.symbol.package] ?? [])
      guard let rule = rules.first(where: { $0.names.contains(site.symbol.name) }) else { return [] }
      return uses(rule, site)
    }.sorted { $0.place < $1.place }
  }

  private func uses(_ rule: GoHostRule, _ site: GoLibraryCall) -> [HostUse] {
    let arguments = site.call.arguments
    var scheme = rule.scheme
    let expression: GoExpression
    switch rule.address {
    case .address(let position), .url(let position), .list(let position):
      guard arguments.indices.contains(position) else { return [] }
      expression = arguments[position]
    case .source(let position):
      guard arguments.indices.contains(position) else { return [] }
      expression = arguments[position]
      if position > 0, scheme == nil {
        var evaluator = GoEvaluator(index, calls.settings)
        scheme = evaluator.value(arguments[position - 1], unit: site.unit).known
      }
      if let scheme, GoFileRule.fileDrivers.contains(scheme) { return [] }
    case .fields(let position, let names): return options(rule, site, position, names)
    }
    return calls.values(expression, in: site.call.code).flatMap { value, _ in
      uses(value, expression, scheme, rule, site)
    }
  }

  private func uses(
    _ value: GoValue, _ expression: GoExpression, _ scheme: String?, _ rule: GoHostRule, _ site: GoLibraryCall
  ) -> [HostUse] {
    let around = index.place(expression.range, unit: site.unit)
    switch value {
    case .list(let values): return values.flatMap { uses($0, expression, scheme, rule, site) }
    case .made(let symbol, let arguments) where symbol.package == "net/url":
      var evaluator = GoEvaluator(index, calls.settings)
      return uses(evaluator.url("String", arguments), expression, scheme, rule, site)
    default: break
    }
    // The address of a driver's own settings: `sql.Open("mysql", config.FormatDSN())`.
    if case .call(let function, _) = expression.kind, case .selector(let base, let member) = function.kind,
      member.text == "FormatDSN"
    {
      var evaluator = GoEvaluator(index, calls.settings)
      let address = evaluator.field("Addr", of: base, unit: site.unit, nil).pieces
      let split = address.splitAddress()
      return [use(split?.host ?? address, split?.port, scheme ?? "mysql", rule, site, around)]
    }
    let pieces = value.pieces
    if pieces.allSatisfy({ $0.text == nil }) { return [use(pieces, pieces, scheme, rule, site, around)] }
    switch rule.address {
    case .source:
      guard let source = DataSource(pieces, driver: scheme) else {
        let unknown = [TextPiece(text: nil, setters: pieces.flatMap(\.setters), reason: .computed)]
        return [use(unknown, unknown, scheme, rule, site, around)]
      }
      return [use(source.host, source.port, source.scheme, rule, site, around)]
    case .url: return url(pieces, scheme, rule, site, around).map { [$0] } ?? []
    default:
      if PieceText(pieces).firstIndex(of: "://") != nil {
        return url(pieces, scheme, rule, site, around).map { [$0] } ?? []
      }
      if let first = pieces.first?.text, first.hasPrefix("/") || first.hasPrefix("unix:") { return [] }
      let split = pieces.splitAddress()
      return [use(split?.host ?? pieces, split?.port, scheme, rule, site, around)]
    }
  }

  private func url(
    _ pieces: [TextPiece], _ scheme: String?, _ rule: GoHostRule, _ site: GoLibraryCall, _ around: SourcePlace
  ) -> HostUse? {
    let url = URLPieces(pieces)
    if url.scheme == "file" || url.scheme == "unix" { return nil }
    // A path alone goes to a server that the program itself names elsewhere.
    if url.scheme == nil, pieces.first?.text?.hasPrefix("/") == true { return nil }
    let (first, _) = URLPieces.split(url.authority, at: ",")
    let split = first.splitAddress()
    return use(split?.host ?? first, split?.port, url.scheme?.lowercasedASCII ?? scheme, rule, site, around)
  }

  /// `redis.Options{Addr: "cache:6379"}`
  private func options(_ rule: GoHostRule, _ site: GoLibraryCall, _ position: Int, _ names: [String]) -> [HostUse] {
    guard site.call.arguments.indices.contains(position) else { return [] }
    let argument = site.call.arguments[position]
    var evaluator = GoEvaluator(index, calls.settings)
    let around = index.place(argument.range, unit: site.unit)
    if case .made(let symbol, _) = evaluator.value(argument, unit: site.unit), symbol.name == "ParseURL" { return [] }
    for name in names {
      let value = evaluator.field(name, of: argument, unit: site.unit, nil)
      if case .unknown(.library, []) = value { return [] }
      if value.known == "" || value.pieces.isEmpty { continue }
      return uses(value, argument, rule.scheme, rule, site)
    }
    guard rule.host != nil else { return [] }
    return [use(nil, nil, rule.scheme, rule, site, around)]
  }

  private func use(
    _ host: [TextPiece]?, _ port: [TextPiece]?, _ scheme: String?, _ rule: GoHostRule, _ site: GoLibraryCall,
    _ around: SourcePlace
  ) -> HostUse {
    let fallback = scheme.flatMap { GoHostRule.ports[$0] } ?? rule.port
    var hostValue = host.map { $0.traced(around: around).withoutBrackets } ?? Traced(.unknown(.computed))
    if host == nil, let name = rule.host { hostValue = Traced(.known(name, around), byFramework: true) }
    var portValue = port.map { $0.traced(around: around).port } ?? Traced(.unknown(.computed))
    if port == nil, let fallback { portValue = Traced(.known(fallback, around), byFramework: true) }
    let tries = rule.isLazy ? self.tries(site).filter { calls.flow.isAtStart($0.call.code) != .no } : [site]
    let failures = tries.map { calls.failure(of: $0.position) }
    let failure = failures.first { $0.isFatal == .yes } ?? failures.first { $0.isFatal == .unknown } ?? (.no, nil)
    let repeated: Answer = (tries + [site]).contains { Self.isRepeated($0, calls) } ? .yes : .no
    return HostUse(
      place: calls.place(of: site.call), function: calls.function(of: site.call), call: site.name,
      scheme: scheme, host: hostValue, port: portValue,
      isTLS: rule.isTLS || scheme.map(GoHostRule.secure.contains) ?? false,
      isAtStart: calls.flow.isAtStart(site.call.code),
      retries: repeated, isFatal: failure.isFatal, exit: failure.exit)
  }

  /// Whether a call stands in a loop, its function is called in one, or a library of retries runs it.
  private static func isRepeated(_ site: GoLibraryCall, _ calls: GoCalls) -> Bool {
    let index = calls.index
    var call = site.call
    for _ in 0..<6 {
      if calls.flow.isRetried(call.node) { return true }
      let code = index.codes[call.code]
      if code.isLiteral {
        if let node = code.outerNode, retries(node, code.range, calls) { return true }
        guard let outer = code.outer, let node = code.outerNode else { return false }
        if calls.flow.isRetried(node), code.start != .callback { return true }
        call.code = outer
        call.node = node
        continue
      }
      guard let caller = index.callers[call.code]?.first, !code.isHandler else { return false }
      call = index.calls[caller]
    }
    return false
  }

  /// Whether a function literal is handed to a function that says it tries again.
  private static func retries(_ node: Int, _ literal: ByteRange, _ calls: GoCalls) -> Bool {
    (calls.index.callsByNode[node] ?? []).contains { position in
      let call = calls.index.calls[position]
      guard call.range.contains(literal), call.range != literal else { return false }
      let name =
        calls.index.symbol(call.function, unit: calls.index.unit(of: call))?.description ?? call.function.name
        ?? GoServers.member(of: call) ?? ""
      return ["retry", "backoff"].contains { name.lowercasedASCII.firstRange(of: $0) != nil }
    }
  }
}
