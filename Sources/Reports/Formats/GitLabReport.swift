import Knowledge

/// Findings as a code quality report of GitLab.
///
/// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
struct GitLabReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    JSON.array(reports.flatMap(issues)).text(pretty: true) + "\n"
  }

  private func issues(_ report: ProjectReport) -> [JSON] {
    zip(report.findings, Fingerprint.all(of: report)).map { finding, print in
      let place = finding.place
      // GitLab refuses an issue without a place: what stands in no file is shown at the first one.
      let path = place?.file ?? report.files.first ?? "."
      let line = place?.line ?? 1
      let service = finding.service.map { " (\(writer.say(.service)) \($0))" } ?? ""
      return .object([
        ("description", .string(finding.title + service)), ("check_name", .string(finding.cause)),
        ("fingerprint", .string(print)), ("severity", .string(severity(finding.confidence))),
        (
          "location",
          .object([
            ("path", .string(report.shown(path))),
            ("lines", .object([("begin", .number(line)), ("end", .number(place?.endLine ?? line))])),
          ])
        ),
        ("content", .object([("body", .string(finding.explanation))])),
      ])
    }
  }

  private func severity(_ confidence: Confidence) -> String {
    switch confidence {
    case .proven: "major"
    case .likely: "minor"
    case .possible: "info"
    }
  }
}
