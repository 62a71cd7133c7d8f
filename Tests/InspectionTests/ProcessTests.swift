import Inspection
import Testing

/// What runs as PID 1, and what below it.
@Suite struct ProcessTests {
  @Test(arguments: [
    ("debian:bookworm-slim", "CMD ./app --fast", [["sh", "yes", "no"], ["program", "no", "?"]]),
    ("debian:bookworm-slim", "CMD exec ./app", [["sh", "yes", "yes"], ["program", "yes", "?"]]),
    ("alpine:3.20", "CMD ./app", [["sh", "yes", "yes"], ["program", "yes", "?"]]),
    ("alpine:3.20", "CMD cd /srv && ./app", [["sh", "yes", "yes"], ["program", "yes", "?"]]),
    ("alpine:3.20", "CMD ./app | tee log", [["sh", "yes", "no"], ["program", "no", "?"]]),
    ("alpine:3.20", "CMD [\"./app\"]", [["program", "yes", "?"]]),
    ("alpine:3.20", "ENTRYPOINT [\"tini\", \"--\", \"./app\"]", [["init", "yes", "no"], ["program", "no", "?"]]),
    (
      "alpine:3.20", "ENTRYPOINT [\"/start.sh\"]\nCMD [\"./app\"]",
      [["script", "yes", "yes"], ["program", "yes", "?"]]
    ),
    ("alpine:3.20", "ENTRYPOINT [\"/child.sh\"]", [["script", "yes", "no"], ["program", "no", "?"]]),
    ("node:22", "CMD [\"npm\", \"start\"]", [["script", "yes", "yes"], ["runner", "yes", "no"]]),
  ])
  func layers(base: String, command: String, expected: [[String]]) {
    let facts = Facts([
      "Dockerfile": "FROM \(base)\nCOPY start.sh child.sh /\n\(command)\n",
      "start.sh": "#!/bin/sh\nset -e\nexec \"$@\"\n",
      "child.sh": "#!/bin/sh\n./app\n",
    ])
    #expect(facts.rows("process", "layer", "pid1", "replaced") == expected)
  }

  @Test func composeReplacesTheCommand() {
    let facts = Facts([
      "Dockerfile": "FROM alpine\nCMD [\"./app\"]\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    init: true\n    command: [\"./app\", \"migrate\"]\n",
    ])
    #expect(facts.rows("process", "service", "pid1", "arguments", "origin") == [["web", "no", "migrate", "compose"]])
    #expect(facts.texts("process", "program") == ["\"./app\""] || facts.texts("process", "program") == ["./app"])
  }

  @Test func pastedCommandsAreServices() {
    let facts = Facts(["Dockerfile": "FROM alpine\nEXPOSE 80\nCMD [\"./app\"]\n"]) {
      $0.commands = ["docker run -d --name shop -p 127.0.0.1:8080:80/tcp -e MODE=fast --network host web ./app serve"]
    }
    #expect(facts.rows("service", "service", "by") == [["shop", "command"]])
    #expect(
      facts.rows("publishes", "host-address", "host", "container", "protocol") == [["127.0.0.1", "8080", "80", "tcp"]])
    #expect(facts.rows("sets", "name", "value").contains(["MODE", "fast"]))
    #expect(facts.rows("network", "mode") == [["host"]])
    #expect(facts.rows("process", "arguments") == [["serve"]])
  }
}
