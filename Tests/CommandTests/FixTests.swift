import Foundation
import Testing

/// `drydock fix` and `drydock undo` on a project on disk.
@Suite struct FixTests {
  private func run(_ scratch: Scratch, _ arguments: [String]) throws -> Drydock.Outcome {
    try Drydock.run(
      arguments, in: scratch.folder.appendingPathComponent("project"),
      environment: ["XDG_STATE_HOME": scratch.path + "/state"])
  }

  private func project(_ changes: [String: String] = [:]) throws -> Scratch {
    let files = ReportTests.tutorial.merging(changes) { _, new in new }
    return try Scratch(Dictionary(uniqueKeysWithValues: files.map { ("project/" + $0.key, $0.value) }))
  }

  private func text(_ scratch: Scratch, _ path: String) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent("project/" + path), encoding: .utf8)
  }

  @Test func showsThePatchAndWritesNothing() throws {
    let scratch = try project()
    let outcome = try run(scratch, ["fix"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("+RUN CGO_ENABLED=0 go build -o main ."))
    #expect(try text(scratch, "Dockerfile") == ReportTests.tutorial["Dockerfile"])
  }

  @Test func writesAndTakesBack() throws {
    let scratch = try project()
    let path = scratch.folder.appendingPathComponent("project/Dockerfile").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(try run(scratch, ["fix", "--apply"]).status == 0)
    #expect(try text(scratch, "Dockerfile").contains("RUN CGO_ENABLED=0 go build"))
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
    let after = try run(scratch, ["report", "--symptom", "exits-immediately"])
    #expect(after.status == 0)
    #expect(!after.output.contains("libc-mismatch"))
    #expect(try run(scratch, ["undo"]).status == 0)
    #expect(try text(scratch, "Dockerfile") == ReportTests.tutorial["Dockerfile"])
    #expect(try run(scratch, ["undo"]).status == 65)
  }

  @Test func anUnsafeFixIsWrittenOnlyWhenNamed() throws {
    let main = "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\"127.0.0.1:8080\", nil) }\n"
    let scratch = try project([
      "main.go": main,
      "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    ports: [\"8080:8080\"]\n",
    ])
    #expect(
      try run(scratch, ["fix", "--symptom", "port-unreachable", "--apply"]).output.contains("listens-on-loopback"))
    #expect(try text(scratch, "main.go") == main)
    #expect(try run(scratch, ["fix", "--cause", "listens-on-loopback", "--apply"]).status == 0)
    #expect(try text(scratch, "main.go").contains("\"0.0.0.0:8080\""))
  }

  @Test func thePatchAppliesWithGit() throws {
    let scratch = try project()
    #expect(try run(scratch, ["fix", "--output", "fix.patch"]).status == 0)
    let patch = try text(scratch, "fix.patch")
    #expect(patch.hasPrefix("--- a/Dockerfile\n+++ b/Dockerfile\n@@ "))
  }
}
