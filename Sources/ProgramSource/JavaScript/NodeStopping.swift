import SourceText

/// Finds the signals that a Node.js program handles and the servers it closes.
///
/// Source: https://nodejs.org/api/process.html#signal-events
struct NodeStopping {
  let findings: ScriptFindings<JavaScriptLanguage>
  typealias Site = ScriptFindings<JavaScriptLanguage>.Site

  func handlers() -> [SignalHandler] {
    findings.sites.lazy.filter { site in
      site.path.count == 2 && site.path[0] == "process" && ["on", "once", "addListener"].contains(site.path[1])
        && site.call.arguments.count > 1
    }.prefix(Self.most).compactMap { site -> SignalHandler? in
      let (signals, isKnown) = names(site)
      if isKnown, !signals.contains(where: { $0.hasPrefix("SIG") }) { return nil }
      return SignalHandler(
        place: findings.place(site), function: findings.function(at: site.call.range.start, in: site.file),
        call: site.name,
        how: .handled, signals: signals.filter { $0.hasPrefix("SIG") }, isEverySignal: false,
        hasUnknownSignals: !isKnown,
        isBuffered: .unknown, outcome: outcome(site))
    }
  }

  /// The signal, or those of a list that is walked over: `['SIGINT', 'SIGTERM'].forEach((s) => process.on(s, …))`.
  private func names(_ site: Site) -> (names: [String], isKnown: Bool) {
    if let name = findings.value(site.call.arguments[0].value, in: site.file).known { return ([name], true) }
    for call in findings.files[site.file].calls
    where call.range.contains(site.call.range) && call.range != site.call.range {
      guard case .member(let base, let member) = call.function.kind, member.text == "forEach" else { continue }
      if case .list(let elements, _) = findings.value(base, in: site.file) {
        let names = elements.compactMap(\.literal)
        return (names, names.count == elements.count)
      }
    }
    return ([], false)
  }

  /// The bytes of the function that handles the signal; nil where it is not in the file.
  private func body(_ site: Site) -> ByteRange? {
    let handler = site.call.arguments[1].value
    let file = findings.files[site.file]
    if case .function = handler.kind { return handler.range }
    guard let name = handler.path?.last else { return nil }
    if let function = file.functions.first(where: { $0.name == name }) { return function.body }
    guard let value = file.bindings(of: name, at: site.call.range.start).last?.value, case .function = value.kind else {
      return nil
    }
    return value.range
  }

  private func outcome(_ site: Site) -> SignalHandler.Outcome {
    guard let body = body(site) else { return .unknown }
    let inside = findings.sites.filter { $0.file == site.file && body.contains($0.call.range) }
    if inside.contains(where: { closesServer($0) }) { return .drains }
    return inside.contains { $0.path.suffix(2) == ["process", "exit"] } ? .exits : .ends
  }

  /// `server.close()`, `app.close()` of what listens.
  private func closesServer(_ site: Site) -> Bool {
    guard site.path.count > 1, ["close", "stop", "shutdown"].contains(site.path[site.path.count - 1]) else {
      return false
    }
    if NodeRules.servers.contains(site.path[0]) || site.path[0].hasSuffix("hapi") { return true }
    return site.path.dropLast().contains { ["server", "app", "httpServer", "fastify", "listen"].contains($0) }
  }

  /// No program handles more signals, or closes more servers, than this.
  private static let most = 64

  func shutdowns() -> [ShutdownCall] {
    let allExits = findings.sites.filter { $0.path.suffix(2) == ["process", "exit"] }
    let timers = findings.sites.filter { $0.path == ["setTimeout"] }
    return findings.sites.lazy.filter { closesServer($0) }.prefix(Self.most).map { site in
      let offset = site.call.range.start
      let file = findings.files[site.file]
      let function = file.function(at: offset)
      let body = function.map { file.functions[$0].body } ?? ByteRange(0, file.source.bytes.count)
      let exits = allExits.lazy.filter {
        $0.file == site.file && body.contains($0.call.range) && $0.call.range.start > offset
      }.prefix(Self.most)
      // An exit inside the callback waits; one beside the call does not, unless the call is awaited.
      let early = exits.first { exit in
        !site.call.range.contains(exit.call.range)
          && file.function(at: exit.call.range.start) == function
      }
      let isAwaited = isAwaited(site)
      let timer = timers.first { $0.file == site.file && body.contains($0.call.range) }
      let seconds = timer?.call.arguments.dropFirst().first.flatMap { findings.value($0.value, in: site.file).known }
        .flatMap { Double($0) }
      let lost = early != nil && !isAwaited
      return ShutdownCall(
        place: findings.place(site), function: findings.function(at: offset, in: site.file), call: site.name,
        kind: .drains,
        isInGoroutine: false, awaited: lost ? .no : .yes, reason: lost ? .mainReturns : .inMainFlow,
        sign: lost ? early.map { findings.place($0) } : nil,
        deadline: timer == nil ? .none : .seconds(seconds.map { $0 / 1000 }))
    }
  }

  /// Whether `await` stands before the call.
  private func isAwaited(_ site: Site) -> Bool {
    let bytes = findings.files[site.file].source.bytes
    let before = ByteRange(max(0, site.call.range.start - 6), site.call.range.start)
    return bytes[before.start..<before.end].elementsEqual("await ".utf8)
  }
}
