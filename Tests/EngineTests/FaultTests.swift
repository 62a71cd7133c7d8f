import Testing

@testable import Engine

/// A docker that hangs, lies, shouts, or is not there: bounded in time and memory, and one clear line.
@Suite struct FaultTests {
  struct Fault: CustomTestStringConvertible, Sendable {
    let name: String
    let script: String
    /// What the line that a person sees has to say.
    let says: String
    /// How many questions may be asked at most, where the first one is not answered.
    var calls = 1

    var testDescription: String { name }
  }

  @Test(arguments: [
    Fault(name: "hangs", script: "sleep 600", says: "took more than 0.5 s"),
    Fault(
      name: "hangs and ignores signals", script: "trap '' TERM INT; while :; do sleep 600; done", says: "took more than"
    ),
    Fault(name: "hangs in a child", script: "sleep 600 & sleep 600", says: "took more than"),
    Fault(
      name: "is not running",
      script: "echo 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?' >&2; exit 1",
      says: "no container engine answers: Cannot connect to the Docker daemon"),
    Fault(
      name: "refuses",
      script:
        "echo 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock' >&2; exit 1",
      says: "may not be asked"),
    Fault(name: "prints garbage", script: "head -c 5000 /dev/urandom", says: "none that Docker gives"),
    Fault(
      name: "prints half an answer", script: "echo '[{\"Id\": \"abc\", \"State\": {'", says: "none that Docker gives"),
    Fault(name: "answers nothing", script: "true", says: "none that Docker gives"),
    Fault(name: "answers an empty list", script: "echo '[]'", says: "none that Docker gives"),
    Fault(name: "answers other types", script: "echo '[{\"Id\": 7, \"State\": [1]}]'", says: "none that Docker gives"),
    Fault(name: "prints a gigabyte", script: "head -c 1000000000 /dev/zero", says: "none that Docker gives"),
    Fault(name: "nests deeply", script: "head -c 1000000 /dev/zero | tr '\\0' '['", says: "none that Docker gives"),
    Fault(name: "dies in the middle", script: "echo '[{'; kill -9 $$", says: "signal 9"),
    Fault(name: "fails without a word", script: "exit 42", says: "it says nothing"),
    Fault(
      name: "does not know it", script: "echo 'Error: No such container: web' >&2; exit 1", says: "No such container"),
    Fault(
      name: "colours its words", script: "printf '\\033[31mfailed\\033[0m\\n' >&2; exit 1", says: "failed"),
  ])
  func inspecting(_ fault: Fault) throws {
    let fake = try FakeDocker(fault.script)
    let start = Clock.seconds
    let hearing = fake.witness(timeout: fault.says.hasPrefix("took") ? 0.5 : 30).hear(["web"])
    #expect(Clock.seconds - start < 30)
    #expect(hearing.testimony.containers.isEmpty)
    #expect(hearing.testimony.problems.count == 1)
    let problem = hearing.testimony.problems.first ?? ""
    #expect(problem.contains(fault.says), "\(problem)")
    #expect(problem.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    #expect(problem.count < 400)
    #expect(fake.calls.count <= fault.calls)
  }

  @Test func thereIsNoDocker() {
    let witness = Witness(Docker(program: "/nonexistent/docker"))
    let hearing = witness.hear(["web", "db"])
    #expect(hearing.testimony.problems.count == 1)
    #expect(hearing.testimony.problems.first?.contains("there is no docker command") ?? false)
  }

  @Test func theEngineGoesInTheMiddle() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        inspect) cat "$here/inspect" ;;
        *) echo 'Cannot connect to the Docker daemon at unix:///x.' >&2; exit 1 ;;
      esac
      """, files: ["inspect": Inspected().json])
    let hearing = fake.witness().hear(["web-1", "web-2", "web-3"])
    #expect(hearing.testimony.problems.count == 1)
    #expect(fake.calls.count == 2)
  }

  /// What is known of it is kept; the next container is asked about, and no third one after a second silence.
  @Test func oneContainerIsStuck() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        inspect) cat "$here/inspect" ;;
        image) exit 1 ;;
        *) sleep 600 ;;
      esac
      """, files: ["inspect": Inspected(status: "exited", exitCode: 5).json])
    let hearing = fake.witness(timeout: 1).hear(["web-1", "web-2", "web-3"])
    #expect(hearing.testimony.containers.count == 2)
    #expect(hearing.testimony.containers.first?.facts.contains { $0.cells["code"] == "5" } ?? false)
    #expect(hearing.testimony.problems.count == 2)
    #expect(hearing.testimony.problems.first?.contains("took more than 1 s: docker logs") ?? false)
  }

  @Test func onlySomeQuestionsAreAnswered() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        inspect) cat "$here/inspect" ;;
        top) head -c 3000 /dev/urandom ;;
        *) echo 'not supported' >&2; exit 125 ;;
      esac
      """, files: ["inspect": Inspected().json])
    let hearing = fake.witness().hear(["web-1"])
    #expect(hearing.testimony.problems.isEmpty)
    #expect(hearing.testimony.containers.count == 1)
    #expect(hearing.notes.contains { $0.en.contains("listening: unknown") })
  }

  /// Each answer takes its time, and none too long.
  @Test func itIsSlow() throws {
    let fake = try FakeDocker(
      """
      sleep 0.2
      case "$1" in
        inspect) cat "$here/inspect" ;;
        logs) echo 'exec /app: no such file or directory' ;;
        *) exit 1 ;;
      esac
      """, files: ["inspect": Inspected(status: "exited", exitCode: 1).json])
    let hearing = fake.witness(timeout: 5).hear(["web-1", "web-2"])
    #expect(hearing.testimony.problems.isEmpty)
    #expect(hearing.testimony.containers.count == 2)
    #expect(String(decoding: hearing.log, as: UTF8.self).contains("exec /app"))
  }

  @Test func aGigabyteOfLog() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        inspect) cat "$here/inspect" ;;
        logs) yes 'a line of the program' | head -c 1000000000; echo 'exec /app: no such file or directory' ;;
        *) exit 1 ;;
      esac
      """, files: ["inspect": Inspected(status: "exited", exitCode: 1).json])
    let hearing = fake.witness(timeout: 60).hear(["web-1"])
    #expect(hearing.log.count < 16 << 20)
    #expect(String(decoding: hearing.log.suffix(100), as: UTF8.self).contains("exec /app: no such file"))
  }

  @Test(arguments: [
    "web; rm -rf /", "$(id)", "`id`", "-v", "--help", "", " ", "a b", "a\nb", "a/b", "../x", "a'b", "a\"b", "a|b", "ä",
    String(repeating: "a", count: 300),
  ])
  func namesThatAreNone(_ name: String) throws {
    let fake = try FakeDocker("echo called >&2; exit 1")
    let hearing = fake.witness().hear([name])
    #expect(fake.calls.isEmpty)
    #expect(hearing.testimony.problems.count == 1)
  }

  @Test func somebodyGivesUp() throws {
    let fake = try FakeDocker("sleep 600")
    let start = Clock.seconds
    let hearing = fake.witness().hear(["a", "b"]) { Clock.seconds - start > 0.3 }
    #expect(Clock.seconds - start < 5)
    #expect(hearing.testimony.problems == ["the question to the container engine was given up"])
  }

  @Test(arguments: [
    "head -c 100000 /dev/urandom", "echo '{}'", "echo '[1, 2]'", "yes '{\"Names\": \"\"}' | head -c 2000000",
  ])
  func listingGarbage(_ script: String) throws {
    let fake = try FakeDocker(script)
    #expect(throws: EngineProblem.self) { try fake.witness().containers(of: .init(folder: "/x")) }
  }

  @Test func nothingIsListed() throws {
    #expect(try FakeDocker("true").witness().containers(of: .init(folder: "/x")) == [])
  }
}
