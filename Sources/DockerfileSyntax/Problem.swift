import SourceText

/// Something that keeps the builder from reading or building a file, with the place where it stands.
public struct Problem: Hashable, Sendable {
  /// The step of the build that fails.
  public enum Stage: Hashable, Sendable, Comparable {
    /// Lines cannot be made into instructions; the builder stops at the first of these.
    case syntax
    /// An instruction has wrong flags or arguments.
    case instruction
    /// The values do not fit: an unknown stage, an invalid image name, an unclosed quote.
    case evaluation
  }

  public let stage: Stage
  public let range: ByteRange
  /// An English sentence without a final stop, worded as the builder words it where it has a message.
  public let message: String

  public init(_ stage: Stage, _ range: ByteRange, _ message: String) {
    self.stage = stage
    self.range = range
    self.message = message
  }
}
