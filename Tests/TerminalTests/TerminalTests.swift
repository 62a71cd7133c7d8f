import Foundation
import Testing

@testable import CursesTerminal

/// The session in a real terminal, and the terminal after it.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct TerminalTests {
  private let terminal = Tmux()

  private func start(_ arguments: String = "") -> Bool {
    terminal.run("exec 2>&1; \(Tmux.demo) \(arguments)")
    return terminal.shows("What do you see?")
  }

  @Test func drawsAndGivesTheScreenBack() {
    #expect(start())
    #expect(terminal.shows("▌ Cannot reach the port"))
    terminal.type("q")
    #expect(terminal.shows("The end."))
    #expect(!terminal.screen.contains("Cannot reach the port"))
    #expect(terminal.isSane)
  }

  @Test func followsTheSizeOfTheWindow() {
    #expect(start())
    terminal.resize(120, 30)
    #expect(terminal.shows("Fits your files now"))
    terminal.resize(30, 8)
    #expect(terminal.shows("drydock needs 40"))
    terminal.resize(80, 24)
    #expect(terminal.shows("▌ Cannot reach the port"))
  }

  @Test func believesTheWindowNotTheShell() {
    let terminal = Tmux(columns: 120, rows: 30, environment: "LANG=C.UTF-8 COLUMNS=50 LINES=15")
    terminal.run(Tmux.demo)
    #expect(terminal.shows("Fits your files now"))
  }

  /// Also where hanging up is ignored, as under nohup.
  @Test(arguments: ["", "trap '' HUP; "]) func endsWhenTheTerminalIsClosed(_ before: String) throws {
    terminal.run(before + Tmux.demo)
    #expect(terminal.shows("What do you see?"))
    let process = try #require(terminal.foreground)
    terminal.close()
    var isRunning = true
    for _ in 0..<100 where isRunning {
      usleep(50_000)
      isRunning = FileManager.default.fileExists(atPath: "/proc/\(process)")
    }
    #expect(!isRunning)
  }

  @Test func readsArrowsCharactersAndEscape() {
    #expect(start())
    terminal.press("Down")
    #expect(terminal.shows("▌ Container exits at once"))
    terminal.type("/镜像")
    #expect(terminal.shows("/ 镜像"))
    terminal.press("Escape")
    #expect(terminal.shows("12 symptoms"))
  }

  @Test func takesPastedLinesAsText() {
    #expect(start())
    terminal.paste("first line\nq\nlast line")
    #expect(terminal.shows("3 lines"))
    #expect(terminal.shows("│ last line"))
  }

  @Test func clicksAndTurnsTheWheel() {
    let terminal = Tmux(environment: "LANG=C.UTF-8 TERM=xterm-256color")
    terminal.run(Tmux.demo)
    #expect(terminal.shows("What do you see?"))
    terminal.send(bytes: "\u{1B}[<65;10;8M")
    #expect(terminal.shows("▌ Container exits at once"))
    terminal.send(bytes: "\u{1B}[<0;10;5M")
    #expect(terminal.shows("Question 2"))
  }

  @Test func stopsAndContinues() {
    #expect(start())
    terminal.press("C-z")
    #expect(terminal.shows("Stopped"))
    #expect(terminal.isSane)
    terminal.run("fg")
    #expect(terminal.shows("▌ Cannot reach the port"))
    terminal.type("q")
    #expect(terminal.shows("The end."))
  }

  @Test func lendsTheTerminalToAnEditor() {
    #expect(start())
    terminal.type("E")
    #expect(terminal.shows("The editor."))
    terminal.press("Enter")
    #expect(terminal.shows("▌ Cannot reach the port"))
  }

  @Test func waitsForAProbeAndForKeys() {
    #expect(start())
    terminal.type("&j")
    #expect(terminal.shows("▌ Container exits at once"))
    #expect(terminal.shows("the probe said 42"))
  }

  @Test(arguments: [("", true), ("--plain", false)]) func usesColoursWhereTheyAreWanted(
    _ option: String, _ isColourful: Bool
  ) {
    let terminal = Tmux(environment: "LANG=C.UTF-8 TERM=xterm-256color")
    terminal.run("\(Tmux.demo) \(option)")
    #expect(terminal.shows("What do you see?"))
    #expect(terminal.attributes.contains("\u{1B}[38;5;") == isColourful)
  }

  @Test func holdsBackStandardError() {
    #expect(start())
    terminal.type(">j")
    #expect(terminal.shows("▌ Container exits at once"))
    #expect(!terminal.screen.contains("held back"))
    terminal.type("q")
    #expect(terminal.shows("held back"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGQUIT])
  func leavesTheTerminalSaneWhenASignalEndsIt(_ signal: Int32) {
    #expect(start())
    #expect(terminal.kill(signal))
    #expect(terminal.isSane)
    #expect(!terminal.screen.contains("What do you see?"))
  }

  @Test func showsTheMessageOfACrash() {
    #expect(start())
    terminal.type("!")
    #expect(terminal.shows("Illegal instruction", or: "trap"))
    #expect(terminal.history.contains("Fatal error: Index out of range"))
    #expect(terminal.isSane)
  }

  @Test(arguments: ["TERM=dumb", "TERM=bogus", "TERM="]) func refusesWhatCannotBeDrawnOn(_ environment: String) {
    terminal.run("env \(environment) \(Tmux.demo)")
    #expect(terminal.shows("No session: unsuitable"))
    #expect(terminal.isSane)
  }

  @Test func refusesWhatIsNoTerminal() {
    terminal.run("\(Tmux.demo) < /dev/null")
    #expect(terminal.shows("No session: noTerminal"))
  }

  @Test func drawsInAnEnglishOnlyLocale() {
    let terminal = Tmux(environment: "LANG=C LC_ALL=C")
    terminal.run("\(Tmux.demo) zh")
    #expect(terminal.shows("端口无法访问"))
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func encodesForTheClipboard(_ text: String, _ expected: String) {
    #expect(Base64.encode(Array(text.utf8)) == expected)
  }
}
