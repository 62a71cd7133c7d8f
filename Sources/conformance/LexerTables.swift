import DockerfileSyntax
import Foundation

/// BuildKit's own tables for words, variables and quotes.
struct LexerTables {
  let folder: URL

  init(_ folder: URL) {
    self.folder = folder
  }

  /// One entry per row, with what differs there.
  func rows() throws -> [(name: String, differences: [String])] {
    try variables() + words()
  }

  private func lines(_ name: String) throws -> [(number: Int, text: String)] {
    let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0.offset + 1, String($0.element)) }.filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") }
  }

  private func variables() throws -> [(name: String, differences: [String])] {
    let environment = Environment(["PWD": "/home", "SHELL": "bash", "KOREAN": "한국어", "NULL": ""])
    return try lines("envVarTest").compactMap { number, line in
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard fields.count >= 3, fields[0] != "W" else { return nil }
      let expansion = environment.expand(fields[1])
      let found = expansion.failure == nil ? expansion.value ?? "(unknown)" : "error"
      let isRight = found == fields[2]
      return (
        "_lexer/envVarTest:\(number)",
        isRight ? [] : ["\(fields[1]) expected \(fields[2]), found \(found) \(expansion.failure ?? "")"]
      )
    }
  }

  private func words() throws -> [(name: String, differences: [String])] {
    var values: [String: String] = [:]
    var rows: [(name: String, differences: [String])] = []
    for (number, line) in try lines("wordsTest") {
      if line.hasPrefix("ENV ") {
        let pair = line.dropFirst(4).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        values[String(pair[0])] = String(pair[1])
        continue
      }
      let fields = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let word = fields[0].trimmingCharacters(in: .whitespaces)
      let wanted = fields[1].drop { $0 == " " }
      let (words, expansion) = Environment(values).expandWords(word)
      let found = expansion.failure == nil ? words.joined(separator: ",") : "error"
      let isRight = found == wanted
      rows.append(
        ("_lexer/wordsTest:\(number)", isRight ? [] : ["\(word) expected \(wanted), found \(found)"]))
    }
    return rows
  }
}
