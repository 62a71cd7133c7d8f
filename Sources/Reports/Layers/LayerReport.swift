import Inspection
import Knowledge
import StyledText

/// The layers of a project's builds as a table for people, or as JSON.
public struct LayerReport {
  private let views: [LayerView]
  private let language: Language

  public init(_ views: [LayerView], language: Language) {
    self.views = views
    self.language = language
  }

  public func text(style: TextStyle) -> String { style.text(lines(style: style)) }

  /// The same in cells, for a screen.
  public func lines(style: TextStyle) -> [Line] {
    if views.isEmpty { return [Line(say(.noLayers))] }
    var lines: [Line] = []
    for view in views {
      if !lines.isEmpty { lines.append(Line()) }
      lines += LayerTable(view: view, language: language, style: style).lines()
    }
    return lines
  }

  private func say(_ phrase: LayerPhrase) -> String { phrase.text(language) }

  // MARK: JSON

  /// One object with a list of builds; the form is stable.
  public func json() -> String {
    JSON.object([("version", .number(1)), ("builds", .array(views.map(build)))]).text(pretty: true) + "\n"
  }

  private func build(_ view: LayerView) -> JSON {
    .object([
      ("build", .string(view.layers.build)), ("dockerfile", .string(view.layers.dockerfile)),
      ("context", view.contents.map(context) ?? .null), ("layers", .array(view.layers.layers.enumerated().map(layer))),
      ("changes", .array(view.changes.map { change($0, view.layers) })),
    ])
  }

  private func layer(_ number: Int, _ layer: Layer) -> JSON {
    .object([
      ("number", .number(number)), ("line", .number(layer.line)), ("stage", .number(layer.stage)),
      ("stageName", layer.stageName.map { .string($0) } ?? .null), ("keyword", .string(layer.keyword)),
      ("text", .string(Secrets().masked(layer.text, isSettings: true))),
      ("parent", layer.parent.map { .number($0) } ?? .null), ("image", layer.image.map { .string($0) } ?? .null),
      (
        "sources",
        .array(
          layer.sources.map { .object([("text", .string($0.text)), ("files", .array($0.files.map { .string($0) }))]) })
      ),
      ("copiesFrom", .array(layer.copiesFrom.map { .number($0) })),
      ("arguments", .array(layer.arguments.map { .string($0) })),
      ("work", .array(layer.work.map { .string($0.rawValue) })),
      ("cached", .array(layer.cached.map(\.rawValue).sorted().map { .string($0) })),
    ])
  }

  private func change(_ change: BuildLayers.Change, _ layers: BuildLayers) -> JSON {
    let reasons = layers.madeAgain(after: change)
    let subject: [(String, JSON)] =
      switch change {
      case .file(let path): [("file", .string(path))]
      case .argument(let name): [("argument", .string(name))]
      }
    return .object(
      subject + [
        (
          "runsAgain",
          .array(
            reasons.keys.sorted().map { number in
              if case .after(let first)? = reasons[number] {
                return .object([("layer", .number(number)), ("after", .number(first))])
              }
              return .object([("layer", .number(number)), ("after", .null)])
            })
        )
      ])
  }

  private func context(_ contents: ContextContents) -> JSON {
    func entry(_ entry: ContextContents.Entry) -> [(String, JSON)] {
      [
        ("path", .string(entry.path)), ("directory", .bool(entry.isDirectory)), ("files", .number(entry.files)),
        ("bytes", .number(entry.size)),
      ]
    }
    return .object([
      ("folder", .string(contents.folder)), ("ignoreFile", contents.ignoreFile.map { .string($0) } ?? .null),
      ("files", .number(contents.files)), ("bytes", .number(contents.size)),
      ("ignoredFiles", .number(contents.ignoredFiles)),
      ("complete", .bool(!contents.isCutOff)), ("entries", .array(contents.entries.map { .object(entry($0)) })),
      (
        "seldomNeeded",
        .array(contents.burdens.map { .object([("kind", .string($0.kind.rawValue))] + entry($0.entry)) })
      ),
    ])
  }
}
