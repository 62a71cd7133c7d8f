/// Collects the problems of one load, in the order in which compose would meet them.
final class ProblemLog {
  private(set) var problems: [ComposeProblem] = []
  private var seenWarnings: Set<String> = []
  private var seen: Set<String> = []

  /// More problems than anybody reads; the rest is dropped.
  private static let most = 2000

  var hasErrors: Bool { problems.contains { $0.severity == .error } }

  /// Adds a problem unless the same one is there already, as where a file is loaded by two ways.
  func add(_ problem: ComposeProblem) {
    guard problems.count < Self.most else { return }
    let place = problem.place.map { "\($0.path):\($0.range)" } ?? ""
    guard seen.insert("\(problem.kind) \(place) \(problem.message)").inserted else { return }
    problems.append(problem)
  }

  func add(
    _ kind: ComposeProblem.Kind, _ message: String, severity: ComposeProblem.Severity = .error,
    at place: ComposePlace? = nil, path: [String] = [], subject: String? = nil, expected: String? = nil,
    suggestion: String? = nil
  ) {
    add(
      ComposeProblem(
        severity: severity, kind: kind, message: message, expected: expected, suggestion: suggestion, path: path,
        subject: subject, place: place))
  }

  /// Adds a warning unless the same one is there already.
  func warn(
    _ kind: ComposeProblem.Kind, _ message: String, at place: ComposePlace? = nil, path: [String] = [],
    subject: String? = nil
  ) {
    guard seenWarnings.insert("\(kind) \(message)").inserted else { return }
    add(kind, message, severity: .warning, at: place, path: path, subject: subject)
  }
}
