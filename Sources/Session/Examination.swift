import Diagnosis
import Fixes
import Inspection
import Knowledge

/// Everything that the files, the log and the answers say at one moment.
struct Examination: Sendable {
  let knowledge: KnowledgeBase
  let request: InspectionRequest
  let inspection: InspectionResult
  let diagnoser: Diagnoser
  /// The findings of every symptom, in the order of the knowledge base.
  let findings: [(symptom: Symptom, findings: Findings)]
  private var planned: [String: [Fix]] = [:]
  private var judged: [String: [Standing]] = [:]

  /// - Parameter count: counts the files that are read.
  init(_ knowledge: KnowledgeBase, _ request: InspectionRequest, count: ReadCount? = nil) {
    self.knowledge = knowledge
    self.request = request
    var counted = request
    if let count { counted.tree = CountedTree(base: request.tree, count: count) }
    let inspection = Inspector(knowledge: knowledge).inspect(counted)
    count?.end()
    let diagnoser = Diagnoser(knowledge: knowledge, inspection: inspection)
    self.inspection = inspection
    self.diagnoser = diagnoser
    findings = knowledge.symptoms.map { ($0, diagnoser.findings(symptom: $0.id)) }
  }

  func findings(of symptom: String) -> Findings? { findings.first { $0.symptom.id == symptom }?.findings }

  /// Each diagnosis once, under the symptom where the most is claimed of it, the best first.
  var all: [(symptom: String, diagnosis: Diagnosis)] {
    var best: [String: (symptom: String, diagnosis: Diagnosis)] = [:]
    for (symptom, findings) in findings {
      for diagnosis in findings.diagnoses {
        if let known = best[diagnosis.id], known.diagnosis.confidence >= diagnosis.confidence { continue }
        best[diagnosis.id] = (symptom.id, diagnosis)
      }
    }
    return best.values.sorted { left, right in
      let (one, other) = (left.diagnosis, right.diagnosis)
      if one.confidence != other.confidence { return one.confidence > other.confidence }
      return (one.cause.id, one.subject ?? "") < (other.cause.id, other.subject ?? "")
    }
  }

  /// How every cause of a symptom stands; worked out once.
  mutating func standings(of symptom: String) -> [Standing] {
    if let known = judged[symptom] { return known }
    guard let findings = findings(of: symptom) else { return [] }
    let standings = knowledge.causes(of: symptom).map { Standing($0, findings, diagnoser) }
    judged[symptom] = standings
    return standings
  }

  /// The fixes of a diagnosis as far as they were worked out; nil when they were not.
  func plannedFixes(for diagnosis: Diagnosis, symptom: String) -> [Fix]? { planned[symptom + " " + diagnosis.id] }

  /// The fixes of a diagnosis, checked on a copy; worked out once.
  mutating func fixes(for diagnosis: Diagnosis, symptom: String) -> [Fix] {
    let key = symptom + " " + diagnosis.id
    if let known = planned[key] { return known }
    let planner = FixPlanner(knowledge: knowledge, request: request, inspection: inspection, symptom: symptom)
    let fixes = planner.fixes(for: diagnosis, beside: findings(of: symptom)?.diagnoses ?? [])
    planned[key] = fixes
    return fixes
  }
}

extension Diagnosis {
  /// Unique within a project: one cause may hold for several services.
  var id: String { subject.map { "\(cause.id)/\($0)" } ?? cause.id }
}
