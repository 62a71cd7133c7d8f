import Foundation
import Testing

/// The tutorial from a script.
@Suite struct TutorialTests {
  private let state: Scratch
  private let lessons: [String]

  init() throws {
    state = try Scratch()
    lessons = try Drydock.run(["tutorial", "--list"], environment: ["XDG_STATE_HOME": state.path]).output
      .split(separator: "\n").map(String.init)
  }

  private func run(_ arguments: String...) throws -> Drydock.Outcome {
    try Drydock.run(["tutorial"] + arguments, environment: ["XDG_STATE_HOME": state.path])
  }

  private func copy(_ number: Int) throws -> URL {
    let folder = state.folder.appendingPathComponent("drydock/tutorial")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let name = try #require(names.first { $0.hasPrefix(number < 10 ? "0\(number)-" : "\(number)-") })
    return folder.appendingPathComponent(name)
  }

  @Test func listsTheLessonsInBothLanguages() throws {
    guard !lessons.isEmpty else { return }
    #expect(lessons.allSatisfy { $0.contains("\u{25CB}") })
    let chinese = try run("--list", "--language", "zh").output.split(separator: "\n")
    #expect(chinese.count == lessons.count)
    #expect(zip(chinese, lessons).allSatisfy { String($0) != $1 })
  }

  @Test func judgesACopyAndPutsItBack() throws {
    guard !lessons.isEmpty else { return }
    let first = try run("1", "--check")
    #expect(first.status == 1)
    #expect(first.output.contains("\u{25CB} "))
    let file = try copy(1).appendingPathComponent("Dockerfile")
    let before = try String(contentsOf: file, encoding: .utf8)
    try Data("FROM".utf8).write(to: file)
    let broken = try run("1", "--check")
    #expect(broken.status == 1)
    #expect(broken.output.contains("\u{2717} "))
    #expect(try run("1", "--reset").status == 0)
    #expect(try String(contentsOf: file, encoding: .utf8) == before)
  }

  /// A lesson is also a dialogue: it can be followed from a script.
  @Test func talksWithoutATerminal() throws {
    guard !lessons.isEmpty else { return }
    let talk = try Drydock.run(
      ["tutorial", "1", "--plain", "--language", "en"], input: "t\nd\nimages\nS\nq\n",
      environment: ["XDG_STATE_HOME": state.path])
    #expect(talk.status == 0)
    for part in ["Tasks", "1/", "  1  ", "alpine", "+ ", state.path] { #expect(talk.output.contains(part), "\(part)") }
  }

  @Test func aDamagedProgressIsSetAsideAndSaid() throws {
    guard !lessons.isEmpty else { return }
    try state.write("drydock/tutorial/progress", Data("nonsense".utf8))
    let talk = try Drydock.run(
      ["tutorial", "1", "--plain", "--language", "en"], input: "q\n", environment: ["XDG_STATE_HOME": state.path])
    #expect(talk.output.contains("progress.unread-1"))
    #expect(try run("--list").status == 0)
  }

  @Test(arguments: [["nonsense"], ["99"], ["--check"], ["--list", "1"], ["1", "--check", "--reset"]])
  func refusesWhatMakesNoSense(_ arguments: [String]) throws {
    let outcome = try Drydock.run(["tutorial"] + arguments, environment: ["XDG_STATE_HOME": state.path])
    #expect(outcome.status == (lessons.isEmpty && arguments[0].first != "-" ? 65 : 64))
    #expect(!outcome.errors.isEmpty)
  }
}
