import StyledText

extension SessionState {
  /// The screen as it is now: a pure function of the state.
  public var canvas: Canvas {
    var painter = Painter(self)
    guard look.size.width >= Size.smallest.width, look.size.height >= Size.smallest.height else {
      painter.tooSmall()
      return painter.canvas
    }
    painter.header()
    switch page.kind {
    case .picker: painter.picker()
    case .paste: painter.pasteBox()
    case .investigation:
      if let investigation = model.investigation {
        if let question = investigation.question {
          painter.question(question, of: investigation)
        } else if let finding = investigation.findings.first {
          painter.diagnosis(finding)
        } else {
          painter.nothingFound(investigation)
        }
      } else {
        painter.notYet()
      }
    case .tree: painter.tree()
    case .diagnosis: if let finding { painter.diagnosis(finding) }
    case .fix: if let finding, let fix { painter.fixPreview(fix.fix, of: finding) }
    case .findings: painter.findings()
    case .why: painter.why()
    case .knowledge: painter.knowledge()
    case .article(let id): painter.article(id)
    case .help: painter.help()
    case .images: painter.images()
    case .layers: painter.layers()
    case .lessons: painter.lessons()
    case .lesson: painter.lesson()
    case .solution: painter.solution()
    }
    painter.footer()
    return painter.canvas
  }
}

extension Painter {
  /// Where the engine has not answered yet.
  mutating func notYet() {
    put([Line(), line(.loading, .dim)], in: inner(body))
  }

  mutating func tooSmall() {
    let size = look.size
    let lines = WordWrap.wrap(label(.tooSmall(Size.smallest.width, Size.smallest.height)), width: size.width)
    put(lines, in: Rect(x: 0, y: max(0, (size.height - lines.count) / 2), width: size.width, height: size.height))
  }
}
