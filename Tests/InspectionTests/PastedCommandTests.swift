import Inspection
import Knowledge
import KnowledgeData
import Testing

/// Commands that people type, paste or write into scripts: they become services, builds, mounts, users.
@Suite struct PastedCommandTests {
  private func run(_ command: String, _ files: [String: String] = [:]) -> Facts {
    Facts(files) { $0.commands = [command] }
  }

  private func log(_ text: String, _ files: [String: String] = [:]) -> Facts {
    Facts(files) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array(text.utf8))
      request.log = reader
    }
  }

  @Test(arguments: [
    "docker run --name shop nginx:1.27", "docker container run --name=shop nginx:1.27",
    "sudo docker run --name shop nginx:1.27",
    "sudo -E docker run --name shop nginx:1.27", "podman run --name shop nginx:1.27",
    "docker create --name shop nginx:1.27",
    "docker service create --name shop nginx:1.27", "/usr/bin/docker run -d --name shop nginx:1.27",
    "winpty docker run -it --name shop nginx:1.27",
    "docker --context far run --name shop nginx:1.27", "docker -H tcp://far:2375 run --name shop nginx:1.27",
    "DOCKER_HOST=x docker run --name shop nginx:1.27", "docker run \\\n  --name shop \\\n  nginx:1.27",
    "docker run --rm -it --init --name 'shop' \"nginx:1.27\"", "cd /srv && docker run --name shop nginx:1.27",
    "docker run --pull always --cpus 2 --ulimit nofile=1:1 --gpus all --restart always --name shop nginx:1.27",
  ])
  func aServiceHoweverItIsTyped(command: String) {
    let facts = run(command)
    #expect(facts.rows("service", "service", "by") == [["shop", "command"]])
    #expect(facts.rows("exposes", "port") == [["80"]])
  }

  @Test(arguments: [
    "docker ps", "docker stop shop", "docker exec -it shop sh", "docker logs -f shop", "docker", "docker run",
    "docker run --name", "docker run -p",
    "echo docker run nginx:1.27", "# docker run nginx:1.27", "docker run --rm nginx:1.27 ls /etc",
    "docker rm -f $(docker ps -aq)", "docker run $IMAGE",
    "docker --context", "sudo", "sudo -u",
  ])
  func whatStartsNoService(command: String) {
    #expect(run(command).rows("service", "service").isEmpty)
  }

  @Test func theSwitchesOfACommand() {
    let facts = run(
      "docker run -it --init --restart unless-stopped -u 1000:1000 -w /data -m 64m nginx:1.27 nginx -g 'daemon off;'")
    #expect(
      facts.rows("service", "restart", "init", "tty", "stdin", "user") == [
        ["unless-stopped", "yes", "yes", "yes", "other"]
      ])
    #expect(facts.rows("user", "name", "group", "root", "from") == [["1000", "1000", "no", "command"]])
    #expect(facts.rows("limits", "memory") == [["64m"]])
    #expect(facts.rows("process", "arguments").last == ["-g daemon off;"])
  }

  @Test(arguments: [
    ("-v ./site:/srv:ro", ["bind", "./site", "directory", "/srv", "ro", "yes"]),
    ("-v data:/data", ["volume", "data", "unknown", "/data", "rw", "yes"]),
    ("-v /data", ["anonymous", "", "unknown", "/data", "rw", "yes"]),
    ("--volume=./gone:/srv", ["bind", "./gone", "unknown", "/srv", "rw", "yes"]),
    ("--mount type=bind,source=./site,target=/srv,readonly", ["bind", "./site", "directory", "/srv", "ro", "no"]),
    ("--mount type=volume,src=data,dst=/data", ["volume", "data", "unknown", "/data", "rw", "no"]),
    ("--mount type=tmpfs,destination=/tmp", ["tmpfs", "", "unknown", "/tmp", "rw", "no"]),
    ("--tmpfs /tmp:size=1m", ["tmpfs", "", "unknown", "/tmp", "rw", "yes"]),
  ])
  func mountsOfACommand(option: String, expected: [String]) {
    let facts = run("docker run \(option) nginx:1.27", ["site/index.html": ""])
    #expect(facts.rows("mounts", "kind", "source", "exists", "target", "mode", "makes") == [expected])
  }

  @Test(arguments: [
    ("docker build -t web .", ["Dockerfile", ".", "?"]),
    ("docker build -f docker/web.Dockerfile .", ["docker/web.Dockerfile", ".", "?"]),
    ("docker build -fdocker/web.Dockerfile .", ["docker/web.Dockerfile", ".", "?"]),
    ("docker buildx build --target base --load .", ["Dockerfile", ".", "base"]),
    (
      "docker buildx --builder fast build --file=docker/web.Dockerfile --target base .",
      ["docker/web.Dockerfile", ".", "base"]
    ),
    ("docker image build --no-cache --progress plain -t web sub", ["sub/Dockerfile", "sub", "?"]),
    ("docker build . -t web -q", ["Dockerfile", ".", "?"]),
    ("DOCKER_BUILDKIT=1 docker build .", ["Dockerfile", ".", "?"]),
  ])
  func buildsOfACommand(command: String, expected: [String]) {
    let text = "FROM alpine:3.20 AS base\nFROM base\n"
    let facts = run(command, ["Dockerfile": text, "docker/web.Dockerfile": text, "sub/Dockerfile": text])
    let rows = facts.rows("build", "dockerfile", "context", "target", "by").filter { $0[3] == "command" }
    #expect(rows.map { Array($0.prefix(3)) }.map { [$0[0], $0[1], $0[2].isEmpty ? "?" : $0[2]] } == [expected])
  }

  @Test(arguments: [
    ("--build-arg V=2", ["V", "2"]), ("--build-arg=V=2", ["V", "2"]), ("--build-arg \"V=a b\"", ["V", "a b"]),
    ("--build-arg V=", ["V", ""]),
  ])
  func argumentsOfABuild(option: String, expected: [String]) {
    let facts = run("docker build \(option) .", ["Dockerfile": "ARG V=1\nFROM alpine:3.20\nARG V\nRUN echo $V\n"])
    #expect(facts.rows("passes", "name", "value") == [expected])
    #expect(facts.rows("variable", "name", "value").contains(expected))
  }

  // MARK: Where they stand

  private static let dockerfile = ["Dockerfile": "FROM alpine:3.20\nCMD [\"/app\"]\n"]

  @Test(arguments: [
    ("Makefile", "run:\n\tdocker run -p 8080:80 web\n"), ("Makefile", "run:\n\t@-docker run \\\n\t  -p 8080:80 web\n"),
    ("scripts/run.sh", "#!/bin/sh\nset -e\ndocker run -p 8080:80 web\n"),
    ("build.mk", "run:\n\tdocker run -p 8080:80 web\n"),
  ])
  func filesWithCommands(path: String, text: String) throws {
    let facts = Facts(Self.dockerfile.merging([path: text]) { _, new in new })
    #expect(facts.rows("publishes", "host", "container") == [["8080", "80"]])
    #expect(facts.texts("publishes", "host") == ["8080"])
  }

  @Test(arguments: [
    ("Makefile", "# docker run -p 8080:80 web\n"), ("README.md", "    docker run -p 8080:80 web\n"),
    ("notes.txt", "docker run -p 8080:80 web\n"),
  ])
  func filesThatNobodyRuns(path: String, text: String) {
    #expect(Facts(Self.dockerfile.merging([path: text]) { _, new in new }).rows("publishes", "host").isEmpty)
  }

  @Test func linesOfATranscriptGoOn() {
    let facts = log("$ docker run \\\n>   -p 8080:80 \\\n>   nginx:1.27\nhello\n")
    #expect(facts.rows("publishes", "host", "container") == [["8080", "80"]])
  }

  @Test func composeRunPublishesNothing() {
    let files = ["compose.yaml": "services:\n  web:\n    image: nginx:1.27\n    ports: [\"8080:80\"]\n"]
    #expect(run("docker compose run web", files).rows("service", "ran") == [["run"]])
    #expect(run("docker compose run --service-ports web", files).rows("service", "ran") == [["unknown"]])
    #expect(run("docker-compose -f compose.yaml run --rm web sh", files).rows("service", "ran") == [["run"]])
    #expect(run("docker compose up -d", files).rows("service", "ran") == [["unknown"]])
  }

  @Test func theFilesThatACommandNamesAreLoaded() {
    let files = [
      "compose.yaml": "services:\n  web:\n    image: nginx:1.27\n",
      "prod.yaml": "services:\n  web:\n    image: nginx:1.26\n    init: true\n",
    ]
    #expect(
      run("docker compose -f compose.yaml -f prod.yaml up", files).rows("service", "image", "init") == [
        ["nginx:1.26", "yes"]
      ])
    #expect(run("docker compose up", files).rows("service", "image", "init") == [["nginx:1.27", "no"]])
  }

  // MARK: Logs

  @Test(arguments: [
    ("exec /app: no such file or directory", ["exec-not-found", "path", "/app"]),
    ("exec /app: exec format error", ["exec-format", "path", "/app"]),
    ("docker: unable to find user ann: no matching entries in passwd file", ["unknown-user", "user", "ann"]),
    ("listen tcp :80: bind: permission denied", ["bind-denied", "port", "80"]),
  ])
  func linesThatSaySomething(line: String, expected: [String]) {
    let rows = log(line + "\n").rows("observed", "kind", expected[1])
    #expect(rows.contains([expected[0], expected[2]]), "\(rows)")
  }

  @Test(arguments: ["all is well", "", "\u{1B}[0m", "exec", "unable to find", "permission"])
  func linesThatSayNothing(line: String) {
    #expect(log(line + "\n").rows("observed", "kind").isEmpty)
  }

  @Test func coloursAndLineEndingsDoNotMatter() {
    let plain = log("exec /app: exec format error\n").rows("observed", "kind", "path")
    #expect(Set(plain) == [["exec-format", "/app"]])
    for text in [
      "\u{1B}[31mexec /app: exec format error\u{1B}[0m\r\n", "web-1  | exec /app: exec format error\n",
      "exec /app: exec format error",
    ] {
      #expect(log(text).rows("observed", "kind", "path") == plain, "\(text)")
    }
  }

  @Test(arguments: [1, 2, 3, 7, 64])
  func piecesOfALogAreOneLog(size: Int) {
    let text = Array("one\nexec /app: exec format error\r\n$ docker run -p 8080:80 nginx:1.27\ntwo".utf8)
    let facts = Facts([:]) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      for start in stride(from: 0, to: text.count, by: size) {
        reader.read(Array(text[start..<min(start + size, text.count)]))
      }
      request.log = reader
    }
    #expect(Set(facts.rows("observed", "kind")) == [["exec-format"]])
    #expect(facts.rows("publishes", "host") == [["8080"]])
  }

  @Test func aContainersExitCode() {
    let facts = Facts([:]) { $0.exitCode = 137 }
    #expect(facts.rows("observed", "kind", "code") == [["exited", "137"]])
  }

  private static let strangeLogs: [String] = [
    String(repeating: "exec /app: no such file or directory\n", count: 1_000),
    String(repeating: "x", count: 200_000),
    String(repeating: "$ docker run \\\n", count: 2_000),
    String(repeating: "$ docker run -p 80:80 nginx\n", count: 200), "\u{0}\u{1}\u{1B}[",
    String(repeating: "\u{1B}[", count: 100_000), String(repeating: "Get \"https://", count: 50_000),
    String(repeating: "| ", count: 200_000),
    "$ docker run " + String(repeating: "\"", count: 50_001),
    "$ docker run " + String(repeating: "$(", count: 20_000), "\r\r\r\n\r\n",
  ]

  @Test(
    .timeLimit(.minutes(1)),
    arguments: strangeLogs)
  func strangeLogsEnd(text: String) {
    #expect(log(text).result.facts.misfits == [])
  }
}
