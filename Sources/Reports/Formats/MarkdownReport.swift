import Knowledge
import SourceText

/// The report for an issue or a pull request, in GitHub Flavored Markdown.
///
/// https://github.github.com/gfm/
struct MarkdownReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    reports.map { project($0, named: reports.count > 1) }.joined(separator: "\n").harmless
  }

  private func project(_ report: ProjectReport, named: Bool) -> String {
    var parts: [String] = []
    let symptom = report.symptom.flatMap(writer.knowledge.symptom)?.title[writer.language] ?? report.symptom
    parts.append("## " + Self.escaped(named ? "drydock: \(report.path)" : "drydock"))
    if let symptom { parts.append(Phrase.symptom.lead(writer.language) + Self.escaped(symptom)) }
    if report.findings.isEmpty { parts.append(writer.say(report.symptom == nil ? .nothingWrong : .nothingFound)) }
    for finding in report.findings { parts += self.finding(finding, report) }
    parts += ["### \(writer.say(.walked))", CodeFence.block(MermaidReport(writer: writer).text([report]), "mermaid")]
    if !report.open.isEmpty { parts.append("### \(writer.say(.open))") }
    for open in report.open { parts += self.open(open) }
    if !report.ignored.isEmpty {
      parts.append("### \(writer.say(.ignored))")
      parts.append(report.ignored.map { "- " + ignored($0) }.joined(separator: "\n"))
    }
    if !report.problems.isEmpty {
      parts.append("### \(writer.say(.problems))")
      parts.append(report.problems.map { "- " + problem($0, report) }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func finding(_ finding: ProjectReport.Finding, _ report: ProjectReport) -> [String] {
    let service = finding.service.map { " · \(writer.say(.service)) \(Self.code($0))" } ?? ""
    var parts = [
      "### " + Self.escaped(finding.title),
      "**\(writer.word(finding.confidence))**\(service) · \(Self.code(finding.cause))",
      finding.evidence.map { "- " + evidence($0, report) }.joined(separator: "\n"), Self.prose(finding.explanation),
    ]
    for fix in finding.fixes.prefix(1) { parts += self.fix(fix) }
    for fix in finding.fixes.dropFirst() { parts.append(heading(fix)) }
    if !finding.references.isEmpty {
      parts.append(Phrase.see.lead(writer.language) + finding.references.map { "<\($0)>" }.joined(separator: ", "))
    }
    return parts.filter { !$0.isEmpty }
  }

  private func evidence(_ evidence: ProjectReport.Evidence, _ report: ProjectReport) -> String {
    let place = [evidence.file.map(report.shown) ?? evidence.from, evidence.line.map(String.init)]
    let text = evidence.text.isEmpty ? "" : " " + Self.code(evidence.text)
    return Self.code(place.compactMap { $0 }.joined(separator: ":")) + text
      + (evidence.label.map { ": " + Self.escaped($0) } ?? "")
  }

  private func heading(_ fix: ProjectReport.Fix) -> String {
    "**\(Phrase.fix.title(writer.language))** \(Self.escaped(fix.title))" + writer.aside(fix.safety)
  }

  private func fix(_ fix: ProjectReport.Fix) -> [String] {
    var parts = [heading(fix)]
    if let note = fix.note { parts.append(Self.prose(note)) }
    if !fix.diff.isEmpty { parts.append(CodeFence.block(fix.diff, "diff")) }
    if fix.isChecked { parts.append("✓ " + writer.say(.checked)) }
    if !fix.commands.isEmpty {
      parts += [
        (fix.diff.isEmpty ? Phrase.run : .thenRun).title(writer.language),
        CodeFence.block(fix.commands.joined(separator: "\n") + "\n", "sh"),
      ]
    }
    return parts
  }

  private func open(_ open: ProjectReport.OpenQuestion) -> [String] {
    var parts = [Self.escaped(open.text) + " " + open.answers.map(Self.code).joined(separator: " · ")]
    if let command = open.command { parts.append(CodeFence.block(command + "\n", "sh")) }
    return parts
  }

  private func ignored(_ ignored: ProjectReport.Ignored) -> String {
    Self.code(ignored.cause) + (ignored.service.map { " · \(Self.code($0))" } ?? "") + " · " + Self.code(ignored.by)
      + (ignored.reason.map { ": " + Self.escaped($0) } ?? "")
  }

  private func problem(_ problem: ProjectReport.Problem, _ report: ProjectReport) -> String {
    let place = [problem.file.map(report.shown), problem.line.map(String.init)].compactMap { $0 }
    return (place.isEmpty ? "" : Self.code(place.joined(separator: ":")) + " ") + Self.escaped(problem.message)
  }

  // MARK: Text

  static func prose(_ text: String) -> String {
    var result = ""
    var wasItem = false
    for block in ProseBlock.blocks(text) {
      var isItem = false
      var part: String
      switch block {
      case .paragraph(let text): part = spans(text)
      case .item(let text):
        part = "- " + spans(text)
        isItem = true
      case .code(let lines): part = CodeFence.block(lines.map { $0 + "\n" }.joined(), "")
      }
      if !result.isEmpty { result += isItem && wasItem ? "\n" : "\n\n" }
      result += part
      wasItem = isItem
      part = ""
    }
    return result
  }

  /// Words between backticks stay code, all others mean nothing but themselves.
  private static func spans(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.count % 2 == 1 else { return escaped(text) }
    return parts.enumerated().map { $0 % 2 == 1 ? code(String($1)) : escaped(String($1)) }.joined()
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&", "$", "@": result += "\\\(scalar)"
      case "\n", "\r": result += " "
      case _ where scalar.isHarmful: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A code span; its fence is longer than any run of backticks in it.
  static func code(_ text: String) -> String {
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? " " : $0 }))
    let fence = CodeFence.mark(line)
    let pad = line.hasPrefix("`") || line.hasSuffix("`") || line.allSatisfy { $0 == " " } ? " " : ""
    return fence + pad + line + pad + fence
  }
}
