/// A volume or a bind mount.
public struct ComposeMount: Sendable {
  public enum Kind: Sendable, Hashable {
    case bind
    case volume
    /// A volume without a name, which each container gets anew.
    case anonymous
    case tmpfs
    case image
    /// `npipe` and `cluster`.
    case other
  }

  public let kind: Kind
  /// The whole item.
  public let place: ComposePlace?
  /// The name of a volume, or the absolute path of a bind mount.
  public let source: Placed<String>?
  /// The path of a bind mount relative to the project root; nil where it lies elsewhere and for volumes.
  public let sourceInRoot: String?
  public let target: Placed<String>
  public let isReadOnly: Bool
  /// The long form with all options.
  public let value: ComposeValue

  init?(_ value: ComposeValue, root: String) {
    guard let target = value["target"]?.placedText else { return nil }
    self.value = value
    self.target = target
    place = value.place
    let source = value["source"]?.placedText.flatMap { $0.value.isEmpty ? nil : $0 }
    self.source = source
    switch value["type"]?.string {
    case "bind": kind = .bind
    case "volume": kind = source == nil ? .anonymous : .volume
    case "tmpfs": kind = .tmpfs
    case "image": kind = .image
    default: kind = .other
    }
    sourceInRoot = kind == .bind ? source.flatMap { ComposePath.relative($0.value, to: root) } : nil
    isReadOnly = value["read_only"]?.bool ?? false
  }
}

/// A secret or config that a service gets as a file.
public struct ComposeFileMount: Sendable {
  /// The name of the top-level secret or config.
  public let source: Placed<String>
  public let target: Placed<String>?
  /// The whole item.
  public let place: ComposePlace?

  init?(_ value: ComposeValue) {
    guard let source = value["source"]?.placedText else { return nil }
    self.source = source
    target = value["target"]?.placedText
    place = value.place
  }
}
