import Foundation
import Testing

/// What a project has decided to live with does not fail, and is not hidden.
@Suite struct DecisionTests {
  private static let program =
    "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\"127.0.0.1:8080\", nil) }\n"
  private static let project = [
    "compose.yaml": "services:\n  web:\n    build: .\n    ports: [\"8080:8080\"]\n",
    "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /web .\nCMD [\"/web\"]\n",
    "go.mod": "module web\n\ngo 1.24\n", "main.go": program,
  ]

  private func report(_ files: [String: String], _ options: [String] = []) throws -> Drydock.Outcome {
    let scratch = try Scratch(Self.project.merging(files) { _, new in new })
    let folder = ["report", scratch.path, "--symptom", "port-unreachable"]
    return try Drydock.run(folder + options, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
  }

  @Test func failsUntilSomebodyDecides() throws {
    #expect(try report([:]).status == 1)
    let ignored = try report([
      ".drydock.yaml": "ignore:\n  - {cause: listens-on-loopback, reason: a proxy stands before it}\n"
    ])
    #expect(ignored.status == 0)
    #expect(ignored.output.contains("listens-on-loopback"))
    #expect(ignored.output.contains("a proxy stands before it"))
  }

  @Test func aCommentBesideTheLineCounts() throws {
    let line = "http.ListenAndServe(\"127.0.0.1:8080\", nil)"
    let text = Self.program.replacingOccurrences(
      of: "{ \(line) }", with: "{\n\t// drydock ignore=listens-on-loopback\n\t\(line)\n}")
    #expect(try report(["main.go": text]).status == 0)
  }

  @Test func saysWhenADecisionIsOverOrDoesNothing() throws {
    let settings = "ignore:\n  - {cause: listens-on-loopback, until: 2025-12-31}\n  - {cause: crlf-script}\n"
    let over = try report([".drydock.yaml": settings])
    #expect(over.status == 1)
    #expect(over.output.contains("it has counted until 2025-12-31"))
    #expect(over.output.contains("nothing here to ignore"))
    #expect(try report([".drydock.yaml": settings], ["--language", "zh"]).output.contains("有效期已于 2025-12-31 结束"))
  }

  @Test func onlyNewFindingsFailWithABaseline() throws {
    let scratch = try Scratch(Self.project)
    let file = scratch.path + "/baseline.json"
    let command = ["report", scratch.path, "--symptom", "port-unreachable"]
    #expect(try Drydock.run(command + ["--write-baseline", file]).status == 0)
    #expect(try Drydock.run(command + ["--baseline", file]).status == 0)
    try scratch.write("compose.yaml", Data("services:\n  web:\n    build: .\n    ports: [\"8080:9090\"]\n".utf8))
    try scratch.write("main.go", Data(Self.program.replacingOccurrences(of: "127.0.0.1", with: "").utf8))
    let new = try Drydock.run(command + ["--baseline", file, "--fail-on", "likely"])
    #expect(new.status == 1)
    #expect(new.output.contains("port-mapping-mismatch"))
  }

  @Test func aWrongKeyIsOneLine() throws {
    let wrong = try report([".drydock.yaml": "fail-on: proven\nignored: []\n"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains(".drydock.yaml:2:"))
    #expect(wrong.errors.contains("did you mean “ignore”?"))
    #expect(wrong.errors.split(separator: "\n").count == 1)
  }

  @Test func theVersionNamesTheKnowledge() throws {
    let version = try Drydock.run(["--version"])
    #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+ \(knowledge \d+\)\n/) != nil)
  }
}
