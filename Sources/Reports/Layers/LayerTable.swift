import Inspection
import Knowledge
import StyledText

/// One build as a table: a row for each layer, a column for each change.
struct LayerTable {
  let view: LayerView
  let language: Language
  let style: TextStyle
  private var layers: [Layer] { view.layers.layers }
  /// More columns than this are hard to follow.
  private static let columnLimit = 6
  private var changes: [BuildLayers.Change] { Array(view.changes.prefix(Self.columnLimit)) }
  private func say(_ phrase: LayerPhrase) -> String { phrase.text(language) }

  func lines() -> [Line] {
    [Line(say(.title(view.layers.build, view.layers.dockerfile)), .title), Line()] + table() + [Line()] + legend() + [
      Line()
    ] + context()
  }

  // MARK: The table

  private func table() -> [Line] {
    let numberWidth = max(Line(say(.line)).width, 4)
    let depends = layers.map(dependencies)
    let marksWidth = changes.count * 3
    let dependsWidth = min(max(depends.map { Line($0).width }.max() ?? 0, Line(say(.dependsOn)).width), 26)
    let textWidth = max(16, style.columns - numberWidth - dependsWidth - marksWidth - 8)
    let all = changes.map { view.layers.madeAgain(after: $0) }
    func row(_ number: Line, _ text: Line, _ depends: Line, _ marks: [Line]) -> Line {
      var line =
        Line("  ") + number.padded(to: numberWidth) + "  "
        + text.cut(to: textWidth, style.glyphs.ellipsis).padded(to: textWidth) + "  "
        + depends.cut(to: dependsWidth, style.glyphs.ellipsis).padded(to: dependsWidth)
      for mark in marks { line = line + "  " + mark }
      return line
    }
    let head = row(
      Line(say(.line), .dim), Line(say(.instruction), .dim), Line(say(.dependsOn), .dim),
      changes.indices.map { Line(String($0 + 1), .accent) })
    return [head]
      + layers.indices.map { number in
        row(
          Line(String(layers[number].line), .dim), Line(Secrets().masked(layers[number].text, isSettings: true)),
          Line(depends[number], .dim),
          all.map { mark($0[number]) })
      }
  }

  private func mark(_ reason: BuildLayers.Reason?) -> Line {
    switch reason {
    case .own: Line(style.glyphs.bullet, .proven)
    case .after: Line(style.glyphs.down, .likely)
    case nil: Line(style.glyphs.dot, .dim)
    }
  }

  private func dependencies(_ layer: Layer) -> String {
    var parts: [String] = []
    if let image = layer.image { parts.append("\(say(.image)) \(image)") }
    let files = Set(layer.sources.flatMap(\.files))
    if !layer.sources.isEmpty { parts.append(say(.files(files.count))) }
    for number in layer.copiesFrom where layers.indices.contains(number) {
      parts.append(layers[number].stageName ?? "stage \(layers[number].stage)")
    }
    return (parts + layer.arguments).joined(separator: ", ")
  }

  // MARK: What a change costs

  private func legend() -> [Line] {
    let marks =
      Line("  ") + mark(.own) + Line(" \(say(.runsAgain))   ", .dim) + mark(.after(0))
      + Line(" \(say(.runsAgainAfterEarlier))   ", .dim)
      + mark(nil) + Line(" \(say(.taken))", .dim)
    return [marks, Line()]
      + changes.enumerated().map { number, change in
        let reasons = view.layers.madeAgain(after: change)
        let name =
          switch change {
          case .file(let path): path
          case .argument(let name): "\(say(.argument)) \(name)"
          }
        var text =
          Line("  ") + Line(String(number + 1), .accent) + "  " + Line(name) + Line(language == .zh ? "：" : ": ", .dim)
        guard let first = reasons.keys.min() else { return text + Line(say(.changeNothing), .dim) }
        text = text + Line(say(.change(reasons.count, layers[first].line)), .dim)
        let works = Layer.Work.allCases.filter { work in
          reasons.keys.contains { layers[$0].work.contains(work) && !layers[$0].cached.contains(work) }
        }
        let separator = language == .zh ? "；" : "; "
        if !works.isEmpty { text = text + Line(separator, .dim) + Line(say(.repeats(works.map(word))), .likely) }
        return text
      }
  }

  private func word(_ work: Layer.Work) -> String {
    switch work {
    case .fetch: say(.fetch)
    case .compile: say(.compile)
    case .install: say(.install)
    }
  }

  // MARK: The context

  private static let entryLimit = 8

  private func context() -> [Line] {
    guard let contents = view.contents else { return [Line(say(.outside), .dim)] }
    var lines = [Line(say(.context(contents.folder, contents.files, Self.size(contents.size))), .title)]
    lines.append(
      Line("  " + (contents.ignoreFile.map { say(.ignored($0, contents.ignoredFiles)) } ?? say(.noIgnoreFile)), .dim))
    if contents.isCutOff { lines.append(Line("  " + say(.cutOff), .likely)) }
    if !contents.entries.isEmpty { lines.append(Line("  " + say(.largest), .dim)) }
    lines += contents.entries.prefix(Self.entryLimit).map { entry($0, nil) }
    if !contents.burdens.isEmpty {
      lines.append(Line("  " + say(.seldomNeeded), .dim))
      lines += contents.burdens.prefix(Self.entryLimit).map { entry($0.entry, $0.kind.rawValue) }
    }
    return lines
  }

  private func entry(_ entry: ContextContents.Entry, _ kind: String?) -> Line {
    let size = Line(Self.size(entry.size))
    let lead = String(repeating: " ", count: max(0, 11 - size.width))
    let name = entry.path + (entry.isDirectory ? "/  \(say(.files(entry.files)))" : "")
    return (Line("  " + lead) + size + Line("  " + name) + Line(kind.map { "  \($0)" } ?? "", .dim)).cut(
      to: style.columns, style.glyphs.ellipsis)
  }

  /// As the builder prints sizes: in powers of a thousand, with three digits.
  static func size(_ bytes: Int) -> String {
    var value = Double(max(bytes, 0))
    for unit in ["B", "kB", "MB"] {
      if value < 1000 { return unit == "B" ? "\(Int(value)) B" : digits(value) + " " + unit }
      value /= 1000
    }
    return digits(value) + " GB"
  }

  private static func digits(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths >= 1000 || tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
