import DockerfileSyntax
import SourceText

/// Writes down how much a build sends to the builder, and what of it no build needs.
struct SentFacts {
  let plan: BuildPlan
  let layers: BuildLayers
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    guard let folder = plan.context, plan.dockerfile != nil else { return }
    let ignore = workspace.ignore(of: plan)
    let contents = workspace.contents(of: folder, ignore)
    let whole = layers.layers.first { layer in layer.sources.contains { ContextFiles.clean($0.text) == "." } }
    let source = whole?.sources.first { ContextFiles.clean($0.text) == "." }
    let place = whole.flatMap { plan.place($0.range) }
    let ignoreName = ignore?.file.path ?? Path.join(folder, ".dockerignore")
    facts.add(
      "context",
      [
        "build": Cell(plan.id), "context": Cell(folder), "size": Cell(contents.size), "files": Cell(contents.files),
        "whole": Cell(whole != nil), "copy": Cell(source?.text ?? "", source.flatMap { plan.place($0.range) }),
        "ignore": Cell(ignore != nil), "ignore-file": Cell(ignoreName),
      ], at: place ?? plan.dockerfile.map { Place(file: $0.path, ByteRange(at: 0)) })
    for burden in contents.burdens {
      facts.add(
        "sends",
        [
          "build": Cell(plan.id), "path": Cell(burden.entry.path, source.flatMap { plan.place($0.range) }),
          "kind": Cell(burden.kind.rawValue),
          "size": Cell(burden.entry.size), "files": Cell(burden.entry.files), "whole": Cell(whole != nil),
          "final": Cell(whole.map { $0.stage == plan.build.target } ?? false),
          "kinds": Cell(Self.ignoreLines(contents.burdens)),
        ], at: place, order: whole.map { BuildOrder(build: plan.id, position: $0.instruction) })
    }
    for relation in ["context", "sends"] {
      facts.declare(relation, workspace.request.isPartial ? .open : .presumed, for: plan.id)
    }
  }

  /// The lines of an ignore file that would leave all of it out.
  private static func ignoreLines(_ burdens: [ContextContents.Burden]) -> String {
    var lines: [String] = []
    for burden in burdens {
      let name = Path.name(burden.entry.path)
      let line: String
      switch burden.kind {
      case .git: line = name
      case .modules, .output: line = burden.entry.path.contains("/") ? "**/\(name)" : name
      case .log: line = burden.entry.isDirectory ? burden.entry.path : "**/*.log"
      case .secret where name.hasPrefix(".env"): line = "**/.env*"
      case .data, .secret: line = burden.entry.path
      }
      if !lines.contains(line) { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }
}
