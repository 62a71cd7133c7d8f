import Inspection
import KnowledgeData
import Testing

/// The machine a container runs on, and what its image lacks: files that the log misses, libraries of C.
@Suite struct ContainerContentTests {
  private func compose(_ lines: String, _ files: [String: String]) -> Facts {
    Facts(files.merging(["compose.yaml": "services:\n  web:\n    build: .\n\(lines)"]) { _, own in own })
  }

  // MARK: Platform and limits

  private static let platformsCases: [(String, String, [String])] = [
    ("    platform: linux/arm64/v8\n", "FROM alpine:3.20", ["arm64", "compose", "no"]),
    ("    platform: linux/x86_64\n", "FROM alpine:3.20", ["amd64", "compose", "no"]),
    ("", "FROM --platform=linux/amd64 alpine:3.20", ["amd64", "from", "yes"]),
    ("    platform: linux/arm64\n", "FROM --platform=linux/amd64 alpine:3.20", ["arm64", "compose", "yes"]),
    ("", "FROM --platform=$BUILDPLATFORM alpine:3.20", ["amd64", "default", "no"]),
    ("", "FROM --platform=linux/arm64 golang:1.24 AS b\nFROM alpine:3.20", ["amd64", "default", "no"]),
    ("", "FROM alpine:3.20", ["amd64", "default", "no"]),
  ]

  @Test(arguments: platformsCases)
  func platforms(lines: String, dockerfile: String, expected: [String]) {
    let facts = compose(lines, ["Dockerfile": dockerfile + "\nCMD [\"/a\"]\n"])
    #expect(facts.rows("platform", "architecture", "by", "mixed") == [expected])
  }

  @Test(arguments: [
    ("docker run --platform linux/aarch64 nginx:1.27", ["arm64", "command"]),
    ("docker run --platform=linux/arm/v7 nginx:1.27", ["arm", "command"]),
    ("docker run nginx:1.27", ["unsure", "image"]),
    ("docker run --platform $P nginx:1.27", ["unsure", "command"]),
    ("docker run --platform / nginx:1.27", ["unsure", "command"]),
  ])
  func platformsOfACommand(command: String, expected: [String]) {
    let facts = Facts([:]) { $0.commands = [command] }
    #expect(facts.rows("platform", "architecture", "by") == [expected])
    #expect(facts.result.facts.misfits == [])
  }

  @Test func thePlatformIsUnderlined() {
    let from = compose("", ["Dockerfile": "FROM  --platform=linux/arm64   alpine:3.20\nCMD [\"/a\"]\n"])
    #expect(from.texts("platform", "architecture") == ["linux/arm64"])
    #expect(from.texts("platform", "image") == ["alpine:3.20"])
    let lines = compose("    platform: linux/arm64\n", ["Dockerfile": "FROM alpine:3.20\nCMD [\"/a\"]\n"])
    #expect(lines.texts("platform", "architecture") == ["linux/arm64"])
  }

  @Test(arguments: [
    ("    mem_limit: 64m\n", ["67108864", ""]), ("    shm_size: 1gb\n", ["", "1073741824"]),
    ("    deploy:\n      resources:\n        limits:\n          memory: 128M\n", ["134217728", ""]),
    ("    mem_limit: 64m\n    shm_size: 32m\n", ["67108864", "33554432"]),
  ])
  func limitsOfMemory(lines: String, expected: [String]) {
    let facts = compose(lines, ["Dockerfile": "FROM alpine:3.20\nCMD [\"/a\"]\n"])
    #expect(facts.rows("limits", "memory", "shm") == [expected])
  }

  @Test func withoutALimitThereIsNoRow() {
    let facts = compose("", ["Dockerfile": "FROM alpine:3.20\nCMD [\"/a\"]\n"])
    #expect(facts.rows("limits", "memory").isEmpty)
  }

  // MARK: Files that the log misses

  private func log(_ text: String, _ files: [String: String], dockerfile: String) -> Facts {
    Facts(files.merging(["Dockerfile": dockerfile]) { _, own in own }) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array(text.utf8))
      request.log = reader
    }
  }

  private static let image = "FROM alpine:3.20\nWORKDIR /app\nCOPY main.py conf/ ./\nCMD [\"/app/run\"]\n"
  private static let files = ["main.py": "", "conf/a.yml": "", "data/seed.sql": "", "deep/er/seed.sql": ""]

  @Test(arguments: [
    ("open /app/main.py: no such file or directory", ["/app/main.py", "there", "main.py"]),
    ("open a.yml: no such file or directory", ["a.yml", "there", "conf/a.yml"]),
    // COPY conf/ brings what lies in the folder, not the folder.
    ("open conf/a.yml: no such file or directory", ["conf/a.yml", "missing", "conf/a.yml"]),
    ("open /app/data/seed.sql: no such file or directory", ["/app/data/seed.sql", "missing", "data/seed.sql"]),
    ("open ./seed.sql: no such file or directory", ["./seed.sql", "missing", "data/seed.sql"]),
    ("open /app/gone.txt: no such file or directory", ["/app/gone.txt", "missing", ""]),
    ("[Errno 2] No such file or directory: 'data'", ["data", "missing", "data"]),
  ])
  func filesThatTheLogMisses(line: String, expected: [String]) {
    let facts = log(line + "\n", Self.files, dockerfile: Self.image)
    #expect(facts.rows("absent", "path", "state", "source") == [expected])
  }

  @Test func eachPathIsLookedForOnceAndNotWithoutEnd() {
    let line = "open /app/main.py: no such file or directory\n"
    #expect(log(line + line, Self.files, dockerfile: Self.image).rows("absent", "path").count == 1)
    let many = (0..<500).map { "open /app/\($0).txt: no such file or directory\n" }.joined()
    #expect((1...64).contains(log(many, Self.files, dockerfile: Self.image).rows("absent", "path").count))
  }

  @Test func anUnknownImageMayHaveTheFile() {
    let line = "open /etc/app.conf: no such file or directory\n"
    let facts = log(line, [:], dockerfile: "FROM registry.example/base\nCMD [\"/a\"]\n")
    #expect(facts.rows("absent", "state") == [["unsure"]])
    #expect(log("all is well\n", [:], dockerfile: Self.image).rows("absent", "path").isEmpty)
  }

  // MARK: Libraries of C

  private func linked(_ final: String, source: String, build: String = "go build -o /a .") -> Facts {
    Facts([
      "Dockerfile":
        "FROM golang:1.24-bookworm AS b\nRUN apt-get update && apt-get install -y libsodium-dev\nWORKDIR /src\nCOPY . .\nRUN \(build)\n\(final)\nCMD [\"/a\"]\n",
      "go.mod": "module m.example/m\n\ngo 1.24\n", "main.go": source,
    ])
  }

  private static let sodium =
    "package main\n\n// #cgo LDFLAGS: -lsodium -lm\n// #include <sodium.h>\nimport \"C\"\n\nfunc main() {}\n"

  private static let librariesCases: [(String, [[String]])] = [
    ("FROM debian:bookworm-slim\nCOPY --from=b /a /a", [["sodium", "missing", "libsodium-dev"]]),
    (
      "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y libsodium23\nCOPY --from=b /a /a",
      [["sodium", "there", "libsodium-dev"]]
    ),
    (
      "FROM debian:bookworm-slim\nCOPY --from=b /usr/lib/libsodium.so.23 /usr/lib/\nCOPY --from=b /a /a",
      [["sodium", "there", "libsodium-dev"]]
    ),
    // Another package may bring it along.
    (
      "FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y php-cli\nCOPY --from=b /a /a",
      [["sodium", "unsure", "libsodium-dev"]]
    ),
    ("FROM registry.example/base\nCOPY --from=b /a /a", [["sodium", "unsure", "libsodium-dev"]]),
  ]

  @Test(arguments: librariesCases)
  func libraries(final: String, expected: [[String]]) {
    #expect(linked(final, source: Self.sodium).rows("links", "library", "state", "package") == expected)
  }

  private static let slim = "FROM debian:bookworm-slim\nCOPY --from=b /a /a"

  @Test(arguments: [
    ("package main\n\n// #cgo pkg-config: libsodium\nimport \"C\"\n\nfunc main() {}\n", [["sodium"]]),
    ("package main\n\n// #cgo linux LDFLAGS: -L/x -lfoo -lbar\nimport \"C\"\n\nfunc main() {}\n", [["foo"], ["bar"]]),
    ("package main\n\n// #cgo LDFLAGS: -lm -lpthread -ldl\nimport \"C\"\n\nfunc main() {}\n", []),
    ("package main\n\n// #cgo CFLAGS: -lsodium\nimport \"C\"\n\nfunc main() {}\n", []),
    ("package main\n\n// #cgo LDFLAGS: -static -lsodium\nimport \"C\"\n\nfunc main() {}\n", []),
    ("package main\n\nfunc main() {}\n", []),
  ])
  func whatIsLinked(source: String, expected: [[String]]) {
    #expect(linked(Self.slim, source: source).rows("links", "library") == expected)
  }

  @Test func withoutCgoNothingIsLinked() {
    let facts = linked(Self.slim, source: Self.sodium, build: "CGO_ENABLED=0 go build -o /a .")
    #expect(facts.rows("links", "library").isEmpty)
  }

  private static let strangeSources: [String] = [
    "package main\n" + String(repeating: "// #cgo LDFLAGS: -la\n", count: 20_000) + "import \"C\"\nfunc main() {}\n",
    "package main\n// #cgo LDFLAGS: " + String(repeating: "-l", count: 50_000) + "\nimport \"C\"\nfunc main() {}\n",
    "package main\n// #cgo LDFLAGS\nimport \"C\"\nfunc main() {}\n", "// #cgo :", "#cgo \u{0}:",
    "package main\n// #cgo pkg-config: --static - lib -lib\nimport \"C\"\nfunc main() {}\n",
  ]

  @Test(arguments: strangeSources)
  func strangeSourcesEnd(source: String) {
    #expect(linked(Self.slim, source: source).result.facts.misfits == [])
  }
}
