import Knowledge
import KnowledgeData
import Testing

@testable import Inspection

/// What was read once and is used again must not show.
@Suite struct ReinspectionTests {
  private static let project = MemoryTree([
    "Dockerfile":
      "FROM golang:1.24\nWORKDIR /src\nCOPY go.* *.go ./\nCOPY pkg ./pkg\nRUN go build -o /app .\nCMD [\"/app\"]\n",
    ".dockerignore": "*.md\n",
    "compose.yaml": "services:\n  web:\n    build: .\n    env_file: web.env\n    ports: [\"80:8080\"]\n",
    "web.env": "PORT=8080\n",
    "go.mod": "module example.com/web\n\ngo 1.24\n",
    "main.go":
      "package main\n\nimport (\n\t\"net/http\"\n\n\t_ \"example.com/web/pkg\"\n)\n\nfunc main() { http.ListenAndServe(\":8080\", nil) }\n",
    "pkg/work.go": "package pkg\n",
    "start.sh": "#!/bin/sh\nexec /app\n",
  ])

  @Test(arguments: [
    ("main.go", "package main\n\nimport \"net/http\"\n\nfunc main() { http.ListenAndServe(\"127.0.0.1:80\", nil) }\n"),
    ("pkg/work.go", "package pkg\n\nimport \"C\"\n"), ("go.mod", "module example.com/other\n\ngo 1.25\n"),
    ("Dockerfile", "FROM golang:1.24-alpine\nCOPY . .\nRUN go build -o /app ./pkg\nCMD /app\n"),
    (".dockerignore", "pkg\n"), ("web.env", "PORT=9090\n"), ("more.go", "package main\n\nimport \"C\"\n"),
    ("compose.yaml", "services:\n  api:\n    build: .\n"),
    ("compose.override.yaml", "services:\n  db: {image: redis}\n"),
    ("pkg/Dockerfile", "FROM scratch\n"),
  ])
  func aChangedFileIsSeen(path: String, text: String) {
    let inspector = Inspector(knowledge: .builtIn)
    let before = inspector.inspect(InspectionRequest(tree: Self.project))
    let changes = [path: Array(text.utf8)]
    let again = inspector.inspect(
      InspectionRequest(
        tree: OverlayTree(
          Self.project, changes: changes, known: before.files.mapValues(\.bytes), folders: before.readings.folders)),
      with: before.readings)
    let fresh = inspector.inspect(InspectionRequest(tree: OverlayTree(Self.project, changes: changes)))
    #expect("\(again.facts.rows)" == "\(fresh.facts.rows)")
    #expect(again.problems == fresh.problems)
    #expect(again.files == fresh.files)
    #expect("\(again.facts.rows)" != "\(before.facts.rows)")
  }
}

@Suite struct ProjectListingTests {
  private let listing = ProjectListing(
    MemoryTree(["b/c/deep": "", "b/x": "", "b.txt": "", "bc/y": "", "a": "", "b/.git/config": ""]))

  @Test func listsLevelByLevel() {
    #expect(listing.items.map(\.path) == ["a", "b.txt", "b/x", "bc/y", "b/c/deep"])
  }

  @Test(arguments: [
    (".", ["a", "b.txt", "b/x", "bc/y", "b/c/deep"]), ("b", ["b/x", "b/c/deep"]), ("./b/", ["b/x", "b/c/deep"]),
    ("b/c", ["b/c/deep"]), ("a", ["a"]), ("b/.git", []), ("nothing", []), ("..", []),
  ])
  func findsWhatLiesBelow(folder: String, paths: [String]) {
    #expect(listing.paths(below: folder) == paths)
    if folder != "a" { #expect(listing.holds(folder: folder) == !paths.isEmpty) }
  }

  @Test(arguments: [
    ("*", ["a", "b.txt", "b/x", "b/c/deep", "bc/y"]), ("b*", ["b.txt", "b/x", "b/c/deep", "bc/y"]),
    ("b/?", ["b/x", "b/c/deep"]),
    ("*/*", ["b/x", "bc/y", "b/c/deep"]), ("*/c/*", ["b/c/deep"]), ("[ab]", ["a", "b/x", "b/c/deep"]), ("z*", []),
  ])
  func findsWhatPatternsName(pattern: String, paths: [String]) {
    let found = ContextFiles(folder: ".", listing: listing).files(matching: pattern)
    #expect(found.files.map(\.path) == paths)
    #expect(ContextFiles(folder: ".", listing: listing).holds(pattern) == !paths.isEmpty)
  }
}

@Suite struct PathTests {
  @Test(arguments: [
    ("a/b", "b"), ("a", "a"), ("a/b/", "b"), ("/", ""), ("", ""), ("/a", "a"), ("a//", "a"), (".", "."),
  ])
  func hasALastPart(path: String, name: String) { #expect(Path.name(path) == name) }

  @Test(arguments: [
    ("", "."), (".", "."), ("./a/./b", "a/b"), ("a/../b", "b"), ("../a", "../a"), ("a/../../b", "../b"),
    ("/../a", "/a"),
    ("//a//b/", "/a/b"), ("/", "/"), ("a/..", "."), ("..", ".."), ("...", "..."), ("a/.b", "a/.b"),
  ])
  func isCleaned(path: String, clean: String) { #expect(Path.clean(path) == clean) }

  @Test(arguments: [
    ("a/b", "a", "b"), ("a", "a", "."), ("ab", "a", nil), ("a/b", ".", "a/b"), ("../a", ".", nil), ("/a/b", "/", "a/b"),
    ("/a", ".", nil), ("a", "a/b", nil), ("./a//b", "a/", "b"),
  ])
  func isSeenFromAFolder(path: String, folder: String, below: String?) {
    #expect(Path.relative(path, to: folder) == below)
  }
}

@Suite struct MemoryTreeTests {
  @Test func forgetsFoldersWithTheirLastFile() throws {
    var tree = MemoryTree(["a/b/c": "", "a/d": ""])
    #expect(try tree.entries(of: "a").map(\.name) == ["b", "d"])
    tree["a/b/c"] = nil
    #expect(try tree.entries(of: "a").map(\.name) == ["d"])
    #expect(!tree.exists("a/b"))
    tree["a/d"] = nil
    #expect(!tree.exists("a"))
    #expect(try tree.entries(of: ".").isEmpty)
    #expect(throws: FileProblem.missing) { try tree.entries(of: "a") }
  }
}
