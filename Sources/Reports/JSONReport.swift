import Inspection
import Knowledge
import SourceText

/// The report for programs, schema 1.
public enum JSONReport {
  /// The report as a value.
  ///
  /// - Parameter facts: the rows to list, for authors of knowledge; nil for none.
  public static func value(_ report: Report, facts: FactStore? = nil) -> JSON {
    var members = members(report)
    if !report.ignored.isEmpty { members.append(("ignored", .array(report.ignored.map(ignored)))) }
    if !report.reasons.isEmpty { members.append(("why", .array(report.reasons.map(reason)))) }
    if let facts {
      members.append(("facts", FactList.value(facts) { report.showsSecrets ? $0 : report.secrets.masked($0) }))
    }
    return .object(members)
  }

  /// The report of a project that could not be inspected: a problem, and nothing else.
  public static func failure(version: String, path: String, message: String) -> ProjectReport {
    let project: JSON = .object([
      ("path", .string(path)), ("files", .array([])), ("services", .array([])), ("environment", .array([])),
    ])
    let problem = problem(Report.Problem(severity: "error", file: nil, line: nil, message: message))
    let json: JSON = .object([
      ("schema", .number(1)), ("tool", tool(version)), ("project", project), ("symptom", .null),
      ("diagnoses", .array([])), ("path", .array([])), ("open", .array([])), ("problems", .array([problem])),
    ])
    return ProjectReport(json, project: project)
  }

  private static func tool(_ version: String) -> JSON {
    .object([("name", .string("drydock")), ("version", .string(version))])
  }

  private static func members(_ report: Report) -> [(String, JSON)] {
    [
      ("schema", .number(1)),
      ("tool", tool(report.version)),
      (
        "project",
        .object([
          ("path", .string(report.folder)), ("files", strings(report.files)), ("services", strings(report.services)),
          ("environment", strings(report.environment)),
        ])
      ),
      ("symptom", report.symptom.map { .string($0.id) } ?? .null),
      ("diagnoses", .array(report.entries.map { diagnosis($0, report) })),
      ("path", .array(report.path.map(step))),
      ("open", .array(report.open.map(open))),
      ("problems", .array(report.problems.map(problem))),
    ]
  }

  private static func diagnosis(_ entry: Report.Entry, _ report: Report) -> JSON {
    let new: [(String, JSON)] = entry.isNew ? [("new", .bool(true))] : []
    let head: [(String, JSON)] = [
      ("cause", .string(entry.diagnosis.cause.id)),
      ("symptoms", strings(entry.diagnosis.cause.symptoms.map(\.id))),
      ("confidence", .string(entry.diagnosis.confidence.name)),
    ]
    let rest: [(String, JSON)] = [
      ("service", entry.diagnosis.service.map(JSON.string) ?? .null),
      ("title", .string(entry.title)),
      ("explanation", .string(entry.explanation)),
      ("evidence", .array(entry.evidence.map { evidence($0, report) })),
      ("against", .array(entry.against.map { evidence($0, report) })),
      (
        "fixes",
        .array(
          entry.fixes.map { fix in
            .object(
              [
                ("id", .string(fix.template.id)), ("safety", .string(fix.template.safety.rawValue)),
                ("title", .string(fix.title[report.language])),
                ("note", fix.note.map { .string($0[report.language]) } ?? .null),
                ("diff", .string(fix.patch)), ("run", strings(fix.commands)),
                ("checked", .bool(fix.check == .cures)),
              ] + (fix.isRedacted ? [("redacted", .bool(true))] : []))
          })
      ),
      ("see", strings(entry.diagnosis.cause.references)),
    ]
    return .object(head + new + rest)
  }

  private static func evidence(_ evidence: ReportEvidence, _ report: Report) -> JSON {
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
    // The same columns in code points, for tools that count so.
    if let file = evidence.file.flatMap({ report.sources[$0] }), let start = evidence.start, let end = evidence.end {
      members += [
        ("codePointColumn", .number(file.codePointColumn(start))),
        ("codePointEndColumn", .number(file.codePointColumn(end))),
      ]
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

  private static func ignored(_ ignored: ProjectReport.Ignored) -> JSON {
    .object([
      ("cause", .string(ignored.cause)), ("service", ignored.service.map(JSON.string) ?? .null),
      ("reason", ignored.reason.map(JSON.string) ?? .null), ("by", .string(ignored.by)),
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

extension SourceFile {
  /// The column of a place in code points, from 1.
  fileprivate func codePointColumn(_ place: LineColumn) -> Int {
    guard let line = lineMap.range(ofLine: place.line) else { return place.column }
    let before = ByteRange(line.start, line.start + place.column - 1).clamped(to: bytes.count)
    return 1 + bytes[before.start..<before.end].count { $0 & 0xC0 != 0x80 }
  }
}
