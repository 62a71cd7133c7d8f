import Foundation
import KnowledgeData
import Testing

/// Causes reproduced, diagnosed, mended and proven on a real engine.
///
/// They run where DOCKER_HOST names an engine; `.ci/engine` brings one along. Elsewhere they are skipped.
@Suite(.enabled(if: Laboratory.isOpen, "no engine: DOCKER_HOST is not set"), .serialized, .leavesNothing)
struct RealEngineTests {
  /// A cause with the project that has it.
  struct Row: Sendable, CustomTestStringConvertible {
    let cause: String
    /// Below `Projects`; nil for the cause's own fixture in the knowledge base.
    var project: String?
    /// The project as somebody has mended it, where the cure is no edit.
    var fixed: String?
    var symptom: String?
    var environment: [String: String] = [:]
    /// What must have been seen without the fix.
    var seen = ""

    var testDescription: String { project ?? cause }
  }

  /// The first ones are those that matter most, for time may run out.
  static let rows = [
    Row(cause: "libc-mismatch", seen: "ended with status"),
    Row(cause: "listens-on-loopback", seen: "port 8080 refused connections"),
    Row(cause: "shell-form-pid1", seen: "ended with status 137"),
    Row(cause: "manifest-not-copied", seen: "the build of web failed"),
    Row(cause: "dynamic-binary-on-bare-image", seen: "ended with status"),
    Row(cause: "daemonized-main-process", seen: "ended with status 0"),
    Row(cause: "daemonized-main-process", project: "daemonized-nginx", seen: "ended with status 0"),
    Row(
      cause: "one-shot-command", project: "one-shot-command/bad", fixed: "one-shot-command/fixed",
      symptom: "exits-immediately", seen: "ended with status 0"),
    Row(cause: "command-not-found-at-path", seen: "could not be started"),
    Row(cause: "not-executable", project: "not-executable", seen: "could not be started"),
    Row(cause: "crlf-script", seen: "app"),
    Row(cause: "missing-environment-variable", environment: ["LEDGER_KEY": "abc"], seen: "ended with status 1"),
    Row(cause: "unwritable-path-for-user", project: "unwritable-path-for-user", seen: "ended with status 1"),
    Row(cause: "port-not-published", symptom: "port-unreachable", seen: "no port is published"),
    Row(cause: "port-mapping-mismatch", seen: "refused connections"),
    Row(cause: "entrypoint-script-without-exec", seen: "ended with status 137"),
    Row(cause: "no-signal-handler", project: "no-signal-handler", seen: "cut off the open request"),
    Row(cause: "shutdown-not-awaited", project: "shutdown-not-awaited", seen: "cut off the open request"),
    Row(cause: "wrong-build-target", project: "wrong-build-target", seen: "the build of app failed"),
    Row(cause: "excluded-by-dockerignore", seen: "the build of app failed"),
    Row(cause: "volume-shadows-image", project: "volume-shadows-image", seen: "shop"),
    Row(cause: "architecture-mismatch", project: "architecture-mismatch", seen: "api"),
    Row(cause: "toolchain-too-old", project: "toolchain-too-old", seen: "the build of app failed"),
    Row(cause: "start-order-not-declared", project: "start-order-not-declared", seen: "web ended with status 1"),
    Row(cause: "broken-healthcheck", project: "broken-healthcheck", seen: "the health check of web failed"),
    Row(cause: "module-mode-mismatch", seen: "the build of app failed"),
  ]

  @Test(arguments: rows)
  func theFixCures(_ row: Row) throws {
    // A condition of the test itself would be asked only once; time passes while the rows run.
    guard Laboratory.hasTime else {
      say("skipped, for the time for engine tests is over: \(row.testDescription)")
      return
    }
    let project = try Laboratory.project(row.project, of: row.cause)
    if let image = Laboratory.missingImage(of: project) {
      say("skipped, for there is no image \(image): \(row.testDescription)")
      return
    }
    var arguments = [
      "prove", project.path, "--cause", row.cause, "--yes", "--seconds", "3", "--format", "json", "--language", "en",
    ]
    if let symptom = row.symptom { arguments += ["--symptom", symptom] }
    var mended: Scratch?
    if let fixed = row.fixed {
      mended = try Laboratory.project(fixed, of: row.cause)
      arguments += ["--fixed", mended?.path ?? ""]
    }
    let start = Date()
    let outcome = try Program(
      arguments, environment: Laboratory.environment.merging(row.environment) { _, new in new }
    ).wait()
    say("\(outcome.verdict) in \(Int(Date().timeIntervalSince(start))) s: \(row.testDescription)")
    let before = outcome.members["before"] as? [String: Any] ?? [:]
    let after = outcome.members["after"] as? [String: Any] ?? [:]
    #expect(outcome.verdict == "cured", "\(outcome.output)\n\(outcome.errors)")
    #expect(outcome.status == 0)
    #expect((before["reason"] as? String)?.contains(row.seen) == true, "\(before)")
    #expect(before["seen"] as? Bool == true && after["seen"] as? Bool == false)
    #expect((outcome.members["leftovers"] as? [String])?.isEmpty == true)
  }

  /// At once, for who waits for a quarter of an hour wants to see how far it has come, also where the tests are cut off.
  private func say(_ line: String) {
    print(line)
    fflush(nil)
  }

  @Test func aKillInTheMiddleLeavesNothingAfterTheNextRun() throws {
    let project = try Laboratory.project(nil, of: "crlf-script")
    let arguments = ["prove", project.path, "--cause", "crlf-script", "--yes", "--seconds", "2", "--format", "json"]
    let home = try Scratch()
    let environment = Laboratory.environment.merging(["XDG_STATE_HOME": home.path]) { _, new in new }
    let killed = try Program(arguments, environment: environment)
    for _ in 0..<300 where Laboratory.docker("ps", "--all", "--quiet").isEmpty { usleep(100_000) }
    killed.signal(SIGKILL)
    _ = killed.wait()
    #expect(try Program(arguments, environment: environment).wait().verdict == "cured")
    let journals = try? FileManager.default.contentsOfDirectory(atPath: home.path + "/drydock/prove")
    #expect(journals == [])
  }

  @Test func aProjectThatWorksIsNotProvenBroken() throws {
    // The mended project has nothing to prove: the cause is not found, so nothing is run.
    let project = try Laboratory.project("one-shot-command/fixed", of: "one-shot-command")
    let outcome = try Program(
      ["prove", project.path, "--cause", "libc-mismatch", "--yes"], environment: Laboratory.environment
    ).wait()
    #expect(outcome.status == 65)
  }
}

/// What the table has, whether or not an engine is there.
struct RealEngineTableTests {
  /// Causes of the beginner's four failures, and of all that comes after them.
  @Test(arguments: [
    "libc-mismatch", "dynamic-binary-on-bare-image", "daemonized-main-process", "one-shot-command",
    "command-not-found-at-path", "not-executable", "crlf-script", "missing-environment-variable",
    "unwritable-path-for-user", "port-not-published", "listens-on-loopback", "port-mapping-mismatch", "shell-form-pid1",
    "entrypoint-script-without-exec", "no-signal-handler", "shutdown-not-awaited", "wrong-build-target",
    "excluded-by-dockerignore", "volume-shadows-image", "architecture-mismatch", "manifest-not-copied",
    "toolchain-too-old", "module-mode-mismatch",
  ])
  func itHasTheCause(_ cause: String) throws {
    let row = try #require(RealEngineTests.rows.first { $0.cause == cause })
    let project = try Laboratory.project(row.project, of: cause)
    #expect(FileManager.default.enumerator(atPath: project.path)?.nextObject() != nil)
  }

  @Test(arguments: ["exits-immediately", "port-unreachable", "module-download", "signal-handling"])
  func itHasTheSymptom(_ symptom: String) {
    // The first rows are run even where there is little time.
    #expect(
      RealEngineTests.rows.prefix(4).contains { row in
        KnowledgeBase.builtIn.cause(row.cause)?.symptoms.contains { $0.id == symptom } ?? false
      })
  }
}

/// The engine that DOCKER_HOST names, and the projects that are run on it.
enum Laboratory {
  private static let start = Date()
  private static let variables = ProcessInfo.processInfo.environment

  static var isOpen: Bool { variables["DOCKER_HOST"] != nil }

  /// DRYDOCK_ENGINE_SECONDS bounds the table; rows that it leaves no time for are named.
  static var hasTime: Bool {
    guard let limit = variables["DRYDOCK_ENGINE_SECONDS"].flatMap(Double.init) else { return true }
    return Date().timeIntervalSince(start) < limit
  }

  static var environment: [String: String] {
    var environment: [String: String] = [:]
    for name in ["DOCKER_HOST", "DOCKER_BUILDKIT", "DOCKER_CONFIG", "PATH", "HOME"] {
      environment[name] = variables[name]
    }
    return environment
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A copy of a project, with an image of Go whose standard library is compiled already, where `.ci/engine` has made one.
  static func project(_ name: String?, of cause: String) throws -> Scratch {
    let groups = root.appendingPathComponent("knowledge/causes")
    let source =
      try name.map { root.appendingPathComponent("Tests/ProvingTests/Projects/" + $0) }
      ?? FileManager.default.contentsOfDirectory(atPath: groups.path).map {
        groups.appendingPathComponent("\($0)/\(cause)/bad")
      }.first { FileManager.default.fileExists(atPath: $0.path) }
    let scratch = try Scratch()
    guard let source else { return scratch }
    try FileManager.default.removeItem(at: scratch.folder)
    try FileManager.default.copyItem(at: source, to: scratch.folder)
    if let go = variables["DRYDOCK_GO_IMAGE"], FileManager.default.fileExists(atPath: scratch.url("Dockerfile").path) {
      let text = scratch.read("Dockerfile").replacingOccurrences(of: "golang:1.24", with: go)
      try Data(text.utf8).write(to: scratch.url("Dockerfile"))
    }
    return scratch
  }

  /// An image that a project starts from, and that the engine has not; nil where it has all of them.
  static func missingImage(of project: Scratch) -> String? {
    let files = FileManager.default.enumerator(atPath: project.path)?.compactMap { $0 as? String } ?? []
    let names = files.filter { $0.hasSuffix("ockerfile") || $0.hasSuffix(".yaml") }.flatMap { file in
      project.read(file).split(separator: "\n").compactMap { line -> String? in
        let words = line.split(separator: " ").filter { !$0.hasPrefix("--") }.map(String.init)
        return words.count > 1 && ["FROM", "image:"].contains(words[0]) ? words[1] : nil
      }
    }
    return names.first { ($0.contains(":") || $0.contains("/")) && docker("image", "inspect", $0) == ["[]"] }
  }

  /// The lines of an answer, sorted.
  static func docker(_ arguments: String...) -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["docker"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [] }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
  }

  /// Everything that an engine holds.
  static var inventory: [String] {
    docker("ps", "--all", "--no-trunc", "--format", "container {{.Names}}")
      + docker("network", "ls", "--format", "network {{.Name}}")
      + docker("volume", "ls", "--format", "volume {{.Name}}")
      + docker("images", "--all", "--no-trunc", "--format", "image {{.ID}} {{.Repository}}:{{.Tag}}")
  }
}

/// Compares what the engine holds before and after all tests of a suite.
struct LeavesNothing: SuiteTrait, TestScoping {
  func provideScope(
    for test: Testing.Test, testCase: Testing.Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard Laboratory.isOpen else { return try await function() }
    let before = Laboratory.inventory
    try await function()
    #expect(Laboratory.inventory == before)
  }
}

extension Trait where Self == LeavesNothing {
  static var leavesNothing: LeavesNothing { LeavesNothing() }
}
