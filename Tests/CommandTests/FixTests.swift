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

  /// A proven cause keeps what is only likely out of sight; the report shows it all the same when it is asked for everything.
  @Test func whatIsNotShownCanBeNamed() throws {
    let scratch = try Scratch([
      "project/Dockerfile": "",
      "project/web.conf": "server {\n  listen 80;\n  location / { proxy_pass http://api:80; }\n}\n",
      "project/compose.yaml": """
      services:
        web:
          image: nginx:1.27
          volumes: ["./web.conf:/etc/nginx/conf.d/default.conf:ro"]
        api:
          image: nginx:1.27

      """,
    ])
    #expect(!(try run(scratch, ["report"]).output.contains("start-order-not-declared")))
    let outcome = try run(scratch, ["fix", "--cause", "start-order-not-declared"])
    #expect(outcome.output.contains("+    depends_on:"), "\(outcome.output)")
  }

  @Test func thePatchAppliesWithGit() throws {
    let scratch = try project()
    #expect(try run(scratch, ["fix", "--output", "fix.patch"]).status == 0)
    let patch = try text(scratch, "fix.patch")
    #expect(patch.hasPrefix("--- a/Dockerfile\n+++ b/Dockerfile\n@@ "))
  }
}

/// `drydock fix --interactive`: a person says yes or no to each fix.
@Suite struct InteractiveFixTests {
  private static let main = """
    package main

    import "net/http"

    func main() { http.ListenAndServe("127.0.0.1:8080", nil) }

    """

  private func project() throws -> Scratch {
    try Scratch([
      "project/main.go": Self.main, "project/go.mod": "module shop.example/till\n\ngo 1.24\n",
      "project/Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD [\"/app\"]\n",
      "project/compose.yaml": "services:\n  web:\n    build: .\n    ports: [\"8080:8080\"]\n",
    ])
  }

  private func run(_ scratch: Scratch, _ input: String, _ more: [String] = []) throws -> Drydock.Outcome {
    try Drydock.run(
      ["fix", "--interactive", "--symptom", "port-unreachable"] + more, input: input,
      in: scratch.folder.appendingPathComponent("project"), environment: ["XDG_STATE_HOME": scratch.path + "/state"])
  }

  private func main(_ scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent("project/main.go"), encoding: .utf8)
  }

  @Test func yesWrites() throws {
    let scratch = try project()
    let outcome = try run(scratch, "what\nyes\n")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("+func main() { http.ListenAndServe(\"0.0.0.0:8080\", nil) }"))
    #expect(try main(scratch).contains("\"0.0.0.0:8080\""))
  }

  @Test(arguments: ["n\n", "q\n", ""]) func noLeavesEverythingAsItIs(_ input: String) throws {
    let scratch = try project()
    let outcome = try run(scratch, input)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("There is nothing to write."))
    #expect(try main(scratch) == Self.main)
  }

  @Test func whatWasAcceptedCanBeTakenBack() throws {
    let scratch = try project()
    #expect(try run(scratch, "y\n").status == 0)
    let undo = try Drydock.run(
      ["undo"], in: scratch.folder.appendingPathComponent("project"),
      environment: ["XDG_STATE_HOME": scratch.path + "/state"])
    #expect(undo.status == 0)
    #expect(try main(scratch) == Self.main)
  }

  @Test func questionsNeedStandardInput() throws {
    #expect(try run(try project(), "", ["--log", "-"]).status == 64)
    #expect(try run(try project(), "", ["--apply"]).status == 64)
  }
}

/// What only a person knows is given by `--answer`, and then written.
@Suite struct ValueTests {
  private static let dockerfile = """
    FROM golang:1.24
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN go build -o /app .
    CMD ["/app"]

    """

  private func fix(_ arguments: [String]) throws -> (outcome: Drydock.Outcome, dockerfile: String) {
    let scratch = try Scratch([
      "project/Dockerfile": Self.dockerfile, "project/main.go": "package main\n\nfunc main() {}\n",
      "project/go.mod": "module shop.example/till\n\ngo 1.24\n\nrequire mod.example/uuid v1.6.0\n",
      "project/go.sum": "mod.example/uuid v1.6.0 h1:x=\n",
      "log": """
      go: mod.example/uuid@v1.6.0: Get "https://proxy.golang.org/mod.example/uuid/@v/v1.6.0.mod": \
      dial tcp 203.0.113.7:443: i/o timeout

      """,
    ])
    let outcome = try Drydock.run(
      ["fix", "--log", scratch.path + "/log", "--cause", "proxy-unreachable", "--apply"] + arguments,
      in: scratch.folder.appendingPathComponent("project"), environment: ["XDG_STATE_HOME": scratch.path + "/state"])
    let path = scratch.folder.appendingPathComponent("project/Dockerfile")
    return (outcome, try String(contentsOf: path, encoding: .utf8))
  }

  @Test func theAddressOfAMirrorIsWritten() throws {
    let (outcome, text) = try fix(["--answer", "module-mirror=https://goproxy.corp.example"])
    #expect(outcome.status == 0)
    #expect(
      text
        == Self.dockerfile.replacingOccurrences(
          of: "RUN go mod", with: "ENV GOPROXY=https://goproxy.corp.example,direct\nRUN go mod"))
  }

  /// A value becomes a part of a file: nothing may end its line.
  @Test(arguments: ["module-mirror=", "module-mirror=https://x\nRUN true", "module-mirror=\u{7}"])
  func aValueThatIsNoneIsRefused(_ answer: String) throws {
    let (outcome, text) = try fix(["--answer", answer])
    #expect(outcome.status == 64)
    #expect(text == Self.dockerfile)
  }
}
