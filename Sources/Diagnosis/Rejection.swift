import Inspection
import Knowledge

/// Why a cause is not among the diagnoses of a symptom.
public struct Rejection: Sendable {
  public enum Reason: Sendable {
    /// What is missing, in each way in which a line of its condition could hold together with the lines before it; what
    /// came furthest first.
    case missing([Gap])
    /// This line holds, and must not: what was found.
    case present(Clause, [Evidence])
    /// Another cause that holds explains it.
    case explained(by: Diagnosis)
    /// A person's answer leads away from it.
    case answered(Findings.Step)
    /// Nothing that was looked at says so, and nothing says that it is not so.
    case unknown
    /// Only a message that nobody has shown, or an answer that nobody has given, would tell.
    case unheard
  }

  /// A line that nothing satisfies, or that must not hold and does.
  public struct Gap: Sendable {
    public let line: Clause
    /// What the lines before it have bound.
    public let solution: Solution
    /// What was found of a line that must not hold.
    public let found: [Evidence]
  }

  public let reason: Reason
  /// What the lines before it have bound, for the texts.
  public let solution: Solution

  /// Whether the cause may hold nevertheless.
  public var isOpen: Bool {
    switch reason {
    case .unknown, .unheard: true
    case .missing, .present, .explained, .answered: false
    }
  }
}

extension Diagnoser {
  /// Why a cause is not among the findings; nil when it is.
  public func rejection(of cause: Cause, among findings: Findings) -> Rejection? {
    guard !findings.diagnoses.contains(where: { $0.cause.id == cause.id }) else { return nil }
    var solutions = evaluator.solve([], variables: cause.variables.count, claim: cause.confidence)
    for line in cause.when {
      let next = evaluator.solve([line], from: solutions)
      if next.isEmpty { return unheard(cause, findings, solutions) ?? failure(of: line, after: solutions) }
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

  /// While nothing explains what is seen, a cause is not ruled out by what nobody has told.
  private func unheard(_ cause: Cause, _ findings: Findings, _ solutions: [Solution]) -> Rejection? {
    guard findings.diagnoses.isEmpty, findings.closed[cause.id] == nil else { return nil }
    let mayHold = unheard.evaluator.solve(cause.when, variables: cause.variables.count, claim: cause.confidence)
    guard mayHold.contains(where: { !isExcluded($0, cause) }) else { return nil }
    return Rejection(reason: .unheard, solution: Self.best(solutions))
  }

  private func failure(of line: Clause, after solutions: [Solution]) -> Rejection {
    let best = Self.best(solutions)
    guard case .not(let lines) = line else {
      let gaps = gaps(line, after: solutions).enumerated().sorted { one, other in
        let (left, right) = (one.element.solution.evidence.count, other.element.solution.evidence.count)
        return left == right ? one.offset < other.offset : left > right
      }
      return Rejection(reason: .missing(gaps.map(\.element)), solution: best)
    }
    return Rejection(reason: .present(line, found(lines, best)), solution: best)
  }

  /// The rows that satisfy lines that must not hold.
  private func found(_ lines: [Clause], _ solution: Solution) -> [Evidence] {
    var start = solution
    start.evidence = []
    return evaluator.solve(lines, from: [start]).first { $0.truth == solution.truth }?.evidence ?? []
  }

  /// What keeps a line from holding: for an `any` the first line that fails in each of its ways.
  private func gaps(_ line: Clause, after solutions: [Solution]) -> [Rejection.Gap] {
    let best = Self.best(solutions)
    switch line {
    case .row: return [Rejection.Gap(line: line, solution: best, found: [])]
    case .not(let lines): return [Rejection.Gap(line: line, solution: best, found: found(lines, best))]
    case .any(let alternatives): return alternatives.flatMap { gaps(in: $0.lines, after: solutions) }
    case .known(let lines):
      let gaps = gaps(in: lines, after: solutions)
      return gaps.isEmpty ? [Rejection.Gap(line: line, solution: best, found: [])] : gaps
    }
  }

  private func gaps(in lines: [Clause], after start: [Solution]) -> [Rejection.Gap] {
    var solutions = start
    for line in lines {
      let next = evaluator.solve([line], from: solutions)
      if next.isEmpty { return gaps(line, after: solutions) }
      solutions = next
    }
    return []
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
