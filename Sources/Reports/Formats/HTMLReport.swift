import Knowledge
import StyledText

/// The report as one page that needs nothing else: no script, no font, no network; for the screen, dark or light, and for paper.
struct HTMLReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    let language = writer.language == .zh ? "zh-CN" : "en"
    let body = reports.enumerated().map { project($1, $0, named: reports.count > 1) }.joined()
    return """
      <!DOCTYPE html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="drydock \(Markup.escaped(writer.version))">
      <title>drydock: \(Markup.escaped(reports.map(\.path).prefix(3).joined(separator: ", ")))</title>
      <style>
      \(HTMLStyle.sheet)
      </style>
      </head>
      <body>
      <header><h1>drydock</h1></header>
      <main>
      \(body)</main>
      </body>
      </html>

      """
  }

  private func project(_ report: ProjectReport, _ number: Int, named: Bool) -> String {
    var parts: [String] = []
    let symptom = report.symptom.flatMap(writer.knowledge.symptom)?.title[writer.language] ?? report.symptom
    parts.append("<h2>\(text(named ? report.path : symptom ?? writer.say(.allSymptoms)))</h2>")
    let services =
      report.services.isEmpty ? "" : " · \(writer.say(.service)) " + report.services.map(code).joined(separator: " ")
    parts.append(
      "<p class=\"quiet\">\(named ? text(symptom ?? writer.say(.allSymptoms)) : code(report.path))\(services)</p>")
    if report.findings.isEmpty {
      parts.append("<p>\(text(writer.say(report.symptom == nil ? .nothingWrong : .nothingFound)))</p>")
    }
    for (index, finding) in report.findings.enumerated() {
      parts.append(self.finding(finding, report, excerpts(number, index)))
    }
    if !report.steps.isEmpty {
      let items = report.steps.map { step in
        "<li>\(spans(writer.question(step.question))) <strong>\(text(writer.answer(step.answer, to: step.question)))</strong>"
          + " <span class=\"quiet\">\(text(writer.source(step.by)))</span></li>"
      }
      parts.append(section(.walked, "<ol>\(items.joined())</ol>"))
    }
    if !report.open.isEmpty { parts.append(section(.open, "<ul>\(report.open.map(open).joined())</ul>")) }
    if !report.ignored.isEmpty { parts.append(section(.ignored, "<ul>\(report.ignored.map(ignored).joined())</ul>")) }
    if !report.problems.isEmpty {
      parts.append(section(.problems, "<ul>\(report.problems.map { problem($0, report) }.joined())</ul>"))
    }
    return "<section class=\"project\">\n\(parts.joined(separator: "\n"))\n</section>\n"
  }

  private func section(_ title: Phrase, _ body: String) -> String {
    "<section>\n<h3>\(text(writer.say(title)))</h3>\n\(body)\n</section>"
  }

  // MARK: One finding

  private func finding(_ finding: ProjectReport.Finding, _ report: ProjectReport, _ excerpts: [ExcerptView]) -> String {
    let service = finding.service.map { "\(writer.say(.service)) \(code($0)) · " } ?? ""
    var parts = [
      "<h3><span class=\"mark \(finding.confidence.name)\">\(text(writer.word(finding.confidence)))</span> \(text(finding.title))</h3>",
      "<p class=\"quiet\">\(service)\(code(finding.cause))</p>",
    ]
    parts += excerpts.map { excerpt($0, report) }
    let others = finding.evidence.filter { item in !excerpts.contains { $0.file == item.file } }
    if !others.isEmpty { parts.append("<ul>\(others.map { place($0, report) }.joined())</ul>") }
    parts.append(prose(finding.explanation))
    for (index, fix) in finding.fixes.enumerated() { parts.append(self.fix(fix, isOpen: index == 0)) }
    if !finding.references.isEmpty {
      let links = finding.references.map { "<a href=\"\(Markup.attribute($0))\">\(text($0))</a>" }
      parts.append("<p class=\"quiet\">\(text(Phrase.see.lead(writer.language)))\(links.joined(separator: ", "))</p>")
    }
    return "<article>\n\(parts.joined(separator: "\n"))\n</article>"
  }

  private func excerpts(_ report: Int, _ finding: Int) -> [ExcerptView] {
    guard writer.excerpts.indices.contains(report), writer.excerpts[report].indices.contains(finding) else { return [] }
    return writer.excerpts[report][finding]
  }

  private func excerpt(_ view: ExcerptView, _ report: ProjectReport) -> String {
    var rows = ""
    var last: Int?
    for line in view.lines {
      if let last, line.number > last + 1 {
        rows += "<span class=\"line\"><span class=\"number\">…</span> </span>\n"
      }
      last = line.number
      let isMarked = !line.marks.isEmpty
      rows +=
        "<span class=\"line\(isMarked ? " hit" : "")\"><span class=\"number\">\(line.number)</span> \(marked(line))</span>\n"
      for mark in line.marks where !mark.label.isEmpty {
        rows +=
          "<span class=\"line label\(mark.isPrimary ? "" : " context")\"><span class=\"number\">&#160;</span> \(text(mark.label))</span>\n"
      }
    }
    return "<figure><figcaption>\(code(report.shown(view.file)))</figcaption><pre>\(rows)</pre></figure>"
  }

  /// The text of a line with its marks; marks that overlap join.
  private func marked(_ line: ExcerptLine) -> String {
    let bytes = Array(line.text.utf8)
    var result = ""
    var done = 0
    for mark in line.marks.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      let start = min(max(mark.start, done), bytes.count)
      let end = min(max(mark.end, start), bytes.count)
      guard end > start else { continue }
      result += text(String(decoding: bytes[done..<start], as: UTF8.self))
      result +=
        "<mark\(mark.isPrimary ? "" : " class=\"context\"")>\(text(String(decoding: bytes[start..<end], as: UTF8.self)))</mark>"
      done = end
    }
    return result + text(String(decoding: bytes[done...], as: UTF8.self))
  }

  private func place(_ evidence: ProjectReport.Evidence, _ report: ProjectReport) -> String {
    let line = evidence.line.map { ":\($0)" } ?? ""
    let source = evidence.from == "log" ? evidence.line.map { writer.say(.fromLogLine($0)) } : nil
    let shown =
      evidence.file.map { code(report.shown($0) + line) } ?? text(source ?? writer.source(evidence.from) + line)
    return "<li>\(shown) \(evidence.text.isEmpty ? "" : code(evidence.text))"
      + "\(evidence.label.map { " " + text($0) } ?? "")</li>"
  }

  private func fix(_ fix: ProjectReport.Fix, isOpen: Bool) -> String {
    let safety = writer.word(fix.safety) == nil ? "" : "<span class=\"quiet\">\(text(writer.aside(fix.safety)))</span>"
    var parts: [String] = []
    if let note = fix.note { parts.append(prose(note)) }
    if !fix.diff.isEmpty { parts.append("<pre class=\"diff\">\(diff(fix.diff))</pre>") }
    if fix.isChecked { parts.append("<p class=\"good\">✓ \(text(writer.say(.checked)))</p>") }
    if !fix.commands.isEmpty {
      parts.append("<p>\(text((fix.diff.isEmpty ? Phrase.run : .thenRun).title(writer.language)))</p>")
      parts.append("<pre>\(text(fix.commands.joined(separator: "\n")))</pre>")
    }
    return """
      <details\(isOpen ? " open" : "")><summary><strong>\(text(Phrase.fix.title(writer.language)))</strong> \(spans(fix.title))\(safety)</summary>
      \(parts.joined(separator: "\n"))
      </details>
      """
  }

  private func diff(_ patch: String) -> String {
    patch.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      switch bytes.first {
      case UInt8(ascii: "+"): return "<ins>\(text(line))</ins>\n"
      case UInt8(ascii: "-"): return "<del>\(text(line))</del>\n"
      default: return text(line) + "\n"
      }
    }.joined()
  }

  // MARK: What else is known

  private func open(_ open: ProjectReport.OpenQuestion) -> String {
    let answers = open.answers.map { "<code>\(text("--answer \(open.question)=\($0)"))</code>" }
    return "<li>\(spans(open.text)) \(answers.joined(separator: " "))"
      + (open.command.map { "<pre>\(text($0))</pre>" } ?? "") + "</li>"
  }

  private func ignored(_ ignored: ProjectReport.Ignored) -> String {
    "<li>\(code(ignored.cause)) \(ignored.service.map(code) ?? "") \(code(ignored.by)) \(text(ignored.reason ?? ""))</li>"
  }

  private func problem(_ problem: ProjectReport.Problem, _ report: ProjectReport) -> String {
    let place = [problem.file.map(report.shown), problem.line.map(String.init)].compactMap { $0 }
    return "<li>\(place.isEmpty ? "" : code(place.joined(separator: ":")) + " ")\(text(problem.message))</li>"
  }

  // MARK: Text

  private func prose(_ text: String) -> String {
    var result = ""
    var isList = false
    for block in ProseBlock.blocks(text) {
      if case .item = block {
        if !isList { result += "<ul>\n" }
        isList = true
      } else if isList {
        result += "</ul>\n"
        isList = false
      }
      switch block {
      case .paragraph(let text): result += "<p>\(spans(text))</p>\n"
      case .item(let text): result += "<li>\(spans(text))</li>\n"
      case .code(let lines): result += "<pre>\(self.text(lines.joined(separator: "\n")))</pre>\n"
      }
    }
    return result + (isList ? "</ul>\n" : "")
  }

  private func spans(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.count % 2 == 1 else { return self.text(text) }
    return parts.enumerated().map { $0 % 2 == 1 ? code(String($1)) : self.text(String($1)) }.joined()
  }

  private func text(_ text: String) -> String { Markup.escaped(text) }
  private func code(_ text: String) -> String { "<code>\(Markup.escaped(text))</code>" }
}

/// How the page looks: two sets of colours, each with a contrast of at least 4.5 to its ground, and one for paper.
enum HTMLStyle {
  /// The number of a line takes two stops of the tabulator, with the blank behind it: tabs in the line stand as in the file.
  static let sheet = """
    :root { color-scheme: light dark; --ground: #fff; --text: #1b1f24; --quiet: #57606a; --raised: #f3f5f7; --line: #d0d7de;
      --proven: #b3261e; --likely: #8a5300; --possible: #57606a; --good: #1a7f37; --bad: #b3261e; --hit: #ffd8d3; --context: #dbe9ff; }
    @media (prefers-color-scheme: dark) {
      :root { --ground: #14181d; --text: #e4e8ec; --quiet: #9aa4af; --raised: #1e242b; --line: #343d47;
        --proven: #ff8a80; --likely: #ffb74d; --possible: #9aa4af; --good: #6fdd8b; --bad: #ff8a80; --hit: #6b2620; --context: #1f3c66; }
    }
    @media print {
      :root { --ground: #fff; --text: #000; --quiet: #444; --raised: #fff; --line: #999; --proven: #900; --likely: #640;
        --possible: #444; --good: #050; --bad: #900; --hit: #fdd; --context: #def; }
      article, figure, pre { break-inside: avoid; }
      pre { white-space: pre-wrap; }
    }
    body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--ground); color: var(--text);
      font: 1rem/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
    h1 { font-size: 1.1rem; letter-spacing: .04em; color: var(--quiet); margin: 0; }
    h2 { font-size: 1.6rem; line-height: 1.25; margin: 1.2rem 0 .3rem; }
    h3 { font-size: 1.15rem; line-height: 1.35; margin: 1.4rem 0 .3rem; }
    .quiet { color: var(--quiet); } .good { color: var(--good); }
    article { border-top: 1px solid var(--line); margin-top: 1.5rem; }
    .mark { border: 1px solid; border-radius: .3rem; font-size: .8rem; padding: .1rem .45rem; vertical-align: .1em; }
    .proven { color: var(--proven); } .likely { color: var(--likely); } .possible { color: var(--possible); }
    code, pre { font: .875rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
    code { overflow-wrap: anywhere; }
    pre { background: var(--raised); border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; overflow-x: auto;
      padding: .6rem .8rem; tab-size: 4; }
    figure { margin: .8rem 0; } figcaption { color: var(--quiet); }
    .number { color: var(--quiet); display: inline-block; min-width: 5ch; padding-right: 2ch; text-align: right;
      user-select: none; }
    .label { color: var(--proven); } .label.context { color: var(--quiet); }
    mark { background: var(--hit); border-bottom: 2px solid var(--proven); color: inherit; }
    mark.context { background: var(--context); border-bottom-color: var(--quiet); }
    ins { color: var(--good); text-decoration: none; } del { color: var(--bad); text-decoration: none; }
    summary { cursor: pointer; } details { margin: .8rem 0; } a { color: inherit; }
    """
}
