import StyledText

/// Which conditions hold, and why other causes do not; or why a question is asked.
extension Painter {
  mutating func why() {
    let width = look.size.width - 2
    var lines: [Line] = body.height >= 14 ? [Line()] : []
    if let finding = state.finding {
      lines += whyText(finding, width: width)
    } else if let investigation = model.investigation, let question = investigation.question {
      lines += WordWrap.wrap(Prose.styled(question.text, .title), width: width) + [Line()]
      lines += Prose.lines(question.why, width: min(width, readable))
      lines += [Line(), line(.whatAnswersLeave, .title)]
      for answer in question.answers {
        let leaves = answer.leaves.map { line(.leavesCauses($0), .dim) } ?? Line()
        let column = min(width, 76)
        let text = WordWrap.wrap("  " + Prose.styled(answer.text), width: column - leaves.width - 2, indent: 4)
        lines += [row(text.first ?? Line(), leaves, width: column)] + text.dropFirst()
      }
      lines += [Line(), line(.stillPossible(investigation.candidates.count, investigation.known), .title)]
      lines += candidateRows(investigation.candidates, width: width)
    } else if let investigation = model.investigation {
      lines += [line(.nothingFound, .title), Line()] + reasons(investigation.rejected, width: width)
    }
    scroll(lines, in: inner(body))
  }

  /// Causes that do not hold, each with what speaks against it.
  private func reasons(_ causes: [CandidateView], width: Int) -> [Line] {
    causes.flatMap { cause in
      let title = WordWrap.wrap(Line(glyphs.no + " ", .dim) + Line(cause.title), width: width, indent: 2)
      guard !cause.note.isEmpty else { return title }
      return title + WordWrap.wrap(Line("    ") + Prose.styled(cause.note, .dim), width: width, indent: 4)
    }
  }

  private func whyText(_ finding: FindingView, width: Int) -> [Line] {
    var lines = WordWrap.wrap(
      sign(finding.claim) + " " + Line(finding.title, .title), width: width, indent: 2)
    lines += [subject(finding), Line()]
    guard let why = finding.why else { return lines + [line(.noReasons, .dim)] }
    lines.append(line(.whyThis, .title))
    for condition in why.conditions { lines += item(condition, width: width) }
    if !why.others.isEmpty {
      lines += [Line(), line(.whyNotOthers, .title)] + reasons(why.others, width: width)
    }
    return lines
  }
}
