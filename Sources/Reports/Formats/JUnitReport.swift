/// Findings as test results: one suite for each project, one test for each finding, or one that passes.
///
/// Schema: https://github.com/jenkinsci/xunit-plugin (junit-10.xsd).
struct JUnitReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    let cases = reports.map { max(1, $0.findings.count) }.reduce(0, +)
    let failures = reports.map { $0.findings.count(where: writer.fails) }.reduce(0, +)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="drydock" tests="\(cases)" failures="\(failures)" errors="0">
      \(reports.map(suite).joined())</testsuites>

      """
  }

  private func suite(_ report: ProjectReport) -> String {
    let failures = report.findings.count(where: writer.fails)
    let skipped = report.findings.count - failures
    let tests = max(1, report.findings.count)
    var text =
      " <testsuite name=\"\(Markup.attribute(report.path))\" tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\">\n"
    if report.findings.isEmpty {
      text += "  <testcase name=\"drydock\" classname=\"\(Markup.attribute(report.path))\" time=\"0\"/>\n"
    }
    for finding in report.findings { text += testCase(finding, report) }
    if !report.problems.isEmpty {
      let lines = report.problems.map { problem in
        let place = [problem.file.map(report.shown), problem.line.map(String.init)].compactMap { $0 }
        return (place + [" " + problem.message]).joined(separator: ":")
      }
      text += "  <system-err>\(Markup.escaped(lines.joined(separator: "\n")))</system-err>\n"
    }
    return text + " </testsuite>\n"
  }

  private func testCase(_ finding: ProjectReport.Finding, _ report: ProjectReport) -> String {
    let service = finding.service.map { " (\($0))" } ?? ""
    let place = finding.place.flatMap(\.file).map(report.shown) ?? report.path
    let message = Markup.attribute("\(finding.title) (\(writer.word(finding.confidence)))")
    let head =
      "  <testcase name=\"\(Markup.attribute(finding.cause + service))\" classname=\"\(Markup.attribute(place))\" time=\"0\">\n"
    // What is not sure enough to fail is no failure, and must be seen all the same.
    guard writer.fails(finding) else { return head + "   <skipped message=\"\(message)\"/>\n  </testcase>\n" }
    let body = Markup.escaped(details(finding, report))
    return head
      + "   <failure type=\"\(finding.confidence.name)\" message=\"\(message)\">\(body)</failure>\n  </testcase>\n"
  }

  private func details(_ finding: ProjectReport.Finding, _ report: ProjectReport) -> String {
    var lines = finding.evidence.map { evidence in
      let place = [evidence.file.map(report.shown) ?? evidence.from, evidence.line.map(String.init)]
      return place.compactMap { $0 }.joined(separator: ":") + ": " + evidence.text
    }
    lines += ["", finding.explanation.trimmingLineBreaks]
    for fix in finding.fixes.prefix(1) {
      lines += ["", Phrase.fix.lead(writer.language) + fix.title]
      if !fix.diff.isEmpty { lines.append(fix.diff.trimmingLineBreaks) }
      lines += fix.commands
    }
    return lines.joined(separator: "\n")
  }
}
