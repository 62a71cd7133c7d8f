import Inspection
import Testing

/// What a Dockerfile puts where, and what its steps build.
@Suite struct BuildTests {
  static let server = "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\":8080\", nil) }\n"

  private func go(_ build: String, base: String = "golang:1.24", final: String = "alpine:3.20") -> Facts {
    Facts([
      "Dockerfile": """
      FROM \(base) AS build
      WORKDIR /src
      COPY . .
      \(build)
      FROM \(final)
      COPY --from=build /out/app /usr/local/bin/app
      CMD ["app"]
      """,
      "go.mod": "module shop.example/app\n\ngo 1.24\n", "main.go": Self.server,
      "cmd/tool/main.go": "package main\n\nfunc main() {}\n",
    ])
  }

  @Test(arguments: [
    ("RUN go build -o /out/app .", "dynamic"),
    ("RUN CGO_ENABLED=0 go build -o /out/app .", "static"),
    ("ENV CGO_ENABLED=0\nRUN go build -o /out/app .", "static"),
    ("RUN export CGO_ENABLED=0 && go build -o /out/app .", "static"),
    ("RUN go build -tags netgo,osusergo -o /out/app .", "static"),
    ("RUN go build -ldflags '-linkmode external -extldflags \"-static\"' -o /out/app .", "static"),
    ("RUN go build -o /out/app ./cmd/tool", "static"),
    ("RUN GOOS=windows go build -o /out/app .", "static"),
  ])
  func cgoDecidesHowAGoProgramIsLinked(step: String, linkage: String) {
    #expect(go(step).rows("built", "path", "linkage") == [["/out/app", linkage]])
  }

  @Test func alpineHasNoCompilerSoCgoIsOff() {
    #expect(go("RUN go build -o /out/app .", base: "golang:1.24-alpine").rows("built", "linkage") == [["static"]])
    let withCompiler = go("RUN apk add --no-cache build-base\nRUN go build -o /out/app .", base: "golang:1.24-alpine")
    #expect(withCompiler.rows("built", "linkage", "libc") == [["dynamic", "musl"]])
  }

  @Test func theProgramIsFollowedToTheFinalImage() {
    let facts = go("RUN CGO_ENABLED=0 go build -o /out/app .")
    #expect(facts.rows("process", "program", "path", "tool", "package") == [["app", "/usr/local/bin/app", "go", "."]])
    #expect(facts.rows("listens", "service", "address", "port", "role") == [["app", "all", "8080", "main"]])
  }

  @Test func directoriesAreCopiedByTheirContent() {
    let facts = Facts([
      "Dockerfile": "FROM alpine\nWORKDIR /srv\nCOPY site conf/x.conf ./\nCOPY site /www/\n", "site/index.html": "",
      "site/css/a.css": "",
      "conf/x.conf": "",
    ])
    let held = Set(facts.rows("holds", "path", "kind").filter { $0[1] == "file" }.map { $0[0] })
    #expect(held == ["/srv/index.html", "/srv/css/a.css", "/srv/x.conf", "/www/index.html", "/www/css/a.css"])
  }

  @Test func anUnknownBaseImageLeavesThingsUnknown() {
    let facts = go("RUN go build -o /out/app .", base: "registry.example/team/toolchain:5")
    #expect(facts.rows("image", "stage", "libc") == [["0", "?"], ["1", "musl"]])
    #expect(facts.rows("built", "libc") == [["?"]])
  }

  /// A clone holds what nobody sees here, a go.mod perhaps.
  @Test(arguments: [
    ("ADD https://git.example/lint.git#v2 .", "?"), ("ADD ssh://git@git.example/lint .", "?"),
    ("ADD https://files.example/words.txt .", "missing"),
  ])
  func aClonedRepositoryMayHoldTheManifest(step: String, manifest: String) {
    let facts = Facts([
      "Dockerfile": "FROM golang:1.24\nWORKDIR /src\n\(step)\nRUN go mod download\n", "notes.txt": "",
    ])
    #expect(facts.rows("runs", "tool", "manifest") == [["go", manifest]])
  }

  @Test(arguments: [("notes.txt", false), ("README.md", true)])
  func aFolderWithNothingButComposeIsNotTheWholeProject(file: String, isPresumed: Bool) throws {
    let facts = Facts(["compose.yaml": "services:\n  web:\n    build: .\n", file: ""])
    let row = try #require(facts.result.facts.rows("problem").first)
    #expect(row.presumed == isPresumed)
  }

  /// Whoever publishes a server has given it a command, written down here or not.
  @Test(arguments: ["gogs/gogs", "wurstmeister/kafka:2.11-2.2.0"])
  func aServersImageStartsSomething(image: String) {
    let alone = Facts(["compose.yaml": "services:\n  web:\n    image: \(image)\n"])
    #expect(alone.rows("launch", "command") == [["unsure"]])
    let extended = Facts(["Dockerfile": "FROM \(image)\nENV A=b\n"])
    #expect(extended.rows("launch", "command") == [["unsure"]])
  }
}
