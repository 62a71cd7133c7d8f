import DockerfileSyntax

/// Reports what keeps the builder from reading a Dockerfile.
struct SyntaxProblems {
  let plan: BuildPlan

  func report(to workspace: Workspace, _ facts: inout FactStore) {
    guard let file = plan.dockerfile else { return }
    let syntax = plan.syntax.problems
    for problem in syntax.isEmpty ? Array(plan.build.problems.prefix(1)) : syntax {
      workspace.report(.error, file: file.path, problem.range, problem.message)
      let place = Place(file: file.path, problem.range)
      facts.add(
        "problem", ["file": Cell(file.path), "kind": "parser", "name": Cell(problem.message, place)], at: place)
    }
  }
}
