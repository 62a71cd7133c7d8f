/// The way through the decision tree as a flow chart.
///
/// https://mermaid.js.org/syntax/flowchart.html
struct MermaidReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    var chart = Chart()
    for report in reports { draw(report, named: reports.count > 1, &chart) }
    return chart.text
  }

  /// The lines of a chart; its nodes have numbers for names.
  private struct Chart {
    private var lines = ["flowchart TD"]
    private var count = 0

    mutating func node(_ label: String, _ open: String, _ close: String, _ style: String) -> String {
      let name = "n\(count)"
      count += 1
      lines.append("  \(name)\(open)\"\(MermaidReport.escaped(label))\"\(close):::\(style)")
      return name
    }

    mutating func edge(_ from: String, _ to: String, _ label: String? = nil, isDotted: Bool = false) {
      let arrow = isDotted ? "-.->" : "-->"
      lines.append("  \(from) \(arrow)\(label.map { "|\"\(MermaidReport.escaped($0))\"|" } ?? "") \(to)")
    }

    var text: String {
      (lines + [
        "  classDef symptom stroke-width:2px", "  classDef settled stroke-width:1px",
        "  classDef open stroke-dasharray:4 3", "  classDef proven stroke:#c0392b,stroke-width:3px",
        "  classDef likely stroke:#d68910,stroke-width:2px", "  classDef possible stroke:#7f8c8d,stroke-width:1px",
      ]).joined(separator: "\n") + "\n"
    }
  }

  private func draw(_ report: ProjectReport, named: Bool, _ chart: inout Chart) {
    let symptom = report.symptom.map { writer.knowledge.symptom($0)?.title[writer.language] ?? $0 }
    let title = symptom ?? writer.say(.allSymptoms)
    var last = chart.node(named ? "\(report.path): \(title)" : title, "([", "])", "symptom")
    var label: String?
    for step in report.steps {
      let node = chart.node(writer.question(step.question), "{{", "}}", "settled")
      chart.edge(last, node, label)
      last = node
      label = "\(writer.answer(step.answer, to: step.question)) (\(writer.source(step.by)))"
    }
    if report.findings.isEmpty {
      chart.edge(last, chart.node(writer.say(.nothingFound), "[", "]", "possible"), label)
    }
    for finding in report.findings {
      let service = finding.service.map { "\n\(writer.say(.service)) \($0)" } ?? ""
      let text = "\(finding.title)\n\(finding.cause), \(writer.word(finding.confidence))\(service)"
      chart.edge(last, chart.node(text, "[", "]", finding.confidence.name), label)
    }
    for open in report.open {
      chart.edge(last, chart.node(open.text, "{{", "}}", "open"), isDotted: true)
    }
  }

  /// Inside a quoted label: character references begin with `#`, and a line break is an element.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "#quot;"
      case "#": result += "#35;"
      case "<": result += "#lt;"
      case ">": result += "#gt;"
      case "&": result += "#amp;"
      case "`": result += "#96;"
      case "\n": result += "<br>"
      case _ where scalar.isHarmful: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
