import SourceText

/// A value with the place it came from; no place for what compose takes for granted.
public struct Placed<Value: Sendable>: Sendable {
  public var value: Value
  public var place: ComposePlace?

  public init(_ value: Value, at place: ComposePlace? = nil) {
    self.value = value
    self.place = place
  }
}

extension Placed: Equatable where Value: Equatable {
  /// By value, wherever it stands.
  public static func == (left: Placed, right: Placed) -> Bool { left.value == right.value }
}

/// A service as it would run, after merging, interpolation and defaults.
public struct ComposeService: Sendable {
  public let name: String
  /// All attributes in their long form.
  public let value: ComposeValue
  /// Whether the files of its environment were all read.
  public let hasWholeEnvironment: Bool
  let root: String

  init(name: String, value: ComposeValue, root: String, hasWholeEnvironment: Bool) {
    self.name = name
    self.value = value
    self.root = root
    self.hasWholeEnvironment = hasWholeEnvironment
  }

  /// Where the service is written; its key is the name.
  public var place: ComposePlace? { value.place }

  public subscript(key: String) -> ComposeValue? { value[key] }
}
