/// How much a proof may take of the machine.
public struct RunLimits: Hashable, Sendable {
  /// How long a container is watched, in seconds.
  public var watch = 10.0
  /// How long one build may take, in seconds.
  public var build = 600.0
  /// How long both runs may take together, in seconds.
  public var whole = 1800.0
  /// The memory of each container, in bytes, where the project does not ask for less; nil for no limit.
  public var memory: Int? = 1 << 30
  /// How large the copy of the project may get, in bytes.
  public var copy = 4 << 30

  public init() {}
}
