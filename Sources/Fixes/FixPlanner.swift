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
    guard let (diagnosis, first) = changes(template, diagnosis, inspection) else { return nil }
    var changes: [Fix.Change] = []
    if !template.edits.isEmpty {
      guard !first.isEmpty, let complete = completed(first, template, diagnosis, all) else { return nil }
      changes = complete
    }
    let builder = EditBuilder(diagnosis: diagnosis, files: inspection.files)
    let rebuild = RebuildCommand(facts: inspection.facts)
    return Fix(
      template: template, title: builder.filled(template.title), note: template.note.map(builder.filled),
      changes: changes,
      commands: template.commands.map { command in
        command == "$" + FixTemplate.rebuild ? rebuild.text(for: diagnosis) : builder.filled(command)
      },
      check: changes.isEmpty ? .notApplicable : .cures)
  }

  /// What the template changes, and the diagnosis with the variables that its `needs` bind; nil where it has no place.
  private func changes(_ template: FixTemplate, _ diagnosis: Diagnosis, _ inspection: InspectionResult)
    -> (Diagnosis, [Fix.Change])?
  {
    let diagnoser = Diagnoser(knowledge: knowledge, inspection: inspection)
    guard let diagnosis = diagnoser.extend(diagnosis, with: template.needs),
      let changes = EditBuilder(diagnosis: diagnosis, files: inspection.files).changes(template.edits)
    else { return nil }
    return (diagnosis, changes.filter { $0.old != $0.new })
  }

  /// A cause that holds at more places than this is not mended in one go.
  private static let places = 8

  /// Diagnoses a copy with the changes, and mends it again where the cause holds at another place, until the cause is gone.
  /// Nil when it stays, or something new is proven.
  ///
  /// What was observed before the fix says nothing about the project after it, so of the log only the commands are kept.
  private func completed(
    _ first: [Fix.Change], _ template: FixTemplate, _ diagnosis: Diagnosis, _ all: [Diagnosis]
  ) -> [Fix.Change]? {
    let known = Set((all + hidden(by: diagnosis.cause)).map(Self.key))
    var copy = request
    copy.log = request.log?.withoutObservations
    copy.exitCode = nil
    copy.testimony?.forgetStates()
    var made: [String: Fix.Change] = [:]
    var next = first
    for _ in 0..<Self.places {
      for change in next {
        let old = made[change.path].map(\.old) ?? change.old
        made[change.path] = Fix.Change(path: change.path, old: old, new: change.new)
      }
      // What was read already is not read again.
      copy.tree = OverlayTree(
        request.tree, changes: made.mapValues(\.new), known: self.inspection.files.mapValues(\.bytes),
        folders: self.inspection.readings.folders)
      let inspection = self.inspection.inspector.inspect(copy, with: self.inspection.readings)
      let after = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: symptom).diagnoses
      guard let left = after.first(where: { Self.key($0) == Self.key(diagnosis) && !isLess($0, than: diagnosis) })
      else {
        let isNew = after.contains { $0.confidence == .proven && !known.contains(Self.key($0)) }
        return isNew ? nil : made.values.sorted { $0.path < $1.path }
      }
      guard let (_, more) = changes(template, left, inspection), !more.isEmpty else { return nil }
      next = more
    }
    return nil
  }

  /// Whether nothing but a possibility is left of what was proven or likely.
  private func isLess(_ left: Diagnosis, than diagnosis: Diagnosis) -> Bool {
    left.confidence == .possible && diagnosis.confidence != .possible
  }

  /// What a cause explains away was there before it is mended.
  private func hidden(by cause: Cause) -> [Diagnosis] {
    guard !cause.insteadOf.isEmpty else { return [] }
    return Diagnoser(knowledge: knowledge, inspection: inspection, passingOver: cause.id)
      .findings(symptom: symptom).diagnoses
  }

  private static func key(_ diagnosis: Diagnosis) -> String { "\(diagnosis.cause.id) \(diagnosis.subject ?? "")" }
}
