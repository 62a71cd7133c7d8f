import SourceText

/// The variables that interpolation can use, and where each comes from.
public struct ComposeEnvironment: Sendable {
  public enum Source: Sendable {
    /// The environment that the caller gave.
    case host
    /// A `.env` file.
    case file(ComposePlace)
    /// Compose itself, as `COMPOSE_PROJECT_NAME`.
    case compose
  }

  private var variables: [String: (value: String, source: Source)] = [:]

  init(host: [String: String]) {
    for (name, value) in host { variables[name] = (value, .host) }
  }

  subscript(name: String) -> String? { variables[name]?.value }

  func source(of name: String) -> Source? { variables[name]?.source }

  mutating func set(_ name: String, _ value: String, source: Source) {
    variables[name] = (value, source)
  }

  /// Adds variables that are not there yet.
  mutating func add(_ other: [(name: String, value: String, source: Source)]) {
    for (name, value, source) in other where variables[name] == nil { variables[name] = (value, source) }
  }
}

/// One use of a variable in a compose file.
public struct ComposeVariable: Sendable {
  public enum Modifier: Sendable, Hashable {
    /// `:-` and `-`
    case defaultValue
    /// `:?` and `?`
    case required
    /// `:+` and `+`
    case replacement
  }

  public var name: String
  public var modifier: Modifier?
  /// From `$` to the end of the name or the closing brace.
  public var place: ComposePlace?
  /// The value of the variable, which need not be what stands in the result; nil if it is not set.
  public var value: String?
  /// Where the value comes from; nil if it is not set.
  public var source: ComposeEnvironment.Source?
}
