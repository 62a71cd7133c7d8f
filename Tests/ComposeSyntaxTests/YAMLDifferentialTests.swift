import Foundation
import SourceText
import Testing
import Yams

@testable import ComposeSyntax

/// The nodes agree with those of libYAML on every YAML file that lies beside the repository.
@Suite struct YAMLDifferentialTests {
  static let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared").standardizedFileURL

  static func files() -> [URL] {
    guard let walker = FileManager.default.enumerator(at: shared, includingPropertiesForKeys: nil) else { return [] }
    return walker.compactMap { $0 as? URL }.filter { ["yaml", "yml"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }

  @Test func agreesWithLibYAML() throws {
    for file in Self.files() {
      let data = try Data(contentsOf: file)
      guard let text = String(data: data, encoding: .utf8) else { continue }
      let ours = YAMLFile(SourceFile(path: file.lastPathComponent, bytes: Array(data)))
      let syntax = ours.problems.filter { $0.kind != .duplicateKey }
      do {
        let theirs = try Yams.Parser(yaml: text, resolver: .basic).nodes()
        #expect(syntax.isEmpty, "\(file.path): \(syntax)")
        let documents = ours.documents.map(Self.picture)
        #expect(documents == theirs.map(Self.picture), "\(file.path)")
      } catch {
        #expect(!ours.problems.isEmpty, "\(file.path): \(error)")
      }
    }
  }

  static func picture(_ node: YAMLNode) -> String {
    let node = node.target
    switch node.content {
    case .scalar(let scalar): return "<\(scalar.value)>"
    case .sequence(let items): return "[" + items.map { picture($0.node) }.joined(separator: ",") + "]"
    case .mapping(let entries):
      return "{" + entries.map { picture($0.key) + ":" + picture($0.value) }.joined(separator: ",") + "}"
    case .alias: return "*"
    }
  }

  static func picture(_ node: Yams.Node) -> String {
    switch node {
    case .scalar(let scalar): "<\(scalar.string)>"
    case .sequence(let items): "[" + items.map(picture).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { picture($0.key) + ":" + picture($0.value) }.joined(separator: ",") + "}"
    case .alias: "*"
    }
  }
}

extension Yams.Parser {
  fileprivate func nodes() throws -> [Yams.Node] {
    var nodes: [Yams.Node] = []
    while let node = try nextRoot() { nodes.append(node) }
    return nodes
  }
}
