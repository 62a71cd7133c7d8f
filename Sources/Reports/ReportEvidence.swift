import Diagnosis
import Inspection
import Knowledge
import SourceText

/// A piece of evidence with its place as people count, and its words.
public struct ReportEvidence: Sendable {
  /// file, log, engine or answer.
  public let from: String
  /// The place that the diagnosis is about, rather than what bears it out.
  public let isPrimary: Bool
  /// nil for what stands in no file.
  public let file: String?
  public let start: LineColumn?
  /// The place behind the last character.
  public let end: LineColumn?
  public let range: ByteRange
  /// The characters of a file, the line of a log, or the answer.
  public let text: String
  /// What to write under the place.
  public let label: String?

  /// Names a file or a log as a whole, which says nothing beside a place in it.
  var isPointless: Bool { !isPrimary && text.isEmpty && label == nil }
}

/// Turns evidence into places.
public struct EvidenceReader {
  let inspection: InspectionResult
  let language: Language
  private var maps: [String: LineMap] = [:]

  public init(inspection: InspectionResult, language: Language) {
    self.inspection = inspection
    self.language = language
  }

  /// Each place once, the primary one first.
  public mutating func read(_ evidence: [Evidence], of diagnosis: Diagnosis) -> [ReportEvidence] {
    var seen: Set<Place> = []
    var result: [ReportEvidence] = []
    for item in evidence {
      let (place, label) = labelled(item, diagnosis)
      guard let place, seen.insert(place).inserted else { continue }
      if let entry = entry(place, label, isPrimary: result.isEmpty) { result.append(entry) }
    }
    return result.filter { item in
      if item.isPointless, item.from == "log" { return false }
      return !item.isPointless || !result.contains { $0.file == item.file && $0.from == item.from && !$0.isPointless }
    }
  }

  /// The place of a row that has a label, with it; else the place that its pattern looked at. A label that names what is
  /// not known would say nothing.
  private func labelled(_ evidence: Evidence, _ diagnosis: Diagnosis) -> (Place?, String?) {
    for (variable, text) in diagnosis.cause.labels {
      guard let place = diagnosis.solution.bindings[variable]?.cell.place else { continue }
      let cells = evidence.columns.map {
        $0 < evidence.row.cells.count ? evidence.row.cells[$0].place : evidence.row.place
      }
      guard cells.contains(place) else { continue }
      let isKnown = Template(text[language]).variables.allSatisfy { diagnosis.value(of: $0) != nil }
      return (place, isKnown ? diagnosis.text(text, language) : nil)
    }
    return (evidence.place, nil)
  }

  private mutating func entry(_ place: Place, _ label: String?, isPrimary: Bool) -> ReportEvidence? {
    switch place.source {
    case .file(let path):
      guard let file = inspection.files[path] else { return nil }
      let map = maps[path] ?? file.lineMap
      maps[path] = map
      return ReportEvidence(
        from: "file", isPrimary: isPrimary, file: path, start: map.position(of: place.range.start),
        end: map.position(of: place.range.end), range: place.range, text: file.text(place.range), label: label)
    case .log:
      let line = inspection.log.line(at: place.range.start)
      return ReportEvidence(
        from: "log", isPrimary: isPrimary, file: nil, start: line.map { LineColumn(line: $0.number, column: 1) },
        end: nil,
        range: place.range, text: line?.text ?? "", label: label)
    case .exitCode: return plain("log", "exit code", isPrimary, label)
    case .command: return plain("answer", "command", isPrimary, label)
    case .answer(let question): return plain("answer", question, isPrimary, label)
    case .engine(let command): return plain("engine", command, isPrimary, label)
    case .knowledge: return nil
    }
  }

  private func plain(_ from: String, _ text: String, _ isPrimary: Bool, _ label: String?) -> ReportEvidence {
    ReportEvidence(
      from: from, isPrimary: isPrimary, file: nil, start: nil, end: nil, range: ByteRange(at: 0), text: text,
      label: label)
  }
}
