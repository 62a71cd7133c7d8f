import Inspection
import Knowledge

/// The report for programs, schema 1.
public enum JSONReport {
  /// - Parameter facts: the rows to list, for authors of knowledge; nil for none.
  public static func text(_ report: Report, facts: FactStore? = nil) -> String {
    var members = members(report)
    if !report.reasons.isEmpty { members.append(("why", .array(report.reasons.map(reason)))) }
    if let facts { members.append(("facts", FactList.value(facts))) }
    return JSON.object(members).text(pretty: true) + "\n"
  }

  private static func members(_ report: Report) -> [(String, JSON)] {
    [
      ("schema", .number(1)),
      ("tool", .object([("name", .string("drydock")), ("version", .string(report.version))])),
      (
        "project",
        .object([
          ("files", strings(report.files)), ("services", strings(report.services)),
          ("environment", strings(report.environment)),
        ])
      ),
      ("symptom", report.symptom.map { .string($0.id) } ?? .null),
      ("diagnoses", .array(report.entries.map { diagnosis($0, report.language) })),
      ("path", .array(report.path.map(step))),
      ("open", .array(report.open.map(open))),
      ("problems", .array(report.problems.map(problem))),
    ]
  }

  private static func diagnosis(_ entry: Report.Entry, _ language: Language) -> JSON {
    .object([
      ("cause", .string(entry.diagnosis.cause.id)),
      ("symptoms", strings(entry.diagnosis.cause.symptoms.map(\.id))),
      ("confidence", .string(entry.diagnosis.confidence.name)),
      ("service", entry.diagnosis.service.map(JSON.string) ?? .null),
      ("title", .string(entry.title)),
      ("explanation", .string(entry.explanation)),
      ("evidence", .array(entry.evidence.map(evidence))),
      ("against", .array(entry.against.map(evidence))),
      (
        "fixes",
        .array(
          entry.fixes.map { fix in
            .object([
              ("id", .string(fix.template.id)), ("safety", .string(fix.template.safety.rawValue)),
              ("title", .string(fix.title[language])), ("note", fix.note.map { .string($0[language]) } ?? .null),
              ("diff", .string(fix.patch)), ("run", strings(fix.commands)),
              ("checked", .bool(fix.check == .cures)),
            ])
          })
      ),
      ("see", strings(entry.diagnosis.cause.references)),
    ])
  }

  private static func evidence(_ evidence: ReportEvidence) -> JSON {
    var members: [(String, JSON)] = [
      ("from", .string(evidence.from)), ("role", .string(evidence.isPrimary ? "primary" : "context")),
    ]
    if let file = evidence.file { members.append(("file", .string(file))) }
    if let start = evidence.start {
      members.append(("line", .number(start.line)))
      if evidence.file != nil { members.append(("column", .number(start.column))) }
    }
    if let end = evidence.end {
      members += [("endLine", .number(end.line)), ("endColumn", .number(end.column))]
    }
    members.append(("text", .string(evidence.text)))
    if let label = evidence.label { members.append(("label", .string(label))) }
    return .object(members)
  }

  private static func step(_ step: Report.Step) -> JSON {
    .object([
      ("question", .string(step.question.id)), ("answer", .string(step.answer)), ("by", .string(step.by)),
    ])
  }

  private static func open(_ open: Report.OpenQuestion) -> JSON {
    .object([
      ("question", .string(open.question.id)), ("text", .string(open.text)),
      ("answers", strings(open.question.answers.map(\.id))),
      ("command", open.command.map(JSON.string) ?? .null),
    ])
  }

  private static func reason(_ reason: Report.Reason) -> JSON {
    .object([
      ("cause", .string(reason.cause.id)), ("confidence", reason.confidence.map { .string($0.name) } ?? .null),
      ("reasons", strings(reason.lines)),
    ])
  }

  private static func problem(_ problem: Report.Problem) -> JSON {
    .object([
      ("severity", .string(problem.severity)), ("file", problem.file.map(JSON.string) ?? .null),
      ("line", problem.line.map(JSON.number) ?? .null), ("message", .string(problem.message)),
    ])
  }

  private static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}
