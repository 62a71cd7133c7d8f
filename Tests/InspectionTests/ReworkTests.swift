import Inspection
import Testing

/// What a build does again after every edit, what runs it, and what it leaves in the image.
@Suite struct ReworkTests {
  private static let go = [
    "go.mod": "module m.example/m\n\ngo 1.24\n\nrequire b.example/b v1.0.0\n",
    "go.sum": "b.example/b v1.0.0 h1:x=\nb.example/b v1.0.0/go.mod h1:y=\n",
    "main.go": "package main\n\nfunc main() {}\n",
  ]
  private static let node = ["package.json": "{\"name\": \"a\"}", "package-lock.json": "{}", "a.js": ""]
  private static let python = ["requirements.txt": "flask==3.0.3\n", "app.py": ""]

  private func build(_ steps: String, _ files: [String: String], commands: [String] = []) -> Facts {
    Facts(files.merging(["Dockerfile": steps + "\n"]) { _, own in own }) { $0.commands = commands }
  }

  // MARK: After an edit of a source file

  private static let workThatIsDoneAgainCases: [(String, [String: String], [[String]])] = [
    (
      "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /m .", go,
      [["fetch", "go", ".", "no"], ["compile", "go", ".", "yes"]]
    ),
    // The manifests come first: only what needs the sources is done again.
    (
      "FROM golang:1.24\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY *.go ./\nRUN go build -o /m .",
      go, [["compile", "go", "*.go", "yes"]]
    ),
    // Compiling downloads what nothing has downloaded before.
    (
      "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /m .", go,
      [["fetch", "go", ".", "no"], ["compile", "go", ".", "yes"]]
    ),
    (
      "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /m .",
      go.merging(["vendor/modules.txt": "# b.example/b v1.0.0\n"]) { own, _ in own }, [["compile", "go", ".", "yes"]]
    ),
    // The stage that compiles, however many stages come after it.
    (
      "FROM golang:1.24 AS b\nWORKDIR /src\nCOPY main.go go.mod ./\nRUN go mod download\nFROM alpine:3.20\nCOPY --from=b /src /src",
      go, [["fetch", "go", "main.go", "no"]]
    ),
    (
      "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build", node,
      [["fetch", "npm", ".", "no"], ["compile", "npm", ".", "yes"]]
    ),
    ("FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .", node, []),
    (
      "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt", python,
      [["fetch", "pip", ".", "no"]]
    ),
    (
      "FROM python:3.13\nWORKDIR /app\nCOPY app.py .\nRUN apt-get update && apt-get install -y tini", python,
      [["install", "apt-get", "app.py", "no"]]
    ),
    ("FROM alpine:3.20\nCOPY notes.txt /\nRUN apk add tini", ["notes.txt": ""], []),
    ("FROM alpine:3.20\nRUN apk add tini\nCOPY . /", python, []),
  ]

  @Test(arguments: workThatIsDoneAgainCases)
  func workThatIsDoneAgain(steps: String, files: [String: String], expected: [[String]]) {
    #expect(build(steps, files).rows("reruns", "work", "tool", "name", "used") == expected)
  }

  @Test(arguments: [
    ("FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go mod download", go, "COPY go.mod go.sum ./\nRUN go mod download"),
    ("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci", node, "COPY package.json package-lock.json ./\nRUN npm ci"),
    (
      "FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt", python,
      "COPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt"
    ),
    // Where the manifest lies cannot be said.
    ("FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go mod download", ["sub/go.mod": "", "main.go": ""], ""),
  ])
  func theLinesThatWouldComeFirst(steps: String, files: [String: String], lines: String) {
    let facts = build(steps, files)
    #expect(facts.rows("reruns", "first") == [[lines]])
    #expect(facts.texts("reruns", "name") == ["."])
  }

  @Test(arguments: [
    ("go build -o /m .", ["no", "no"]),
    ("--mount=type=cache,target=/root/.cache/go-build go build -o /m .", ["no", "yes"]),
    (
      "--mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /m .",
      ["yes", "yes"]
    ),
    ("--mount=type=cache,target=/go/pkg/mod go build -o /m .", ["yes", "no"]),
    ("--mount=type=cache,target=/tmp/other go build -o /m .", ["no", "no"]),
  ])
  func aCacheMountKeepsWork(command: String, expected: [String]) {
    let facts = build("FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN \(command)", Self.go)
    #expect(facts.rows("reruns", "work", "cached") == [["fetch", expected[0]], ["compile", expected[1]]])
  }

  @Test(arguments: [
    (
      "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go mod download",
      "RUN --mount=type=cache,target=/go/pkg/mod"
    ),
    ("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci", "RUN --mount=type=cache,target=/root/.npm"),
    ("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN --mount=type=cache,target=/x npm ci", ""),
    ("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN yarn install", ""),
  ])
  func theMountThatWouldKeepIt(steps: String, mount: String) {
    let files = Self.go.merging(Self.node) { own, _ in own }
    #expect(build(steps, files).rows("reruns", "mount") == [[mount]])
  }

  // MARK: After a change of an argument

  private static let argumentsThatChangeCases: [(String, [[String]])] = [
    ("ARG COMMIT\nRUN apk add tini", [["install", "COMMIT", "no"]]),
    ("ARG BUILD_DATE\nENV BUILT=$BUILD_DATE\nRUN apk add tini", [["install", "BUILD_DATE", "no"]]),
    ("RUN apk add tini\nARG COMMIT\nRUN echo $COMMIT > /version", []),
    // With a value of its own it is the same in every build.
    ("ARG COMMIT=unknown\nRUN apk add tini", []),
    ("ARG FLAVOUR\nRUN apk add tini", []),
    ("ARG GO_SHA256\nRUN apk add tini", []),
  ]

  @Test(arguments: argumentsThatChangeCases)
  func argumentsThatChange(steps: String, expected: [[String]]) {
    let rows = build("FROM alpine:3.20\n\(steps)", [:]).rows("reruns", "work", "name", "used", "after")
    #expect(rows == expected.map { $0 + ["argument"] })
  }

  @Test func aScriptShowsWhatItPasses() {
    let steps = "FROM alpine:3.20\nARG STAMP=0\nRUN apk add tini"
    let facts = build(steps, ["build.sh": "docker build --build-arg STAMP=$(date +%s) .\n"])
    #expect(facts.rows("reruns", "name", "after", "given") == [["STAMP", "argument", "$(date +%s)"]])
    #expect(build(steps, ["build.sh": "docker build --build-arg STAMP=7 .\n"]).rows("reruns", "name").isEmpty)
  }

  // MARK: What runs the build

  @Test(arguments: [
    ("docker build -t a .", ["command", "none"]), ("docker build --no-cache .", ["command", "refused"]),
    ("docker buildx build --cache-from type=registry,ref=r.example/a .", ["command", "kept"]),
  ])
  func commandsThatBuild(command: String, expected: [String]) {
    #expect(build("FROM alpine:3.20", [:], commands: [command]).rows("builds", "in", "cache") == [expected])
  }

  @Test func scriptsThatBuild() {
    let facts = build("FROM alpine:3.20", ["Makefile": "image:\n\tdocker build --no-cache -t a .\n"])
    #expect(facts.rows("builds", "in", "cache") == [["script", "refused"]])
    #expect(build("FROM alpine:3.20", ["Makefile": "image:\n\techo docker build .\n"]).rows("builds", "in").isEmpty)
  }

  // MARK: What stays in the image

  private static let whatAnImageDoesNotNeedCases: [(String, [[String]])] = [
    ("FROM alpine:3.20\nRUN apk add curl", [["cache", "/var/cache/apk", "apk"]]),
    ("FROM alpine:3.20\nRUN apk add --no-cache curl", []),
    ("FROM alpine:3.20\nRUN apk add curl && rm -rf /var/cache/apk/*", []),
    ("FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add curl", []),
    (
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl",
      [["cache", "/var/lib/apt/lists", "apt-get"]]
    ),
    ("FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*", []),
    ("FROM fedora:40\nRUN dnf install -y curl", [["cache", "/var/cache/dnf", "dnf"]]),
    ("FROM fedora:40\nRUN dnf install -y curl && dnf clean all", []),
    ("FROM python:3.13\nRUN pip install flask", [["cache", "/root/.cache/pip", "pip"]]),
    ("FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask", []),
    ("FROM alpine:3.20 AS b\nRUN apk add curl\nFROM scratch\nCOPY --from=b /usr/bin/curl /", []),
    ("FROM alpine:3.20\nRUN apk add --no-cache build-base", [["compiler", "build-base", "apk"]]),
    ("FROM alpine:3.20\nRUN apk add --no-cache build-base && make && apk del build-base", []),
    ("FROM alpine:3.20\nRUN echo build-base", []),
  ]

  @Test(arguments: whatAnImageDoesNotNeedCases)
  func whatAnImageDoesNotNeed(steps: String, expected: [[String]]) {
    #expect(build(steps, [:]).rows("bulk", "what", "name", "tool") == expected)
  }

  @Test(arguments: [
    ("FROM alpine:3.20\nRUN apk add curl", "add --no-cache", "add"),
    (
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl", "curl && rm -rf /var/lib/apt/lists/*", "curl"
    ),
    ("FROM python:3.13\nRUN pip install flask", "install --no-cache-dir", "install"),
  ])
  func whatWouldStandThereInstead(steps: String, instead: String, text: String) {
    let facts = build(steps, [:])
    #expect(facts.rows("bulk", "instead") == [[instead]])
    #expect(facts.texts("bulk", "instead") == [text])
  }

  @Test func aCompilerComesAlongWithItsProgram() {
    let steps =
      "FROM golang:1.24 AS app\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -ldflags=-w -o /m .\nCMD [\"/m\"]"
    let facts = build(steps, Self.go)
    #expect(facts.rows("bulk", "what", "name", "tool", "small") == [["toolchain", "golang:1.24", "go", "app"]])
    #expect(
      facts.rows("bulk", "instead") == [["\nFROM alpine:3.20\nWORKDIR /src\nCOPY --from=app /m /m"]])
    #expect(facts.texts("bulk", "name") == ["golang:1.24"])
  }

  @Test(arguments: [
    ("go build -o /m .", [["/m", "build -ldflags=\"-s -w\""]]), ("go build -ldflags=\"-s -w\" -o /m .", []),
    ("go build -ldflags=\"-X main.v=1\" -o /m .", [["/m", ""]]), ("go build -o /m . && strip /m", []),
  ])
  func debugInformationOfAProgram(command: String, expected: [[String]]) {
    let steps = "FROM golang:1.24 AS b\nWORKDIR /src\nCOPY . .\nRUN \(command)\nFROM scratch\nCOPY --from=b /m /m"
    #expect(build(steps, Self.go).rows("bulk", "name", "instead") == expected)
  }

  // MARK: Hostile

  private static let strangeBuilds: [String] = [
    "FROM alpine:3.20\n" + String(repeating: "RUN apk add a\n", count: 300),
    "FROM alpine:3.20\nRUN " + String(repeating: "apk add a && ", count: 1000) + "true",
    "FROM alpine:3.20\nRUN apk add " + String(repeating: "gcc ", count: 20_000),
    "FROM golang:1.24\n" + String(repeating: "ARG COMMIT\nRUN go build .\n", count: 60),
    "FROM golang:1.24\n" + String(repeating: "COPY . .\n", count: 100) + "RUN go build -o . .",
    "FROM golang:1.24\nRUN go build -ldflags",
    (0..<60).map { "FROM \($0 == 0 ? "golang:1.24" : "s\($0 - 1)") AS s\($0)\nCOPY . .\nRUN go build .\n" }.joined(),
    "FROM golang:1.24\nRUN --mount=type=cache --mount= --mount=type=bind,from=,target= go build .",
    "FROM alpine:3.20\nRUN apk add \\",
  ]

  @Test(arguments: strangeBuilds)
  func strangeBuildsEnd(steps: String) {
    #expect(build(steps, Self.go).result.facts.misfits == [])
  }
}
