import ComposeSyntax
import Diagnosis
import DockerfileSyntax
import Fixes
import Inspection
import Knowledge
import KnowledgeData
import KnowledgeFormat
import Policy
import ProgramSource
import Reports
import SourceText
import Tutorial

/// A reader of files that strangers wrote, and inputs to start from.
struct FuzzTarget: Sendable {
  let name: String
  /// Whether a file of the repository is a good input, by its path.
  let fits: @Sendable (String) -> Bool
  /// What the language is made of.
  let tokens: [String]
  /// Reads the input. It may do anything but crash, hang or fill the memory.
  let run: @Sendable ([UInt8]) -> Void

  static let all: [FuzzTarget] = [
    FuzzTarget(
      name: "dockerfile", fits: { Path.name($0).hasSuffix("Dockerfile") },
      tokens: [
        "FROM ", "RUN ", "COPY --from=", "ARG ", "ENV ", "CMD [", "ENTRYPOINT ", "ONBUILD ", "HEALTHCHECK ", "<<EOF\n",
        "<<-'E'\n", "# escape=`\n", "# syntax=", "--mount=type=", "${A:-", "${A##*/}", " AS ", "SHELL [\"",
      ], run: dockerfile),
    FuzzTarget(
      name: "dockerignore", fits: { $0.hasSuffix(".dockerignore") },
      tokens: ["**", "!", "*/", "[a-", "^]", "../", "?"],
      run: { bytes in
        let rules = IgnoreRules(bytes)
        for path in ["a/b/c.go", "node_modules/x/index.js"] {
          _ = rules.verdict(path)
          _ = rules.looksInto(path)
        }
      }),
    FuzzTarget(
      name: "shell", fits: { $0.hasSuffix(".sh") },
      tokens: [
        "$(", "$((", "${a:-", "<<EOF\n", "<(", ">&2", "&&", "||", ";;", "case x in ", "esac", "if ", "then ", "fi",
        "for ",
        "do ", "done", "while ", "function f { ", "exec ", "export ", "set -e", "trap ",
      ],
      run: { bytes in
        Shell.Script(bytes).visit { _ in }
        _ = Shell.Shebang(bytes)
      }),
    FuzzTarget(
      name: "compose", fits: { Path.name($0).hasPrefix("compose") },
      tokens: [
        "services:\n", "<<: *a\n", "&a ", "*a", "!reset ", "!override ", "extends:\n", "include:\n", "|\n", ">-\n",
        "- ",
        "? ", "---\n", "${A:?b}", "$$", "ports:\n", "volumes:\n", "{a: b}", "[a, b]", "depends_on:\n", "!!str ",
        "%YAML",
      ],
      run: { bytes in
        let files = ComposeFilesInMemory(bytes: [
          "compose.yaml": bytes, "compose.override.yaml": Array("services: {web: {image: a}}\n".utf8), ".env": bytes,
        ])
        _ = ComposeProject(ComposeOptions(environment: ["A": "b"]), from: files)
      }),
    FuzzTarget(
      name: "go", fits: { $0.hasSuffix(".go") || $0.hasSuffix("go.mod") },
      tokens: [
        "func ", "package ", "import (", "const ", "var ", "type ", "struct {", "interface {", "map[", "chan ", "<-",
        "...",
        ":=", "//go:build ", "//go:embed ", "switch ", "select {", "go func() {", "defer ", "http.ListenAndServe(",
        "iota",
        "signal.Notify(", "require (", "replace ", "=> ",
      ],
      run: { bytes in
        let file = GoFile(SourceFile(path: "main.go", bytes: bytes))
        let project = GoProject(
          files: [file], modules: [GoModFile(SourceFile(path: "go.mod", bytes: bytes))])
        _ = GoProgram(project, directory: "")
        _ = GoProgram(project, directory: ".")
      }),
    FuzzTarget(
      name: "javascript", fits: { $0.hasSuffix(".js") || $0.hasSuffix(".json") },
      tokens: [
        "=>", "function ", "`${", "require(", "import ", "await ", "class ", "/(", "/g", "<div>", "??", "?.",
        "process.env.",
        ".listen(", "async ", "new ", "...", "return ", "case ",
      ],
      run: { bytes in
        _ = NodeProgram([SourceFile(path: "index.js", bytes: bytes)], entry: "index.js")
        _ = NodePackage(SourceFile(path: "package.json", bytes: bytes))
      }),
    FuzzTarget(
      name: "python", fits: { $0.hasSuffix(".py") || $0.hasSuffix("requirements.txt") },
      tokens: [
        "def ", "class ", "lambda ", "f\"{", "\"\"\"", "'''", "import ", "from . import ", "async ", "yield ",
        "if __name__",
        "    ", "@", "**", ":=", "rb'", "os.environ[", ".run(", "match ", "[x for x in ",
      ],
      run: { bytes in
        let source = SourceFile(path: "app.py", bytes: bytes)
        _ = PythonProgram([source], entry: "app.py")
        _ = GunicornConfiguration(source)
        _ = PythonRequirements(source)
      }),
    FuzzTarget(
      name: "java", fits: { [".xml", ".gradle", ".properties", ".kts", ".java"].contains(where: $0.hasSuffix) },
      tokens: [
        "<a>", "</a>", "<![CDATA[", "<!--", "&lt;", "plugins {", "\\u0041", "server.port=", "<?xml", "'''", "${a}",
      ],
      run: { bytes in
        let source = SourceFile(path: "pom.xml", bytes: bytes)
        _ = MavenProject(source).depends(on: "a")
        _ = GradleFile(source)
        _ = JavaProperties(source)
        _ = NginxFile(source)
      }),
    FuzzTarget(
      name: "log", fits: { $0.hasSuffix("given.yaml") || $0.contains("observations/") },
      tokens: [
        "web-1  | ", "#9 0.52 ", "ERROR: ", "exec ./app: no such file or directory", "exited with code 137",
        "\u{1B}[2K\r",
        "$ docker run ", "connection refused", "panic: ", "permission denied", "failed to solve: ", "\u{8}",
      ],
      run: { bytes in
        var reader = reader
        reader.read(bytes)
        var facts = FactStore(relations: knowledge.relations)
        _ = reader.finish(into: &facts)
      }),
    FuzzTarget(
      name: "answers", fits: { $0.contains("questions/") }, tokens: ["port-is-published=yes\n", "=", "# "],
      run: { bytes in _ = AnswerLines.entries(bytes) }),
    FuzzTarget(
      name: "progress", fits: { $0.contains("lessons/") && $0.hasSuffix("lesson.yaml") },
      tokens: ["drydock tutorial 1\n", "found signals shell-form-pid1\n", "opened a images\n", "solved a\n", "end\n"],
      run: { bytes in _ = try? ProgressFormat.progress(String(decoding: bytes, as: UTF8.self)) }),
    FuzzTarget(
      name: "settings", fits: { $0.hasSuffix(".yaml") },
      tokens: [
        "ignore:\n", "  - cause: libc-mismatch\n", "fail-on: ", "until: 2027-01-01", "knowledge: 1\n", "language: zh\n",
        "# drydock ignore=libc-mismatch reason=\"a\" until=2027-01-01\n", "# hadolint ignore=DL3025\n",
        "# check=skip=all\n",
      ],
      run: { bytes in
        let source = SourceFile(path: ".drydock.yaml", bytes: bytes)
        _ = try? Settings(source)
        _ = IgnoreComment.comments(in: source)
      }),
    FuzzTarget(
      name: "reports", fits: { $0.hasSuffix(".json") },
      tokens: ["\"\\ud800\"", "1e5", "null", "{\"schema\":1,", "\\u0000"],
      run: { bytes in
        _ = try? ProjectReport.reports(bytes)
        _ = Baseline(parsing: bytes)
      }),
    FuzzTarget(
      name: "knowledge", fits: { $0.hasSuffix("cause.yaml") },
      tokens: ["when:\n", "- not:\n", "- any:\n", "$service", "fixes:\n", "edit: {", "starts: ", "oneOf: ["],
      run: { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        _ = KnowledgeReader.read(
          [KnowledgeReader.File(path: "causes/own/x/cause.yaml", text: text)], addingTo: knowledge)
      }),
    FuzzTarget(
      name: "project",
      fits: { ["Dockerfile", "compose.yaml", "main.go", "start.sh", "app.py"].contains(Path.name($0)) },
      tokens: [
        "\n== Dockerfile\n", "\n== compose.yaml\n", "\n== main.go\n", "\n== start.sh\n", "\n== .dockerignore\n",
      ],
      run: project),
  ]

  private static let knowledge = KnowledgeBase.builtIn
  private static let reader = LogReader(knowledge.observations)

  @Sendable private static func dockerfile(_ bytes: [UInt8]) {
    let file = Dockerfile(bytes)
    for instruction in file.instructions { _ = instruction.content }
    let build = Build(file)
    if let target = build.target { _ = build.image(of: target) }
  }

  /// A whole project in one input: files after lines such as `== main.go`. The diagnosis, its fixes and a report follow.
  @Sendable private static func project(_ bytes: [UInt8]) {
    var tree = MemoryTree([:])
    var name = "Dockerfile"
    var lines: [ArraySlice<UInt8>] = []
    func keep() { tree[name] = MemoryTree.File(Array(lines.joined(separator: [0x0A]))) }
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: [0x3D, 0x3D, 0x20]), line.count < 40 {
        keep()
        name = String(decoding: line.dropFirst(3), as: UTF8.self)
        lines = []
      } else {
        lines.append(line)
      }
    }
    keep()
    // The same text under the other names that are looked for, so that every reader sees it.
    for other in ["compose.yaml", "main.go", "start.sh"] where tree[other] == nil {
      tree[other] = MemoryTree.File(bytes)
    }
    let request = InspectionRequest(tree: tree)
    let inspection = Inspector(knowledge: knowledge).inspect(request)
    let findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: nil)
    let report = Report(
      version: "0", language: .en, knowledge: knowledge, request: request, inspection: inspection, findings: findings)
    _ = JSONReport.value(report).text(pretty: false)
  }
}
