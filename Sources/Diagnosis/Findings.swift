import Inspection
import Knowledge

/// What the diagnosis of a project found.
public struct Findings: Sendable {
  /// The symptom that was given, or that the log shows; nil when all were looked at.
  public let symptom: String?
  /// All diagnoses, the best first.
  public let diagnoses: [Diagnosis]
  /// The questions of the symptom's tree that are settled, from the root.
  public let path: [Step]
  /// The questions whose answer would tell more, the nearest first.
  public let open: [Question]
  /// Causes that a person's answer has ruled out, by their id.
  public let closed: [String: Step]

  /// A settled question.
  public struct Step: Sendable {
    public let question: Question
    /// An answer's id; `unknown` when the person cannot tell.
    public let answer: String
    /// What settled it: the person's word, or facts.
    public let evidence: [Evidence]
    public let byPerson: Bool
  }

  /// What a person sees without asking for more: all that is proven; else the best, with at most two that are as good.
  public var shown: [Diagnosis] {
    let proven = diagnoses.filter { $0.confidence == .proven }
    guard proven.isEmpty, let best = diagnoses.first else { return proven }
    return [best] + diagnoses.dropFirst().prefix(2).filter { $0.rank.isLevel(with: best.rank) }
  }
}

extension Findings {
  /// The way as far as its first steps, with nothing found: what is known to somebody who has come no further.
  public func begun(steps: Int) -> Findings {
    Findings(symptom: symptom, diagnoses: [], path: Array(path.prefix(steps)), open: [], closed: [:])
  }
}
