import Yams

@testable import ComposeSyntax

/// The same text by libYAML, as something to compare with.
enum LibYAML {
  /// All documents in a notation that shows structure and texts; nil where libYAML refuses the text.
  static func picture(_ text: String) -> [String]? {
    guard let parser = try? Yams.Parser(yaml: text, resolver: .basic) else { return nil }
    var pictures: [String] = []
    do {
      while let node = try parser.nextRoot() { pictures.append(picture(node)) }
    } catch {
      return nil
    }
    return pictures
  }

  static func picture(_ file: YAMLFile) -> [String] { file.documents.map(picture) }

  private static func picture(_ node: YAMLNode) -> String {
    let node = node.target
    switch node.content {
    case .scalar(let scalar): return "<\(scalar.value)>"
    case .sequence(let items): return "[" + items.map { picture($0.node) }.joined(separator: ",") + "]"
    case .mapping(let entries):
      return "{" + entries.map { picture($0.key) + ":" + picture($0.value) }.joined(separator: ",") + "}"
    case .alias: return "*"
    }
  }

  private static func picture(_ node: Yams.Node) -> String {
    switch node {
    case .scalar(let scalar): "<\(scalar.string)>"
    case .sequence(let items): "[" + items.map(picture).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { picture($0.key) + ":" + picture($0.value) }.joined(separator: ",") + "}"
    case .alias: "*"
    }
  }
}
