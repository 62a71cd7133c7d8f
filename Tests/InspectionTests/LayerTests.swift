import Inspection
import KnowledgeData
import Testing

/// Which layers of a build are made again after a change.
@Suite struct LayerTests {
  private func layers(_ dockerfile: String, _ files: [String: String] = [:], changed: [String] = []) throws -> LayerView
  {
    let project = files.merging(["Dockerfile": dockerfile]) { _, own in own }
    let views = Inspector(knowledge: .builtIn).layers(InspectionRequest(tree: MemoryTree(project)), changed: changed)
      .views
    return try #require(views.first)
  }

  /// The lines of the Dockerfile whose instructions run again.
  private func lines(_ view: LayerView, after change: BuildLayers.Change) -> [Int] {
    view.layers.madeAgain(after: change).keys.sorted().map { view.layers.layers[$0].line }
  }

  private static let files = [
    "go.mod": "module m.example/m\n\ngo 1.24\n", "main.go": "package main\n\nfunc main() {}\n", "docs/a.md": "",
  ]
  private static let ordered = """
    FROM golang:1.24 AS build
    WORKDIR /src
    COPY go.mod ./
    RUN go mod download
    COPY *.go ./
    ARG COMMIT
    RUN go build -o /out/m .
    FROM alpine:3.20
    RUN apk add --no-cache tzdata
    COPY --from=build /out/m /m
    """

  @Test func aManifestMakesEverythingBehindItsCopyAgain() throws {
    let view = try layers(Self.ordered, Self.files)
    #expect(lines(view, after: .file("go.mod")) == [3, 4, 5, 7, 10])
    #expect(lines(view, after: .file("main.go")) == [5, 7, 10])
    #expect(lines(view, after: .file("new.go")) == [5, 7, 10])
    #expect(lines(view, after: .file("docs/a.md")).isEmpty)
  }

  @Test func anArgumentCountsFromItsDeclarationOn() throws {
    #expect(lines(try layers(Self.ordered, Self.files), after: .argument("COMMIT")) == [7, 10])
    let early = "FROM golang:1.24\nARG COMMIT\nENV REVISION=$COMMIT\nCOPY go.mod ./\nRUN go mod download\n"
    #expect(lines(try layers(early, Self.files), after: .argument("COMMIT")) == [5])
  }

  @Test func whatIsIgnoredChangesNothing() throws {
    let files = Self.files.merging([".dockerignore": "docs\n"]) { _, own in own }
    let view = try layers("FROM alpine:3.20\nCOPY . /srv\nRUN ls /srv\n", files)
    #expect(lines(view, after: .file("docs/a.md")).isEmpty)
    #expect(lines(view, after: .file("main.go")) == [2, 3])
    #expect(view.contents?.ignoreFile == ".dockerignore")
    #expect(view.contents?.entries.contains { $0.path == "docs" } == false)
  }

  @Test func aReasonNamesTheLayerThatBeganIt() throws {
    let view = try layers(Self.ordered, Self.files)
    let reasons = view.layers.madeAgain(after: .file("main.go"))
    let own = view.layers.layers.firstIndex { $0.line == 5 }
    let last = view.layers.layers.firstIndex { $0.line == 10 }
    #expect(own.flatMap { reasons[$0] } == .own)
    #expect(last.flatMap { reasons[$0] } == own.map { .after($0) })
  }

  @Test func aBindMountIsSeenAndACacheMountIsNot() throws {
    let view = try layers(
      "FROM golang:1.24\nWORKDIR /src\nRUN --mount=type=bind,target=. --mount=type=cache,target=/root/.cache/go-build go build -o /m .\n",
      Self.files)
    #expect(lines(view, after: .file("main.go")) == [3])
    #expect(view.layers.layers.last?.cached == [.compile])
  }

  @Test(arguments: [
    "", "FROM", "FROM scratch\nCOPY --from=9 a b\n", "COPY . .\n",
    "FROM a AS b\nFROM b AS a\nCOPY --from=a / /\nCOPY [\n",
  ])
  func nothingThatStandsThereStopsIt(dockerfile: String) {
    let tree = MemoryTree(["Dockerfile": dockerfile])
    for view in Inspector(knowledge: .builtIn).layers(InspectionRequest(tree: tree)).views {
      for change in view.changes + [.file("a"), .file("../x"), .argument("X")] {
        _ = view.layers.madeAgain(after: change)
      }
    }
  }
}

/// What slow builds, large images and leaked secrets are read from.
@Suite struct BuildBurdenTests {
  @Test(arguments: [
    ("TOKEN_FILE=/run/secrets/a", 0), ("GITHUB_TOKEN", 1), ("NPM_TOKEN=change-me", 0), ("PUBLIC_KEY", 0),
    ("API_KEY", 1), ("TOKEN_TTL=60", 0),
    ("KEYBOARD", 0),
  ])
  func namesTellSecrets(argument: String, count: Int) {
    let facts = Facts(["Dockerfile": "FROM alpine:3.20\nARG \(argument)\nRUN echo ok\n"])
    #expect(facts.rows("secret", "name").count == count)
  }

  @Test func aCopiedEnvFileIsASecretAndASampleIsNot() {
    let facts = Facts([
      "Dockerfile": "FROM alpine:3.20\nCOPY .env .env.example /srv/\n", ".env": "A=1\nDB_PASSWORD=turnip-lamp-77\n",
      ".env.example": "DB_PASSWORD=turnip-lamp-77\n",
    ])
    #expect(facts.rows("secret", "where", "name", "value") == [["file", ".env", "DB_PASSWORD"]])
  }

  @Test(arguments: [
    ("apt-get update && apt-get install -y curl", 1),
    ("apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*", 0),
    ("apk add curl", 1), ("apk add --no-cache curl", 0), ("pip install flask", 1),
    ("pip install --no-cache-dir flask", 0),
  ])
  func cachesStayUnlessTheStepRemovesThem(step: String, count: Int) {
    let facts = Facts(["Dockerfile": "FROM debian:12\nRUN \(step)\n"])
    #expect(facts.rows("bulk", "what").filter { $0 == ["cache"] }.count == count)
  }

  @Test func theSourcesBeforeTheDownloadMakeItRunAgain() {
    let module = "module m.example/m\n\ngo 1.24\n\nrequire x.example/y v1.0.0\n"
    func works(_ dockerfile: String) -> [[String]] {
      Facts(["Dockerfile": dockerfile, "go.mod": module, "main.go": "package main\n\nfunc main() {}\n"]).rows(
        "reruns", "work", "after")
    }
    #expect(works("FROM golang:1.24\nWORKDIR /s\nCOPY . .\nRUN go mod download\n").contains(["fetch", "source"]))
    #expect(
      !works("FROM golang:1.24\nWORKDIR /s\nCOPY go.mod ./\nRUN go mod download\nCOPY . .\nRUN go build .\n").contains([
        "fetch", "source",
      ]))
    #expect(
      works("FROM golang:1.24\nARG GIT_COMMIT\nCOPY go.mod ./\nRUN go mod download\n").contains(["fetch", "argument"]))
    #expect(
      !works("FROM golang:1.24\nARG GIT_COMMIT=fixed\nCOPY go.mod ./\nRUN go mod download\n").contains([
        "fetch", "argument",
      ]))
  }

  @Test(arguments: [("stop_grace_period: 5s", "5"), ("stop_grace_period: 1m30s", "90"), ("restart: always", "10")])
  func theGracePeriodIsInSeconds(line: String, seconds: String) {
    let facts = Facts(["compose.yaml": "services:\n  web:\n    image: alpine:3.20\n    \(line)\n"])
    #expect(facts.rows("stop", "service", "grace") == [["web", seconds]])
  }
}
