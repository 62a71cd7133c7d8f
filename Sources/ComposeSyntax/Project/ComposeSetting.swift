import SourceText

/// A variable, label or argument: a name with a value.
public struct ComposeSetting: Sendable {
  public enum Source: Sendable, Hashable {
    /// The compose file itself.
    case composeFile
    /// An `env_file` or `label_file`.
    case file
    /// The environment of compose: only the name is written.
    case environment
  }

  public let name: Placed<String>
  /// nil for a name alone that the environment does not set either.
  public let value: Placed<String>?
  public let source: Source
  /// What to delete to take the setting away.
  public let entry: ByteRange?

  init(name: String, value: ComposeValue) {
    self.name = Placed(name, at: value.place?.ofKey)
    self.value = value.placedText
    entry = value.place?.entry
    guard let place = value.place else {
      source = .composeFile
      return
    }
    if place.file.yaml == nil {
      source = .file
    } else if let scalar = place.node?.scalar, value.text != nil,
      place.node?.resolved == .null || !Self.hasValue(scalar, place)
    {
      source = .environment
    } else {
      source = .composeFile
    }
  }

  /// Whether a list item has a value behind its name. A value of a map always has one.
  private static func hasValue(_ scalar: YAMLScalar, _ place: ComposePlace) -> Bool {
    guard let key = place.key, let whole = place.node?.range, whole.contains(key) else { return true }
    return scalar.value.utf8.contains(UInt8(ascii: "="))
  }
}

/// An `env_file`.
public struct ComposeEnvFile: Sendable {
  /// The absolute path.
  public let path: Placed<String>
  /// The path relative to the project root; nil where it lies elsewhere.
  public let pathInRoot: String?
  public let isRequired: Bool
  /// `raw`, or nil for the usual format.
  public let format: Placed<String>?
  /// The whole item.
  public let place: ComposePlace?

  init?(_ value: ComposeValue, root: String) {
    guard let path = value["path"]?.placedText else { return nil }
    self.path = path
    pathInRoot = ComposePath.relative(path.value, to: root)
    isRequired = value["required"]?.bool ?? true
    format = value["format"]?.placedText
    place = value.place
  }
}
