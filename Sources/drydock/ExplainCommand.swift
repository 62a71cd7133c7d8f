import ArgumentParser
import Knowledge
import Session
import StyledText

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a cause, symptom, image, program, fact, exit code, or a rule of another tool.",
    discussion: "Lists: symptoms, causes, images, programs, facts, exit-codes, rules.")

  @Argument(help: "What to explain, such as listens-on-loopback, alpine, 137 or DL3025; or a list.")
  var subject: String

  @Option(help: "en or zh; by default the language of the locale.")
  var language: Language?

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @OptionGroup var knowledge: KnowledgeSource

  func run() throws {
    try Command.run {
      let knowledge = try knowledge.load()
      let language = language ?? Language(locale: Host.locale)
      let style = TextStyle(color: color.isOn, ascii: false, columns: Host.columns)
      if subject == "images" {
        return try Output.write(style.text(Table.lines(ImageTable(knowledge.images, language: language).rows)))
      }
      let all = Encyclopedia(knowledge: knowledge, language: language)
      if let list = all.list(subject) {
        return try Output.write(style.text(Table.lines(list.map { [$0.id, $0.text] })))
      }
      let articles = all.articles(about: subject)
      guard !articles.isEmpty else {
        throw Refusal.usage("nothing is known of “\(subject)”; drydock explain causes lists the causes")
      }
      var lines: [Line] = []
      for article in articles {
        lines += [Line(article.title, .title), Line(article.id, .dim), Line()]
        lines += Prose.lines(article.text, width: style.columns) + [Line()]
        lines += article.see.map { Line($0, .dim) }
      }
      try Output.write(style.text(lines))
    }
  }
}

/// Rows with their columns below each other.
enum Table {
  static func lines(_ rows: [[String]]) -> [Line] {
    var widths: [Int] = []
    for row in rows {
      for (index, cell) in row.enumerated() {
        if index == widths.count { widths.append(0) }
        widths[index] = max(widths[index], Line(cell).width)
      }
    }
    return rows.map { row in
      var line = Line()
      for (index, cell) in row.enumerated() {
        line += index + 1 < row.count ? Line(cell).padded(to: widths[index] + 2) : Line(cell)
      }
      return line
    }
  }
}
