import Inspection
import Knowledge

/// Why a cause is not among the diagnoses of a symptom.
public struct Rejection: Sendable {
  public enum Reason: Sendable {
    /// Nothing satisfies this line of its condition together with the lines before it.
    case missing(Clause)
    /// This line holds, and must not: what was found.
    case present(Clause, [Evidence])
    /// Another cause that holds explains it.
    case explained(by: Diagnosis)
    /// A person's answer leads away from it.
    case answered(Findings.Step)
    /// Nothing that was looked at says so, and nothing says that it is not so.
    case unknown
  }

  public let reason: Reason
  /// What the lines before it have bound, for the texts.
  public let solution: Solution

  /// Whether the cause may hold nevertheless.
  public var isOpen: Bool { if case .unknown = reason { true } else { false } }
}

extension Diagnoser {
  /// Why a cause is not among the findings; nil when it is.
  public func rejection(of cause: Cause, among findings: Findings) -> Rejection? {
    guard !findings.diagnoses.contains(where: { $0.cause.id == cause.id }) else { return nil }
    var solutions = evaluator.solve([], variables: cause.variables.count, claim: cause.confidence)
    for line in cause.when {
      let next = evaluator.solve([line], from: solutions)
      if next.isEmpty { return failure(of: line, after: solutions) }
      solutions = next
    }
    let best = Self.best(solutions)
    if let step = findings.closed[cause.id] { return Rejection(reason: .answered(step), solution: best) }
    let grounded = solutions.filter { !$0.evidence.isEmpty }
    let kept = grounded.filter { !isExcluded($0, cause) }
    if kept.isEmpty, let excluded = grounded.first { return exclusion(of: cause, excluded) }
    for solution in kept {
      let own = diagnosis(cause, cause.about.flatMap { solution.value($0) }, solution, [])
      if let other = findings.diagnoses.first(where: { displaces($0, own) }) {
        return Rejection(reason: .explained(by: other), solution: solution)
      }
    }
    return Rejection(reason: .unknown, solution: best)
  }

  private func failure(of line: Clause, after solutions: [Solution]) -> Rejection {
    let best = Self.best(solutions)
    guard case .not(let lines) = line else { return Rejection(reason: .missing(line), solution: best) }
    var start = best
    start.evidence = []
    let found = evaluator.solve(lines, from: [start]).first { $0.truth == best.truth }
    return Rejection(reason: .present(line, found?.evidence ?? []), solution: best)
  }

  private func exclusion(of cause: Cause, _ solution: Solution) -> Rejection {
    for line in cause.excludes {
      guard let found = holds(line, solution) else { continue }
      return Rejection(
        reason: .present(line, Array(found.evidence.dropFirst(solution.evidence.count))), solution: solution)
    }
    return Rejection(reason: .unknown, solution: solution)
  }

  /// The one of which the most is known.
  private static func best(_ solutions: [Solution]) -> Solution {
    solutions.max { ($0.truth, $0.evidence.count) < ($1.truth, $1.evidence.count) }
      ?? Solution(bindings: [], claim: .possible)
  }
}
