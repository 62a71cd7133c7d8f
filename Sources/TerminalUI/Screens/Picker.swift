import StyledText

/// "What do you see?": the symptoms, with what the files already suggest.
extension Painter {
  mutating func picker() {
    let symptoms = state.visibleSymptoms
    guard look.isWide else {
      let detail = detailHeight(symptoms.count)
      let (top, bottom) = body.split(bottom: detail)
      symptomList(symptoms, in: top)
      if let symptom = marked(symptoms), detail > 0 { symptomDetail(symptom, in: bottom) }
      return
    }
    let (left, right) = body.split(border: min(80, look.size.width * 2 / 3))
    divide(body, at: left.right)
    symptomList(symptoms, in: left)
    if let symptom = marked(symptoms) { put(symptomText(symptom, width: right.width - 2), in: inner(right)) }
  }

  /// A pane without the blank columns at its sides.
  func inner(_ pane: Rect) -> Rect { pane.inset(left: 1, right: 1) }

  private func marked(_ symptoms: [SymptomView]) -> SymptomView? {
    symptoms.isEmpty ? nil : symptoms[min(max(0, page.selection), symptoms.count - 1)]
  }

  /// Rows that the list leaves for the description; 0 where that would be too few for two lines.
  private func detailHeight(_ count: Int) -> Int {
    let left = body.height - count - (model.notice == nil ? 3 : 5)
    return left >= 3 ? min(left, 8) : 0
  }

  private mutating func symptomList(_ symptoms: [SymptomView], in pane: Rect) {
    var rest = pane
    if let notice = model.notice, pane.height > 10 {
      let lines = WordWrap.wrap(Line(glyphs.warning + " ", .warning) + Line(notice), width: pane.width - 2, indent: 2)
      put(lines, in: inner(pane))
      rest = pane.split(top: lines.count + 1).rest
    }
    let heading = row(line(.whatDoYouSee, .title), line(count(symptoms), .dim), width: pane.width - 2)
    let isRoomy = rest.height >= symptoms.count + 3
    let top = isRoomy ? 1 : 0
    canvas.put(heading, x: rest.x + 1, y: rest.y)
    rest = rest.inset(top: 1 + top)
    if symptoms.isEmpty {
      canvas.put(line(.nothingMatches(page.search ?? ""), .dim), x: rest.x + 3, y: rest.y, width: rest.width - 4)
    }
    let width = rest.width - 4
    let titles = symptoms.map { Line($0.title).width }.max() ?? 0
    let rows = symptoms.map { ListItem([symptomRow($0, titleWidth: titles, width: width)]) }
    list(rows, selection: page.selection, in: rest.inset(left: 1, right: 1))
  }

  private func count(_ symptoms: [SymptomView]) -> Label {
    page.search == nil ? .symptomCount(symptoms.count) : .matches(symptoms.count, model.symptoms.count)
  }

  private func symptomRow(_ symptom: SymptomView, titleWidth: Int, width: Int) -> Line {
    var right = Line.spaces(3)
    if let best = symptom.best, symptom.fitting > 0 {
      right = sign(best) + Line("\(symptom.fitting)", .dim).aligned(right: 2)
    }
    // A hint of a few letters tells nothing.
    guard width >= titleWidth + 20 else { return row(Line(symptom.title), right, width: width) }
    let room = width - titleWidth - right.width - 3
    let hint =
      if let suggestion = symptom.suggestion {
        Line("\(glyphs.arrow) \(suggestion)", .accent)
      } else {
        Line(symptom.hint.clauses(columns: room), .dim)
      }
    return row(Line(symptom.title).padded(to: titleWidth + 2) + hint, right, width: width)
  }

  private mutating func symptomDetail(_ symptom: SymptomView, in pane: Rect) {
    rule(pane.y, width: pane.width, title: Line(symptom.title, .title))
    let text = symptomFacts(symptom, width: pane.width - 2)
    put(text, in: inner(pane).inset(top: 1))
  }

  private func symptomFacts(_ symptom: SymptomView, width: Int) -> [Line] {
    var lines = Prose.lines(symptom.description, width: width)
    let fitting = symptom.isWeighed ? symptom.fitting : nil
    lines += WordWrap.wrap(label(.causesKnown(symptom.known, fitting: fitting)), .dim, width: width)
    return lines
  }

  private func symptomText(_ symptom: SymptomView, width: Int) -> [Line] {
    var lines = [Line(symptom.title, .title), Line()] + symptomFacts(symptom, width: width)
    guard !symptom.causes.isEmpty else { return lines }
    lines += [Line(), line(.fitsNow, .title), Line()]
    for cause in symptom.causes {
      lines += WordWrap.wrap(sign(cause.claim) + " " + Line(cause.title), width: width, indent: 2)
      if !cause.note.isEmpty { lines += WordWrap.wrap("  " + cause.note, .dim, width: width, indent: 2) }
    }
    return lines
  }
}

extension String {
  /// As many of its clauses as fit: half a sentence reads better than one that is cut.
  fileprivate func clauses(columns: Int) -> String {
    guard Line(self).width > columns else { return self }
    let ends = indices.reversed().filter { ",;:—，；：、".contains(self[$0]) }
    for end in ends {
      let head = String(self[..<end])
      let text = head.hasSuffix(" ") ? String(head.dropLast()) : head
      if Line(text).width <= columns { return Line(text).width >= 12 ? text : "" }
    }
    return ""
  }
}
