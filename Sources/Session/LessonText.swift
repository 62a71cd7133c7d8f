import Knowledge
import StyledText
import TerminalUI
import Tutorial

/// Lessons as lines of text, for `drydock tutorial` without screens.
public struct LessonText {
  private let style: TextStyle
  private let language: Knowledge.Language

  public init(style: TextStyle, language: Knowledge.Language) {
    self.style = style
    self.language = language
  }

  private func say(_ saying: Saying) -> String { saying.text(language) }

  /// The list of lessons, one line each.
  public func list(_ lessons: [Lesson], _ progress: Progress) -> String {
    style.text(
      lessons.map { lesson in
        let entry = progress[lesson.id]
        let sign: Line =
          if entry.isSolved {
            Line(style.glyphs.yes, .good)
          } else {
            entry == Progress.Entry() ? Line(style.glyphs.possible, .dim) : Line(style.glyphs.likely, .accent)
          }
        return Line(lesson.name.prefix(2) + "  ", .dim) + sign + " " + Line(lesson.title[language])
          + Line("  " + lesson.id, .dim)
      })
  }

  /// What there is to read when a lesson begins.
  func opening(_ lesson: LessonView) -> String {
    var lines = [Line("\(lesson.number) \(style.glyphs.dot) \(lesson.title)", .title), Line()]
    lines += Prose.lines(lesson.goal, width: style.columns) + [Line(), Line(say(.whatIsSeen), .title)]
    lines += lesson.clue.split(separator: "\n", omittingEmptySubsequences: false).map { Line("  " + $0, .code) }
    lines.append(Line())
    if let folder = lesson.folder {
      lines += [Line(say(.copyLiesIn), .title), Line("  " + folder)]
      lines += lesson.files.map { Line("    " + $0.file, .dim) } + [Line()]
    }
    return style.text(lines) + state(lesson)
  }

  /// Each task, and what the judge says.
  public func state(_ lesson: LessonView) -> String {
    var lines = [Line(say(.tasks), .title)]
    for task in lesson.tasks {
      let sign =
        task.isDone ? Line(style.glyphs.yes + " ", .good) : Line(style.glyphs.possible + " ", .accent)
      lines += WordWrap.wrap("  " + sign + Prose.styled(task.text), width: style.columns, indent: 4)
    }
    if let reply = lesson.reply { lines += [Line()] + Prose.lines(reply, width: style.columns) }
    for fault in lesson.faults {
      lines += WordWrap.wrap(Line(style.glyphs.no + " ", .bad) + Prose.styled(fault), width: style.columns, indent: 2)
    }
    if lesson.isSolved { lines += [Line()] + Prose.lines(lesson.summary, width: style.columns) }
    return style.text(lines)
  }

  func tip(_ lesson: LessonView, _ number: Int) -> String {
    guard lesson.tips.indices.contains(number) else { return say(.noMoreTips) + "\n" }
    return style.text(
      [Line("\(number + 1)/\(lesson.tips.count)", .dim)] + Prose.lines(lesson.tips[number], width: style.columns))
  }

  func solution(_ lesson: LessonView) -> String {
    style.text(
      lesson.solution.flatMap { file in
        [Line(file.file, .title)]
          + file.lines.map { line in
            switch line.kind {
            case .context: Line("  " + line.text)
            case .removed: Line("- " + line.text, .bad)
            case .added: Line("+ " + line.text, .good)
            case .gap: Line(style.glyphs.ellipsis, .dim)
            }
          }
      })
  }

  func article(_ article: ArticleView) -> String {
    style.text([Line(article.title, .title)] + Prose.lines(article.text, width: style.columns))
  }

  func table(_ rows: [[String]]) -> String {
    let columns = (rows.first ?? []).indices.map { column in
      rows.map { $0.indices.contains(column) ? Line($0[column]).width : 0 }.max() ?? 0
    }
    return style.text(
      rows.map { row in
        zip(row, columns).reduce(Line()) { $0 + Line($1.0).padded(to: $1.1 + 2) }
      })
  }
}
