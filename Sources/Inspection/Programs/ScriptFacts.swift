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
      if !known { ScriptFacts.add(file, to: &facts) }
    }
  }

  static func add(_ file: SourceFile, to facts: inout FactStore) {
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
        "traps": Cell(reading.trapsSignals),
      ], at: Place(file: file.path, first))
  }
}
