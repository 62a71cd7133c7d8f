import StyledText

/// All findings of the project, whatever the symptom.
extension Painter {
  mutating func findings() {
    let findings = state.visibleFindings
    guard !findings.isEmpty else {
      let text = page.search.map { label(.nothingMatches($0)) } ?? label(.noFindings)
      put([Line()] + WordWrap.wrap(text, .dim, width: look.size.width - 2), in: inner(body))
      return
    }
    let finding = findings[min(max(0, page.selection), findings.count - 1)]
    if look.isWide {
      let (left, right) = body.split(border: look.size.width * 9 / 20)
      divide(body, at: left.right)
      findingList(findings, in: left)
      put(findingText(finding, width: right.width - 2), in: inner(right))
      return
    }
    let rows = findingRows(findings, width: body.width - 4).reduce(0) { $0 + $1.height }
    let spare = body.height - rows - 3
    let (top, bottom) = body.split(bottom: spare >= 6 ? spare : 0)
    findingList(findings, in: top)
    guard !bottom.isEmpty else { return }
    rule(bottom.y, width: bottom.width, title: Line(finding.cause, .title))
    let width = bottom.width - 2
    // All evidence and the whole explanation are one key away; here the line that tells and the first paragraph have room.
    let telling = (finding.excerpts.lazy.compactMap(\.telling).first ?? finding.excerpts.first).map { [$0] } ?? []
    let excerpts = telling.flatMap { Excerpt(view: $0, glyphs: glyphs, width: width).lines() }
    put(excerpts + [Line()] + Prose.lines(finding.lead, width: width), in: inner(bottom).inset(top: 1))
  }

  private mutating func findingList(_ findings: [FindingView], in pane: Rect) {
    let items = findingRows(findings, width: pane.width - 4)
    let isRoomy = pane.height >= items.reduce(0) { $0 + $1.height } + 2
    let count: Label =
      page.search == nil ? .findingCount(findings.count) : .matches(findings.count, model.findings.count)
    let head = row(line(.findings, .title), line(count, .dim), width: pane.width - 2)
    canvas.put(head, x: pane.x + 1, y: pane.y)
    list(items, selection: page.selection, in: pane.inset(left: 1, top: isRoomy ? 2 : 1, right: 1))
  }

  /// A title that is too long for its line goes on below itself.
  private func findingRows(_ findings: [FindingView], width: Int) -> [ListItem] {
    let services = width < 50 ? 0 : min(16, findings.map { Line($0.service ?? "").width }.max() ?? 0)
    return findings.map { finding in
      let service = Line(finding.service ?? "", .dim).cut(to: services, glyphs.ellipsis).padded(to: services + 2)
      let lead = sign(finding.claim) + " " + (services == 0 ? Line() : service)
      let place = finding.place.map { Line(" \($0.file):\($0.line)", .dim) } ?? Line()
      let shown = width < 64 || place.width > width * 2 / 5 ? Line() : place
      let lines = WordWrap.wrap(
        lead + Line(finding.title), width: width - (shown.width > 0 ? shown.width + 1 : 0), indent: lead.width)
      return ListItem([row(lines.first ?? lead, shown, width: width)] + lines.dropFirst())
    }
  }
}

extension ExcerptView {
  /// The first line that a finding is about, with its neighbours; nil where there is none.
  fileprivate var telling: ExcerptView? {
    guard let index = lines.firstIndex(where: { $0.marks.contains(where: \.isPrimary) }) else { return nil }
    return ExcerptView(file: file, lines: Array(lines[max(0, index - 1)..<min(lines.count, index + 2)]))
  }
}
