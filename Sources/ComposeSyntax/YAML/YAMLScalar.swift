import SourceText

/// The text of a scalar node, how it was written, and where each part of it stands.
public struct YAMLScalar: Sendable {
  public enum Style: Sendable, Hashable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// The text after quotes, escapes and folding have been taken away.
  public let value: String
  public let style: Style
  /// Whether nothing was written at all, as in `key:`.
  public let isMissing: Bool
  /// Where the bytes of `value` stand in the file.
  public let map: SourceMap

  init(_ value: String, style: Style, map: SourceMap, isMissing: Bool = false) {
    self.value = value
    self.style = style
    self.map = map
    self.isMissing = isMissing
  }

  /// Whether the scalar is a string whatever it looks like, as quoted and block scalars are.
  public var isQuoted: Bool { style != .plain }
}
