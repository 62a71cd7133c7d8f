/// A top-level network, volume, secret or config.
public struct ComposeResource: Sendable {
  /// The key under which services refer to it.
  public let key: String
  public let value: ComposeValue

  /// Where it is written; nil for the default network that nobody wrote.
  public var place: ComposePlace? { value.place }
  /// The name that the engine knows.
  public var name: Placed<String>? { value["name"]?.placedText }
  public var isExternal: Bool { value["external"]?.bool == true }
  public var driver: Placed<String>? { value["driver"]?.placedText }

  /// Of a network: whether it has no way out.
  public var isInternal: Bool { value["internal"]?.bool == true }
  public var internalFlag: Placed<Bool>? { value["internal"]?.placedFlag }

  /// Of a secret or config: the absolute path of its file.
  public var file: Placed<String>? { value["file"]?.placedText }
  /// Of a secret or config: the variable that holds it.
  public var environmentVariable: Placed<String>? { value["environment"]?.placedText }
  /// Of a config: its text.
  public var content: Placed<String>? { value["content"]?.placedText }
}

extension ComposeProject {
  public var networks: [ComposeResource] { resources("networks") }
  public var volumes: [ComposeResource] { resources("volumes") }
  public var secrets: [ComposeResource] { resources("secrets") }
  public var configs: [ComposeResource] { resources("configs") }

  private func resources(_ section: String) -> [ComposeResource] {
    (model[section]?.map ?? ComposeMap()).map { ComposeResource(key: $0.key, value: $0.value) }
  }
}
