import Foundation
import Testing

/// What the report says and how it ends, as a shell sees it.
@Suite struct ReportTests {
  /// A Go web server built with glibc and run on musl: the first Dockerfile of many tutorials.
  static let tutorial = [
    "Dockerfile": """
    FROM golang:1.21 AS builder
    WORKDIR /app
    COPY . .
    RUN go build -o main .

    FROM alpine:latest
    WORKDIR /root/
    COPY --from=builder /app/main .
    EXPOSE 8080
    CMD ["./main"]

    """,
    "go.mod": "module shop.example/web\n\ngo 1.21\n",
    "main.go": """
    package main

    import "net/http"

    func main() { http.ListenAndServe(":8080", nil) }

    """,
  ]

  struct Answer: Decodable {
    struct Diagnosis: Decodable {
      struct Evidence: Decodable {
        var from: String
        var role: String
        var file: String?
        var line: Int?
        var text: String
      }
      struct Fix: Decodable {
        var id: String
        var safety: String
        var diff: String
      }
      var cause: String
      var confidence: String
      var evidence: [Evidence]
      var fixes: [Fix]
    }
    struct Problem: Decodable { var message: String }
    var schema: Int
    var symptom: String?
    var diagnoses: [Diagnosis]
    var problems: [Problem]
  }

  private func answer(_ scratch: Scratch, _ arguments: [String]) throws -> (Answer, Int32) {
    let outcome = try Drydock.run(["report", scratch.path, "--format", "json"] + arguments)
    return (try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)), outcome.status)
  }

  @Test func tutorialImageDoesNotStart() throws {
    let scratch = try Scratch(Self.tutorial)
    let (answer, status) = try answer(scratch, ["--symptom", "exits-immediately"])
    #expect(status == 1)
    #expect(answer.schema == 1)
    let first = try #require(answer.diagnoses.first)
    #expect(first.cause == "libc-mismatch")
    #expect(first.confidence == "proven")
    let places = first.evidence.map { "\($0.file ?? "")\($0.line.map { ":\($0)" } ?? "") \($0.text)" }
    #expect(places.contains("Dockerfile:1 golang:1.21"))
    #expect(places.contains("Dockerfile:6 alpine:latest"))
    #expect(places.contains("main.go:3 \"net/http\"") || places.contains("main.go:3 net/http"))
    #expect(first.fixes.first?.diff.contains("+RUN CGO_ENABLED=0 go build -o main .") == true)
  }

  @Test func exitCodeFollowsFailOn() throws {
    let scratch = try Scratch(Self.tutorial)
    let arguments = ["--symptom", "exits-immediately", "--fail-on"]
    #expect(try answer(scratch, arguments + ["never"]).1 == 0)
    #expect(try answer(scratch, arguments + ["proven"]).1 == 1)
  }

  @Test func sameInputSameBytes() throws {
    let scratch = try Scratch(Self.tutorial)
    let first = try Drydock.run(["report", scratch.path, "--format", "json"])
    let second = try Drydock.run(["report", scratch.path, "--format", "json"])
    #expect(first.output == second.output)
  }

  @Test func logDecidesTheSymptom() throws {
    let scratch = try Scratch(
      Self.tutorial.merging(["log": "exec ./main: no such file or directory\n"]) { _, new in new })
    let (answer, _) = try answer(scratch, ["--log", scratch.path + "/log"])
    #expect(answer.symptom == "exits-immediately")
    #expect(answer.diagnoses.first?.evidence.contains { $0.from == "log" } == true)
  }

  @Test func speaksChinese() throws {
    let scratch = try Scratch(Self.tutorial)
    let given = try Drydock.run(["report", scratch.path, "--language", "zh"])
    let fromLocale = try Drydock.run(["report", scratch.path], environment: ["LANG": "zh_CN.UTF-8"])
    #expect(given.output.contains("已证实"))
    #expect(given.output == fromLocale.output)
  }

  @Test func coloursOnlyWhenAsked() throws {
    let scratch = try Scratch(Self.tutorial)
    let escape = "\u{1B}"
    #expect(try !Drydock.run(["report", scratch.path]).output.contains(escape))
    #expect(try Drydock.run(["report", scratch.path, "--color", "always"]).output.contains(escape))
    #expect(
      try !Drydock.run(["report", scratch.path], environment: ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]).output.contains(
        escape))
    #expect(try Drydock.run(["report", scratch.path], environment: ["CLICOLOR_FORCE": "1"]).output.contains(escape))
  }

  @Test func dockerfileOnStandardInput() throws {
    let outcome = try Drydock.run(
      ["report", "-", "--symptom", "exits-immediately"],
      input: "FROM redis:7\nCMD [\"redis-server\", \"--daemonize\", \"yes\"]\n")
    #expect(outcome.output.contains("daemonized-main-process"))
  }

  @Test func pathOfADockerfile() throws {
    let scratch = try Scratch(Self.tutorial)
    let outcome = try Drydock.run(["report", scratch.path + "/Dockerfile"])
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("libc-mismatch"))
  }
}
