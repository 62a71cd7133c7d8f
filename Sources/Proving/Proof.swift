import Diagnosis
import Fixes
import Knowledge

/// What came out of running a project before and after its fix.
public struct Proof: Sendable {
  public enum Verdict: String, Sendable {
    /// The symptom was seen, and is gone with the fix.
    case cured
    /// The project as it is does not show the symptom.
    case notSeen = "not-seen"
    /// The fix does not take the symptom away.
    case notCured = "not-cured"
    /// The runs cannot tell.
    case unclear
    /// Somebody ended it.
    case interrupted
  }

  /// One of the two runs.
  public struct Run: Sendable {
    public let record: RunRecord
    public let sighting: Sighting
    /// What the output says of the cause.
    public let witness: Witness
  }

  /// What a log says of a cause.
  public enum Witness: String, Sendable {
    /// With this output it is the best explanation.
    case same
    /// It is among the explanations.
    case among
    /// Something else explains the output.
    case other
    /// The output complains of nothing.
    case silent
  }

  public let verdict: Verdict
  public let cause: Cause
  public let subject: String?
  /// The one that was seen, or looked for.
  public let symptom: String
  /// The fix; nil where a person has mended the project.
  public let fix: Fix?
  public let changes: [Fix.Change]
  public let engine: String
  public let before: Run
  /// nil where the first run left nothing to prove.
  public let after: Run?
  /// What the first run shows in place of the symptom.
  public let other: Symptom?
  /// What the files say that was not carried over.
  public let leftOut: [String]
  /// What was made and could not be removed.
  public let leftovers: [String]
  public let seconds: Double
}
