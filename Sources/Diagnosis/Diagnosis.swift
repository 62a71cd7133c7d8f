import Inspection
import Knowledge

/// A cause that holds, or may hold, for one subject of the project.
public struct Diagnosis: Sendable {
  public let cause: Cause
  /// The value of the cause's `about` variable: a service or a build. Nil when the cause speaks of the whole project.
  public let subject: String?
  public internal(set) var confidence: Confidence
  /// The best way in which the condition holds.
  public let solution: Solution
  /// The rows of the condition, the telling one first, then what only illustrates or supports it.
  public let evidence: [Evidence]
  /// The rows that speak against it.
  public let against: [Evidence]
  public let rank: Rank

  /// The name of the service it is about, where there is one.
  public var service: String? { value(of: "service") }

  /// The value of a variable of the cause; nil when it is unknown.
  public func value(of variable: some StringProtocol) -> String? {
    cause.variables.firstIndex { $0 == variable }.flatMap { solution.value($0) }
  }

  /// A text of the cause with its variables filled in.
  public func text(_ text: LocalizedText, _ language: Language) -> String {
    text.rendered(language) { value(of: $0) }
  }
}

/// What decides the order of diagnoses. Each key counts only where all before it are equal.
public struct Rank: Sendable, Comparable {
  /// How well it fits the telling line of the log.
  public enum Fit: Int, Comparable, Sendable {
    /// The log complains of something else.
    case other
    /// There is no log, or it does not complain.
    case silent
    /// The condition reads what the log complains of.
    case kind
    /// It also names the same thing: path, port, host.
    case thing

    public static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
  }

  public let fit: Fit
  /// What the condition may claim, before diagnoses are compared with each other.
  public let claim: Confidence
  public let extent: Extent
  /// Supports less what weakens.
  public let balance: Int
  public let joined: Int
  public let commonness: Int
  public let id: String

  /// Whether two are equal in what the log and the facts say; the rest is a matter of likelihood.
  public func isLevel(with other: Rank) -> Bool { fit == other.fit && claim == other.claim }

  /// A better rank is less, so that sorting puts it first.
  public static func < (left: Rank, right: Rank) -> Bool {
    if left.fit != right.fit { return left.fit > right.fit }
    if left.claim != right.claim { return left.claim > right.claim }
    if left.extent != right.extent { return left.extent == .whole }
    if left.balance != right.balance { return left.balance > right.balance }
    if left.commonness != right.commonness { return left.commonness > right.commonness }
    if left.joined != right.joined { return left.joined > right.joined }
    return left.id < right.id
  }
}
