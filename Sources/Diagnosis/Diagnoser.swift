import Inspection
import Knowledge

/// Finds the causes that explain what is seen.
public struct Diagnoser: Sendable {
  public let knowledge: KnowledgeBase
  public let inspection: InspectionResult
  var evaluator: Evaluator
  private let passedOver: String?

  /// - Parameter passedOver: a cause that is not looked for.
  public init(knowledge: KnowledgeBase, inspection: InspectionResult, passingOver passedOver: String? = nil) {
    self.knowledge = knowledge
    self.inspection = inspection
    self.passedOver = passedOver
    evaluator = Evaluator(facts: inspection.facts)
  }

  /// Diagnoses a symptom; without one, what the log shows; without a log, every symptom of something that fails.
  public func findings(symptom: String?) -> Findings {
    guard symptom == nil, let shown = inspection.log.symptom else { return findings(of: symptom) }
    let findings = findings(of: shown)
    guard findings.diagnoses.isEmpty else { return findings }
    // One line may show several things. What nothing explains was not what it is about.
    return inspection.log.otherSymptoms.lazy.map { self.findings(of: $0) }.first { !$0.diagnoses.isEmpty } ?? findings
  }

  private func findings(of symptom: String?) -> Findings {
    let walk = symptom.flatMap(knowledge.symptom).map { TreeWalk(diagnoser: self, symptom: $0) }
    let symptoms = symptom.map { [$0] + (walk?.joined ?? []) } ?? Self.standing(knowledge)
    let closed = walk?.closed ?? [:]
    var ranked = rank(symptoms, isSeen: symptom != nil).filter { closed[$0.cause.id] == nil }
    if ranked.isEmpty, let walk { ranked = suspects(walk, of: symptoms) }
    return Findings(
      symptom: symptom, diagnoses: ranked, path: walk?.path ?? [], open: walk?.open ?? [], closed: closed)
  }

  /// The symptoms of something that fails, or is a risk, without anybody having named one. Slowness and size are matters
  /// of taste until somebody complains.
  private static func standing(_ knowledge: KnowledgeBase) -> [String] {
    knowledge.symptoms.map(\.id).filter { $0 != "slow-build" && $0 != "oversized-image" }
  }

  private func rank(_ symptoms: [String], isSeen: Bool) -> [Diagnosis] {
    let symptoms = Set(symptoms)
    let causes = knowledge.causes.filter { cause in
      mayHold(cause, isSeen: isSeen) && cause.symptoms.contains { symptoms.contains($0.id) }
    }
    let found = causes.flatMap { diagnose($0, symptoms, isSeen: isSeen) }
    let kept = found.filter { diagnosis in !found.contains { displaces($0, diagnosis) } }
    return tempered(kept.sorted { $0.rank < $1.rank })
  }

  /// Whether a cause is worth a look: there is a fact of the kind that it is about, or somebody sees its symptom.
  private func mayHold(_ cause: Cause, isSeen: Bool) -> Bool {
    guard cause.id != passedOver else { return false }
    guard !isSeen, let line = cause.when.first else { return true }
    return evaluator.mayGround(line)
  }

  // MARK: One cause

  /// More ways in which a cause holds for one subject than this are not compared.
  private static let mostForOne = 32

  /// One diagnosis for each subject of the cause, by the best of its solutions.
  /// - Parameter said: a person's words that lead to it, where there is nothing better.
  func diagnose(_ cause: Cause, _ symptoms: Set<String>, isSeen: Bool, said: [Evidence] = []) -> [Diagnosis] {
    let start = evaluator.solve(
      [], variables: cause.variables.count, claim: said.isEmpty ? cause.confidence : .possible)
    let held = isSeen ? evaluator.solve(cause.when, from: start) : evaluator.solveGrounded(cause.when, from: start)
    let solutions = (said.isEmpty ? held : held.map { $0.adding(said) })
      .filter { !$0.evidence.isEmpty && !isExcluded($0, cause) }
    var order: [String] = []
    var best: [String: Diagnosis] = [:]
    var counts: [String: Int] = [:]
    for solution in solutions {
      let subject = cause.about.flatMap { solution.value($0) }
      counts[subject ?? "", default: 0] += 1
      if counts[subject ?? "", default: 0] > Self.mostForOne { continue }
      let diagnosis = diagnosis(cause, subject, solution, symptoms)
      if let known = best[subject ?? ""] {
        if diagnosis.rank < known.rank { best[subject ?? ""] = diagnosis }
      } else {
        order.append(subject ?? "")
        best[subject ?? ""] = diagnosis
      }
    }
    // What holds of a build or service says all that the same cause says of nothing in particular.
    if order.count > 1 { order.removeAll(where: \.isEmpty) }
    return order.compactMap { best[$0] }
  }

  func isExcluded(_ solution: Solution, _ cause: Cause) -> Bool {
    cause.excludes.contains { holds($0, solution) != nil }
  }

  /// The solution with a further line, when that line is true.
  func holds(_ line: Clause, _ solution: Solution) -> Solution? {
    var start = solution
    start.truth = .yes
    return evaluator.solve([line], from: [start]).first { $0.truth == .yes }
  }

  func diagnosis(
    _ cause: Cause, _ subject: String?, _ solution: Solution, _ symptoms: Set<String>
  ) -> Diagnosis {
    var full = solution
    for line in cause.maybe { full = holds(line, full).map { $0.keeping(solution) } ?? full }
    let supports = cause.supports.compactMap { holds($0, full) }
    let weakens = cause.weakens.compactMap { holds($0, full) }
    let own = full.evidence.count
    let support = supports.flatMap { $0.evidence.dropFirst(own) }
    let against = weakens.flatMap { $0.evidence.dropFirst(own) }
    let evidence = full.evidence + support
    let claim = full.truth == .yes ? full.claim : .possible
    let rank = Rank(
      fit: fit(of: evidence), claim: claim, extent: cause.extent, balance: supports.count - weakens.count,
      joined: evidence.count { $0.joined },
      commonness: cause.symptoms.filter { symptoms.contains($0.id) }.map(\.commonness).max() ?? 0, id: cause.id)
    return Diagnosis(
      cause: cause, subject: subject, confidence: claim, solution: full, evidence: evidence, against: against,
      rank: rank)
  }

  private func fit(of evidence: [Evidence]) -> Rank.Fit {
    guard let telling = inspection.log.telling else { return .silent }
    let consumed = evidence.filter { $0.row.place.map(telling.contains) == true }
    if consumed.isEmpty { return .other }
    return consumed.contains { $0.joined } ? .thing : .kind
  }

  // MARK: Causes beside each other

  /// Whether one diagnosis explains another away.
  func displaces(_ one: Diagnosis, _ other: Diagnosis) -> Bool {
    guard one.confidence >= other.confidence else { return false }
    return one.cause.insteadOf.contains { displacement in
      guard displacement.cause == other.cause.id else { return false }
      let subject = displacement.about.flatMap { one.solution.value($0) } ?? one.subject
      return subject == nil || other.subject == nil || subject == other.subject
    }
  }

  /// `proven` may not be wrong: what the log does not bear out, what explains only a part while something else explains
  /// the whole, and two explanations of one thing are `likely`.
  private func tempered(_ diagnoses: [Diagnosis]) -> [Diagnosis] {
    diagnoses.map { diagnosis in
      guard diagnosis.confidence == .proven else { return diagnosis }
      let rivals = diagnoses.filter { other in
        other.confidence == .proven && other.cause.id != diagnosis.cause.id && other.cause.extent == .whole
          && other.subject == diagnosis.subject
      }
      let certain =
        diagnosis.rank.fit != .other
        && (diagnosis.cause.extent == .whole || rivals.isEmpty)
        && !rivals.contains { $0.rank.fit >= diagnosis.rank.fit && !isIndependent($0, diagnosis) }
      var tempered = diagnosis
      if !certain { tempered.confidence = .likely }
      return tempered
    }
  }

  private func isIndependent(_ one: Diagnosis, _ other: Diagnosis) -> Bool {
    let files = Set(one.evidence.prefix(1).compactMap { $0.place?.file })
    return files.isDisjoint(with: other.evidence.prefix(1).compactMap { $0.place?.file })
  }
}

extension Solution {
  fileprivate func adding(_ said: [Evidence]) -> Solution {
    var solution = self
    solution.evidence += said
    return solution
  }

  /// The bindings and evidence of this one with the truth and claim of another: what only illustrates decides nothing.
  fileprivate func keeping(_ other: Solution) -> Solution {
    var solution = self
    solution.truth = other.truth
    solution.claim = other.claim
    return solution
  }
}

extension Diagnoser {
  /// The diagnosis with more bindings; nil when the lines do not hold beside it.
  public func extend(_ diagnosis: Diagnosis, with lines: [Clause]) -> Diagnosis? {
    guard !lines.isEmpty else { return diagnosis }
    var start = diagnosis.solution
    start.truth = .yes
    guard let solution = evaluator.solve(lines, from: [start]).first(where: { $0.truth == .yes }) else { return nil }
    return Diagnosis(
      cause: diagnosis.cause, subject: diagnosis.subject, confidence: diagnosis.confidence, solution: solution,
      evidence: diagnosis.evidence, against: diagnosis.against, rank: diagnosis.rank)
  }
}

extension Diagnoser {
  /// Whether lines hold together over the facts, beyond doubt.
  public func holds(_ lines: [Clause], variables: Int) -> Bool {
    evaluator.solve(lines, variables: variables, claim: .proven).contains { $0.truth == .yes }
  }
}
