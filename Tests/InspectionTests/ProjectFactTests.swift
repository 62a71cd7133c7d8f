import Inspection
import Testing

/// Manifests, lock files, dependencies and CI files of a project.
@Suite struct ProjectFactTests {
  private static let module = "module a.example/a\n\ngo 1.24\n\nrequire b.example/b v1.2.0\n"

  private static let lockFilesCases: [([String: String], [[String]])] = [
    (["go.mod": module], [["go", "missing", ""]]),
    (["go.mod": module, "go.sum": "b.example/b v1.2.0 h1:x=\nb.example/b v1.2.0/go.mod h1:y=\n"], [["go", "ok", ""]]),
    (["go.mod": module, "go.sum": "b.example/b v1.1.0 h1:x=\n"], [["go", "stale", "b.example/b"]]),
    (["go.mod": module, ".gitignore": "go.sum\n"], [["go", "ignored", ""]]),
    (["go.mod": "module a.example/a\n\ngo 1.24\n"], []),
    (["go.mod": module + "\nreplace b.example/b => ../b\n"], []),
    (["package.json": "{\"dependencies\": {\"a\": \"1.0.0\"}}"], [["npm", "missing", ""]]),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"1.0.0\"}}",
        "package-lock.json": "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"a\": \"1.0.0\"}}}}",
      ], [["npm", "ok", ""]]
    ),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"2.0.0\"}}",
        "package-lock.json": "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"a\": \"1.0.0\"}}}}",
      ], [["npm", "stale", "a"]]
    ),
    (["package.json": "{}", "yarn.lock": ""], [["yarn", "ok", ""]]),
  ]

  @Test(arguments: lockFilesCases)
  func lockFiles(files: [String: String], expected: [[String]]) {
    #expect(Facts(files).rows("lock", "tool", "state", "module") == expected)
  }

  @Test(arguments: [
    ("requirements.txt", "flask==3.0.3\n", ["pip", "flask", "3.0.3", "no"]),
    ("requirements.txt", "# comment\n  psycopg2 >= 2.9 ; python_version > '3'\n", ["pip", "psycopg2", "2.9", "no"]),
    ("requirements.txt", "words @ git+https://git.example/w.git\n", ["pip", "words", "?", "yes"]),
    (
      "package.json", "{\"dependencies\": {\"w\": \"git+ssh://git.example/w.git\"}}",
      ["npm", "w", "git+ssh://git.example/w.git", "yes"]
    ),
    ("package.json", "{\"dependencies\": {\"w\": \"owner/w\"}}", ["npm", "w", "owner/w", "yes"]),
    ("package.json", "{\"dependencies\": {\"@o/w\": \"^1.0.0\"}}", ["npm", "@o/w", "^1.0.0", "no"]),
    ("go.mod", module, ["go", "b.example/b", "v1.2.0", "no"]),
  ])
  func dependencies(path: String, text: String, expected: [String]) {
    let rows = Facts([path: text]).rows("requires", "tool", "module", "version", "by-vcs")
    #expect(rows.count == 1)
    #expect(rows.first.map { [$0[0], $0[1], expected[2] == "?" ? "?" : $0[2], $0[3]] } == expected)
  }

  @Test(arguments: [("go.mod", module, "b.example/b"), ("package.json", "{\"dependencies\": {\"w\": \"1.0.0\"}}", "w")])
  func theNameOfADependencyIsUnderlined(path: String, text: String, name: String) {
    #expect(Facts([path: text]).texts("requires", "module").first?.filter { $0 != "\"" } == name)
  }

  @Test(arguments: [
    (["go.mod": module], [["go", "1.24"]]),
    (["a/package.json": "{}", "b/requirements.txt": ""], [["npm", ""], ["pip", ""]]),
    (
      ["pom.xml": "<project><properties><maven.compiler.release>21</maven.compiler.release></properties></project>"],
      [["mvn", "21"]]
    ),
  ])
  func manifests(files: [String: String], expected: [[String]]) {
    #expect(Facts(files).rows("manifest", "tool", "minimum-version") == expected)
  }

  // MARK: CI files

  private func pipeline(_ path: String, _ text: String) -> [[String]] {
    Facts([
      "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build .\n",
      "main.go": "package main\n\nfunc main() {}\n", path: text,
    ])
    .rows("builds", "in", "cache")
  }

  @Test(arguments: [
    (".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: docker build .\n", "none"),
    (
      ".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: docker build --cache-from type=gha .\n", "kept"
    ),
    (
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {context: ., cache-from: type=gha}\n",
      "kept"
    ),
    (
      ".github/workflows/ci.yml",
      "jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {context: ., no-cache: true}\n",
      "refused"
    ),
    (".gitlab-ci.yml", "a:\n  script:\n    - docker build --no-cache .\n", "refused"),
    (".gitlab-ci.yml", "a:\n  script:\n    - |\n      set -e\n      docker build -t web .\n", "none"),
  ])
  func whetherAPipelineReusesItsCache(path: String, text: String, cache: String) {
    #expect(pipeline(path, text) == [["pipeline", cache]])
  }

  @Test(arguments: [
    (".github/workflows/ci.yml", "# - run: docker build .\njobs: {}\n"), ("other.yml", "run: docker build .\n"),
    (".gitlab-ci.yml", "a:\n  script:\n    - echo docker build .\n"), (".gitlab-ci.yml", "a: [\n"),
    (".gitlab-ci.yml", "\u{0}"),
  ])
  func whatBuildsNothing(path: String, text: String) {
    #expect(pipeline(path, text).isEmpty)
  }

  // MARK: Hostile

  private static let strangeFiles: [(String, String)] = [
    ("go.mod", String(repeating: "require (", count: 20_000)),
    ("go.mod", "module " + String(repeating: "a/", count: 50_000)),
    ("go.sum", String(repeating: "a b c\n", count: 50_000)),
    ("package.json", String(repeating: "{\"dependencies\":", count: 20_000)),
    ("package.json", String(repeating: "[", count: 100_000)), ("package-lock.json", "{\"packages\": {\"\": []}}"),
    ("requirements.txt", String(repeating: "-r requirements.txt\n", count: 20_000)),
    ("requirements.txt", String(repeating: "=", count: 200_000)),
    (".gitignore", String(repeating: "**/", count: 20_000)), ("pom.xml", String(repeating: "<!--", count: 50_000)),
    (".github/workflows/a.yml", String(repeating: "a: &a [*a, *a]\n", count: 5_000)),
    ("Makefile", String(repeating: "\tdocker build \\\n", count: 5_000)),
    ("run.sh", "docker " + String(repeating: "`", count: 50_001)),
    ("vendor/modules.txt", String(repeating: "# a b\n## explicit\n", count: 20_000)),
    ("build.gradle", String(repeating: "{", count: 100_000)), (".env", String(repeating: "A=${A}\n", count: 20_000)),
  ]

  @Test(arguments: strangeFiles)
  func strangeFilesEnd(path: String, text: String) {
    var files = [
      "Dockerfile":
        "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build . && npm ci && pip install -r requirements.txt && make && sh run.sh\n",
      "go.mod": Self.module, "package.json": "{}", "requirements.txt": "flask\n",
      "main.go": "package main\n\nfunc main() {}\n",
    ]
    files[path] = text
    #expect(Facts(files).result.facts.misfits == [])
  }
}
