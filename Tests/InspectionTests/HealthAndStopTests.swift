import Inspection
import Testing

/// Health checks, limits, stop signals and grace periods.
@Suite struct HealthAndStopTests {
  private func image(_ line: String, base: String = "debian:bookworm-slim") -> Facts {
    Facts(["Dockerfile": "FROM \(base)\nCOPY app /\nENV PORT=9000\n\(line)\nCMD [\"/app\"]\n", "app": ""])
  }

  private func compose(_ lines: String, base: String = "debian:bookworm-slim") -> Facts {
    Facts([
      "Dockerfile": "FROM \(base)\nCOPY app /\nCMD [\"/app\"]\n", "app": "",
      "compose.yaml": "services:\n  web:\n    build: .\n\(lines)",
    ])
  }

  // MARK: Health checks

  @Test(arguments: [
    (
      "HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1",
      ["shell", "curl", "no", "localhost", "8080", "/health"]
    ),
    ("HEALTHCHECK CMD [\"curl\", \"-f\", \"http://127.0.0.1/\"]", ["exec", "curl", "no", "127.0.0.1", "80", "/"]),
    (
      "RUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl localhost:8080",
      ["shell", "curl", "yes", "localhost", "8080", ""]
    ),
    ("HEALTHCHECK CMD curl -f http://localhost:${PORT}/", ["shell", "curl", "no", "localhost", "9000", "/"]),
    ("HEALTHCHECK CMD nc -z localhost 6379", ["shell", "nc", "no", "localhost", "6379", "?"]),
    ("HEALTHCHECK CMD [\"/app\", \"--check\"]", ["exec", "/app", "yes", "?", "?", "?"]),
  ])
  func whatACheckAsks(line: String, expected: [String]) {
    #expect(image(line).rows("healthcheck", "form", "tool", "has-tool", "host", "port", "path") == [expected])
  }

  @Test(arguments: ["alpine:3.20", "alpine:3.20.1"])
  func busyboxHasWgetAndNoCurl(base: String) {
    #expect(image("HEALTHCHECK CMD wget -q localhost:80", base: base).rows("healthcheck", "has-tool") == [["yes"]])
    #expect(image("HEALTHCHECK CMD curl localhost:80", base: base).rows("healthcheck", "has-tool") == [["no"]])
  }

  @Test func ofAnUnknownImageNobodyKnowsTheTools() {
    let facts = image("HEALTHCHECK CMD curl localhost:80", base: "registry.example/base:1")
    #expect(facts.rows("healthcheck", "has-tool") == [["?"]])
  }

  @Test func anEmptyImageHasNoShellForTheCheck() {
    #expect(image("HEALTHCHECK CMD curl localhost:80", base: "scratch").rows("healthcheck", "has-tool") == [["no"]])
  }

  @Test(arguments: [
    // The defaults of the engine: 30 s, 30 s, none, 3 times.
    ("HEALTHCHECK CMD true", ["30s", "30s", "0s", "3", "90s"]),
    ("HEALTHCHECK --interval=5s --timeout=2s --start-period=1m --retries=2 CMD true", ["5s", "2s", "60s", "2", "70s"]),
    ("HEALTHCHECK --interval=500ms CMD true", ["500ms", "30s", "0s", "3", "1500ms"]),
  ])
  func howPatientACheckIs(line: String, expected: [String]) {
    let rows = image(line).rows("healthcheck", "interval", "timeout", "start-period", "retries", "patience")
    #expect(rows == [expected])
  }

  @Test(arguments: [
    ("[\"CMD\", \"curl\", \"-f\", \"http://localhost\", \"||\", \"exit\", \"1\"]", "operators"),
    ("[\"CMD\", \"curl -f http://localhost\"]", "one-word"),
    ("[\"CMD-SHELL\", \"curl\", \"localhost\"]", "extra-words"),
    ("[\"CMD-SHELL\", \"curl localhost || exit 1\"]", "none"), ("curl localhost || exit 1", "none"),
    ("[\"CMD\", \"curl\", \"localhost\"]", "none"),
  ])
  func formsThatFail(test: String, flaw: String) {
    #expect(compose("    healthcheck:\n      test: \(test)\n").rows("healthcheck", "flaw") == [[flaw]])
  }

  @Test(arguments: [
    ("    healthcheck:\n      disable: true\n", "yes"), ("    healthcheck:\n      test: [NONE]\n", "yes"),
    ("    healthcheck:\n      interval: 5s\n", "no"), ("", "no"),
  ])
  func composeMaySwitchItOff(lines: String, disabled: String) {
    let facts = Facts([
      "Dockerfile": "FROM alpine:3.20\nHEALTHCHECK CMD true\n",
      "compose.yaml": "services:\n  web:\n    build: .\n\(lines)",
    ])
    #expect(facts.rows("healthcheck", "disabled") == [[disabled]])
  }

  @Test func composeKeepsTheTestOfTheImageAndSetsItsTimes() {
    let facts = Facts([
      "Dockerfile": "FROM alpine:3.20\nHEALTHCHECK --interval=7s CMD wget localhost:81\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    healthcheck:\n      start_period: 20s\n",
    ])
    #expect(facts.rows("healthcheck", "tool", "port", "interval", "start-period") == [["wget", "81", "7s", "20s"]])
  }

  @Test(arguments: [("port", "8080"), ("host", "localhost")])
  func partsOfACheckAreUnderlined(column: String, text: String) {
    #expect(image("HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1").texts("healthcheck", column) == [text])
    let lines = "    healthcheck:\n      test: [\"CMD\", \"curl\", \"http://localhost:8080/\"]\n"
    #expect(compose(lines).texts("healthcheck", column) == [text])
  }

  private static let strangeChecks: [String] = [
    "      retries: 9223372036854775807\n      interval: 1h\n",
    "      retries: 9223372036854\n      interval: 1ms\n      start_period: 2000000h\n",
    "      retries: -9223372036854775808\n      interval: 30s\n      start_period: 30s\n",
    "      interval: 99999999999999999999h\n",
    "      test: [\"CMD-SHELL\", \"" + String(repeating: "( ", count: 20_000) + "\"]\n",
    "      test: [\"CMD\", \"curl\", \"" + String(repeating: "http://", count: 20_000) + "\"]\n",
  ]

  @Test(arguments: strangeChecks)
  func strangeChecksEnd(lines: String) {
    let facts = compose(
      "    healthcheck:\n      test: [CMD, \"true\"]\n\(lines)".replacing(
        "test: [CMD, \"true\"]\n      test", with: "test"))
    #expect(facts.result.facts.misfits == [])
  }

  // MARK: Stopping

  @Test(arguments: [
    ("", ["SIGTERM", "default"]), ("STOPSIGNAL SIGINT", ["SIGINT", "dockerfile"]),
    ("STOPSIGNAL 3", ["SIGQUIT", "dockerfile"]),
    ("STOPSIGNAL quit", ["SIGQUIT", "dockerfile"]),
  ])
  func signalsOfADockerfile(line: String, expected: [String]) {
    #expect(image(line).rows("stop", "signal", "written") == [expected])
  }

  @Test(arguments: [
    ("    stop_signal: SIGUSR1\n", ["SIGUSR1", "compose", "10", "no"]),
    ("    stop_grace_period: 1m30s\n", ["SIGTERM", "default", "90", "yes"]),
    ("    stop_grace_period: 500ms\n", ["SIGTERM", "default", "0.5", "yes"]),
    ("", ["SIGTERM", "default", "10", "no"]),
  ])
  func composeSaysHowToStop(lines: String, expected: [String]) {
    #expect(compose(lines).rows("stop", "signal", "written", "grace", "given") == [expected])
  }

  @Test func theImageMayHaveASignalOfItsOwn() {
    let facts = Facts(["compose.yaml": "services:\n  db:\n    image: postgres:17\n"])
    #expect(facts.rows("stop", "signal", "written") == [["SIGINT", "image"]])
  }

  @Test func anUnknownImageMayStopOnAnything() {
    let facts = Facts(["compose.yaml": "services:\n  db:\n    image: registry.example/db:1\n"])
    #expect(facts.rows("stop", "signal") == [["?"]])
  }

  @Test(arguments: [
    ("docker run --stop-timeout 30 --stop-signal INT web", ["SIGINT", "30", "yes"]),
    ("docker run web", ["SIGTERM", "10", "no"]),
    ("docker run --name web web && docker stop -t 2 web", ["SIGTERM", "2", "yes"]),
  ])
  func commandsSayHowToStop(command: String, expected: [String]) {
    let facts = Facts(["Dockerfile": "FROM alpine:3.20\nCMD [\"/app\"]\n"]) { $0.commands = [command] }
    #expect(facts.rows("stop", "signal", "grace", "given") == [expected])
  }

  private static let strangeGracePeriods: [String] = [
    "-5e30", "1e400", "nan", "-1s", "99999999999999999999s", "\"\"", "[]", "{a: b}",
  ]

  @Test(arguments: strangeGracePeriods)
  func strangeGracePeriodsEnd(text: String) {
    #expect(compose("    stop_grace_period: \(text)\n").result.facts.misfits == [])
  }

  // MARK: Limits

  @Test(arguments: [
    ("    mem_limit: 64m\n", "64m"), ("    deploy:\n      resources:\n        limits:\n          memory: 64M\n", "64M"),
  ])
  func memoryOfCompose(lines: String, written: String) {
    let facts = compose(lines)
    #expect(facts.texts("limits", "memory") == [written])
    #expect(facts.rows("limits", "memory").first?.first.map { [written, "67108864"].contains($0) } == true)
  }

  @Test func memoryOfACommandLine() {
    let facts = Facts([:]) { $0.commands = ["docker run -m 64m nginx:1.27"] }
    #expect(facts.rows("limits", "memory") == [["64m"]])
    #expect(Facts([:]) { $0.commands = ["docker run nginx:1.27"] }.rows("limits", "memory").isEmpty)
  }

  @Test(arguments: [
    ("    platform: linux/arm64\n", ["arm64", "compose"]), ("    platform: linux/arm64/v8\n", ["arm64", "compose"]),
    ("", ["amd64", "default"]),
  ])
  func theProcessor(lines: String, expected: [String]) {
    #expect(compose(lines).rows("platform", "architecture", "by") == [expected])
  }
}
