import DockerfileSyntax
import SourceText

/// Writes down the scripts that a container's processes are.
struct ScriptFacts {
  let chain: ProcessChain
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for layer in chain.layers where layer.kind == .script {
      guard let path = layer.file, let file = workspace.file(path) else { continue }
      let known = facts.rows("script").contains { facts.cell($0, "path").value == path }
      if !known { ScriptFacts.add(file, sourced: { source($0, beside: path) }, to: &facts) }
    }
  }

  /// A file that a script reads in, by the name that it has in the image.
  private func source(_ name: String, beside script: String) -> SourceFile? {
    let beside = Path.join(Path.parent(script), Path.name(name))
    if workspace.listing.contains(beside) { return workspace.file(beside) }
    let found = workspace.listing.items.map(\.path).filter { Path.name($0) == Path.name(name) }
    return found.count == 1 ? found.first.flatMap(workspace.file) : nil
  }

  static func add(
    _ file: SourceFile, sourced: (String) -> SourceFile? = { _ in nil }, to facts: inout FactStore
  ) {
    let end = ScriptEnd(file, sourced: sourced)
    let reading = ScriptReading(file)
    let first = reading.shebang?.range ?? ByteRange(at: 0)
    let start = reading.start
    facts.add(
      "script",
      [
        "path": Cell(file.path),
        "interpreter": Cell(reading.shebang?.path, reading.shebang.map { Place(file: file.path, $0.range) }),
        "endings": Cell(reading.hasCarriageReturns ? "crlf" : "lf", Place(file: file.path, first)),
        "execs": Cell(
          reading.replacesItself ? "yes" : reading.startsLast ? "last" : "no",
          start?.words.first.map { Place(file: file.path, $0.range) }),
        "starts": Cell(start?.words.first.map { $0.text ?? file.text($0.range) }),
        "waits": Cell(
          reading.wait.map { $0.text ?? file.text($0.range) } ?? "",
          reading.wait.map { Place(file: file.path, $0.range) }),
        "traps": Cell(reading.trapsSignals), "ends": Cell(end?.kind.rawValue ?? "no", end?.place),
        "because": Cell(end?.text ?? "", end?.place), "strict": Cell(ScriptEnd.isStrict(file)),
      ], at: Place(file: file.path, first))
  }
}
