import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Projects that strangers wrote, given to the real program.
@Suite struct HostileTests {
  static let formats = [
    "text", "json", "ndjson", "sarif", "markdown", "html", "github", "gitlab", "junit", "mermaid",
  ]

  /// Whether a terminal would obey something in the text: C0 but for line breaks and tabs, DEL, and C1.
  static func obeyed(_ text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value).filter {
      $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || (0x7F...0x9F).contains($0) || $0 == 0x202E
    }
  }

  // MARK: Names

  /// A project in which everything that has a name has one that a terminal would obey, or that breaks a line.
  private func strangeNames() throws -> Scratch {
    let main = """
      package main

      import ("net/http"; "os")

      func main() { os.Getenv("\u{1B}[2J"); http.ListenAndServe("127.0.0.1:8080\u{9B}31m", nil) }

      """
    let files = [
      "Dockerfile":
        "FROM golang:1.22 AS \u{1B}[31m\nWORKDIR /a\u{7}\nCOPY go.mod missing\u{1B}[0m.txt ./\nCOPY . .\n"
        + "RUN go build -o /web\u{1B}]0;title\u{7} .\nFROM alpine\nCOPY --from=0 /web\u{1B}]0;title\u{7} /web\n"
        + "ENV API_TOKEN=\u{9B}31mabcdefghijkl\nCMD /web\u{8}\u{8}\n",
      "compose.yaml":
        "services:\n  \"we\\eb\\n::error::x\":\n    build: .\n    ports: [\"8080:8080\"]\n"
        + "    environment: {\"A\\u009bB\": \"x\\u202ey\"}\n    depends_on: [\"no\\rne\"]\n"
        + "  db:\n    image: \"postgres:\\e[31m\"\n    volumes: [\"./a\\nb:/c\\td\"]\n",
      "go.mod": "module a\n\ngo 1.22\n", "main.go": main,
      "sub\u{1B}[31m/ma\nin.go": main,
      "a\n+++ b/x\n/Dockerfile":
        "FROM golang:1.22\nWORKDIR /a\nCOPY . .\nRUN go build -o /w .\nFROM alpine\nCOPY --from=0 /w /w\nCMD [\"/w\"]\n",
      "a\n+++ b/x\n/main.go": main, "a\n+++ b/x\n/go.mod": "module a\n\ngo 1.22\n",
      ".drydock.yaml": "ignore:\n  - cause: shell-form-pid1\n    reason: \"\\e[31m\"\n",
      "log": "\u{1B}[31mweb\u{1B}]0;x\u{7}-1  | exec /web\u{9B}31m: no such file or directory\r\nError: \u{8}bind\n",
    ]
    let scratch = try Scratch()
    for (path, text) in files { try scratch.write("project/" + path, Data(text.utf8)) }
    return scratch
  }

  @Test(arguments: formats)
  func nothingIsPrintedThatATerminalObeys(format: String) throws {
    let scratch = try strangeNames()
    let base = ["report", scratch.path + "/project", "--all", "--fail-on", "never", "--format", format]
    for more in [[], ["--log", scratch.path + "/project/log"], ["--recursive"], ["--symptom", "port-unreachable"]] {
      let outcome = try Drydock.run(base + more)
      #expect([0, 65].contains(outcome.status), "\(outcome.errors)")
      #expect(!outcome.output.isEmpty)
      #expect(Self.obeyed(outcome.output) == [], "\(more)")
      #expect(Self.obeyed(outcome.errors) == [], "\(more)")
      if format == "github" {
        let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { line in ["::error ", "::warning ", "::notice "].contains(where: line.hasPrefix) })
      }
      if ["json", "sarif", "gitlab"].contains(format) {
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
      }
    }
  }

  @Test(arguments: [
    ["fix"], ["layers"], ["report", "--format", "json", "--facts"], ["report", "--why", "libc-mismatch"],
    ["report", "--symptom", "\u{1B}[31m"], ["explain", "\u{1B}[31m\u{9B}"], ["report", "no\u{1B}[31m\nsuch"],
    ["report", "--answer", "a\u{1B}b=c"], ["report", "--color", "never", "--symptom", "exits-immediately"],
    ["merge", "lo\u{9B}g"],
  ])
  func otherCommandsDoNotEither(arguments: [String]) throws {
    let scratch = try strangeNames()
    let outcome = try Drydock.run(arguments, in: scratch.folder.appendingPathComponent("project"))
    #expect(Self.obeyed(outcome.output) == [])
    #expect(Self.obeyed(outcome.errors) == [])
  }

  @Test func aNameCannotWriteAnotherPatch() throws {
    let scratch = try strangeNames()
    let folder = scratch.folder.appendingPathComponent("project/a\n+++ b/x\n")
    let outcome = try Drydock.run(
      ["fix", "--symptom", "exits-immediately", "--output", "../fix.patch"], in: folder.deletingLastPathComponent())
    #expect(outcome.status == 0)
    let patch = (try? String(contentsOf: scratch.folder.appendingPathComponent("fix.patch"), encoding: .utf8)) ?? ""
    #expect(!patch.contains("\n+++ b/x\n"))
  }

  // MARK: Places

  /// A project with every way out of it that files know, and a folder beside it that nobody named.
  private func waysOut() throws -> Scratch {
    let scratch = try Scratch([
      "outside/secret.env": "OUTSIDE_VALUE=outside-the-project\n",
      "outside/app/main.go": "package outside_the_project\n",
      "outside/Dockerfile": "FROM outside-the-project\n",
      "outside/knowledge/causes/x/x/cause.yaml": "id: outside-the-project\n",
      "project/Dockerfile": """
      FROM golang:1.22
      COPY ../outside/app /app
      COPY link /link
      RUN go build -o /web /app
      FROM alpine
      COPY --from=0 /web /
      CMD ["/web"]

      """,
      "project/compose.yaml": """
      include: [../outside/compose.yaml, up/compose.yaml]
      services:
        web:
          build: {context: .., dockerfile: outside/Dockerfile}
          env_file: [../outside/secret.env, link.env, /etc/hostname]
          extends: {file: ../outside/compose.yaml, service: web}
          volumes: ["../outside:/data"]
        other:
          build: .
          image: "a:${OUTSIDE_VALUE:-none}"

      """,
      "outside/compose.yaml": "services:\n  web:\n    image: outside-the-project\n",
      "project/nginx.conf": "include ../outside/secret.env;\n",
      "project/go.mod": "module a\nreplace b => ../outside/app\n",
    ])
    let project = scratch.folder.appendingPathComponent("project").path
    for (name, target) in [
      ("link", "../outside"), ("up", ".."), ("link.env", "../outside/secret.env"), (".env", "../outside/secret.env"),
      (".dockerignore", "/etc/passwd"), ("main.go", "../outside/app/main.go"), ("self", "self"), ("a", "b"), ("b", "a"),
      ("here", "."), ("compose.override.yaml", "../outside/compose.yaml"), ("gone", "../nowhere"),
    ] {
      #expect(symlink(target, project + "/" + name) == 0)
    }
    return scratch
  }

  @Test(arguments: formats)
  func nothingOutsideIsRead(format: String) throws {
    let scratch = try waysOut()
    for more in [[], ["--recursive"]] {
      let outcome = try Drydock.run(
        ["report", scratch.path + "/project", "--all", "--fail-on", "never", "--format", format] + more)
      #expect(outcome.status == 0)
      #expect(!outcome.output.contains("outside-the-project"))
      #expect(!outcome.output.contains("root:x:0"))
    }
  }

  @Test func factsOutsideAreUnknown() throws {
    let scratch = try waysOut()
    let outcome = try Drydock.run(
      ["report", scratch.path + "/project", "--all", "--fail-on", "never", "--format", "json", "--facts"])
    #expect(!outcome.output.contains("outside-the-project"))
    #expect(!outcome.output.contains("outside_the_project"))
  }

  @Test(arguments: ["../outside/knowledge", "link/knowledge", "/etc", "up/outside/knowledge"])
  func settingsCannotNameFoldersOutside(folder: String) throws {
    let scratch = try waysOut()
    try scratch.write("project/.drydock.yaml", Data("knowledge-folders: [\(folder)]\n".utf8))
    let outcome = try Drydock.run(["report", scratch.path + "/project"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("outside"))
    #expect(!outcome.errors.contains("outside-the-project"))
  }

  @Test func fixesAreWrittenInsideOnly() throws {
    let scratch = try Scratch()
    for (path, text) in ReportTests.tutorial {
      try scratch.write("outside/" + path, Data(text.utf8))
      if path != "Dockerfile" { try scratch.write("project/" + path, Data(text.utf8)) }
    }
    let project = scratch.folder.appendingPathComponent("project")
    #expect(symlink("../outside/Dockerfile", project.path + "/Dockerfile") == 0)
    #expect(symlink("../outside", project.path + "/sub") == 0)
    #expect(symlink("../outside/new", project.path + "/.dockerignore") == 0)
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/outside").sorted()
    let environment = ["XDG_STATE_HOME": scratch.path + "/state"]
    for arguments in [
      [], ["--dockerfile", "sub/Dockerfile"], ["--cause", "libc-mismatch"], ["--symptom", "oversized-image"],
      ["--symptom", "slow-build"], ["--fix", "disable-cgo"],
    ] {
      _ = try Drydock.run(["fix", "--apply"] + arguments, in: project, environment: environment)
    }
    let text = try String(contentsOfFile: scratch.path + "/outside/Dockerfile", encoding: .utf8)
    #expect(text == ReportTests.tutorial["Dockerfile"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/outside").sorted() == before)
  }

  // MARK: Things that are no files, and files that are no texts

  @Test func socketsPipesAndDevices() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\nCOPY . /\nCMD [\"/start.sh\"]\n"])
    for name in ["compose.yaml", "start.sh", ".dockerignore", ".env", ".drydock.yaml", "go.mod"] {
      #expect(mkfifo(scratch.path + "/" + name, 0o644) == 0)
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array((scratch.path + "/main.go").utf8)
    guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    let start = Date()
    for arguments in [["report"], ["report", "--recursive"], ["layers"], ["fix"]] {
      #expect([0, 1, 65].contains(try Drydock.run(arguments, in: scratch.folder).status))
    }
    #expect(Date().timeIntervalSince(start) < 60, "nothing waits for a writer")
  }

  @Test(arguments: ["Dockerfile", "compose.yaml", "main.go", ".env", ".dockerignore", "start.sh", ".drydock.yaml"])
  func sparseFilesAreNotReadToTheirEnd(name: String) throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\nCOPY . /\nCMD [\"/start.sh\"]\n"])
    let path = scratch.path + "/" + name
    if name != "Dockerfile" { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    // A terabyte of nothing, where the file system takes it.
    guard truncate(path, 1 << 40) == 0 || truncate(path, 1 << 32) == 0 else { return }
    let outcome = try Drydock.run(["report"], in: scratch.folder)
    #expect([0, 1, 65].contains(outcome.status))
  }

  @Test func deepFolders() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\nCOPY . /\n"])
    var path = scratch.path
    // Each name is short, and the whole longer than a path may be.
    while path.utf8.count < 3800 {
      path += "/deeper-and-deeper"
      #expect(mkdir(path, 0o755) == 0)
    }
    _ = FileManager.default.createFile(atPath: path + "/Dockerfile", contents: Data("FROM alpine\n".utf8))
    for arguments in [["report"], ["report", "--recursive", "--format", "ndjson"], ["layers"]] {
      #expect([0, 1].contains(try Drydock.run(arguments, in: scratch.folder).status))
    }
  }

  @Test func manyNames() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\nCOPY . /\n"])
    for number in 0..<3000 {
      _ = FileManager.default.createFile(atPath: scratch.path + "/\(number)", contents: nil)
    }
    #expect([0, 1].contains(try Drydock.run(["report"], in: scratch.folder).status))
  }

  @Test func filesThatChangeMeanwhile() throws {
    let scratch = try Scratch(ReportTests.tutorial)
    let path = scratch.path + "/Dockerfile"
    let text = ReportTests.tutorial["Dockerfile"] ?? ""
    let writer = Thread {
      var round = 0
      while !Thread.current.isCancelled {
        round += 1
        switch round % 4 {
        case 0: truncate(path, 3)
        case 1: try? Data(String(repeating: text, count: 200).utf8).write(to: URL(fileURLWithPath: path))
        case 2: unlink(path)
        default: try? Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
      }
    }
    writer.start()
    defer { writer.cancel() }
    for _ in 0..<20 {
      let outcome = try Drydock.run(["report", "--format", "json"], in: scratch.folder)
      #expect([0, 1, 65].contains(outcome.status), "\(outcome.errors)")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may read every folder"))
  func permissionHoles() throws {
    let scratch = try Scratch([
      "Dockerfile": "FROM alpine\nCOPY . /\n", "closed/main.go": "package main\n", "blind/a": "",
    ])
    #expect(chmod(scratch.path + "/closed", 0) == 0)
    #expect(chmod(scratch.path + "/blind", 0o100) == 0)
    defer {
      chmod(scratch.path + "/closed", 0o755)
      chmod(scratch.path + "/blind", 0o755)
    }
    #expect([0, 1].contains(try Drydock.run(["report"], in: scratch.folder).status))
  }
}
