import Foundation
import Inspection
import Knowledge
import KnowledgeData
import Testing

@testable import Diagnosis
@testable import Engine

/// The witness on a real engine. They run where DOCKER_HOST names one and DRYDOCK_ENGINE_TESTS is 1: `.ci/engine`.
@Suite(
  .enabled(if: LiveContainer.isAllowed, "no engine: DOCKER_HOST and DRYDOCK_ENGINE_TESTS=1 are not set"), .serialized)
struct LiveContainerTests {
  private func inspect(_ hearing: Witness.Hearing, _ files: [String: String] = [:]) -> InspectionResult {
    var request = InspectionRequest(tree: MemoryTree(files))
    request.testimony = hearing.testimony
    var reader = LogReader(KnowledgeBase.builtIn.observations)
    reader.read(hearing.log)
    request.log = reader
    return Inspector(knowledge: .builtIn).inspect(request)
  }

  private func rows(_ result: InspectionResult, _ relation: String, _ columns: String...) -> [[String]] {
    result.facts.rows(relation).map { row in columns.map { result.facts.cell(row, $0).value ?? "?" } }
  }

  private func proven(_ result: InspectionResult) -> [String] {
    Diagnoser(knowledge: .builtIn, inspection: result).findings(symptom: "port-unreachable").diagnoses
      .filter { $0.confidence == .proven }.map(\.cause.id)
  }

  @Test(arguments: [("127.0.0.1", true), ("0.0.0.0", false)])
  func whereAServerListens(_ address: String, _ isLoopback: Bool) throws {
    let container = try LiveContainer(
      "redis:7", ["redis-server", "--bind", address, "--protected-mode", "no"], options: ["-p", "127.0.0.1::6379"])
    try container.wait { $0.notes.contains { $0.en.contains(":6379") && $0.en.hasPrefix("listening") } }
    let result = inspect(container.hearing)
    #expect(rows(result, "listens", "address", "port") == [[isLoopback ? "loopback" : "all", "6379"]])
    #expect(proven(result).contains("listens-on-loopback") == isLoopback)
    #expect(result.facts.misfits.isEmpty)
  }

  /// A container elsewhere: its processes are not those of this machine.
  @Test func socketsFromInside() throws {
    let container = try LiveContainer("redis:7", ["redis-server", "--bind", "127.0.0.1"])
    try container.wait { $0.notes.contains { $0.en.contains("127.0.0.1:6379") } }
    var state = try #require(container.state)
    state.process = 0
    guard
      case .known(let sockets, let source) = try Socketry(docker: Docker()).sockets(
        of: state, name: container.name, { false })
    else {
      Issue.record("the sockets are unknown")
      return
    }
    #expect(sockets == [ListeningSocket(address: .loopback, port: 6379)])
    #expect(source.hasPrefix("docker exec"))
  }

  @Test func theEndAndItsLastLines() throws {
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sh", "-c", "echo exec /app: no such file or directory; exit 3"])
    try container.wait {
      !$0.testimony.containers.isEmpty && $0.notes.contains { $0.en.contains("exited, exit code 3") }
    }
    let result = inspect(container.hearing)
    #expect(rows(result, "observed", "kind", "code").contains(["exited", "3"]))
    #expect(rows(result, "observed", "kind", "path").contains(["exec-not-found", "/app"]))
    #expect(result.log.symptom == "exits-immediately")
  }

  @Test func aShellIsFirst() throws {
    let container = try LiveContainer("debian:bookworm-slim", ["/bin/sh", "-c", "sleep 300; true"])
    try container.wait { $0.notes.contains { $0.en.contains("PID 1") } }
    #expect(rows(inspect(container.hearing), "observed", "kind", "program").contains(["pid1-shell", "sleep"]))
  }

  /// The laboratory's alpine has a static busybox; the real one needs musl.
  @Test(arguments: [("debian:bookworm-slim", ["glibc"]), ("alpine:3.20", ["musl", "none"])])
  func theLibraryOfTheMainProgram(_ image: String, _ libraries: [String]) throws {
    let container = try LiveContainer(image, ["sleep", "300"])
    let program = try #require(container.hearing.testimony.containers.first?.programs.first)
    #expect(libraries.contains(program.libc))
    #expect(program.isDynamic == (program.libc != "none"))
  }

  @Test func whoOwnsAMountedFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sleep", "300"], options: ["--user", "1234", "-v", "\(folder):/data"])
    #expect(container.hearing.notes.contains { $0.en.contains("/data belongs to 0:0") })
  }

  @Test func whoOwnsTheFolderItWorksIn() throws {
    let container = try LiveContainer("debian:bookworm-slim", ["false"], options: ["--user", "1234", "-w", "/srv"])
    try container.wait { $0.notes.contains { $0.en.contains("exited") } }
    #expect(container.hearing.notes.contains { $0.en == "/srv belongs to 0:0, mode 755; the container runs as 1234" })
  }

  @Test func howOftenItWasStartedAgain() throws {
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sh", "-c", "exit 7"], options: ["--restart", "on-failure:2"])
    try container.wait { $0.notes.contains { $0.en.contains("exit code 7, 2 restarts") } }
    #expect(inspect(container.hearing).facts.misfits.isEmpty)
  }

  /// podman with crun says `OOMKilled: false` and has no event of it: the limit, the signal and that nobody stopped it remain.
  @Test func itNeedsMoreMemoryThanItMay() throws {
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sh", "-c", "tail /dev/zero"], options: ["--memory", "20m", "--memory-swap", "20m"])
    try container.wait { $0.notes.contains { $0.en.contains("exit code 137") } }
    let hearing = container.hearing
    #expect(hearing.notes.contains { $0.en == "memory limit: 20 MiB" })
    let found = Diagnoser(knowledge: .builtIn, inspection: inspect(hearing)).findings(symptom: "exits-immediately")
    #expect(found.diagnoses.first?.cause.id == "memory-limit-exceeded")
  }

  @Test func portsNetworksAndMounts() throws {
    let network = "drydock-test-\(UUID().uuidString.lowercased().prefix(12))"
    LiveContainer.docker(["network", "create", network])
    LiveContainer.docker(["volume", "create", network])
    // The container goes first.
    defer {
      LiveContainer.docker(["network", "rm", network])
      LiveContainer.docker(["volume", "rm", network])
    }
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sleep", "300"],
      options: [
        "--network", network, "-v", "\(network):/data:ro", "-p", "127.0.0.1::80", "-p", "127.0.0.1:0:90/udp",
      ])
    let notes = container.hearing.notes.map(\.en)
    #expect(notes.contains("networks: \(network)"))
    #expect(notes.contains("mounts: \(network) -> /data (volume, ro)"))
    let ports = notes.first { $0.hasPrefix("published: ") } ?? ""
    #expect(ports.contains("-> 80/tcp") && ports.contains("-> 90/udp") && ports.contains("127.0.0.1:"), "\(ports)")
    container.remove()
  }

  @Test func variablesHaveNoValues() throws {
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sleep", "300"], options: ["-e", "DB_PASSWORD=hunter2"])
    let hearing = container.hearing
    #expect("\(hearing)".contains("DB_PASSWORD"))
    #expect(!"\(hearing) \(String(decoding: hearing.log, as: UTF8.self))".contains("hunter2"))
  }

  @Test func theContainersOfAComposeProject() throws {
    let folder = "/nonexistent/\(UUID().uuidString)"
    let container = try LiveContainer(
      "debian:bookworm-slim", ["sleep", "300"],
      options: [
        "--label", "com.docker.compose.project.working_dir=\(folder)", "--label", "com.docker.compose.service=web",
      ])
    #expect(try Witness(Docker()).containers(of: .init(folder: folder)) == [container.name])
    let result = inspect(
      container.hearing,
      ["compose.yaml": "services:\n  web:\n    image: debian:bookworm-slim\n    ports: [\"80:80\"]\n"])
    #expect(result.services == ["web"])
    // The container was made without the ports that the file has now.
    #expect(rows(result, "publishes", "service").isEmpty)
  }

  @Test func somebodyStoppedIt() throws {
    let container = try LiveContainer("debian:bookworm-slim", ["sleep", "300"])
    LiveContainer.docker(["stop", "--time", "1", container.name])
    let kinds = rows(inspect(container.hearing), "observed", "kind", "code")
    #expect(kinds.contains(["stopped", "137"]) || kinds.contains(["exited", "137"]))
  }

  @Test func nobodyIsCalledSo() {
    let hearing = Witness(Docker()).hear(["drydock-there-is-no-such-container"])
    #expect(hearing.testimony.containers.isEmpty)
    #expect(hearing.testimony.problems.first?.contains("does not know it") ?? false)
  }

  @Test func theDoctorSeesTheEngine() {
    let here = Doctor(Docker(), environment: ProcessInfo.processInfo.environment, folder: "/").look()
    #expect(here.server?.architecture == here.machine)
    #expect(Checkup(here).checks.first { $0.id == "engine" }?.level == .good)
  }
}

/// A container of the test's own, gone with it.
final class LiveContainer {
  static var isAllowed: Bool {
    let variables = ProcessInfo.processInfo.environment
    return variables["DOCKER_HOST"] != nil && variables["DRYDOCK_ENGINE_TESTS"] == "1"
  }

  let name = "drydock-test-\(UUID().uuidString.lowercased().prefix(12))"

  init(_ image: String, _ command: [String], options: [String] = []) throws {
    let outcome = Self.docker(["run", "--detach", "--name", name] + options + [image] + command)
    try #require(outcome.succeeded, "\(outcome.errors.text)")
  }

  deinit { remove() }

  func remove() { Self.docker(["rm", "--force", "--volumes", name]) }

  @discardableResult
  static func docker(_ arguments: [String]) -> CommandOutcome {
    CommandRunner().run(Invocation("docker", arguments, timeout: 60))
  }

  var hearing: Witness.Hearing { Witness(Docker(timeout: 60)).hear([name]) }

  var state: ContainerState? {
    let bytes = Self.docker(["inspect", name]).output.bytes
    return ContainerState.first(in: bytes)
  }

  /// Waits until the witness hears what is expected, for half a minute at most.
  func wait(until isReady: (Witness.Hearing) -> Bool) throws {
    let end = Clock.seconds + 30
    while Clock.seconds < end {
      if isReady(hearing) { return }
      Thread.sleep(forTimeInterval: 0.3)
    }
    try #require(isReady(hearing), "\(hearing.notes.map(\.en)) \(hearing.testimony.problems)")
  }
}
