import Inspection
import Testing

/// What the builder gets to see: ignore files, sources of COPY, the weight of the context.
@Suite struct ContextTests {
  private func build(_ ignore: String?, _ dockerfile: String, _ files: [String: String]) -> Facts {
    var all = files
    all[".dockerignore"] = ignore
    all["Dockerfile"] = dockerfile
    return Facts(all)
  }

  @Test(arguments: [
    ("*.md", "readme.md", "*.md"), ("docs", "docs/a.txt", "docs"), ("**/*.log", "a/b/c.log", "**/*.log"),
    ("/secret", "secret", "/secret"), ("*\n!keep", "drop", "*"), ("a/?.txt", "a/b.txt", "a/?.txt"),
    ("[ab].txt", "b.txt", "[ab].txt"),
    ("# comment\n\n  blank.txt  \n", "blank.txt", "blank.txt"), ("./dot", "dot", "./dot"), ("dir/", "dir/x", "dir/"),
  ])
  func aPatternHidesAFile(ignore: String, file: String, pattern: String) {
    let facts = build(ignore, "FROM scratch\nCOPY \(file) /\n", [file: ""])
    #expect(facts.rows("copies", "matches", "pattern") == [["ignored", pattern]])
    #expect(facts.texts("copies", "pattern") == [pattern])
  }

  @Test(arguments: [
    ("*.md", "a/readme.md"), ("!all", "all"), ("*\n!keep", "keep"), ("docs\n!docs/a.txt", "docs/a.txt"),
    ("# a", "# a.txt"), ("A", "a"),
    ("secret", "a/secret"),
  ])
  func otherFilesAreSent(ignore: String, file: String) {
    let facts = build(ignore, "FROM scratch\nCOPY [\"\(file)\", \"/\"]\n", [file: ""])
    #expect(facts.rows("copies", "matches") == [["one"]])
  }

  @Test func anIgnoreFileBesideTheDockerfileWins() {
    let facts = Facts([
      "Dockerfile": "FROM scratch\nCOPY a b /\n", ".dockerignore": "a\n", "Dockerfile.dockerignore": "b\n", "a": "",
      "b": "",
    ])
    #expect(facts.rows("copies", "source", "matches") == [["a", "one"], ["b", "ignored"]])
    #expect(facts.rows("context", "ignore-file") == [["Dockerfile.dockerignore"]])
  }

  @Test(arguments: [
    ("COPY missing.txt /", ["none", "no", ""]), ("COPY ../outside /", ["none", "yes", ""]),
    ("COPY Main.go /", ["none", "no", "main.go"]),
    ("COPY main.go /", ["one", "no", ""]), ("COPY src /", ["many", "no", ""]),
    ("COPY nothing*.txt /", ["none", "no", ""]),
    ("COPY b.txt /", ["none", "no", "src/b.txt"]), ("COPY --from=alpine:3.20 /etc/passwd /", ["unsure", "no", ""]),
  ])
  func sourcesOfACopy(line: String, expected: [String]) {
    let facts = build(nil, "FROM scratch\n\(line)\n", ["main.go": "package main\n", "src/a.txt": "", "src/b.txt": ""])
    #expect(facts.rows("copies", "matches", "outside", "like") == [expected])
  }

  @Test(arguments: ["missing.txt", "../outside", "src"])
  func theSourceIsUnderlined(source: String) {
    let facts = build(nil, "FROM scratch\nCOPY  \(source)   /x\n", ["src/a.txt": ""])
    #expect(facts.texts("copies", "source") == [source])
    #expect(facts.texts("copies", "destination") == ["/x"])
  }

  @Test func everythingThatIsSentIsCounted() {
    let facts = build("skip\n", "FROM scratch\nCOPY . /\n", ["a": "12345", "b/c": "123", "skip/x": "123456789"])
    let rows = facts.rows("context", "whole", "copy", "ignore")
    #expect(rows == [["yes", ".", "yes"]])
    // a, b/c, the Dockerfile and the ignore file: 5 + 3 + 22 + 5 bytes.
    #expect(
      facts.rows("context", "files", "size") == [
        ["4", String(8 + "FROM scratch\nCOPY . /\n".utf8.count + "skip\n".utf8.count)]
      ])
  }

  @Test(arguments: [
    (".git/HEAD", "git"), ("node_modules/a/index.js", "modules"), ("server.log", "log"), (".env", "secret"),
  ])
  func whatABuildSeldomNeeds(file: String, kind: String) {
    let text = String(repeating: "PASSWORD=Vk3x9pQ1\n", count: 100)
    let facts = build(nil, "FROM node:22\nCOPY . /app\n", [file: text, "package.json": "{}"])
    #expect(facts.rows("sends", "kind").contains([kind]) == true)
  }

  private static let variablesWithoutAValueCases: [(String, [[String]])] = [
    ("FROM alpine:3.20\nARG A\nRUN echo $A $B\n", []),
    ("ARG TAG=1\nFROM alpine:$TAG\nRUN echo $TAG\n", [["TAG", "global", "run"]]),
    ("FROM alpine:3.20\nARG A\nFROM alpine:3.20\nCOPY --from=0 / /x\nRUN echo $A\n", [["A", "other-stage", "run"]]),
    ("FROM alpine:3.20\nRUN echo $TARGETARCH\n", [["TARGETARCH", "platform", "run"]]),
  ]

  @Test(arguments: variablesWithoutAValueCases)
  func variablesWithoutAValue(text: String, expected: [[String]]) {
    let rows = build(nil, text, [:]).rows("uses", "name", "declared", "where")
    #expect(rows.filter { $0[1] != "unset" } == expected)
  }

  @Test(arguments: [("*", 1000), ("d*/f*", 1000), (".", 1000), ("d1 d2", 200), ("d[0-4]/f*", 500)])
  func manyFilesAreCopied(sources: String, count: Int) {
    let ignore = "*.tmp\n!a\n**/*.log\nDockerfile\n.dockerignore\n"
    var tree = MemoryTree(["Dockerfile": "FROM scratch\nCOPY \(sources) /x/\n", ".dockerignore": ignore])
    for index in 0..<1000 { tree["d\(index % 10)/f\(index)"] = MemoryTree.File([]) }
    let facts = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: tree)).facts
    let files = facts.rows("holds").filter { facts.cell($0, "kind").value == "file" }
    #expect(files.count == count)
  }

  private static let strangeIgnoreFiles: [String] = [
    String(repeating: "*", count: 50_000), String(repeating: "**/", count: 10_000) + "x",
    String(repeating: "[", count: 50_000),
    String(repeating: "!a\na\n", count: 10_000), String(repeating: "\\", count: 50_001), "\u{0}\n\u{FF}\n",
    String(repeating: "a/", count: 50_000),
  ]

  @Test(arguments: strangeIgnoreFiles)
  func strangeIgnoreFilesEnd(ignore: String) {
    let facts = build(ignore, "FROM scratch\nCOPY . /\n", ["a/b/c": "", "x": ""])
    #expect(facts.result.facts.misfits == [])
  }
}
