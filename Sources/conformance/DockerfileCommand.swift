import ArgumentParser
import DockerfileSyntax
import Foundation

/// `conformance dockerfile DIR`: prints every difference from BuildKit's answers.
struct DockerfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dockerfile",
    abstract: "Compares the Dockerfile front end with BuildKit's.",
    discussion: "DIR holds a folder per case with input.Dockerfile and expected.json, and BuildKit's tables in _lexer/."
  )

  @Argument(help: "The folder of the cases.")
  var directory: String

  @Option(help: "Only cases whose name contains this text.")
  var only: String?

  func run() throws {
    let root = URL(fileURLWithPath: directory, isDirectory: true)
    var agree = 0
    var differ = 0
    let names = try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    for name in names where only.map({ name.contains($0) }) ?? true {
      let folder = root.appendingPathComponent(name, isDirectory: true)
      let differences: [(name: String, differences: [String])]
      if name == "_lexer" {
        differences = try LexerTables(folder).rows()
      } else if let input = try? Data(contentsOf: folder.appendingPathComponent("input.Dockerfile")) {
        let expected = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
        let found = try compare(Array(input), with: expected)
        differences = [(name, found)]
      } else {
        continue
      }
      for (name, found) in differences {
        if found.isEmpty { agree += 1 } else { differ += 1 }
        for difference in found { print("\(name): \(difference)") }
      }
    }
    print("\(agree) agree, \(differ) differ")
    if differ > 0 { throw ExitCode(1) }
  }

  private func compare(_ input: [UInt8], with expected: Data) throws -> [String] {
    guard let expected = try JSONSerialization.jsonObject(with: expected) as? [String: Any] else {
      return ["expected.json is no object"]
    }
    let answer = DockerfileAnswer(input)
    var differences: [String] = []
    let parts: [(String, Any)] = [
      ("directives", answer.directives), ("syntax", answer.syntax), ("parse", answer.parse),
      ("instructions", answer.instructions), ("image", answer.image),
    ]
    for (name, value) in parts {
      JSONDifference.find(expected[name] ?? NSNull(), value, at: name, in: &differences)
    }
    if !isLossless(input) { differences.append("the nodes do not give the file back") }
    return differences
  }

  private func isLossless(_ input: [UInt8]) -> Bool {
    let file = Dockerfile(input)
    return file.nodes.flatMap { file.bytes[$0.range.start..<$0.range.end] } == input
  }
}
