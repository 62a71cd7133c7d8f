/// Collects the problems of one load, in the order in which compose would meet them.
final class ProblemLog {
  private(set) var problems: [ComposeProblem] = []
  private var seenWarnings: Set<String> = []
  private var seen: Set<String> = []

  /// More problems than anybody reads; the rest is dropped.
  private static let most = 2000

  /// How many values, ports and variables a project may still hold. A few lines can stand for any number of them.
  private var valuesLeft = 600_000
  /// How many bytes variables may still add to texts.
  var bytesLeft = 16 << 20
  /// Whether something was left out because the project would have become too large.
  private(set) var isExhausted = false

  /// Whether there are so few problems that a suggestion is worth its time.
  var suggests: Bool { problems.count < 100 }

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

  /// Takes `count` from the values that a project may hold; false, which is reported once, where there are too many.
  func allow(_ count: Int, at place: ComposePlace?) -> Bool {
    if count <= valuesLeft, !isExhausted {
      valuesLeft -= count
      return true
    }
    if !isExhausted {
      isExhausted = true
      add(
        .yaml(.tooLarge), "From here on the project has too many values to be read. What follows is unknown.", at: place
      )
    }
    return false
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
