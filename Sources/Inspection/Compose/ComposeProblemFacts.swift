import ComposeSyntax

extension ComposeReading {
  /// Writes down what makes compose refuse a file because of how it is written.
  ///
  /// Variables without a value and files that are not there are other matters.
  func addProblems(to facts: inout FactStore) {
    for problem in project.problems.prefix(40) where problem.severity == .error && problem.kind.isOfForm {
      let place = place(problem.place)
      let service = problem.path.first == "services" && problem.path.count > 1 ? problem.path[1] : nil
      facts.add(
        "problem",
        [
          "file": Cell(place?.file), "kind": "schema", "name": Cell(problem.message, place),
          "subject": Cell(problem.subject ?? problem.path.last ?? "", place), "like": Cell(problem.suggestion ?? ""),
          "service": Cell(service ?? ""),
        ], at: place)
    }
  }
}

extension ComposeProblem.Kind {
  /// Whether the text itself is wrong: YAML, keys, types, values.
  fileprivate var isOfForm: Bool {
    switch self {
    case .yaml, .nonStringKey, .emptyProject, .unknownKey, .wrongType, .missingKey, .notAllowed, .duplicateItem,
      .invalidName, .invalidProjectName, .invalidCast, .cannotMerge, .extendsCycle, .includeCycle, .unknownBase,
      .invalidValue, .undefinedReference, .dependencyCycle, .conflict, .duplicateContainerName:
      true
    default: false
    }
  }
}
