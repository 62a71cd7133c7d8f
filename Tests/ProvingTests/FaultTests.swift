import Foundation
import Testing

/// What happens when the engine, or the person, lets a proof down: it ends in time, says why, and leaves nothing behind.
/// A program named `docker` stands in for the engine's command line.
struct FaultTests {
  /// The containers of the first run end, those of the second stay.
  private static let docker = """
    #!/bin/sh
    printf '%s\\n' "$*" >>"$FAKE/calls"
    [ -e "$FAKE/gone" ] && { echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock' >&2; exit 1; }
    eval "$FAKE_FIRST"
    case "$1" in
    version) echo 1.0 ;;
    build) eval "$FAKE_BUILD" ;;
    images) eval "$FAKE_IMAGES" ;;
    network) eval "$FAKE_NETWORK" ;;
    start) eval "$FAKE_START" ;;
    stop) eval "$FAKE_STOP" ;;
    logs) eval "$FAKE_LOGS" ;;
    inspect) eval "$FAKE_INSPECT"; case "$*" in *-before-*) echo "${FAKE_STATE:-false 1 false}" ;; *) echo true 0 false ;; esac ;;
    ps) case "$*" in *--quiet*) eval "$FAKE_PS" ;; esac ;;
    esac
    exit 0
    """

  private static let project = [
    "compose.yaml":
      "services:\n  web:\n    build: .\n    stop_grace_period: 1s\n    networks: [own]\nnetworks:\n  own:\n",
    "Dockerfile": "FROM alpine:3.20\nCOPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n",
    "start.sh": "#!/bin/sh\r\nexec sleep infinity\r\n",
  ]

  private let fake: Scratch
  private let project: Scratch
  private let home: Scratch

  init() throws {
    fake = try Scratch()
    try fake.write("docker", Self.docker, mode: 0o755)
    project = try Scratch(Self.project, name: " $(touch pwned) ; 'x'")
    home = try Scratch()
  }

  private func start(_ faults: [String: String], _ more: [String] = []) throws -> Program {
    var environment = [
      "PATH": "\(fake.path):/usr/bin:/bin", "FAKE": fake.path, "XDG_STATE_HOME": home.path, "TMPDIR": home.path,
    ]
    for (name, value) in faults { environment["FAKE_" + name] = value }
    return try Program(
      [
        "prove", project.path, "--yes", "--cause", "crlf-script", "--seconds", "1", "--format", "json", "--language",
        "en",
      ]
        + more, environment: environment)
  }

  private var calls: [String] { fake.read("calls").split(separator: "\n").map(String.init) }

  /// Neither copies nor journals are left.
  private var leftovers: [String] {
    let all = FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.contains("drydock-prove-") || $0.hasPrefix("drydock/prove/") }
  }

  private func waitForCall(_ word: String) {
    for _ in 0..<500 where !calls.contains(where: { $0.hasPrefix(word) }) { usleep(20_000) }
  }

  private func reason(_ outcome: Program.Outcome) -> String {
    let runs = ["after", "before"].compactMap { outcome.members[$0] as? [String: Any] }
    return runs.first?["reason"] as? String ?? ""
  }

  @Test func withoutFaultsTheStandInIsCured() throws {
    let outcome = try start([:]).wait()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.verdict == "cured")
    #expect(leftovers.isEmpty)
    // The path of the project has quotes and dollars: no shell has read it.
    #expect(!FileManager.default.fileExists(atPath: "pwned"))
    #expect(calls.contains { $0.hasPrefix("ps --all --quiet --no-trunc --filter label=dev.drydock.prove=") })
  }

  @Test func theTextTellsOfBothRunsInBothLanguages() throws {
    let environment = ["PATH": "\(fake.path):/usr/bin:/bin", "FAKE": fake.path, "XDG_STATE_HOME": home.path]
    for (language, words, progress) in [
      (
        "en", ["Proven: the fix cures it.", "As it is", "ended with status 1", "With the fix", "still ran after"],
        ["As it is:\n$ docker build", "Watching it for up to 1 s.", "With the fix “", "Removing what was made."]
      ),
      (
        "zh", ["已证明：修复有效。", "原样运行", "退出码 1", "修复后", "仍在运行"],
        ["原样运行：\n$ docker build", "最多观察 1 秒。", "应用修复“", "正在清除运行中创建的内容。"]
      ),
    ] {
      let outcome = try Program(
        ["prove", project.path, "--yes", "--cause", "crlf-script", "--seconds", "1", "--language", language],
        environment: environment
      ).wait()
      #expect(outcome.status == 0)
      for word in words { #expect(outcome.output.contains(word), "\(outcome.output)") }
      // Carriage returns are neither swallowed nor do they join lines.
      #expect(outcome.output.contains("\n-#!/bin/sh^M\n-exec sleep infinity^M\n+#!/bin/sh\n"), "\(outcome.output)")
      // A full-width stop brings its own space.
      #expect(!outcome.output.contains("。 "))
      // Every command is shown, on the side of the errors, so that the result can be piped.
      #expect(outcome.errors.contains("$ docker build --force-rm --tag drydock-prove-"))
      // So is how far it has come, for who waits.
      for word in progress { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    }
  }

  /// Who looks for a slow stop of what ends by itself is told so, and where to look.
  @Test func aRunThatShowsSomethingElseNamesIt() throws {
    let environment = ["PATH": "\(fake.path):/usr/bin:/bin", "FAKE": fake.path, "XDG_STATE_HOME": home.path]
    let service = try Scratch(["Dockerfile": "FROM redis:7\nCMD redis-server --port 6379\n"])
    let arguments = ["prove", service.path, "--yes", "--cause", "shell-form-pid1", "--seconds", "1"]
    for (language, words) in [
      ("en", ["the run cannot tell", "“Container exits at once”", "--symptom exits-immediately"]),
      ("zh", ["运行结果无法判断", "另一个现象", "--symptom exits-immediately"]),
    ] {
      let outcome = try Program(arguments + ["--language", language], environment: environment).wait()
      #expect(outcome.status == 1)
      for word in words { #expect(outcome.output.contains(word), "\(outcome.output)\(outcome.errors)") }
    }
  }

  @Test func withDryRunNothingIsCalled() throws {
    let outcome = try start([:], ["--dry-run"]).wait()
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("docker create --name drydock-prove-"))
    #expect(calls.isEmpty)
    #expect(leftovers.isEmpty)
  }

  @Test func anEngineThatIsGoneFromTheStartIsNamed() throws {
    try fake.write("gone", "")
    let outcome = try start([:]).wait()
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("no container engine answers"))
    #expect(leftovers.isEmpty)
  }

  @Test func anEngineThatRefusesFromTheStartIsQuoted() throws {
    let words = "permission denied while trying to connect to the Docker daemon socket"
    let outcome = try start(["FIRST": "echo '\(words)' >&2; exit 1"]).wait()
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains(words))
    #expect(calls == ["version --format {{.Server.Version}}"])
    #expect(leftovers.isEmpty)
  }

  @Test func anEngineThatIsSlowIsWaitedFor() throws {
    let outcome = try start(["FIRST": "sleep 0.2"]).wait()
    #expect(outcome.verdict == "cured", "\(outcome.errors)")
    #expect(leftovers.isEmpty)
  }

  /// That it failed before is no proof that the fix cures it.
  @Test func anEngineThatGoesAwayInTheSecondRunProvesNoCure() throws {
    let outcome = try start(["START": "case \"$*\" in *-after-*) touch \"$FAKE/gone\" ;; esac"]).wait()
    #expect(outcome.status == 1)
    #expect(outcome.verdict == "unclear")
    #expect(reason(outcome).contains("the engine does not answer"))
  }

  /// What an engine says of a container may be wrong, or nothing at all.
  @Test(arguments: [
    (["STATE": "false 137 false"], "cured", "ended with status 137"),
    (["STATE": "true 0 false"], "not-seen", "still ran"),
    (["STATE": "maybe"], "unclear", "no answer about the containers"),
    (["INSPECT": "exit 1"], "unclear", "no answer about the containers"),
    (["INSPECT": "echo '\u{1B}[31m'; exit 0"], "unclear", "no answer about the containers"),
  ])
  func anEngineThatLies(_ faults: [String: String], _ verdict: String, _ words: String) throws {
    let outcome = try start(faults).wait()
    #expect(outcome.verdict == verdict)
    let before = outcome.members["before"] as? [String: Any]
    #expect((before?["reason"] as? String)?.contains(words) == true, "\(outcome.output)")
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(leftovers.isEmpty)
  }

  @Test func questionsThatAreNeverAnsweredEndInTime() throws {
    let start = Date()
    let outcome = try self.start(["INSPECT": "exec sleep 1000"], ["--time-limit", "4"]).wait()
    #expect(Date().timeIntervalSince(start) < 30)
    #expect(outcome.status == 1)
    #expect(outcome.verdict == "unclear")
    #expect(leftovers.isEmpty)
  }

  @Test func withoutTheDockerProgramItSaysSo() throws {
    let outcome = try Program(
      ["prove", project.path, "--yes", "--cause", "crlf-script"], environment: ["PATH": home.path]
    ).wait()
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("docker"))
  }

  @Test func anEngineThatGoesAwayInTheMiddleProvesNothing() throws {
    let outcome = try start(["START": "touch \"$FAKE/gone\""]).wait()
    #expect(outcome.status == 1)
    #expect(outcome.verdict == "unclear")
    #expect(reason(outcome).contains("the engine does not answer"))
    #expect(leftovers.filter { $0.contains("drydock-prove-") }.isEmpty)
    // What could not be asked for may still be there, and is said.
    #expect((outcome.members["leftovers"] as? [String])?.isEmpty == false)
  }

  @Test func aBuildThatHangsIsEndedInTime() throws {
    let start = Date()
    let outcome = try self.start(["BUILD": "exec sleep 1000"], ["--time-limit", "3"]).wait()
    #expect(Date().timeIntervalSince(start) < 30)
    #expect(outcome.status == 1)
    #expect(reason(outcome).contains("the time was over"))
    #expect(leftovers.isEmpty)
  }

  @Test func aContainerThatNeverStopsDoesNotHoldItUp() throws {
    let start = Date()
    let outcome = try self.start(
      ["STOP": "exec sleep 1000", "STATE": "true 0 false"], ["--time-limit", "8", "--symptom", "signal-handling"]
    ).wait()
    #expect(Date().timeIntervalSince(start) < 40)
    #expect(outcome.status != 0)
    #expect(leftovers.isEmpty)
  }

  @Test func aGigabyteOfOutputIsBounded() throws {
    let flood = "head -c 1073741824 /dev/zero | tr '\\\\0' x; echo; echo the end"
    let outcome = try start(["BUILD": flood, "LOGS": "head -c 100000000 /dev/zero | tr '\\\\0' y"]).wait()
    #expect(outcome.verdict == "cured", "\(outcome.errors)")
    #expect(outcome.output.utf8.count < 1 << 20)
    #expect(leftovers.isEmpty)
  }

  /// An image that was there before is never removed: not where the engine lists none because it is busy, and not where the
  /// list does not have it yet.
  @Test(arguments: [
    ("exit 1", "Trying to pull docker.io/library/alpine:3.20...", false), ("", "", false),
    ("echo alpine:3.20", "Trying to pull docker.io/library/alpine:3.20...", false),
    ("", "Trying to pull docker.io/library/alpine:3.20...", true),
  ])
  func onlyWhatItHasFetchedIsRemoved(_ images: String, _ line: String, _ isRemoved: Bool) throws {
    let build = "echo 'STEP 1/3: FROM alpine:3.20'; echo '\(line)'; echo '--> 0123456789ab'"
    let outcome = try start(["IMAGES": images, "BUILD": build]).wait()
    #expect(outcome.verdict == "cured")
    #expect(calls.contains("rmi alpine:3.20") == isRemoved)
    #expect(calls.contains("rmi 0123456789ab") == false)
  }

  @Test func whatTheEngineRefusesIsSaid() throws {
    let outcome = try start(["NETWORK": "[ \"$2\" = create ] && { echo 'all address pools are used up' >&2; exit 1; }"])
      .wait()
    #expect(outcome.status == 1)
    #expect(reason(outcome).contains("all address pools are used up"))
    #expect(leftovers.isEmpty)
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalEndsItAfterItHasCleanedUp(_ number: Int32) throws {
    let program = try start(["BUILD": "exec sleep 1000", "PS": "echo c0ffee"])
    waitForCall("build")
    program.signal(number)
    let outcome = program.wait()
    #expect(outcome.wasSignalled && outcome.status == number)
    #expect(calls.contains("rm --force --volumes c0ffee"))
    #expect(leftovers.filter { $0.contains("drydock-prove-") }.isEmpty)
  }

  @Test func whatAKilledRunHasLeftIsSweptByTheNext() throws {
    let killed = try start(["BUILD": "echo $$ >$FAKE/orphan; exec sleep 1000"])
    waitForCall("build")
    killed.signal(SIGKILL)
    // What it had started lives on, and would keep `wait` waiting.
    for _ in 0..<100 where Int32(fake.read("orphan").dropLast()) == nil { usleep(20_000) }
    kill(try #require(Int32(fake.read("orphan").dropLast())), SIGKILL)
    _ = killed.wait()
    #expect(!leftovers.isEmpty)
    let id = try #require(leftovers.first { $0.hasPrefix("drydock/prove/") }).split(separator: "/").last.map(
      String.init)
    let outcome = try start([
      "PS": "case \"$*\" in *\(id ?? "-")*) [ -e $FAKE/swept ] || echo dead00; touch $FAKE/swept ;; esac"
    ]).wait()
    #expect(outcome.verdict == "cured")
    #expect(calls.contains("rm --force --volumes dead00"))
    #expect(leftovers.isEmpty)
  }

  @Test func aRunThatLivesIsLeftAlone() throws {
    let living = try start(["BUILD": "exec sleep 1000"])
    waitForCall("build")
    let before = leftovers
    let outcome = try start([:]).wait()
    #expect(outcome.verdict == "cured")
    #expect(Set(before).isSubset(of: leftovers))
    living.signal(SIGTERM)
    _ = living.wait()
    #expect(leftovers.isEmpty)
  }

  @Test func withoutATerminalNobodyAgrees() throws {
    let outcome = try Program(
      ["prove", project.path, "--cause", "crlf-script"],
      environment: ["PATH": "\(fake.path):/usr/bin:/bin", "FAKE": fake.path, "XDG_STATE_HOME": home.path]
    ).wait()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("--yes"))
    #expect(!calls.contains { $0.hasPrefix("build") || $0.hasPrefix("create") })
  }
}
