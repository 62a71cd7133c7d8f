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
}
