import StyledText

/// A lesson: what there is to read above, the tasks below; on wide screens the files beside it.
extension Painter {
  mutating func lesson() {
    guard let lesson = model.lesson else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    let width = look.size.width - 2
    let tasks = taskLines(lesson, width: width)
    guard body.height >= tasks.count + 8 else {
      scroll(tasks + [Line()] + lessonText(lesson, width: width, withFiles: true), in: inner(body))
      return
    }
    let (top, bottom) = body.split(bottom: tasks.count + 1)
    taskRule(lesson, y: bottom.y)
    put(tasks, in: inner(bottom).inset(top: 1))
    // Beside the text only where all of it is on the screen: there it does not scroll.
    let (left, right) = top.split(border: min(look.size.width / 2, readable + 2))
    let files = fileLines(lesson, width: right.width - 2) + [Line()] + foundLines(lesson, width: right.width - 2)
    guard look.isWide, files.count <= top.height else {
      scroll(lessonText(lesson, width: width, withFiles: true), in: inner(top))
      return
    }
    divide(top, at: left.right)
    canvas.put(Line(glyphs.teeUp, .border), x: left.right, y: bottom.y)
    put(files, in: inner(right))
    scroll(lessonText(lesson, width: left.width - 2, withFiles: false), in: inner(left))
  }

  // MARK: Tasks

  private mutating func taskRule(_ lesson: LessonView, y: Int) {
    rule(y, width: look.size.width, title: line(.tasks, .title))
    let left = lesson.tasks.count { !$0.isDone }
    guard left > 0 else { return }
    let count = Line(" ") + line(.stepsLeft(left), .dim) + " "
    canvas.put(count, x: look.size.width - count.width - 2, y: y)
  }

  /// Each task with its sign, and below them the keys that lead to the first that is not done.
  private func taskLines(_ lesson: LessonView, width: Int) -> [Line] {
    var lines: [Line] = []
    for task in lesson.tasks {
      let sign = task.isDone ? Line(glyphs.yes + " ", .good) : Line(glyphs.possible + " ", .accent)
      lines += WordWrap.wrap(sign + Prose.styled(task.text), width: width, indent: 2)
    }
    if let next = lesson.tasks.first(where: { !$0.isDone }) {
      let way = label(.way(next.way)).replacing("⏎", with: glyphs.enter)
      return lines + WordWrap.wrap(Line("\(glyphs.arrow) ", .accent) + Prose.styled(way, .dim), width: width, indent: 2)
    }
    let isLast = model.lessons.last?.id == lesson.id
    let last = Prose.styled(label(isLast ? .lessonSolvedLast : .lessonSolved), .good)
    return lines + WordWrap.wrap(Line("\(glyphs.arrow) ", .good) + last, width: width, indent: 2)
  }

  // MARK: Text

  private func lessonText(_ lesson: LessonView, width: Int, withFiles: Bool) -> [Line] {
    let prose = min(width, readable)
    func part(_ title: Label, _ role: Role, _ text: [Line]) -> [Line] {
      text.isEmpty ? [] : [line(title, role)] + text + [Line()]
    }
    var lines = judgementLines(lesson, width: prose)
    if lesson.isSolved { lines += part(.learned, .good, Prose.lines(lesson.summary, width: prose)) }
    lines += part(.goal, .title, Prose.lines(lesson.goal, width: prose))
    lines += part(.clue, .title, clueLines(lesson.clue, width: width))
    if withFiles {
      lines += fileLines(lesson, width: width) + [Line()] + foundLines(lesson, width: width) + [Line()]
    }
    for (index, tip) in lesson.tips.prefix(page.tips).enumerated() {
      lines += part(.tip(index + 1, lesson.tips.count), .title, Prose.lines(tip, width: prose))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// What stands against the files: the answer to the tempting edit, else what is broken or new.
  private func judgementLines(_ lesson: LessonView, width: Int) -> [Line] {
    let faults = lesson.faults.flatMap {
      WordWrap.wrap(Line(glyphs.no + " ", .bad) + Prose.styled($0), width: width, indent: 2)
    }
    if let reply = lesson.reply {
      return [Line(glyphs.warning + " ", .warning) + line(.onlySilenced, .title)] + Prose.lines(reply, width: width)
        + faults + [Line()]
    }
    return faults.isEmpty ? [] : [line(.notYet, .title)] + faults + [Line()]
  }

  /// A terminal: commands stand out, and what is too long goes on below.
  private func clueLines(_ clue: String, width: Int) -> [Line] {
    clue.split(separator: "\n", omittingEmptySubsequences: false).flatMap { text in
      terminalLine(text.isEmpty ? "" : "  \(text)", width: width)
    }
  }

  private func fileLines(_ lesson: LessonView, width: Int) -> [Line] {
    let place = lesson.folder.map { label(.copyIn($0)) } ?? ""
    return WordWrap.wrap(line(.yourFiles, .title) + Line("  " + place, .dim), width: width, indent: 2)
      + lesson.files.enumerated().flatMap { index, file in
        (index > 0 ? [Line()] : []) + Excerpt(view: file, glyphs: glyphs, width: width).lines()
      }
  }

  private func foundLines(_ lesson: LessonView, width: Int) -> [Line] {
    var lines = [line(.diagnosis, .title)]
    for finding in lesson.findings {
      let place = finding.place.map { Line("\($0.file):\($0.line)", .dim) } ?? Line()
      lines.append(row(sign(finding.claim) + " " + Line(finding.cause), place, width: width))
      lines += WordWrap.wrap(Line("  " + finding.title, .dim), width: width, indent: 2)
    }
    if lesson.untold > 0 {
      lines += Prose.lines(label(.untold(lesson.untold)), width: min(width, readable))
    } else if lesson.findings.isEmpty {
      lines.append(Line(glyphs.yes + " ", .good) + line(.nothingWrong))
    }
    return lines
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

  // MARK: The list

  mutating func lessons() {
    guard !model.lessons.isEmpty else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    let isRoomy = body.height >= model.lessons.count + 2
    let items = model.lessons.enumerated().map { index, lesson in
      let sign: Line =
        if lesson.isSolved {
          Line(glyphs.yes, .good)
        } else {
          lesson.isBegun ? Line(glyphs.likely, .accent) : Line(glyphs.possible, .dim)
        }
      let number = Line("\(index + 1)", .dim).aligned(right: 2)
      return ListItem([number + "  " + sign + " " + Line(lesson.title)])
    }
    list(items, selection: page.selection, in: body.inset(left: 1, top: isRoomy ? 1 : 0, right: 1))
  }

  /// How many lessons are solved, as a bar.
  var progress: Line {
    let solved = model.lessons.count(where: \.isSolved)
    let count = max(1, model.lessons.count)
    // The way to the page needs the room more.
    guard page.kind == .lessons || look.size.width >= 100 else {
      return line(.progress, .dim) + Line(" \(solved)/\(model.lessons.count)")
    }
    let filled = solved * 12 / count
    return line(.progress, .dim) + " " + .repeated(glyphs.bar, filled, .good)
      + .repeated(glyphs.track, 12 - filled, .dim) + Line(" \(solved)/\(model.lessons.count)")
  }
}
