import StyledText

/// A lesson: the goal and the tasks beside the file and what drydock finds in it right now.
extension Painter {
  mutating func lesson() {
    guard let lesson = model.lesson else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    guard look.size.width >= 76 else {
      let width = look.size.width - 2
      let files = fileLines(lesson, width: width)
      let text = lessonText(lesson, width: width) + [Line()] + files + [Line()] + lessonFindings(lesson, width: width)
      scroll(text, in: inner(body))
      return
    }
    let (left, right) = body.split(border: look.size.width * 37 / 80)
    divide(body, at: left.right)
    let found = lessonFindings(lesson, width: right.width - 2)
    let (top, bottom) = right.split(bottom: min(found.count + 1, right.height / 2))
    put(fileLines(lesson, width: top.width - 2), in: inner(top).inset(top: body.height >= 18 ? 1 : 0))
    rule(bottom.y, x: bottom.x, width: bottom.width)
    canvas.put(Line(glyphs.teeRight, .border), x: left.right, y: bottom.y)
    put(found, in: inner(bottom).inset(top: 1))
    scroll((body.height >= 18 ? [Line()] : []) + lessonText(lesson, width: left.width - 2), in: inner(left))
  }

  private func lessonText(_ lesson: LessonView, width: Int) -> [Line] {
    var lines = [line(.goal, .title)] + Prose.lines(lesson.goal, width: width)
    lines += [Line(), line(.clue, .title)] + Prose.lines(lesson.clue, width: width)
    lines += [Line(), line(.tasks, .title)]
    for task in lesson.tasks {
      let sign = task.isDone ? Line(glyphs.yes + " ", .good) : Line(glyphs.possible + " ", .accent)
      lines += WordWrap.wrap(sign + Prose.styled(task.text), width: width, indent: 2)
    }
    for (index, tip) in lesson.tips.prefix(page.tips).enumerated() {
      lines += [Line(), line(.tip(index + 1, lesson.tips.count), .title)] + Prose.lines(tip, width: width)
    }
    let last = lesson.isSolved ? Label.lessonSolved : .lessonWatches
    return lines + [Line()] + WordWrap.wrap(label(last), lesson.isSolved ? .good : .dim, width: width)
  }

  private func fileLines(_ lesson: LessonView, width: Int) -> [Line] {
    lesson.files.enumerated().flatMap { index, file in
      (index > 0 ? [Line()] : []) + Excerpt(view: file, glyphs: glyphs, width: width).lines()
    }
  }

  private func lessonFindings(_ lesson: LessonView, width: Int) -> [Line] {
    var lines = [line(.diagnosis, .title)]
    for finding in lesson.findings {
      let place = finding.place.map { Line("\($0.file):\($0.line)", .dim) } ?? Line()
      lines.append(row(sign(finding.claim) + " " + Line(finding.cause), place, width: width))
      lines += WordWrap.wrap(Line("  " + finding.title, .dim), width: width, indent: 2)
    }
    if lesson.findings.isEmpty { lines.append(Line(glyphs.yes + " ", .good) + line(.nothingWrong)) }
    let left = lesson.tasks.count { !$0.isDone }
    return lines + (left > 0 ? [Line(), line(.stepsLeft(left), .accent)] : [])
  }

  mutating func solution() {
    guard let lesson = model.lesson else { return }
    let width = look.size.width - 2
    var lines = body.height >= 14 ? [Line()] : []
    for file in lesson.solution {
      lines.append(heading(Line(file.file, .accent), width: width))
      lines += DiffPicture(glyphs: glyphs, width: width, cuts: false).lines(file) + [Line()]
    }
    scroll(lines, in: inner(body))
  }

  mutating func lessons() {
    guard !model.lessons.isEmpty else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    let isRoomy = body.height >= model.lessons.count + 2
    let items = model.lessons.enumerated().map { index, lesson in
      let sign = lesson.isSolved ? Line(glyphs.yes, .good) : Line(glyphs.possible, .dim)
      let number = Line("\(index + 1)", .dim).aligned(right: 2)
      return ListItem([number + "  " + sign + " " + Line(lesson.title)])
    }
    list(items, selection: page.selection, in: body.inset(left: 1, top: isRoomy ? 1 : 0, right: 1))
  }

  /// How many lessons are solved, as a bar.
  var progress: Line {
    let solved = model.lessons.count(where: \.isSolved)
    let count = max(1, model.lessons.count)
    let filled = solved * 12 / count
    return line(.progress, .dim) + " " + .repeated(glyphs.bar, filled, .good)
      + .repeated(glyphs.track, 12 - filled, .dim) + Line(" \(solved)/\(model.lessons.count)")
  }
}
