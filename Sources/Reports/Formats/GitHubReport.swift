import Knowledge

/// Findings as workflow commands, which GitHub shows beside the lines of a change.
///
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
struct GitHubReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    reports.flatMap { report in
      report.findings.map { finding($0, report) } + report.problems.map { problem($0, report) }
    }
    .map { $0 + "\n" }.joined()
  }

  private func finding(_ finding: ProjectReport.Finding, _ report: ProjectReport) -> String {
    var properties: [(String, String)] = []
    if let place = finding.place, let file = place.file {
      properties.append(("file", report.shown(file)))
      if let line = place.line { properties.append(("line", String(line))) }
      if let line = place.endLine { properties.append(("endLine", String(line))) }
      // Columns are for a place within one line.
      if place.line == place.endLine, let column = place.character, let end = place.endCharacter {
        properties += [("col", String(column)), ("endColumn", String(end))]
      }
    }
    properties.append(("title", "\(finding.cause) (\(writer.word(finding.confidence)))"))
    let service = finding.service.map { " (\(writer.say(.service)) \($0))" } ?? ""
    var lines = [finding.title + service, finding.explanation.trimmingLineBreaks]
    if let fix = finding.fixes.first {
      lines.append(Phrase.fix.lead(writer.language) + fix.title + writer.aside(fix.safety))
      lines += fix.commands
    }
    return command(level(finding.confidence), properties, lines.joined(separator: "\n"))
  }

  private func level(_ confidence: Confidence) -> String {
    switch confidence {
    case .proven: "error"
    case .likely: "warning"
    case .possible: "notice"
    }
  }

  private func problem(_ problem: ProjectReport.Problem, _ report: ProjectReport) -> String {
    var properties: [(String, String)] = []
    if let file = problem.file { properties.append(("file", report.shown(file))) }
    if let line = problem.line { properties.append(("line", String(line))) }
    properties.append(("title", writer.say(.problems)))
    return command("warning", properties, problem.message)
  }

  private func command(_ name: String, _ properties: [(String, String)], _ message: String) -> String {
    let list = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
    return "::\(name) \(list)::\(escaped(message, isProperty: false))"
  }

  private func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case _ where scalar.isHarmful: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension String {
  /// Without the line breaks at its end.
  var trimmingLineBreaks: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
