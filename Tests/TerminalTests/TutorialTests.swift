import Foundation
import Testing

/// A lesson in a real terminal, from the list to the last task, by keyboard alone.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct TutorialTests {
  private static let lessons: [URL] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../knowledge/lessons").standardizedFileURL
    let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }()

  private static var program: String {
    URL(fileURLWithPath: Tmux.demo).deletingLastPathComponent().appendingPathComponent("drydock").path
  }

  /// The learner's editor here writes the solution, as a learner would after the last hint.
  private func editor(_ lesson: URL, in folder: URL) throws -> String {
    let script = folder.appendingPathComponent("editor")
    let text = "#!/bin/sh\ncp -R '\(lesson.path)/solved/.' \"$(dirname \"$2\")/\"\n"
    try Data(text.utf8).write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    return script.path
  }

  @Test(
    .enabled(if: !lessons.isEmpty),
    arguments: [("en", "Solved.", "ask", "drydock tutorial"), ("zh", "完成了", "逐步提问", "drydock tutorial")])
  func fromStartToDone(_ language: String, _ solved: String, _ ask: String, _ name: String) throws {
    // One whose solution stays in the folder of its first file.
    let lesson = try #require(Self.lessons.first { $0.lastPathComponent.hasPrefix("06") } ?? Self.lessons.first)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let number = String(lesson.lastPathComponent.prefix(2))
    let terminal = Tmux(
      environment: "LANG=C.UTF-8 VISUAL= XDG_STATE_HOME=\(folder.path) EDITOR=\(try editor(lesson, in: folder))")
    terminal.run("clear; \(Self.program) tutorial --language \(language)")
    #expect(terminal.shows("0/\(Self.lessons.count)"))
    for _ in 1..<(Int(number) ?? 1) { terminal.press("Down") }
    terminal.press("Enter")
    #expect(terminal.shows("⏎ " + ask))
    terminal.press("Enter")
    // The last answer of each question is “I cannot tell”: then the files tell.
    for _ in 0..<12 where !terminal.screen.contains(" ● ") {
      terminal.type("?")
      guard terminal.shows("1-"), let digit = terminal.screen.firstMatch(of: /1-([2-9])/)?.1 else {
        terminal.press("Escape")
        break
      }
      terminal.press("Escape")
      terminal.type(String(digit))
      usleep(200_000)
    }
    for _ in 0..<8 where !terminal.screen.contains("⏎ " + ask) {
      terminal.press("Escape")
      usleep(300_000)
    }
    #expect(terminal.screen.contains("✓ "))
    for key in ["b", "l"] {
      terminal.type(key)
      usleep(300_000)
      terminal.press("Escape")
      usleep(300_000)
    }
    terminal.type("e")
    #expect(terminal.shows(solved))
    #expect(terminal.shows("1/\(Self.lessons.count)"))
    terminal.type("q")
    #expect(terminal.isSane)

    // A page that no task asks for is there as well.
    terminal.run("clear; \(Self.program) tutorial \(number) --language \(language)")
    #expect(terminal.shows("⏎ " + ask))
    terminal.type("l")
    #expect(terminal.shows("depends on", or: "依赖"))
    terminal.type("q")

    terminal.run("clear; \(Self.program) tutorial \(number) --check --language \(language); echo status $?")
    #expect(terminal.shows("status 0"))
    terminal.run(
      "clear; \(Self.program) tutorial \(number) --reset --language \(language); \(Self.program) tutorial \(number) --check; echo status $?"
    )
    #expect(terminal.shows("status 1"))
  }
}
