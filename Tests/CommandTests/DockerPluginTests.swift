import Foundation
import Testing

/// drydock as docker runs it: by the name of a plug-in, with all that stood behind `docker`.
@Suite struct DockerPluginTests {
  @Test(arguments: [
    ["drydock"], ["--context", "far", "drydock"], ["-D", "-c", "drydock", "drydock"],
    ["--log-level=debug", "-l", "error", "drydock"],
  ])
  func runsWhatStandsBehindItsName(_ start: [String]) throws {
    let outcome = try Drydock.run(start + ["explain", "137"], as: "docker-drydock")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("SIGKILL"))
  }

  @Test func dockerAsksWhatItIs() throws {
    let outcome = try Drydock.run(["docker-cli-plugin-metadata"], as: "docker-drydock")
    #expect(outcome.output.contains("\"SchemaVersion\": \"0.1.0\""))
    #expect(outcome.status == 0)
  }

  @Test func theContextOfDockerCounts() throws {
    let scratch = try Scratch([
      "bin/docker": "#!/bin/sh\necho \"$DOCKER_CONTEXT $DOCKER_HOST\" > \"${0%/bin/docker}/asked\"\nexit 1\n"
    ])
    let folder = scratch.folder
    let docker = folder.appendingPathComponent("bin/docker").path
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: docker)
    _ = try Drydock.run(
      ["--context", "far", "-H=tcp://10.0.0.1:1", "drydock", "doctor"], as: "docker-drydock", in: folder,
      environment: ["PATH": "\(folder.path)/bin:/usr/bin:/bin"])
    let asked = try String(contentsOf: folder.appendingPathComponent("asked"), encoding: .utf8)
    #expect(asked == "far tcp://10.0.0.1:1\n")
  }

  @Test func underItsOwnNameTheseAreNoOptions() throws {
    #expect(try Drydock.run(["--context", "far", "drydock", "explain", "137"]).status == 64)
  }
}
