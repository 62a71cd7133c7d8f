import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whoever is killed while writing leaves the old bytes or the new ones, and a way back.
@Suite struct KillTests {
  private static let old = ReportTests.tutorial

  /// A linear congruential generator, so that a failure comes again.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }

  private func start(_ scratch: Scratch) throws -> Process {
    let process = Process()
    process.executableURL = Drydock.program
    process.arguments = ["fix", "--apply"]
    process.currentDirectoryURL = scratch.folder.appendingPathComponent("project")
    process.environment = ["PATH": "/usr/bin:/bin", "XDG_STATE_HOME": scratch.path + "/state"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func project() throws -> Scratch {
    try Scratch(Dictionary(uniqueKeysWithValues: Self.old.map { ("project/" + $0.key, $0.value) }))
  }

  private func dockerfile(_ scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appendingPathComponent("project/Dockerfile"), encoding: .utf8)
  }

  @Test func oldBytesOrNewOnes() throws {
    // Once undisturbed, to know the new bytes and how long it takes.
    let whole = try project()
    let clock = ContinuousClock()
    let time = try clock.measure { try start(whole).waitUntilExit() }
    let old = Self.old["Dockerfile"] ?? ""
    let new = try dockerfile(whole)
    #expect(new != old)
    var generator = Generator(state: 20_240_229)
    var seen: Set<String> = []
    for _ in 0..<24 {
      let scratch = try project()
      let process = try start(scratch)
      // Mostly late, where files are written.
      let share = Double.random(in: 0.5...1.1, using: &generator)
      usleep(UInt32(max(0, (time / .microseconds(1)) * share)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let now = try dockerfile(scratch)
      #expect(now == old || now == new)
      seen.insert(now)
      // Whatever was written can be taken back; where nothing was, there may be nothing to take back.
      _ = try Drydock.run(
        ["undo"], in: scratch.folder.appendingPathComponent("project"),
        environment: ["XDG_STATE_HOME": scratch.path + "/state"])
      #expect(try dockerfile(scratch) == old)
    }
    #expect(!seen.isEmpty)
  }
}
