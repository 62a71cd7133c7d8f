/// What can be said of a condition.
public enum Truth: Int, Comparable, Sendable {
  case no
  case unknown
  case yes

  public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }
}
