import Testing

@testable import Engine

/// Programs that behave badly, run by a shell that this test starts on purpose.
@Suite struct CommandRunnerTests {
  private func shell(_ script: String, timeout: Double = 20) -> Invocation {
    var invocation = Invocation("/bin/sh", ["-c", script], timeout: timeout)
    invocation.grace = 0.3
    return invocation
  }

  @Test func statusAndBothStreams() {
    let outcome = CommandRunner().run(shell("echo out; echo err >&2; exit 3"))
    #expect(outcome.ending == .exited(3))
    #expect(outcome.output.text == "out\n")
    #expect(outcome.errors.text == "err\n")
  }

  @Test func errorsInTheOrderOfTheOutput() {
    var invocation = shell("echo 1; echo 2 >&2; echo 3")
    invocation.joinsErrors = true
    #expect(CommandRunner().run(invocation).output.text == "1\n2\n3\n")
  }

  @Test func standardInput() {
    var invocation = Invocation("cat", [], timeout: 20)
    #expect(CommandRunner().run(invocation).output.text == "")
    invocation.input = Array(repeating: UInt8(ascii: "x"), count: 300_000)
    #expect(CommandRunner().run(invocation).output.total == 300_000)
    // Nobody reads it: no signal, no waiting.
    #expect(CommandRunner().run(Invocation("true", [], timeout: 20)).succeeded)
  }

  @Test func argumentsAreNotAShellLine() {
    let word = "a b; echo $HOME `id` 'x' \"y\" \n*"
    #expect(CommandRunner().run(Invocation("printf", ["%s", word], timeout: 20)).output.text == word)
  }

  @Test(arguments: ["/nonexistent/docker", "no-such-program-here", "/"])
  func aProgramThatIsNotThere(_ program: String) {
    guard case .notStarted(let reason) = CommandRunner().run(Invocation(program, [], timeout: 5)).ending else {
      Issue.record("it was started")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test func nullByteInAnArgument() {
    #expect(
      CommandRunner().run(Invocation("echo", ["a\0b"], timeout: 5)).ending == .notStarted("a word holds a null byte"))
  }

  @Test func variables() {
    var invocation = shell("echo $DRYDOCK_TEST $HOME")
    invocation.environment = ["DRYDOCK_TEST": "yes", "HOME": "/there"]
    #expect(CommandRunner().run(invocation).output.text == "yes /there\n")
  }

  @Test func aSignalOfSomebodyElse() {
    #expect(CommandRunner().run(shell("kill -9 $$")).ending == .signalled(9))
  }

  @Test func hangs() {
    let outcome = CommandRunner().run(shell("echo before; sleep 60", timeout: 0.3))
    #expect(outcome.ending == .timedOut)
    #expect(outcome.output.text == "before\n")
    #expect(outcome.seconds < 3)
  }

  @Test func ignoresTheRequestToEnd() {
    let outcome = CommandRunner().run(shell("trap '' TERM; while :; do sleep 60; done", timeout: 0.3))
    #expect(outcome.ending == .timedOut)
    #expect(outcome.seconds < 4)
  }

  @Test func leavesAChildWithThePipe() {
    let outcome = CommandRunner().run(shell("sleep 61 & echo $!; exit 0"))
    #expect(outcome.ending == .exited(0))
    #expect(outcome.seconds < 3)
    let number = outcome.output.text.split(separator: "\n").first.map(String.init) ?? "?"
    var state = "?"
    // Its end takes a moment where the machine is busy.
    for _ in 0..<100 where !state.isEmpty && !state.contains(") Z ") {
      state = CommandRunner().run(Invocation("cat", ["/proc/\(number)/stat"], timeout: 5)).output.text
    }
    #expect(state.isEmpty || state.contains(") Z "), "the child that was left behind is ended: \(state)")
  }

  @Test func closesItsStreamsAndGoesOn() {
    let outcome = CommandRunner().run(shell("exec >&- 2>&-; sleep 0.3; exit 4"))
    #expect(outcome.ending == .exited(4))
  }

  @Test func cancelled() {
    var asked = 0
    let outcome = CommandRunner().run(shell("sleep 60")) {
      asked += 1
      return asked > 3
    }
    #expect(outcome.ending == .cancelled)
    #expect(outcome.seconds < 3)
  }

  @Test func aGigabyteOfOutput() {
    var invocation = shell("echo first; head -c 1000000000 /dev/zero; echo last", timeout: 60)
    invocation.limit = 4096
    let outcome = CommandRunner().run(invocation)
    #expect(outcome.ending == .exited(0))
    #expect(outcome.output.total == 1_000_000_011)
    #expect(outcome.output.bytes.count < 9000)
    #expect(outcome.output.text.hasPrefix("first\n"))
    #expect(outcome.output.text.hasSuffix("last\n"))
  }

  @Test func outputWithoutEnd() {
    let outcome = CommandRunner().run(shell("yes", timeout: 0.5))
    #expect(outcome.ending == .timedOut)
    #expect(outcome.output.omitted > 0)
  }

  @Test(arguments: [0, 1, 9, 10, 11, 20, 21, 39, 40, 41, 1000])
  func beginningAndEndAreKept(_ count: Int) {
    let bytes = (0..<count).map { UInt8($0 % 251) }
    for step in [1, 7, 1000] {
      var captured = CapturedOutput(limit: 10)
      for start in stride(from: 0, to: count, by: step) { captured.append(bytes[start..<min(count, start + step)]) }
      #expect(captured.total == count)
      #expect(captured.omitted == max(0, count - 20))
      #expect(captured.bytes.prefix(10) == bytes.prefix(10))
      #expect(captured.bytes.suffix(min(10, count)) == bytes.suffix(min(10, count)))
    }
  }

  @Test func theLineThatIsShown() {
    #expect(Invocation("docker", ["inspect", "web-1"], timeout: 1).line == "docker inspect web-1")
    #expect(Invocation("docker", ["logs", "a b'c", ""], timeout: 1).line == "docker logs 'a b'\\''c' ''")
  }
}
