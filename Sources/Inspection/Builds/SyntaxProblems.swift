import DockerfileSyntax

/// Reports what keeps the builder from reading a Dockerfile, or from making sense of its stages.
struct SyntaxProblems {
  let plan: BuildPlan

  func report(to workspace: Workspace, _ facts: inout FactStore) {
    guard let file = plan.dockerfile else { return }
    let syntax = plan.syntax.problems
    for problem in syntax.isEmpty ? Array(plan.build.problems.prefix(1)) : syntax {
      workspace.report(.error, file: file.path, problem.range, problem.message)
      let place = Place(file: file.path, problem.range)
      let subject = subject(of: problem)
      let isTarget = problem.message.hasPrefix("target stage")
      facts.add(
        "problem",
        [
          "file": Cell(file.path), "kind": Cell(kind(of: problem)), "name": Cell(problem.message, place),
          "subject": Cell(subject, isTarget ? plan.settings.targetPlace ?? place : place),
          "like": Cell(suggestion(problem) ?? subject.flatMap(nearestStage) ?? ""),
        ], at: isTarget ? plan.settings.targetPlace ?? place : place)
    }
  }

  private func kind(of problem: Problem) -> String {
    guard problem.stage == .evaluation else { return "parser" }
    let message = problem.message
    if Self.stages.contains(where: message.contains) { return "stage" }
    return message.hasPrefix("failed to parse stage name") || message.hasPrefix("base name") ? "image-name" : "parser"
  }

  /// The builder's words for a stage that is not there, or not yet.
  private static let stages = [
    "target stage", "invalid stage index", "circular dependency", "copy from stage", "cannot mount from stage",
    "not supported for --from",
  ]

  private func nearestStage(to name: String) -> String? {
    Suggestion.nearest(to: name, among: plan.build.stages.compactMap(\.name))
  }

  /// The word that the builder offers: `(did you mean FROM?)`.
  private func suggestion(_ problem: Problem) -> String? {
    guard problem.message.hasSuffix("?)"), let start = problem.message.lastIndex(of: "(") else { return nil }
    return problem.message[start...].dropLast(2).split(separator: " ").last.map(String.init)
  }

  /// What the message names in quotes; without, the text that it is about.
  private func subject(of problem: Problem) -> String? {
    let parts = problem.message.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count == 3 ? String(parts[1]) : plan.dockerfile.map { $0.text(problem.range) }
  }
}
