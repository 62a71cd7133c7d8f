/// How a cause can be cured.
public enum Cure: String, Sendable, CaseIterable {
  /// By editing a file of the project.
  case edit
  /// By a command that no file holds.
  case command
  /// By a decision that only a person can take.
  case decision
}

/// Whether a cause explains all of what is seen, or a part of it such as a size, a speed or a risk.
public enum Extent: String, Sendable, CaseIterable {
  case whole
  case part
}

/// A root cause: when it holds, what it means, and what cures it.
///
/// Causes never change; as objects they are handed around at no cost.
public final class Cause: Sendable {
  /// Drops another cause where this one holds on the same subject.
  public struct Displacement: Hashable, Sendable {
    public let cause: String
    /// The variable that names the subject; nil for this cause's own.
    public let about: Int?

    public init(_ cause: String, about: Int?) {
      self.cause = cause
      self.about = about
    }
  }

  public let id: String
  /// The version of the knowledge base that brought the cause.
  public let since: Int
  /// The symptoms through which a person meets it, with how common it is there, from 1 (rare) to 5.
  public let symptoms: [(id: String, commonness: Int)]
  public let title: LocalizedText
  public let explanation: LocalizedText
  public let cure: Cure
  public let extent: Extent
  /// The most that the condition alone can claim.
  public let confidence: Confidence
  /// The names of all variables of this cause; conditions and edits name them by their number.
  public let variables: [String]
  /// The variable that tells diagnoses of one cause apart; nil when there is one for the whole project.
  public let about: Int?
  public let when: [Clause]
  /// Binds variables for texts and edits; decides nothing.
  public let maybe: [Clause]
  public let supports: [Clause]
  public let weakens: [Clause]
  /// Rules the cause out when one holds.
  public let excludes: [Clause]
  public let insteadOf: [Displacement]
  /// What to write under the place of a variable, where an excerpt of the file shows it.
  public let labels: [(variable: Int, text: LocalizedText)]
  public let fixes: [FixTemplate]
  public let references: [String]

  public init(
    id: String, since: Int, symptoms: [(id: String, commonness: Int)], title: LocalizedText, explanation: LocalizedText,
    cure: Cure, extent: Extent, confidence: Confidence, variables: [String], about: Int?, when: [Clause],
    maybe: [Clause],
    supports: [Clause], weakens: [Clause], excludes: [Clause], insteadOf: [Displacement],
    labels: [(variable: Int, text: LocalizedText)], fixes: [FixTemplate], references: [String]
  ) {
    self.id = id
    self.since = since
    self.symptoms = symptoms
    self.title = title
    self.explanation = explanation
    self.cure = cure
    self.extent = extent
    self.confidence = confidence
    self.variables = variables
    self.about = about
    self.when = when
    self.maybe = maybe
    self.supports = supports
    self.weakens = weakens
    self.excludes = excludes
    self.insteadOf = insteadOf
    self.labels = labels
    self.fixes = fixes
    self.references = references
  }
}
