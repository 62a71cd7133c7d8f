import Diagnosis
import Inspection
import Knowledge
import SourceText

/// Says of a cause why it is among the diagnoses, or why it is not.
struct ReasonReader {
  let knowledge: KnowledgeBase
  let inspection: InspectionResult
  let findings: Findings
  let language: Language

  func reason(_ cause: Cause) -> Report.Reason {
    if let found = findings.diagnoses.first(where: { $0.cause.id == cause.id }) {
      return Report.Reason(cause: cause, confidence: found.confidence, lines: reasons(found))
    }
    let diagnoser = Diagnoser(knowledge: knowledge, inspection: inspection)
    let files = inspection.files
    let language = language
    let text = RejectionText(facts: inspection.facts, language: language) {
      Self.place($0, files: files, language)
    }
    let lines = diagnoser.rejection(of: cause, among: findings).map { [text.text($0)] } ?? []
    return Report.Reason(cause: cause, confidence: nil, lines: lines)
  }

  private func reasons(_ diagnosis: Diagnosis) -> [String] {
    let text = FactText(relations: knowledge.relations, language: language)
    return diagnosis.evidence.map { evidence in
      [text.text(evidence), Self.place(evidence.place, files: inspection.files, language)].compactMap { $0 }
        .joined(separator: language == .zh ? "，" : ", ")
    }
  }

  private static func place(_ place: Place?, files: [String: SourceFile], _ language: Language) -> String? {
    switch place?.source {
    case .file(let path):
      guard let file = files[path], let start = place?.range.start else { return path }
      return "\(path):\(file.lineMap.position(of: start).line)"
    case .log: return "log"
    case .exitCode: return Phrase.exitCode.text(language)
    case .answer: return Phrase.answer.text(language)
    case .command: return Phrase.command.text(language)
    case .engine(let command): return command
    case .knowledge, nil: return nil
    }
  }
}
