import Foundation
import Testing

/// The program itself in a terminal that does not behave.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct RobustnessTests {
  private let state: URL
  private let terminal: Tmux

  init() throws {
    state = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: state.appendingPathComponent("empty"), withIntermediateDirectories: true)
    terminal = Tmux(environment: "LANG=C.UTF-8 XDG_STATE_HOME=\(state.path)")
  }

  private func open(_ arguments: String = "") {
    terminal.run("cd '\(state.path)/empty'; clear; '\(Repository.drydock)' session --language en \(arguments)")
  }

  private func start() -> Bool {
    open()
    return terminal.shows("What do you see?") && terminal.shows("4 services")
  }

  @Test func standsAStormOfResizes() {
    #expect(start())
    terminal.press("Enter")
    #expect(terminal.shows("libc-mismatch"))
    for step in 0..<40 { terminal.resize(20 + step * 37 % 180, 5 + step * 17 % 60) }
    terminal.resize(30, 8)
    #expect(terminal.shows("drydock needs 40"))
    terminal.resize(80, 24)
    #expect(terminal.shows("service orders · libc-mismatch"))
    terminal.press("q")
    #expect(terminal.isSane)
  }

  @Test func stopsAndComesBack() {
    #expect(start())
    terminal.press("Enter")
    #expect(terminal.shows("libc-mismatch"))
    terminal.press("C-z")
    #expect(terminal.shows("Stopped"))
    #expect(terminal.isSane)
    terminal.run("fg")
    #expect(terminal.shows("service orders · libc-mismatch"))
    terminal.press("q")
    #expect(terminal.isSane)
  }

  @Test(arguments: [SIGTERM, SIGHUP]) func givesTheTerminalBackWhenItIsEnded(_ signal: Int32) {
    #expect(start())
    #expect(terminal.kill(signal))
    #expect(terminal.isSane)
    #expect(!terminal.screen.contains("What do you see?"))
  }

  @Test func aPastedLogLeadsToItsSymptom() {
    #expect(start())
    terminal.paste("$ docker run orders\nexec /usr/local/bin/orders: no such file or directory")
    #expect(terminal.shows("2 lines"))
    terminal.press("C-d")
    #expect(terminal.shows("The log shows: Container exits at once"))
    #expect(terminal.shows("libc-mismatch"))
    terminal.press("q")
    #expect(terminal.isSane)
  }

  /// The diagnosis follows what another program saves.
  @Test func seesWhatAnEditorSaves() throws {
    #expect(start())
    terminal.press("Enter")
    #expect(terminal.shows("libc-mismatch"))
    let file = state.appendingPathComponent("drydock/sample/orders/Dockerfile")
    let text = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(
      of: "RUN go build", with: "RUN CGO_ENABLED=0 go build")
    try Data(text.utf8).write(to: file)
    #expect(terminal.shows("libc-mismatch is gone"))
    terminal.press("q")
  }

  @Test func changesItsLanguageAtOnce() {
    #expect(start())
    terminal.type("L")
    #expect(terminal.shows("你看到了什么问题？"))
    terminal.press("Enter")
    #expect(terminal.shows("看修复"))
    terminal.type("L")
    #expect(terminal.shows("see fix"))
    terminal.press("q")
  }

  /// Also where the terminal cannot be drawn on.
  @Test(arguments: [("", "--plain"), ("env TERM=dumb", "")]) func asksLineByLine(_ before: String, _ option: String) {
    terminal.run(
      "cd '\(state.path)/empty'; clear; \(before) '\(Repository.drydock)' session --language en \(option)")
    #expect(terminal.shows("What do you see?"))
    terminal.run("2")
    #expect(terminal.shows("Which fix should be written?"))
    terminal.run("1")
    #expect(terminal.shows("Change "))
    terminal.run("y")
    #expect(terminal.shows("Fixed in the files"))
    terminal.run("q")
    #expect(terminal.isSane)
  }

  @Test func namesAFolderWithNothingInIt() {
    open("../empty; echo status $?")
    #expect(terminal.shows("nothing to inspect"))
    #expect(terminal.shows("status 65"))
    #expect(terminal.isSane)
  }
}
