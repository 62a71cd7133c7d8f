/// How compose finds out whether a service is healthy.
public struct ComposeHealthcheck: Sendable {
  public enum Form: Sendable, Hashable {
    /// `CMD`: the words are run as they are.
    case exec
    /// `CMD-SHELL` or a string: the shell of the image runs the second word.
    case shell
    /// `NONE`
    case none
  }

  public let value: ComposeValue

  public var place: ComposePlace? { value.place }
  /// `CMD` or `CMD-SHELL` first; nil where the image decides.
  public var test: ComposeCommand? { value["test"].flatMap { ComposeCommand($0) } }
  public var form: Form? {
    switch test?.words.first?.value {
    case "CMD": .exec
    case "CMD-SHELL": .shell
    case "NONE": Form.none
    default: nil
    }
  }
  public var isDisabled: Bool { value["disable"]?.bool == true || form == Form.none }

  /// Durations are nanoseconds.
  public var interval: Placed<Int>? { value["interval"]?.placedNumber }
  public var timeout: Placed<Int>? { value["timeout"]?.placedNumber }
  public var startPeriod: Placed<Int>? { value["start_period"]?.placedNumber }
  public var startInterval: Placed<Int>? { value["start_interval"]?.placedNumber }
  public var retries: Placed<Int>? { value["retries"]?.placedNumber }
}
