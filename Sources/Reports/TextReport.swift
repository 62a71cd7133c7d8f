import Fixes
import Knowledge
import StyledText

/// The report for people: each cause with the lines that prove it, what happens, and the patch.
public struct TextReport {
  private let report: Report
  private let style: TextStyle

  public static func text(_ report: Report, style: TextStyle) -> String {
    style.text(TextReport(report: report, style: style).lines())
  }

  private func say(_ phrase: Phrase) -> String { phrase.text(report.language) }
  private func lead(_ phrase: Phrase) -> String { phrase.lead(report.language) }
  private func title(_ phrase: Phrase) -> String { phrase.title(report.language) }

  private func lines() -> [Line] {
    var lines: [Line] = []
    if let symptom = report.symptom {
      lines += [Line(lead(.symptom) + symptom.title[report.language], .dim), Line()]
    }
    if report.entries.isEmpty { lines += [Line(say(report.symptom == nil ? .nothingWrong : .nothingFound)), Line()] }
    for entry in report.entries { lines += self.entry(entry) }
    if report.entries.first?.diagnosis.confidence != .proven { lines += openQuestions() }
    lines += reasons()
    if report.hiddenCount > 0 { lines += [Line(say(.more(report.hiddenCount)), .dim), Line()] }
    lines += ignored()
    lines += problems()
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  // MARK: One diagnosis

  private func entry(_ entry: Report.Entry) -> [Line] {
    var lines = heading(entry)
    for excerpt in Excerpts.of(entry.evidence, files: report.sources) {
      lines += Excerpt(view: excerpt, glyphs: style.glyphs, width: style.columns).lines()
    }
    lines += seen(entry.evidence)
    lines += [Line()] + indented(Prose.lines(entry.explanation, width: style.columns - 2), 2) + [Line()]
    for fix in entry.fixes.prefix(1) { lines += self.fix(fix, place: nil) }
    if let other = entry.fixes.dropFirst().first { lines += also(other) }
    return lines + [Line()]
  }

  private func heading(_ entry: Report.Entry) -> [Line] {
    let confidence = entry.diagnosis.confidence
    let (mark, role, word): (String, Role, String) =
      switch confidence {
      case .proven: (style.glyphs.proven, .proven, say(.proven))
      case .likely: (style.glyphs.likely, .likely, say(.likely))
      case .possible: (style.glyphs.possible, .possible, say(.possible))
      }
    var title = WordWrap.wrap(Line(entry.title, .title), width: style.columns - 4 - word.count)
    let claim = Line(word, role)
    if !title.isEmpty {
      title[0] =
        Line(mark, role) + " " + title[0].padded(to: max(title[0].width, style.columns - 3 - claim.width)) + " " + claim
    }
    let service = entry.diagnosis.service.map { "\(say(.service)) \($0) \(style.glyphs.dot) " } ?? ""
    return title + [Line("  \(service)\(entry.diagnosis.cause.id)", .dim), Line()]
  }

  /// Evidence that stands in no file: lines of the log, answers.
  private func seen(_ evidence: [ReportEvidence]) -> [Line] {
    evidence.filter { $0.file == nil }.map { item in
      let place = item.start.map { "\(item.from):\($0.line)" } ?? item.from
      return (Line(place, .accent) + Line("  " + item.text)).cut(to: style.columns, style.glyphs.ellipsis)
    }
  }

  // MARK: Fixes

  private func fix(_ fix: Fix, place: String?) -> [Line] {
    var lines = WordWrap.wrap(
      Line(lead(.fix), .accent) + Prose.styled(fix.title[report.language] + safety(fix)), width: style.columns,
      indent: 2)
    if let note = fix.note { lines += indented(Prose.lines(note[report.language], width: style.columns - 2), 2) }
    if !fix.changes.isEmpty { lines += [Line()] + fix.changes.flatMap { DiffLines.of($0.diff) } }
    if fix.check == .cures { lines.append(Line("  \(style.glyphs.yes) \(say(.checked))", .good)) }
    if !fix.commands.isEmpty {
      lines += [Line(), Line(title(fix.changes.isEmpty ? .run : .thenRun))]
      lines += fix.commands.map { Line("  " + $0, .code) }
    }
    return lines
  }

  private func also(_ fix: Fix) -> [Line] {
    [Line()]
      + WordWrap.wrap(
        Line(lead(.fix), .dim) + Prose.styled(fix.title[report.language] + safety(fix), .dim), width: style.columns,
        indent: 2)
  }

  private func safety(_ fix: Fix) -> String {
    switch fix.template.safety {
    case .safe: ""
    case .unsafe: Phrase.look.aside(report.language)
    case .manual: Phrase.decide.aside(report.language)
    }
  }

  // MARK: What is still open

  private func openQuestions() -> [Line] {
    guard let open = report.open.first else { return [] }
    var lines = WordWrap.wrap(Line(lead(.open), .accent) + Prose.styled(open.text), width: style.columns, indent: 2)
    for answer in open.question.answers {
      lines += WordWrap.wrap(
        Line("  \(answer.id)", .key) + Prose.styled("  \(answer.text[report.language])"), width: style.columns,
        indent: 4)
    }
    if let command = open.command { lines += [Line("\(say(.toTell)):"), Line("  " + command, .code)] }
    lines.append(Line("  drydock report --answer \(open.question.id)=\(open.question.answers.first?.id ?? "")", .dim))
    return lines + [Line()]
  }

  private func reasons() -> [Line] {
    report.reasons.flatMap { reason -> [Line] in
      let isFound = reason.confidence != nil
      let sign = Line(isFound ? style.glyphs.yes : style.glyphs.no, isFound ? .good : .bad)
      let heading = Line(lead(isFound ? .why : .whyNot), .accent) + Line(reason.cause.id)
      return [heading]
        + reason.lines.flatMap { text in
          Prose.lines(text, width: style.columns - 4).enumerated().map {
            $0 == 0 ? "  " + sign + " " + $1 : "    " + $1
          }
        }
        + [Line()]
    }
  }

  private func ignored() -> [Line] {
    guard !report.ignored.isEmpty else { return [] }
    return [Line(title(.ignored), .dim)]
      + report.ignored.map { item in
        let reason = item.reason.map { ": \($0)" } ?? ""
        return Line("  \(item.cause)\(item.service.map { " (\($0))" } ?? "") \(item.by)\(reason)", .dim)
          .cut(to: style.columns, style.glyphs.ellipsis)
      } + [Line()]
  }

  private func problems() -> [Line] {
    guard !report.problems.isEmpty else { return [] }
    return [Line(title(.problems), .warning)]
      + report.problems.flatMap { problem in
        let place = [problem.file, problem.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return WordWrap.wrap(
          Line("  " + (place.isEmpty ? "" : place + ": ")) + Line(problem.message), width: style.columns, indent: 4)
      }
  }

  private func indented(_ lines: [Line], _ columns: Int) -> [Line] {
    lines.map { $0.isEmpty ? $0 : Line(String(repeating: " ", count: columns)) + $0 }
  }
}
