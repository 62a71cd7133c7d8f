import SourceText

/// Finds where a Python program begins to listen.
struct PythonListeners {
  let findings: ScriptFindings<PythonLanguage>
  typealias Site = ScriptFindings<PythonLanguage>.Site

  func find() -> [Listener] {
    findings.sites.compactMap { site in
      if let rule = PythonRules.functions[site.name] { return listener(site, rule) }
      guard site.path.count > 2, site.path[site.path.count - 2] == "()" else { return nil }
      let maker = site.path.dropLast(2).joined(separator: ".")
      guard let (methods, rule) = PythonRules.methods[maker], methods.contains(site.path[site.path.count - 1]) else {
        return nil
      }
      return listener(site, rule)
    }
  }

  private func argument(_ at: (position: Int?, labels: [String]), _ site: Site) -> ScriptExpression? {
    if let named = site.call.arguments.first(where: { $0.label.map(at.labels.contains) ?? false }) {
      return named.value
    }
    let unnamed = site.call.arguments.filter { $0.label == nil }
    return at.position.flatMap { unnamed.indices.contains($0) ? unnamed[$0].value : nil }
  }

  private func listener(_ site: Site, _ rule: PythonRules.Listen) -> Listener? {
    var host = argument(rule.host, site)
    var port = argument(rule.port, site)
    var pieces: (host: [TextPiece], port: [TextPiece])?
    if let position = rule.pair {
      guard let address = argument((position, ["server_address", "listener", "address", "addr"]), site) else {
        return nil
      }
      switch findings.value(address, in: site.file) {
      case .list(let elements, _) where elements.count >= 2: (host, port) = (elements[0], elements[1])
      case .number(let number, let place, let setters):
        pieces = (
          [TextPiece(text: "", place: nil)],
          [TextPiece(text: String(number), place: place, isVerbatim: true, setters: setters)]
        )
      case let value: pieces = value.pieces.splitAddress() ?? (value.pieces, value.pieces)
      }
    }
    let place = findings.place(site)
    let hostValue =
      host.flatMap { part($0, site) }.map { $0.traced(around: place) } ?? pieces.map { $0.host.traced(around: place) }
    let portValue =
      port.flatMap { part($0, site) }.map { $0.traced(around: place).port }
      ?? pieces.map { $0.port.traced(around: place).port }
    var listener = Listener(
      place: place, function: findings.function(at: site.call.range.start, in: site.file), call: site.name,
      network: site.name.contains("UDP") ? .udp : .tcp,
      host: (hostValue ?? Traced(.known(rule.defaultHost, place), byFramework: true)).withoutBrackets,
      port: portValue ?? Traced(rule.defaultPort.map { .known($0, place) } ?? .unknown(.computed), byFramework: true),
      isTLS: false)
    listener.role = rule.role
    // What stands under `if __name__ == "__main__":` runs only in the file that is run.
    if site.file != 0, findings.files[site.file].mainBlocks.contains(where: { $0.contains(site.call.range) }) {
      listener.isReached = false
    }
    if findings.files[site.file].source.path.hasSuffix("_test.py") { return nil }
    return listener
  }

  /// Nil for `None`, which means the default.
  private func part(_ expression: ScriptExpression, _ site: Site) -> [TextPiece]? {
    let pieces = findings.value(expression, in: site.file).pieces
    return pieces.isEmpty ? nil : pieces
  }
}
