import Foundation
import Testing

/// What `--container`, `--live` and `doctor` do with a docker that is not as it should be.
@Suite struct EngineCommandTests {
  /// A project, and a `docker` on PATH that runs this script.
  private func run(_ arguments: [String], docker script: String, input: String = "") throws -> Drydock.Outcome {
    let scratch = try Scratch([
      "Dockerfile": "FROM alpine:3.20\nCMD [\"sleep\", \"1\"]\n", "bin/docker": "#!/bin/sh\n\(script)\n",
    ])
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path + "/bin/docker")
    return try Drydock.run(
      arguments, input: input, in: scratch.folder,
      environment: ["PATH": scratch.path + "/bin:/usr/bin:/bin", "HOME": "/home/jane"])
  }

  private static let absent =
    "echo 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?' >&2; exit 1"

  @Test(arguments: [["--container", "web"], ["--live"]])
  func noEngineIsNoError(_ arguments: [String]) throws {
    let outcome = try run(["report", ".", "--language", "en"] + arguments, docker: Self.absent)
    #expect(outcome.status == 0)
    #expect(outcome.errors.hasPrefix("$ docker "))
    #expect(outcome.output.contains("no container engine answers"))
  }

  @Test func nothingButAContainerThatNobodyKnows() throws {
    let scratch = try Scratch([
      "bin/docker": "#!/bin/sh\necho 'Error: No such container: web' >&2; exit 1\n", "empty/x": "",
    ])
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path + "/bin/docker")
    let outcome = try Drydock.run(
      ["report", "empty", "--container", "web"], in: scratch.folder,
      environment: ["PATH": scratch.path + "/bin:/usr/bin:/bin"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("No such container: web"))
  }

  @Test func namesAreNoShellLines() throws {
    let outcome = try run(["report", ".", "--container", "x; touch pwned"], docker: "touch called")
    #expect(outcome.status == 0)
    #expect(!outcome.errors.contains("$ docker"))
  }

  @Test func oneProjectAtATime() throws {
    #expect(try run(["report", ".", "--recursive", "--live"], docker: "exit 1").status == 64)
  }

  @Test func theDoctorSaysWhatToType() throws {
    let outcome = try run(["doctor", "--language", "en", "--color", "never"], docker: Self.absent)
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("✗"))
    let json = try run(["doctor", "--format", "json"], docker: Self.absent)
    let value = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let checks = try #require(value?["checks"] as? [[String: Any]])
    #expect(
      checks.filter { $0["level"] as? String != "good" }.allSatisfy { ($0["next"] as? [String])?.isEmpty == false })
    let chinese = try run(["doctor", "--language", "zh"], docker: Self.absent).output
    #expect(chinese.contains("docker 命令不能正常工作"))
  }

  @Test func theBundleHoldsNoSecrets() throws {
    let scratch = try Scratch([
      "Dockerfile": "FROM alpine:3.20\nENV API_TOKEN=hunter2hunter2\nCMD [\"sleep\", \"1\"]\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    environment:\n      DB_PASSWORD: hunter2hunter2\n",
    ])
    let outcome = try Drydock.run(["doctor", "--bundle"], in: scratch.folder, environment: ["HOME": "/home/jane"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("### Dockerfile"))
    #expect(outcome.output.contains("### compose.yaml"))
    #expect(outcome.output.contains("drydock report"))
    #expect(!outcome.output.contains("hunter2"))
  }

  @Test func theSessionAsksAndSaysWhatCame() throws {
    let outcome = try run(
      ["session", ".", "--plain", "--language", "en", "--symptom", "port-unreachable"], docker: Self.absent,
      input: "r\nq\n")
    #expect(outcome.output.contains("$ docker ps --all"))
    #expect(outcome.output.contains("no container engine answers"))
  }
}
