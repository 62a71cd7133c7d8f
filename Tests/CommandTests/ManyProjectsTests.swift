import Foundation
import Testing

/// Reports of several projects, and of one, as pipelines ask for them.
@Suite struct ManyProjectsTests {
  /// Two projects with the same fault, one without, and a folder with nothing in it.
  private func fleet() throws -> Scratch {
    var files = [
      "good/Dockerfile": "FROM scratch\nCOPY main /\nCMD [\"/main\"]\n", "good/main": "x", "empty/a.txt": "",
    ]
    for (path, text) in ReportTests.tutorial {
      files["one/" + path] = text
      files["deep/er/two/" + path] = text
    }
    return try Scratch(files)
  }

  private let symptom = ["--symptom", "exits-immediately", "--format", "ndjson"]

  @Test func oneBrokenProjectDoesNotStopTheRest() throws {
    let scratch = try fleet()
    let outcome = try Drydock.run(["report", "one", "nowhere", "empty", "good"] + symptom, in: scratch.folder)
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.map { $0.contains("\"libc-mismatch\"") } == [true, false, false, false])
    #expect(lines[1].contains("there is no such file"))
    #expect(outcome.errors.contains("nowhere: there is no such file"))
    #expect(try Drydock.run(["report", "nowhere", "good"] + symptom, in: scratch.folder).status == 65)
  }

  @Test func findsProjectsBelow() throws {
    let scratch = try fleet()
    let below = try Drydock.run(["report", "--recursive"] + symptom, in: scratch.folder)
    let named = try Drydock.run(["report", "deep/er/two", "good", "one"] + symptom, in: scratch.folder)
    #expect(below.output == named.output)
    let given = try Drydock.run(
      ["report", "--files-from", "-"] + symptom, input: "deep/er/two\ngood\r\n\none\n", in: scratch.folder)
    #expect(given.output == named.output)
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    let scratch = try fleet()
    let runs = try (0..<3).map { _ in
      try Drydock.run(["report", "--recursive", "--format", "sarif"], in: scratch.folder).output
    }
    #expect(Set(runs).count == 1)
    #expect(runs[0].contains("deep/er/two/Dockerfile"))
  }

  @Test func mergedShardsAreTheWhole() throws {
    let scratch = try fleet()
    for name in ["one", "good"] {
      #expect(
        try Drydock.run(["report", name, "--output", name + ".ndjson"] + symptom, in: scratch.folder).status
          == (name == "one" ? 1 : 0))
    }
    let merged = try Drydock.run(
      ["merge", "one.ndjson", "good.ndjson", "--format", "sarif", "--language", "en"], in: scratch.folder)
    let whole = try Drydock.run(
      ["report", "good", "one", "--symptom", "exits-immediately", "--format", "sarif", "--language", "en"],
      in: scratch.folder)
    #expect(merged.output == whole.output)
    #expect(merged.status == 1)
    let broken = try Drydock.run(["merge", "one/main.go"], in: scratch.folder)
    #expect(broken.status == 65)
    #expect(broken.errors.contains("one/main.go:1: it is no report"))
  }

  @Test func answersComeFromAFile() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\n", "answers": "# seen\n\nno-such-question = yes\n"])
    let outcome = try Drydock.run(["report", "--answers", "answers"], in: scratch.folder)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("answers:3: there is no such question"))
    #expect(try Drydock.run(["report", "--answers", "nowhere"], in: scratch.folder).status == 65)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    let scratch = try fleet()
    let outcome = try Drydock.run(["report", "good", "--output", "/dev/full"], in: scratch.folder)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("/dev/full: No space left on device"))
    #expect(try Drydock.run(["report", "good", "--output", "no/such/folder"], in: scratch.folder).status == 65)
  }

  @Test func columnsCountCodePointsToo() throws {
    let scratch = try Scratch([
      "Dockerfile": "FROM golang:1.22\nWORKDIR /a\nCOPY . .\nRUN go build -o /web .\nCMD [\"/web\"]\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    ports: [\"8080:8080\"]\n",
      "go.mod": "module a\n\ngo 1.22\n",
      "main.go":
        "package main\n\nimport \"net/http\"\n\nfunc main() {\n\t/* 你好 */ http.ListenAndServe(\"127.0.0.1:8080\", nil)\n}\n",
    ])
    let outcome = try Drydock.run(
      ["report", "--symptom", "port-unreachable", "--format", "sarif"], in: scratch.folder)
    let log = try JSONDecoder().decode(SARIF.self, from: Data(outcome.output.utf8))
    #expect(log.runs[0].columnKind == "unicodeCodePoints")
    let result = try #require(log.runs[0].results.first { $0.ruleId == "listens-on-loopback" })
    let region = result.locations[0].physicalLocation.region
    // A tab, eight characters of a comment, a blank, 21 of the call up to its quote: the address begins in column 32.
    #expect(region.startLine == 6)
    #expect(region.startColumn == 32)
    #expect(region.endColumn == 41)
  }

  private struct SARIF: Decodable {
    struct Run: Decodable {
      var columnKind: String
      var results: [Result]
    }
    struct Result: Decodable {
      var ruleId: String
      var locations: [Location]
    }
    struct Location: Decodable { var physicalLocation: Physical }
    struct Physical: Decodable { var region: Region }
    struct Region: Decodable {
      var startLine: Int
      var startColumn: Int
      var endColumn: Int
    }
    var runs: [Run]
  }
}
