import Foundation
import SourceText
import Testing

@testable import ComposeSyntax

/// The nodes agree with those of libYAML on every YAML file that lies beside the repository.
@Suite struct YAMLDifferentialTests {
  static func files() -> [URL] {
    guard let walker = FileManager.default.enumerator(at: Shared.folder, includingPropertiesForKeys: nil) else {
      return []
    }
    return walker.compactMap { $0 as? URL }.filter { ["yaml", "yml"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
  }

  @Test func agreesWithLibYAML() throws {
    for file in Self.files() {
      let data = try Data(contentsOf: file)
      guard let text = String(data: data, encoding: .utf8) else { continue }
      let ours = YAMLFile(SourceFile(path: file.lastPathComponent, bytes: Array(data)))
      if let theirs = LibYAML.picture(text) {
        #expect(ours.problems.filter { $0.kind != .duplicateKey }.isEmpty, "\(file.path)")
        #expect(LibYAML.picture(ours) == theirs, "\(file.path)")
      } else {
        #expect(!ours.problems.isEmpty, "\(file.path)")
      }
    }
  }
}
