import StyledText

/// What a fix changes, and what came of trying it on a copy.
extension Painter {
  mutating func fixPreview(_ fix: FixView, of finding: FindingView) {
    let width = look.size.width - 2
    let isRoomy = body.height >= 14
    let counts = fix.files.isEmpty ? Line() : line(.changeCount(fix.files.count, fix.added, fix.removed), .dim)
    let title = WordWrap.wrap(Line(fix.title, .title), width: max(20, width - counts.width - 2))
    var lines = isRoomy ? [Line()] : []
    lines += [row(title.first ?? Line(), counts, width: width)] + title.dropFirst()
    if isRoomy { lines.append(Line()) }
    lines += changes(fix, width: width)
    scroll(lines, in: inner(body))
  }

  /// The changed lines, the checks and what to do afterwards.
  func changes(_ fix: FixView, width: Int) -> [Line] {
    var lines: [Line] = []
    for file in fix.files {
      lines.append(heading(Line(file.file, .accent), width: width))
      lines += diff(file, width: width)
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
      lines += fix.files.isEmpty ? Prose.lines(note, width: width) : item(EvidenceItem(.note, note), width: width)
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

  /// How many spaces or tabs all lines begin with.
  private func commonIndent(_ lines: [DiffLine]) -> Int {
    let texts = lines.filter { $0.kind != .gap && !$0.text.isEmpty }.map(\.text)
    guard let first = texts.first else { return 0 }
    let indent = first.prefix { $0 == " " || $0 == "\t" }
    return texts.reduce(indent.count) { count, text in
      min(count, zip(indent, text).prefix { $0 == $1 }.count)
    }
  }

  private func diff(_ file: DiffView, width: Int) -> [Line] {
    let digits = max(3, file.lines.map { max("\($0.old ?? 0)".count, "\($0.new ?? 0)".count) }.max() ?? 0)
    let isNarrow = width < 60
    let dedent = isNarrow ? commonIndent(file.lines) : 0
    return file.lines.flatMap { change -> [Line] in
      if change.kind == .gap { return [Line(String(repeating: " ", count: digits - 1) + glyphs.ellipsis, .dim)] }
      let (sign, role): (String, Role) =
        switch change.kind {
        case .added: (glyphs.add, .add)
        case .removed: (glyphs.remove, .remove)
        case .context, .gap: (" ", .text)
        }
      func number(_ value: Int?) -> Line { Line(value.map { "\($0)" } ?? "", .dim).aligned(right: digits) }
      let numbers = isNarrow ? number(change.new ?? change.old) : number(change.old) + "  " + number(change.new)
      let gutter = numbers + " " + Line(sign + " ", role)
      let text = WordWrap.hard(Line(String(change.text.dropFirst(dedent)), role), width: max(1, width - gutter.width))
      return text.enumerated().map { $0 == 0 ? gutter + $1 : Line.spaces(gutter.width) + $1 }
    }
  }
}
