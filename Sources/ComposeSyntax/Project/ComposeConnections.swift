/// A network that a service is connected to.
public struct ComposeNetworkConnection: Sendable {
  /// Without a place for the default network that nobody wrote.
  public let name: Placed<String>
  public let aliases: [Placed<String>]
  public let place: ComposePlace?
  public let value: ComposeValue

  init(name: String, value: ComposeValue) {
    self.name = Placed(name, at: value.place?.ofKey)
    aliases = value["aliases"]?.placedTexts ?? []
    place = value.place
    self.value = value
  }
}

/// A service that another one depends on.
public struct ComposeDependency: Sendable {
  public enum Condition: String, Sendable, Hashable {
    case started = "service_started"
    case healthy = "service_healthy"
    case completed = "service_completed_successfully"
  }

  public enum Form: Sendable, Hashable {
    /// `depends_on: [db]`, which waits only for the start.
    case list
    case map
    /// From a link, a shared namespace or `volumes_from`.
    case implied
  }

  public let service: Placed<String>
  /// The condition; without a place where it is implied.
  public let condition: Placed<Condition>
  public let isRequired: Bool
  public let form: Form
  /// The entry of `depends_on`, or what implies it.
  public let place: ComposePlace?

  init(service: String, value: ComposeValue) {
    place = value.place
    self.service = Placed(service, at: value.place?.ofKey)
    let condition = value["condition"]
    self.condition = Placed(condition?.string.flatMap(Condition.init) ?? .started, at: condition?.place)
    isRequired = value["required"]?.bool ?? true
    if value["restart"] != nil, value["restart"]?.place == nil {
      form = .implied
    } else {
      form = value.place?.node?.isMapping ?? false ? .map : .list
    }
  }
}
