import StyledText

/// A question that the files cannot answer, with the command that tells, and all that is known so far beside it.
extension Painter {
  mutating func question(_ question: QuestionView, of investigation: InvestigationView) {
    // Where nothing is known yet, the question has the whole width.
    let isSplit = look.size.width >= 76 && investigation.evidence.contains { !$0.items.isEmpty }
    let column = look.isWide ? look.size.width * 3 / 5 : look.size.width * 23 / 40
    let width = isSplit ? column : look.size.width
    // The answers must be on the screen; what is still possible gives way to them.
    let isTight = body.height - candidatesHeight(investigation) < leastHeight(question, width: width - 2)
    let (top, below) = body.split(bottom: isTight ? 0 : candidatesHeight(investigation))
    if isSplit {
      let (left, right) = top.split(border: column)
      divide(top, at: left.right)
      questionPane(question, in: left, evidence: [])
      let known = evidenceLines(investigation.evidence, width: right.width - 2)
      put([line(.evidence, .title), Line()] + known, in: inner(right))
    } else {
      questionPane(question, in: top, evidence: evidenceLines(investigation.evidence, width: top.width - 3))
    }
    guard !below.isEmpty else { return }
    rule(below.y, width: below.width)
    if isSplit { canvas.put(Line(glyphs.teeUp, .border), x: column, y: below.y) }
    candidates(investigation, in: inner(below).inset(top: 1))
  }

  /// The number of the question, the question and its answers.
  private func leastHeight(_ question: QuestionView, width: Int) -> Int {
    let answers = question.answers.map { answerRow($0, number: 1, width: width - 2).height }
    return 1 + WordWrap.wrap(Prose.styled(question.text, .title), width: width).count + answers.reduce(0, +)
  }

  private func candidatesHeight(_ investigation: InvestigationView) -> Int {
    guard body.height >= 18, !investigation.candidates.isEmpty else { return 0 }
    return min(2 + investigation.candidates.count, look.isWide ? body.height / 3 : 5)
  }

  private mutating func questionPane(_ question: QuestionView, in pane: Rect, evidence: [Line]) {
    let width = pane.width - 2
    let isRoomy = pane.height >= 14
    var head = [line(.questionNumber(question.number, question.more), .dim)]
    if isRoomy { head.append(Line()) }
    head += WordWrap.wrap(Prose.styled(question.text, .title), width: width)
    var command = question.command.flatMap { WordWrap.command($0, width: width, indent: 2) }
    if !command.isEmpty { command.insert(Line(), at: 0) }
    if isRoomy || command.isEmpty { command.append(Line()) }
    let answers = question.answers.enumerated().map { answerRow($1, number: $0 + 1, width: width - 2) }
    let probe = probeLines(question, width: width)

    // The answers must be on the screen; the command gives way to them, then the probe.
    let room = pane.height - head.count - answers.reduce(0) { $0 + $1.height }
    if command.count > room { command = room > 0 ? [Line()] : [] }
    let lead = head + command
    put(lead, in: inner(pane))
    var rest = pane.inset(left: 1, top: min(lead.count, max(0, pane.height - 1)), right: 1)
    list(answers, selection: page.selection, in: rest)
    rest = rest.inset(top: answers.reduce(0) { $0 + $1.height })
    var after = (probe.isEmpty ? [] : [Line()] + probe) + (evidence.isEmpty ? [] : [Line()] + evidence)
    let why = [Line(), line(.whyAsk, .title)] + Prose.lines(question.why, width: min(width - 2, 76))
    if rest.height >= after.count + why.count + 1 { after += why }
    // An empty line and the number of those that are left out would tell nothing.
    if rest.height >= min(3, after.count) { put(after, in: rest.inset(left: 2)) }
  }

  private func answerRow(_ answer: AnswerView, number: Int, width: Int) -> ListItem {
    let text = Line("\(number)", .key) + "  " + Prose.styled(answer.text)
    return ListItem(WordWrap.wrap(text, width: width, indent: 3))
  }

  private func probeLines(_ question: QuestionView, width: Int) -> [Line] {
    switch question.probe {
    case .none: return []
    case .unavailable(let reason):
      return WordWrap.wrap(Line("r  ", .disabled) + Line(reason, .disabled), width: width - 2, indent: 3)
    case .ready(let readsOnly):
      let text = line(readsOnly ? .runForMeReadsOnly : .runForMe)
      let commands = Line(question.probeCommands.joined(separator: " · "), .dim)
      return WordWrap.wrap(Line("r  ", .key) + text, width: width - 2, indent: 3)
        + (question.probeCommands.isEmpty ? [] : WordWrap.wrap(Line("   ") + commands, width: width - 2, indent: 3))
    case .running: return [line(.probeRuns, .accent)]
    case .inconclusive(let output):
      return [line(.probeInconclusive, .warning)] + output.suffix(4).map { Line("  " + $0, .dim) }
    }
  }

  /// The facts by origin. Every group ends without an empty line.
  func evidenceLines(_ groups: [EvidenceGroup], width: Int) -> [Line] {
    var lines: [Line] = []
    for group in groups where !group.items.isEmpty {
      lines.append(line(.origin(group.origin), .dim))
      for item in group.items {
        lines += group.origin == .clue ? terminalLine(item.text, width: width) : self.item(item, width: width)
      }
    }
    return lines
  }

  /// A line of a terminal; commands stand out.
  func terminalLine(_ text: String, width: Int) -> [Line] {
    let role: Role = text.drop { $0 == " " }.hasPrefix("$ ") ? .code : .dim
    return text.isEmpty ? [Line()] : WordWrap.wrap(Line(text, role), width: width, indent: 4)
  }

  private mutating func candidates(_ investigation: InvestigationView, in pane: Rect) {
    let head = line(.stillPossible(investigation.candidates.count, investigation.known), .title)
    let rows = candidateRows(investigation.candidates, width: pane.width)
    put([head] + rows, in: pane)
  }

  /// A sign, the title and what speaks for it, in columns.
  func candidateRows(_ candidates: [CandidateView], width: Int) -> [Line] {
    let widest = candidates.map { Line($0.title).width }.max() ?? 0
    let notes = candidates.map { Line($0.note).width }.max() ?? 0
    let titles = min(widest, max(width / 2, width - notes - 4))
    return candidates.map { candidate in
      let title = Line(candidate.title).cut(to: titles, glyphs.ellipsis).padded(to: titles + 2)
      return sign(candidate.claim) + " " + title + Line(candidate.note, .dim)
    }
  }
}
