import StyledText

/// A finding: the claim, the lines that prove it, what it means, and its fixes.
extension Painter {
  mutating func diagnosis(_ finding: FindingView) {
    guard look.isWide else {
      let fixes = fixRows(finding, width: look.size.width - 4)
      let rows = fixes.reduce(0) { $0 + $1.height }
      let height = fixes.isEmpty || body.height < 9 ? min(1, fixes.count) : min(rows, body.height / 3) + 1
      let (top, bottom) = body.split(bottom: height)
      list(fixes, selection: page.selection, in: bottom.inset(left: 1, top: height > 1 ? 1 : 0, right: 1))
      scroll(findingText(finding, width: top.width - 2), in: inner(top))
      return
    }
    let side = max(36, look.size.width * 3 / 10)
    let (rest, right) = body.split(border: body.width - side - 1)
    let (left, middle) = rest.split(border: min(34, look.size.width / 4))
    divide(body, at: left.right)
    divide(body, at: middle.right)
    overview(finding, in: inner(left))
    fixPane(finding, in: inner(right))
    scroll(findingText(finding, width: middle.width - 2), in: inner(middle))
  }

  /// Longer lines of prose are hard to read.
  var readable: Int { 88 }

  /// What the scrolling part says.
  func findingText(_ finding: FindingView, width: Int) -> [Line] {
    let isRoomy = body.height >= 24
    let claim = word(finding.claim)
    let title = WordWrap.wrap(
      sign(finding.claim) + " " + Line(finding.title, .title), width: width - claim.width - 2, indent: 2)
    var lines: [Line] = isRoomy && !look.isWide ? [Line()] : []
    lines += [row(title.first ?? Line(), claim, width: width)] + title.dropFirst()
    lines.append(subject(finding))
    for (index, excerpt) in finding.excerpts.enumerated() {
      if isRoomy || body.height >= 14 && index == 0 { lines.append(Line()) }
      lines += Excerpt(view: excerpt, glyphs: glyphs, width: width).lines()
    }
    lines.append(Line())
    lines += Prose.lines(finding.explanation, width: min(width, readable))
    let evidence = evidenceLines(finding.evidence, width: width)
    if !evidence.isEmpty, !look.isWide { lines += [Line(), line(.evidence, .title)] + evidence }
    if !finding.see.isEmpty {
      lines.append(Line())
      for link in finding.see { lines += WordWrap.wrap(Line(link, .dim), width: width) }
    }
    return lines
  }

  /// What a finding is about, and the cause's id.
  func subject(_ finding: FindingView) -> Line {
    let service = finding.service.map { label(.service($0)) + " \(glyphs.dot) " } ?? ""
    return Line("  " + service + finding.cause, .dim)
  }

  private func fixRows(_ finding: FindingView, width: Int) -> [ListItem] {
    if finding.fixesAreComing { return [ListItem([line(.fixesComing, .dim)])] }
    return finding.fixes.enumerated().map { index, fix in
      let number = line(.fix(index + 1, finding.fixes.count), .key) + "  "
      let remark = fixRemark(fix)
      guard body.height >= 9 else { return ListItem([row(number + Prose.styled(fix.title), remark, width: width)]) }
      let lines = WordWrap.wrap(number + Prose.styled(fix.title), width: width - remark.width - 2, indent: number.width)
      return ListItem([row(lines.first ?? number, remark, width: width)] + lines.dropFirst())
    }
  }

  private func fixRemark(_ fix: FixView) -> Line {
    if fix.isApplied { return Line(glyphs.yes + " ", .good) + line(.applied, .good) }
    return switch fix.safety {
    case .safe: line(.safeFix, .good)
    case .unsafe: line(.needsYourEye, .warning)
    case .manual: line(.shownOnly, .dim)
    }
  }

  private mutating func overview(_ finding: FindingView, in pane: Rect) {
    let investigation = model.investigation
    let isOfSymptom = investigation?.findings.contains { $0.id == finding.id } ?? false
    let findings = isOfSymptom ? investigation?.findings ?? [] : model.findings
    var lines = [row(line(.findings, .title), Line("\(findings.count)", .dim), width: pane.width), Line()]
    for other in findings {
      let isThis = other.id == finding.id
      let mark = isThis ? Line(glyphs.selection + " ", .selected) : "  "
      let service = Line(other.service.map { $0 + "  " } ?? "", .dim)
      let text = mark + sign(other.claim) + " " + service + Line(other.title, isThis ? .selected : .text)
      lines += WordWrap.wrap(text, width: pane.width, indent: 4)
    }
    if let investigation, isOfSymptom {
      lines += [Line(), line(.symptom, .title)] + WordWrap.wrap(investigation.title, width: pane.width)
      let others = investigation.candidates.filter { candidate in !findings.contains { $0.cause == candidate.id } }
      if !others.isEmpty {
        lines += [Line(), line(.alsoPossible, .title)]
        for candidate in others {
          let text = sign(candidate.claim) + " " + Line(candidate.title)
          lines += WordWrap.wrap(text, width: pane.width, indent: 2)
        }
      }
    }
    put(lines, in: pane)
  }

  private mutating func fixPane(_ finding: FindingView, in pane: Rect) {
    let evidence = evidenceLines(finding.evidence, width: pane.width)
    let proof = evidence.isEmpty ? [] : [line(.evidence, .title)] + evidence
    guard !finding.fixes.isEmpty else {
      put([line(finding.fixesAreComing ? .fixesComing : .noFix, .dim), Line()] + proof, in: pane)
      return
    }
    let items = finding.fixes.enumerated().map { index, fix in
      let head = row(
        line(.fix(index + 1, finding.fixes.count), .key), fixRemark(fix), width: pane.width - 2)
      return ListItem([head] + WordWrap.wrap(Prose.styled(fix.title), width: pane.width - 2))
    }
    let height = min(items.reduce(0) { $0 + $1.height }, pane.height * 2 / 3)
    list(items, selection: page.selection, in: pane.split(top: height).top)
    let fix = finding.fixes[min(max(0, page.selection), finding.fixes.count - 1)]
    let text = [Line()] + changes(fix, width: pane.width, cuts: true) + (proof.isEmpty ? [] : [Line()] + proof)
    put(text, in: pane.inset(top: height))
  }

  /// When no cause of the symptom fits.
  mutating func nothingFound(_ investigation: InvestigationView) {
    let width = look.size.width - 2
    var lines = body.height >= 14 ? [Line()] : []
    lines += WordWrap.wrap(investigation.closingTitle ?? label(.nothingFound), .title, width: width) + [Line()]
    lines += Prose.lines(investigation.closing ?? label(.nothingFoundHint), width: min(width, readable))
    let evidence = evidenceLines(investigation.evidence, width: width)
    if !evidence.isEmpty { lines += [Line(), line(.evidence, .title)] + evidence }
    if !investigation.candidates.isEmpty {
      let count = Label.stillPossible(investigation.candidates.count, investigation.known)
      lines += [Line(), line(count, .title)] + candidateRows(investigation.candidates, width: width)
    }
    scroll(lines, in: inner(body))
  }
}
