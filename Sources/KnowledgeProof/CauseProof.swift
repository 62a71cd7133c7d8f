import Diagnosis
import Fixes
import Inspection
import Knowledge
import KnowledgeFormat

/// Proves a cause on its fixtures: `bad/` has it first, `good/` and `near/` have it not, `good/` is silent where nobody
/// complains, and the first fix turns `bad/` into `good/`, byte for byte.
public struct CauseProof: Sendable {
  private let knowledge: KnowledgeBase
  private let cause: Cause
  /// The files of the cause's folder: `bad/Dockerfile`, `near/given.yaml`.
  private let files: [String: MemoryTree.File]

  public init(_ cause: Cause, knowledge: KnowledgeBase, files: [String: MemoryTree.File]) {
    self.cause = cause
    self.knowledge = knowledge
    self.files = files
  }

  /// What does not hold, one line each; empty when all does.
  public func failures() -> [String] {
    do throws(Problem) {
      return try bad() + absent("good") + absent("near")
    } catch {
      return ["\(error)"]
    }
  }

  // MARK: bad/

  private func bad() throws(Problem) -> [String] {
    let request = try request("bad")
    let inspection = Inspector(knowledge: knowledge).inspect(request.inspection)
    let findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: request.symptom)
    var failures = inspection.facts.misfits.map { "bad/: an inspector is wrong: \($0)" }
    guard let first = findings.diagnoses.first, first.cause.id == cause.id else {
      let found = findings.diagnoses.prefix(3).map { "\($0.cause.id) (\($0.confidence.name))" }.joined(separator: ", ")
      return failures + ["bad/ should have it first; found: \(found.isEmpty ? "nothing" : found)"]
    }
    let places = first.evidence.compactMap(\.place)
    if places.allSatisfy({ $0.file == nil && $0.source != .log && $0.source != .command && $0.source != .exitCode }) {
      failures.append("bad/: the diagnosis shows no place")
    }
    let planner = FixPlanner(
      knowledge: knowledge, request: request.inspection, inspection: inspection, symptom: findings.symptom)
    return failures + check(planner.fixes(for: first, beside: findings.diagnoses), inspection)
  }

  private func check(_ fixes: [Fix], _ inspection: InspectionResult) -> [String] {
    guard !fixes.isEmpty else { return ["bad/: no fix is offered"] }
    guard cause.cure == .edit, let first = fixes.first(where: { !$0.changes.isEmpty }) else {
      return cause.cure == .edit && fixes.allSatisfy({ $0.template.safety != .manual })
        ? ["bad/: no fix edits a file"] : []
    }
    var wrong: [String] = []
    let changed = Dictionary(first.changes.map { ($0.path, $0.new) }, uniquingKeysWith: { _, last in last })
    for path in Set(paths(in: "bad") + paths(in: "good") + changed.keys.map { $0 }).sorted() {
      let made = changed[path] ?? files["bad/\(path)"]?.bytes
      if made != files["good/\(path)"]?.bytes {
        wrong.append("good/\(path) is not what the fix “\(first.template.id)” makes of bad/\(path)")
      }
    }
    return wrong
  }

  private func paths(in folder: String) -> [String] {
    files.keys.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }
      .filter { $0 != "given.yaml" }
  }

  // MARK: good/ and near/

  private func absent(_ folder: String) throws(Problem) -> [String] {
    guard files.keys.contains(where: { $0.hasPrefix(folder + "/") }) else { return [] }
    let request = try request(folder)
    let inspection = Inspector(knowledge: knowledge).inspect(request.inspection)
    let findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: request.symptom)
    var failures: [String] = []
    if findings.diagnoses.contains(where: { $0.cause.id == cause.id }) {
      failures.append("\(folder)/ should not have it")
    }
    guard folder == "good" else { return failures }
    if let other = findings.diagnoses.first(where: { $0.confidence == .proven }) {
      failures.append("good/ has another proven cause: \(other.cause.id)")
    }
    // To somebody who complains of nothing, it has nothing to say.
    let unasked = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: nil)
    if let other = unasked.diagnoses.first { failures.append("good/ is not silent: \(other.cause.id)") }
    return failures
  }

  // MARK: Requests

  private func request(_ folder: String) throws(Problem) -> (inspection: InspectionRequest, symptom: String) {
    var tree = MemoryTree()
    for path in paths(in: folder) { tree[path] = files["\(folder)/\(path)"] }
    // What is said beside good/ is what is said beside bad/, but for the log: the fault that it tells of is gone.
    let said = folder == "good" ? nil : files["\(folder)/given.yaml"]
    let given =
      try said.map { file throws(Problem) in
        try Given(file: "\(folder)/given.yaml", text: String(decoding: file.bytes, as: UTF8.self))
      } ?? Given()
    var request = InspectionRequest(tree: tree)
    if let log = given.log {
      var reader = LogReader(knowledge.observations)
      reader.read(Array(log.utf8))
      request.log = reader
    }
    request.exitCode = given.exitCode
    request.commands = given.commands
    request.answers = given.answers
    request.isPartial = given.isPartial
    return (request, given.symptom ?? cause.symptoms.first?.id ?? "")
  }
}
