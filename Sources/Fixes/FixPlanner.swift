import Diagnosis
import Inspection
import Knowledge
import SourceText

/// Works out the fixes of a diagnosis, and offers only those that cure it.
public struct FixPlanner: Sendable {
  private let knowledge: KnowledgeBase
  private let request: InspectionRequest
  private let inspection: InspectionResult
  private let symptom: String?

  /// - Parameter symptom: the one that the diagnoses were made for.
  public init(
    knowledge: KnowledgeBase, request: InspectionRequest, inspection: InspectionResult, symptom: String?
  ) {
    self.knowledge = knowledge
    self.request = request
    self.inspection = inspection
    self.symptom = symptom
  }

  /// The fixes that can be offered, in the order of the knowledge base.
  public func fixes(for diagnosis: Diagnosis, beside all: [Diagnosis]) -> [Fix] {
    diagnosis.cause.fixes.compactMap { plan($0, diagnosis, all) }
  }

  private func plan(_ template: FixTemplate, _ diagnosis: Diagnosis, _ all: [Diagnosis]) -> Fix? {
    let diagnoser = Diagnoser(knowledge: knowledge, inspection: inspection)
    guard let diagnosis = diagnoser.extend(diagnosis, with: template.needs) else { return nil }
    let builder = EditBuilder(diagnosis: diagnosis, files: inspection.files)
    let rebuild = RebuildCommand(facts: inspection.facts)
    guard let changes = builder.changes(template.edits) else { return nil }
    let edited = changes.filter { $0.old != $0.new }
    if !template.edits.isEmpty, edited.isEmpty { return nil }
    if !edited.isEmpty, !cures(edited, diagnosis, all) { return nil }
    return Fix(
      template: template, title: builder.filled(template.title), note: template.note.map(builder.filled),
      changes: edited,
      commands: template.commands.map { command in
        command == "$" + FixTemplate.rebuild ? rebuild.text(for: diagnosis) : builder.filled(command)
      },
      check: edited.isEmpty ? .notApplicable : .cures)
  }

  /// Diagnoses a copy with the changes: the cause must be gone, and nothing new proven. What was observed before the fix
  /// says nothing about the project after it, so the log is left out.
  private func cures(_ changes: [Fix.Change], _ diagnosis: Diagnosis, _ all: [Diagnosis]) -> Bool {
    var copy = request
    let bytes = Dictionary(changes.map { ($0.path, $0.new) }, uniquingKeysWith: { _, last in last })
    copy.tree = OverlayTree(request.tree, changes: bytes)
    copy.log = nil
    copy.exitCode = nil
    let after = Diagnoser(knowledge: knowledge, inspection: Inspector(knowledge: knowledge).inspect(copy))
      .findings(symptom: symptom).diagnoses
    let gone = !after.contains { $0.cause.id == diagnosis.cause.id && $0.subject == diagnosis.subject }
    let known = Set(all.map { "\($0.cause.id) \($0.subject ?? "")" })
    return gone
      && !after.contains { $0.confidence == .proven && !known.contains("\($0.cause.id) \($0.subject ?? "")") }
  }
}
