/// In which form a report is written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, ndjson, sarif, markdown, html, github, gitlab, junit, mermaid
}

extension ReportWriter {
  /// Reports in a format for machines or pages; those in `text` are written by `TextReport`.
  public func text(_ reports: [ProjectReport], as format: ReportFormat) -> String {
    switch format {
    case .text, .markdown: MarkdownReport(writer: self).text(reports)
    case .json: json(reports)
    case .ndjson: reports.map(line).joined()
    case .sarif: SARIFReport(writer: self).text(reports)
    case .html: HTMLReport(writer: self).text(reports)
    case .github: GitHubReport(writer: self).text(reports)
    case .gitlab: GitLabReport(writer: self).text(reports)
    case .junit: JUnitReport(writer: self).text(reports)
    case .mermaid: MermaidReport(writer: self).text(reports)
    }
  }

  /// One line of newline-delimited JSON.
  public func line(_ report: ProjectReport) -> String { report.json.text(pretty: false) + "\n" }

  /// One project is its own report; several stand in a list.
  private func json(_ reports: [ProjectReport]) -> String {
    if reports.count == 1, let report = reports.first { return report.json.text(pretty: true) + "\n" }
    return JSON.object([("schema", .number(1)), ("reports", .array(reports.map(\.json)))]).text(pretty: true) + "\n"
  }
}
