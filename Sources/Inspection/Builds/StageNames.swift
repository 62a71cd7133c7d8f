import DockerfileSyntax

/// Tells a stage from an image, and finds the stage that a mistyped name was meant for.
struct StageNames {
  private let build: Build

  init(_ plan: BuildPlan) { build = plan.build }

  /// Whether a name is empty, a stage, or written as an image that can be pulled.
  ///
  /// A word alone may be an image of Docker Hub; one that only stages have a name like is taken for a stage.
  func isPlain(_ name: String) -> Bool {
    if name.isEmpty || name == "scratch" || build.stage(called: name) != nil { return true }
    if name.contains("/") || name.contains(":") || name.contains("@") || name.contains("$") { return true }
    return !Self.usual.contains(name.lowercased()) && nearest(to: name) == nil
  }

  func isPlain(_ base: Stage.Base) -> Bool {
    if case .image(let reference) = base { isPlain(reference) } else { true }
  }

  /// The stage whose name is nearest; nil where the name is one itself, or none is near.
  func nearest(to name: String) -> String? {
    guard !name.isEmpty, build.stage(called: name) == nil, !name.contains("/"), !name.contains(":") else { return nil }
    let stages = build.stages.compactMap(\.name)
    let same = stages.filter {
      $0.lowercased().hasPrefix(name.lowercased()) || name.lowercased().hasPrefix($0.lowercased())
    }
    if let near = Suggestion.nearest(to: name, among: stages) ?? (same.count == 1 ? same.first : nil) { return near }
    return Self.usual.contains(name.lowercased()) && stages.count == 1 ? stages.first : nil
  }

  func nearest(to base: Stage.Base) -> String? {
    if case .image(let reference) = base { nearest(to: reference) } else { nil }
  }

  /// Names that people give to stages, and nobody to an image of Docker Hub's own library.
  private static let usual: Set<String> = [
    "base", "build", "builder", "build-env", "build-stage", "builder-stage", "compile", "compiler", "deps",
    "dependencies",
    "dev", "development", "prod", "production", "release", "runtime", "runner", "final", "test", "tests", "tester",
    "source",
    "sources", "assets", "frontend", "backend", "certs", "app", "app-build",
  ]
}
