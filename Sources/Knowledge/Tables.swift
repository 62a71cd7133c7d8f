/// What is known of a family of base images, by tag.
///
/// A property holds for each tag that its pattern matches; the last match wins.
public struct ImageFamily: Sendable {
  public struct Rule: Sendable {
    /// The pattern of the tag, with `*`.
    public let tag: String
    public let properties: [(name: String, value: String)]

    public init(tag: String, properties: [(name: String, value: String)]) {
      self.tag = tag
      self.properties = properties
    }
  }

  public let family: String
  /// The repositories with these images, without `docker.io/library/`.
  public let repositories: [String]
  public let summary: LocalizedText
  public let rules: [Rule]
  public let references: [String]

  public init(
    family: String, repositories: [String], summary: LocalizedText, rules: [Rule], references: [String]
  ) {
    self.family = family
    self.repositories = repositories
    self.summary = summary
    self.rules = rules
    self.references = references
  }
}

/// How a well-known program behaves when a container runs it.
public struct Program: Sendable {
  /// A mode that arguments choose, such as `--daemonize yes`.
  public struct Mode: Sendable {
    /// The words that must stand in the command, in order and together.
    public let arguments: [String]
    public let properties: [(name: String, value: String)]

    public init(arguments: [String], properties: [(name: String, value: String)]) {
      self.arguments = arguments
      self.properties = properties
    }
  }

  public let name: String
  /// Other names of the same program.
  public let aliases: [String]
  public let properties: [(name: String, value: String)]
  /// Later modes override earlier ones.
  public let modes: [Mode]
  public let references: [String]

  public init(
    name: String, aliases: [String], properties: [(name: String, value: String)], modes: [Mode], references: [String]
  ) {
    self.name = name
    self.aliases = aliases
    self.properties = properties
    self.modes = modes
    self.references = references
  }
}
