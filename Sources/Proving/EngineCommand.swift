import Engine

/// One call of the `docker` command line.
public struct EngineCommand: Hashable, Sendable {
  /// The words behind `docker`.
  public private(set) var arguments: [String] = []
  /// The same words as people may see them: without secrets.
  private var shown: [String] = []

  public init(_ arguments: String...) { add(arguments) }

  mutating func add(_ words: [String]) {
    arguments += words
    shown += words
  }

  mutating func add(_ words: String...) { add(words) }

  /// Adds an option whose value is shown as stars.
  mutating func add(_ option: String, hiding value: String, behind name: String) {
    arguments += [option, "\(name)=\(value)"]
    shown += [option, "\(name)=***"]
  }

  /// As a person would type it.
  public var line: String { Invocation("docker", shown, timeout: 0).line }

  /// - Parameter timeout: in seconds.
  func invocation(timeout: Double) -> Invocation {
    var invocation = Invocation("docker", arguments, timeout: timeout)
    // BuildKit would draw its progress otherwise; the classic builder does not know the variable.
    invocation.environment = ["BUILDKIT_PROGRESS": "plain"]
    invocation.joinsErrors = true
    return invocation
  }
}
