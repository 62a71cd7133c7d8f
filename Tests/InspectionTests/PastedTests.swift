import Inspection
import Knowledge
import KnowledgeData
import Testing

/// Half a project, as people paste it: a compose file without its Dockerfiles, commands without a prompt, quoted output.
@Suite struct PastedTests {
  private func facts(_ files: [String: String], log: String) -> Facts {
    Facts(files) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array(log.utf8))
      request.log = reader
    }
  }

  // MARK: Compose

  @Test(arguments: [".", "./api", "../elsewhere", "https://git.example/team/shop.git"])
  func serviceWithoutItsDockerfile(context: String) {
    let facts = Facts([
      "compose.yaml": """
      services:
        api:
          build: \(context)
          ports: ["8080:9000"]
          environment: {DB_URL: "postgres://db:5432/shop"}
        db:
          image: postgres:16
      """
    ])
    #expect(facts.rows("service", "service", "by", "image").contains(["api", "compose", ""]))
    #expect(facts.rows("publishes", "service", "container") == [["api", "9000"]])
    #expect(facts.rows("reaches", "service", "host").contains(["api", "db"]))
    // What it runs is known to nobody.
    #expect(!facts.rows("process", "service").contains(["api"]))
    #expect(!facts.rows("listens", "service").contains(["api"]))
    #expect(!facts.rows("misses", "service").contains(["api"]))
  }

  @Test(arguments: [
    ("PASSWORD=ab$cd3\n", [["cd3", "missing", "text", "dotenv"]]), ("PASSWORD='ab$cd3'\n", []), ("PASSWORD=abcd\n", []),
  ])
  func dollarSignInEnvironmentFile(text: String, expected: [[String]]) {
    let facts = Facts([
      "compose.yaml": "services:\n  db:\n    image: postgres:16\n    environment:\n      - P=${PASSWORD}\n",
      ".env": text,
    ])
    let rows = facts.rows("interpolates", "name", "value", "looks", "key").filter { $0[3] == "dotenv" }
    #expect(rows == expected)
  }

  @Test(arguments: [
    ("ACTION_BASE_URL", true), ("API_URL", true), ("ADVERTISED_URL", false), ("CORS_ORIGIN", false),
    ("KC_HOSTNAME", false),
  ])
  func hostOfTheContainers(name: String, isAsked: Bool) {
    let facts = Facts([
      "compose.yaml":
        "services:\n  web:\n    image: shop/web\n    environment:\n      \(name): http://host.docker.internal:3000\n"
    ])
    #expect(facts.rows("reaches", "host").contains(["host.docker.internal"]) == isAsked)
  }

  // MARK: Commands

  @Test(arguments: [
    "docker run -p 3000:4000 shop/web\n", "sudo docker run -p 3000:4000 shop/web\n",
    "➜  shop git:(main) docker run -p 3000:4000 shop/web\n", "❯ docker run -p 3000:4000 shop/web\n",
    "web:shop me$ docker run -p 3000:4000 shop/web\n", "me@web shop % docker run -p 3000:4000 shop/web\n",
    "PS C:\\shop> docker run -p 3000:4000 shop/web\n", "(venv) me@web:~$ docker run -p 3000:4000 shop/web\n",
    "$ docker run -p 3000:4000 -e \"GREETING=\\\"hi\\\"\" shop/web\n",
  ])
  func command(log: String) {
    #expect(facts([:], log: log).rows("publishes", "host", "container") == [["3000", "4000"]])
  }

  @Test(arguments: [
    "docker run fails with a strange message\n", "When I use docker run -p 3000:4000 shop/web it fails\n",
    "❯ the docker engine is up\n", "➜\n", "docker run -", "d", "sudo ",
  ])
  func noCommand(log: String) {
    #expect(facts([:], log: log).rows("publishes", "host").isEmpty)
  }

  // MARK: Output inside JSON

  @Test(arguments: [
    #"{"log":"could not translate host name \"db\" to address: unknown","stream":"stderr"}"#,
    #"level=error msg="could not translate host name \"db\" to address""#,
    #"caused \\\"could not translate host name \\\"db\\\" to address\\\""#,
    #"could not translate host name "db" to address"#,
  ])
  func quotedOutput(line: String) {
    #expect(facts([:], log: line + "\n").rows("observed", "kind", "host") == [["host-not-found", "db"]])
  }

  @Test func placesOfQuotedOutput() throws {
    let line = #"{"msg":"exec: \"curl\": executable file not found in $PATH"}"#
    let facts = facts([:], log: line + "\n")
    let row = try #require(facts.result.facts.rows("observed").first)
    let place = try #require(facts.result.facts.cell(row, "program").place)
    #expect(Array(line.utf8)[place.range.start..<place.range.end].elementsEqual("curl".utf8))
  }

  // MARK: How it ended

  @Test(arguments: [
    (
      "$ docker stop web\nweb\n$ docker inspect -f '{{.State.ExitCode}}' web\n2\n", "signal-handling",
      [["stopped", "2"]]
    ),
    ("$ docker inspect -f '{{.State.ExitCode}}' web\n2\n", "exits-immediately", [["exited", "2"]]),
    (
      "$ docker stop web\n$ docker ps -a\n0a1b shop \"/app\" Exited (2) 2 seconds ago\n", "signal-handling",
      [["stopped", "2"]]
    ),
    ("$ docker inspect -f '{{.State.Pid}}' web\n2\n", nil, []),
  ])
  func exitCode(log: String, symptom: String?, expected: [[String]]) {
    let facts = facts([:], log: log)
    #expect(facts.result.log.symptom == symptom)
    #expect(facts.rows("observed", "kind", "code") == expected)
  }

  // MARK: The go command

  @Test(arguments: [
    ("golang:1.12-alpine", "", "yes"), ("golang:1.12-alpine", "ENV GOPROXY=https://proxy.golang.org\n", "no"),
    ("golang:1.13-alpine", "", "no"), ("golang:1.12-alpine", "ENV GOFLAGS=-mod=vendor\n", "no"),
  ])
  func compilingClones(image: String, setting: String, expected: String) {
    let facts = Facts([
      "Dockerfile": "FROM \(image)\nWORKDIR /src\n\(setting)COPY . .\nRUN go build -o /app .\n",
      "go.mod": "module shop\n\ngo 1.12\n\nrequire github.com/pkg/errors v0.9.1\n",
      "main.go": "package main\n\nimport _ \"github.com/pkg/errors\"\n\nfunc main() {}\n",
    ])
    #expect(facts.rows("runs", "tool", "by-vcs").filter { $0[0] == "go" } == [["go", expected]])
  }

  @Test(arguments: [("off", "none"), ("auto", "none"), ("on", "missing")])
  func modulesThatAreNotAskedFor(mode: String, expected: String) {
    let facts = Facts([
      "Dockerfile": "FROM golang:1.22\nWORKDIR /src\nCOPY main.go .\nRUN GO111MODULE=\(mode) go build -o /app .\n",
      "main.go": "package main\n\nfunc main() {}\n",
    ])
    #expect(facts.rows("runs", "tool", "manifest").filter { $0[0] == "go" } == [["go", expected]])
  }
}
