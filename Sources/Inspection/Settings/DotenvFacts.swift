import ComposeSyntax
import SourceText

/// Writes down what environment files set, and whether compose reads them for `${}`.
struct DotenvFacts {
  let workspace: Workspace
  let compose: ComposeReading?

  func add(to facts: inout FactStore) {
    let files = EnvironmentFiles(workspace: workspace)
    let read = Set((compose?.project.environmentFiles ?? []).compactMap { compose?.paths.fromRoot($0.path) })
    for path in files.paths {
      for entry in files.entries(of: path) {
        facts.add(
          "dotenv",
          [
            "file": Cell(path), "name": Cell(entry.name, Place(file: path, entry.nameRange)),
            "value": Cell(entry.value, Place(file: path, entry.range)), "read": Cell(read.contains(path)),
          ], at: Place(file: path, entry.nameRange))
      }
    }
    facts.declare("dotenv", workspace.request.isPartial ? .open : .complete)
  }
}
