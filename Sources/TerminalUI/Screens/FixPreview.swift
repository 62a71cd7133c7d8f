import StyledText

/// What a fix changes, and what came of trying it on a copy.
extension Painter {
  mutating func fixPreview(_ fix: FixView, of finding: FindingView) {
    let width = look.size.width - 2
    let isRoomy = body.height >= 14
    let counts = fix.files.isEmpty ? Line() : line(.changeCount(fix.files.count, fix.added, fix.removed), .dim)
    let isBeside = width >= 60
    let title = WordWrap.wrap(Prose.styled(fix.title, .title), width: isBeside ? width - counts.width - 2 : width)
    var lines = isRoomy ? [Line()] : []
    lines += [row(title.first ?? Line(), isBeside ? counts : Line(), width: width)] + title.dropFirst()
    if !isBeside, !fix.files.isEmpty { lines.append(counts) }
    if isRoomy { lines.append(Line()) }
    lines += changes(fix, width: width)
    scroll(lines, in: inner(body))
  }

  /// The changed lines, the checks and what to do afterwards.
  func changes(_ fix: FixView, width: Int, cuts: Bool = false) -> [Line] {
    var lines: [Line] = []
    for file in fix.files {
      lines.append(heading(Line(file.file, .accent), width: width))
      lines += DiffPicture(glyphs: glyphs, width: width, cuts: cuts).lines(file)
      lines.append(Line())
    }
    if !fix.files.isEmpty {
      lines.append(heading(line(.checkedOnCopy, .title), width: width))
      if let checks = fix.checks {
        for check in checks { lines += item(check, width: width) }
      } else {
        lines += WordWrap.wrap(label(.notChecked), .dim, width: width)
      }
    }
    if let note = fix.note {
      lines +=
        fix.files.isEmpty
        ? Prose.lines(note, width: min(width, readable)) : item(EvidenceItem(.note, note), width: width)
    }
    if !fix.run.isEmpty {
      lines += [Line(), line(.thenRun)]
      for command in fix.run { lines += WordWrap.command(command, width: width, indent: 2) }
    }
    return lines
  }

  /// A title on a line across the text.
  func heading(_ title: Line, width: Int) -> Line {
    let start = Line.repeated(glyphs.horizontal, 2, .border) + " " + title.cut(to: width - 6, glyphs.ellipsis) + " "
    return start + .repeated(glyphs.horizontal, width - start.width, .border)
  }
}
