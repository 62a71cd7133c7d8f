import Diagnosis
import Inspection
import Knowledge
import KnowledgeData
import Testing

/// What is said first of output that people paste, with few files beside it or none.
@Suite struct LogClaimTests {
  private func found(_ symptom: String, _ log: String, _ files: [String: String]) -> [Diagnosis] {
    var request = InspectionRequest(tree: MemoryTree(files))
    var reader = LogReader(KnowledgeBase.builtIn.observations)
    reader.read(Array(log.utf8)[...])
    request.log = reader
    let inspection = Inspector(knowledge: .builtIn).inspect(request)
    return Diagnoser(knowledge: .builtIn, inspection: inspection).findings(symptom: symptom).diagnoses
  }

  private func first(_ symptom: String, _ log: String, _ files: [String: String] = [:]) -> String? {
    found(symptom, log, files).first { $0.confidence > .possible }?.cause.id
  }

  // MARK: Mounts of the host over an image that others made

  private static func mounted(_ target: String) -> [String: String] {
    [
      "compose.yaml":
        "services:\n  tool:\n    image: team.example/tool:2\n    volumes:\n      - /srv/tool:\(target)\n"
    ]
  }

  @Test(arguments: [
    ("exec: \"/opt/tool/bin\": stat /opt/tool/bin: no such file or directory: unknown", "/opt/tool", true),
    ("tool-1  | Could not open input file: /opt/tool/src/run.php", "/opt/tool", true),
    ("exec: \"/opt/tool/bin\": stat /opt/tool/bin: no such file or directory: unknown", "/data", false),
  ])
  func aFolderOfTheHostOverTheProgramOfAnImage(log: String, target: String, isFound: Bool) {
    #expect((first("exits-immediately", log, Self.mounted(target)) == "volume-shadows-image") == isFound)
  }

  // MARK: A log alone

  private static let alone: [(String, String, String?)] = [
    (
      "exits-immediately",
      "/srv # ldd tool\n\tlibc.so.6 => /lib64/ld-linux-x86-64.so.2 (0x7f01)\n/srv # ./tool\nsh: ./tool: not found",
      "libc-mismatch"
    ),
    // The same list of a machine with glibc.
    ("exits-immediately", "$ ldd tool\n\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x7f01)\n", nil),
    ("exits-immediately", "shop  | Interactive shell\nshop exited with code 0", "interactive-shell-without-tty"),
    ("dependency-not-ready", "panic: dial tcp 127.0.0.1:5432: connect: connection refused", nil),
    (
      "signal-handling",
      "UID  PID  PPID  C STIME TTY TIME CMD\nroot         1     0  0 10:00 ?        00:00:00 /bin/bash /start.sh",
      "entrypoint-script-without-exec"
    ),
    ("signal-handling", "root        17     1  0 10:00 ?        00:00:00 /bin/bash /start.sh", nil),
    (
      "signal-handling",
      "UID  PID  PPID  C STIME TTY TIME CMD\nroot         1     0  0 10:00 ?        00:00:00 npm start",
      "package-manager-as-pid1"
    ),
    ("signal-handling", "root        17     1  0 10:00 ?        00:00:00 npm start", nil),
    (
      "module-download",
      "[ERROR] Blocked mirror for repositories: [old (http://repo.example/maven, default, releases)]",
      "proxy-unreachable"
    ),
    (
      "module-download",
      "    - Root composer.json requires PHP extension ext-intl * but it is missing from your system.",
      "dependency-version-conflict"
    ),
  ]

  @Test(arguments: alone)
  func whatALogShowsAlone(symptom: String, log: String, cause: String?) {
    #expect(first(symptom, log) == cause)
  }

  // MARK: Names, directories and programs that a log or a file names

  @Test(arguments: [("bridge", true), ("default", false)])
  func aNameOfAnotherNetworkThatOnlyTheLogAsksFor(mode: String, isFound: Bool) {
    let own = mode == "bridge" ? "    network_mode: bridge\n" : ""
    let files = [
      "compose.yaml": """
      services:
        gate:
          image: team.example/gate:2
      \(own)  stock:
          image: team.example/stock:3

      """
    ]
    let log = "gate-1  | dial tcp: lookup stock on 192.0.2.1:53: no such host"
    #expect((first("dependency-not-ready", log, files) == "services-on-separate-networks") == isFound)
  }

  @Test(arguments: [
    ("COPY pages/ assets/ ./", "copy-destination-not-a-directory"),
    ("COPY assets/ ./assets/", "missing-runtime-file"),
  ])
  func twoDirectoriesInOneAreNoForgottenFile(copy: String, cause: String) {
    let files = [
      "Dockerfile":
        "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/shop .\n\n"
        + "FROM debian:bookworm-slim\nWORKDIR /app\nCOPY --from=build /out/shop .\n\(copy)\nCMD [\"./shop\"]\n",
      "go.mod": "module shop.example/shop\n\ngo 1.24\n",
      "main.go": """
      package main

      import (
      \t"html/template"
      \t"log"
      \t"net/http"
      )

      var pages = template.Must(template.ParseGlob("pages/*"))

      func main() {
      \tlog.Fatal(http.ListenAndServe(":8080", nil))
      }

      """,
      "pages/index.html": "<p>shop</p>\n", "assets/shop.css": "p { margin: 0 }\n",
    ]
    let log = "panic: html/template: pattern matches no files: `pages/*`"
    #expect(first("exits-immediately", log, files) == cause)
  }

  @Test func whatAPublicImageStartsItselfLiesInIt() {
    let files = ["compose.yaml": "services:\n  gate:\n    image: traefik:v3.3\n    command: --providers.docker\n"]
    #expect(first("exits-immediately", "", files) != "command-not-found-at-path")
  }

  // MARK: What is only possible

  private func firstOfAll(_ symptom: String, _ log: String, _ files: [String: String] = [:]) -> String? {
    found(symptom, log, files).first?.cause.id
  }

  /// Without a service nobody knows where the log is from: it may be a program of the host.
  @Test func aRefusedLocalhostIsPossibleWithoutAnyContainer() {
    let log = "dial tcp 127.0.0.1:6379: connect: connection refused\n"
    #expect(firstOfAll("dependency-not-ready", log) == "localhost-between-containers")
  }

  @Test(arguments: [("PORT", true), ("SSH_PORT", false), ("PUBLIC_PORT", false)])
  func aProgramThatIsToldThePortOfTheHost(name: String, isFound: Bool) {
    let files = [
      "compose.yaml":
        "services:\n  web:\n    image: team.example/web:1\n    environment:\n      \(name): 3002\n    ports: [\"3002:8080\"]\n"
    ]
    let cause = firstOfAll(
      "port-unreachable", "$ curl http://localhost:3002\ncurl: (52) Empty reply from server\n", files)
    #expect((cause == "port-mapping-mismatch") == isFound)
  }

  // MARK: Modules of one's own server

  @Test(arguments: [
    ("git.team.example", "private-module-auth"), ("gitlab.com", "dependency-version-conflict"),
    ("modules.example", "dependency-version-conflict"),
  ])
  func anUnknownRevisionOfOnesOwnServer(host: String, cause: String) {
    let files = [
      "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n",
      "go.mod": "module a.example/a\n\ngo 1.24\n\nrequire \(host)/team/lib v1.2.0\n",
      "go.sum": "\(host)/team/lib v1.2.0 h1:x=\n\(host)/team/lib v1.2.0/go.mod h1:x=\n",
    ]
    let log = "go: \(host)/team/lib@v1.2.0: reading \(host)/team/lib/go.mod at revision v1.2.0: unknown revision v1.2.0"
    #expect(first("module-download", log, files) == cause)
  }

  // MARK: Programs that only their packages bring

  @Test(arguments: [
    ("flask==3.0.0\n", "missing-interpreter"), ("flask==3.0.0\ngunicorn==22.0.0\n", "missing-interpreter"),
  ])
  func aServerThatIsNotInstalled(requirements: String, cause: String) {
    let files = [
      "Dockerfile":
        "FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY app.py .\nCMD gunicorn app:app\n",
      "requirements.txt": requirements, "app.py": "app = None\n",
    ]
    #expect(first("exits-immediately", "/bin/sh: 1: gunicorn: not found\nweb-1 exited with code 127", files) == cause)
  }
}
