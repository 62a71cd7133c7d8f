import SourceText
import Testing

@testable import Fixes

/// A place in a text: the first occurrence of another text.
private func target(_ source: String, _ text: String, value: String? = nil) throws -> Rewriters.Target {
  let file = SourceFile(path: "file", bytes: Array(source.utf8))
  let wanted = Array(text.utf8)
  let start = try #require(file.bytes.indices.first { file.bytes[$0...].starts(with: wanted) })
  return Rewriters.Target(file: file, range: ByteRange(start, start + wanted.count), value: value)
}

private func rewritten(_ name: String, _ targets: [String: Rewriters.Target]) throws -> String? {
  guard let (file, edits) = Rewriters.edits(name, targets) else { return nil }
  return String(decoding: try EditSet(edits).apply(to: file.bytes), as: UTF8.self)
}

@Suite struct CommandRewriterTests {
  @Test(arguments: [
    (
      "RUN --mount=type=bind,source=go.sum,target=go.sum \\\n    --mount=type=cache,target=/c \\\n    go build\n",
      "RUN --mount=type=cache,target=/c \\\n    go build\n"
    ),
    ("RUN --mount=type=bind,source=go.sum,target=go.sum go build\n", "RUN go build\n"),
    ("RUN --mount=source=go.sum,target=go.sum \\\r\n  go build\r\n", "RUN go build\r\n"),
  ])
  func aMountGoesWithItsLine(_ step: String, _ expected: String) throws {
    let from = "FROM golang:1.24\n"
    #expect(try rewritten("drop-mount", ["source": target(from + step, "go.sum")]) == from + expected)
  }

  @Test func whatStandsInNoMountStays() throws {
    let source = "FROM golang:1.24\nCOPY go.sum ./\n"
    #expect(try rewritten("drop-mount", ["source": target(source, "go.sum")]) == nil)
  }

  @Test(arguments: [
    ("#!/bin/sh\nset -e\n/app/serve $@\n", "#!/bin/sh\nset -e\nexec /app/serve \"$@\"\n"),
    ("#!/bin/sh\n/app/serve --port 80 \"$@\"\n", "#!/bin/sh\nexec /app/serve --port 80 \"$@\"\n"),
    ("#!/bin/sh\nMODE=x /app/serve $*\n", "#!/bin/sh\nexec MODE=x /app/serve \"$@\"\n"),
  ])
  func theProgramTakesThePlaceOfItsScript(_ script: String, _ expected: String) throws {
    // `exec NAME=value program` would look for a program called NAME=value.
    let wanted = expected.contains("MODE=x") ? nil : expected
    #expect(try rewritten("exec-in-script", ["program": target(script, "/app/serve")]) == wanted)
  }

  @Test func theCheckReadsThePortOfTheService() throws {
    let dockerfile = "HEALTHCHECK CMD wget -q http://localhost:${CHECK_PORT:-8080}/ || exit 1\n"
    let compose = "services:\n  web:\n    environment:\n      PORT: \"8081\"\n      MODE: x\n"
    #expect(
      try rewritten(
        "check-port",
        ["beside": target(compose, "\"8081\"", value: "8081"), "port": target(dockerfile, "8080")])
        == "services:\n  web:\n    environment:\n      PORT: \"8081\"\n      CHECK_PORT: \"8081\"\n      MODE: x\n")
    let list = "services:\n  web:\n    environment:\n      - PORT=8081"
    #expect(
      try rewritten(
        "check-port", ["beside": target(list, "8081", value: "8081"), "port": target(dockerfile, "8080")])
        == "services:\n  web:\n    environment:\n      - PORT=8081\n      - CHECK_PORT=8081\n")
  }

  @Test(arguments: ["http://localhost:8080/", "http://localhost:$PORT-8080/", "http://localhost:${A B:-8080}/"])
  func aCheckWithoutAVariableStays(_ address: String) throws {
    let compose = "      PORT: \"8081\"\n"
    #expect(
      try rewritten(
        "check-port", ["beside": target(compose, "8081", value: "8081"), "port": target(address, "8080")]) == nil)
  }

  @Test func aBuildIsHandedAnArgument() throws {
    let script = "set -e\ndocker build -t shop .\n"
    #expect(
      try rewritten(
        "pass-argument",
        ["command": target(script, "docker build -t shop ."), "name": target("T", "T", value: "TOKEN")])
        == "set -e\ndocker build --build-arg TOKEN -t shop .\n")
    #expect(
      try rewritten(
        "pass-argument", ["command": target("make image\n", "make image"), "name": target("T", "T", value: "TOKEN")])
        == nil)
  }

  @Test(arguments: [
    ("docker build -t \"$IMAGE:$SHA\" .", "$IMAGE"),
    ("docker build --tag=reg.example:5000/shop/web:1 .", "reg.example:5000/shop/web"),
    ("docker build -t shop .", "shop"),
  ])
  func aPipelineKeepsItsLayersInTheRegistry(_ command: String, _ name: String) throws {
    let expected =
      "docker buildx create --use && docker buildx build --load --cache-from type=registry,ref=\(name):buildcache "
      + "--cache-to type=registry,ref=\(name):buildcache,mode=max" + command.dropFirst("docker build".count)
    #expect(try rewritten("registry-cache", ["command": target(command, command)]) == expected)
  }

  @Test(arguments: [
    "docker build .", "podman build -t x .", "docker build -t `name` .", "docker build -t $(name) .",
    "docker build --cache-from x -t x .", "docker build -t",
  ])
  func aBuildWithoutAPlainNameStays(_ command: String) throws {
    #expect(try rewritten("registry-cache", ["command": target(command, command)]) == nil)
  }

  @Test func aFileMovesIntoTheHomeOfTheUser() throws {
    let source = "CMD [\"/app\", \"--db\", \"/root/app.db\"]\n"
    #expect(
      try rewritten("home-path", ["path": target(source, "/root/app.db")])
        == "CMD [\"/app\", \"--db\", \"/home/nonroot/app.db\"]\n")
    #expect(try rewritten("home-path", ["path": target("app.db", "app.db")]) == nil)
  }

  @Test func gitAsksForTheTokenWhenItNeedsIt() throws {
    let source = """
      FROM golang:1.24
      ARG TOKEN
      RUN git config --global url."https://ci:${TOKEN}@git.example/".insteadOf "https://git.example/"
      COPY go.mod ./
      RUN go mod download
      RUN go build -o /app .

      """
    #expect(
      try rewritten("secret-mount", ["declaration": target(source, "TOKEN")]) == """
        FROM golang:1.24
        RUN git config --global credential."https://git.example".helper '!f() { echo username=ci; echo "password=$(cat /run/secrets/TOKEN)"; }; f'
        COPY go.mod ./
        RUN --mount=type=secret,id=TOKEN go mod download
        RUN go build -o /app .

        """)
  }

  /// Anything else that writes a token down is left to a person.
  @Test(arguments: [
    "RUN git config --global url.\"https://ci:${TOKEN}@git.example/\".insteadOf \"https://other.example/\"\n",
    "RUN git config --global url.\"https://ci:${TOKEN}@git.example/\".insteadOf \"https://git.example/\" > log\n",
    "RUN echo \"machine git.example password $TOKEN\" > ~/.netrc\n",
    "RUN npm config set //registry.example/:_authToken $TOKEN\n",
  ])
  func otherWaysToWriteATokenDownStay(_ step: String) throws {
    let source = "FROM golang:1.24\nARG TOKEN\n" + step + "RUN go mod download\n"
    #expect(try rewritten("secret-mount", ["declaration": target(source, "TOKEN")]) == nil)
  }

  @Test(arguments: [
    ("ENTRYPOINT [/bin/$APP]\n", "ENTRYPOINT [\"sh\", \"-c\", \"exec \\\"/bin/$APP\\\" \\\"$@\\\"\", \"--\"]\n"),
    ("CMD ['/bin/$APP', 'serve']\n", "CMD [\"sh\", \"-c\", \"exec \\\"/bin/$APP\\\" \\\"serve\\\"\"]\n"),
    ("CMD ['/bin/app', 'serve']\n", "CMD [\"/bin/app\", \"serve\"]\n"),
  ])
  func aMistakenArrayWithVariablesGetsAShell(_ instruction: String, _ expected: String) throws {
    let source = "FROM alpine:3.20\n" + instruction
    let text = String(instruction.drop { $0 != "[" }.dropLast())
    #expect(try rewritten("valid-json", ["command": target(source, text)]) == "FROM alpine:3.20\n" + expected)
  }
}
