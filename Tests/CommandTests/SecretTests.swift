import Foundation
import Testing

/// What nobody else may know stays out of reports, wherever it stands.
@Suite struct SecretTests {
  /// Values that must not be seen, by where they stand.
  private enum Secret: String, CaseIterable {
    case line = "h0rse-battery-Staple"
    case argument = "tr0ub4dor-and-3"
    case compose = "corr3ct-Horse"
    case token = "ghp_aB3dE5gH7jK9mN1pQ3rS5tU7vW9yZ"
    case address = "p0stgr3s-pass"
    case file = "env-f1le-value"
    case literal = "go-l1teral-value"
    case log = "l0g-line-value"
    case host = "h0st-variable"
    case key = "MIIEvQIBADANBgkqhkiG9w0"
    case command = "c0mmand-line-value"
  }

  private func project() throws -> Scratch {
    try Scratch([
      "project/Dockerfile": """
      FROM golang:1.22 AS build
      ARG NPM_TOKEN=\(Secret.argument.rawValue)
      WORKDIR /src
      COPY . .
      RUN git clone https://me:\(Secret.token.rawValue)@github.com/a/b && echo $NPM_TOKEN
      RUN go build -o /web .
      FROM alpine
      ENV DB_PASSWORD=\(Secret.line.rawValue) CGO_ENABLED=1
      COPY --from=build /web /web
      COPY .env id_rsa /
      CMD ["/web"]

      """,
      "project/compose.yaml": """
      services:
        web:
          build: .
          ports: ["8080:8080"]
          environment:
            API_SECRET: "\(Secret.compose.rawValue)"
            DATABASE_URL: postgres://web:\(Secret.address.rawValue)@127.0.0.1:5432/web
            SESSION_TOKEN: ${SESSION_TOKEN}
          depends_on: [db]
        db:
          image: postgres:17
          environment: {POSTGRES_PASSWORD: \(Secret.compose.rawValue)}

      """,
      "project/.env": "ADMIN_PASSWORD=\(Secret.file.rawValue)\n",
      "project/go.mod": "module a\n\ngo 1.22\n",
      "project/id_rsa": "-----BEGIN RSA PRIVATE KEY-----\n\(Secret.key.rawValue)\n-----END RSA PRIVATE KEY-----\n",
      "project/main.go": """
      package main

      import "net/http"

      func main() {
      	apiKey := "\(Secret.literal.rawValue)"
      	http.ListenAndServe("127.0.0.1:8080", serve(apiKey))
      }

      """,
      "log": """
      web-1  | connecting with password=\(Secret.log.rawValue) host=db
      web-1  | dial tcp 127.0.0.1:5432: connect: connection refused password=\(Secret.log.rawValue)
      exec /web: no such file or directory

      """,
    ])
  }

  private func run(_ scratch: Scratch, _ arguments: [String]) throws -> Drydock.Outcome {
    try Drydock.run(
      arguments, in: scratch.folder.appendingPathComponent("project"),
      environment: ["SESSION_TOKEN": Secret.host.rawValue, "XDG_STATE_HOME": scratch.path + "/state"])
  }

  @Test(arguments: HostileTests.formats)
  func reportsHideThem(format: String) throws {
    let scratch = try project()
    for more in [[], ["--log", "../log"], ["--symptom", "leaked-secret"], ["--recursive"]] {
      let outcome = try run(
        scratch,
        [
          "report", "--all", "--format", format, "--run",
          "docker run -e DB_PASSWORD=\(Secret.command.rawValue) web",
        ] + more)
      #expect(!outcome.output.isEmpty)
      for secret in Secret.allCases { #expect(!outcome.output.contains(secret.rawValue), "\(secret) \(more)") }
    }
  }

  @Test func factsAndReasonsHideThem() throws {
    let scratch = try project()
    for arguments in [
      ["report", "--format", "json", "--facts", "--all"],
      ["report", "--why", "secret-in-image", "--why", "libc-mismatch"],
      ["fix"], ["layers"], ["fix", "--symptom", "leaked-secret"],
    ] {
      let outcome = try run(scratch, arguments)
      for secret in Secret.allCases { #expect(!outcome.output.contains(secret.rawValue), "\(secret) \(arguments)") }
    }
  }

  @Test func theyAreShownOnRequest() throws {
    let scratch = try project()
    let arguments = ["report", "--symptom", "leaked-secret"]
    let hidden = try run(scratch, arguments)
    let shown = try run(scratch, arguments + ["--show-secrets"])
    #expect(hidden.output.contains("********"))
    #expect(shown.output.contains(Secret.line.rawValue))
  }

  /// Stars are for readers: what is written keeps the file's own bytes.
  @Test func fixesKeepThem() throws {
    let scratch = try project()
    #expect(try run(scratch, ["fix", "--symptom", "exits-immediately", "--apply"]).status == 0)
    let path = scratch.path + "/project/Dockerfile"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("ENV DB_PASSWORD=\(Secret.line.rawValue)"))
    #expect(!text.contains("****"))
  }
}
