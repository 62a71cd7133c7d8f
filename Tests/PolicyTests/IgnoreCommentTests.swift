import SourceText
import Testing

@testable import Policy

/// Which lines a comment covers, and what it says.
@Suite struct IgnoreCommentTests {
  private func comments(_ text: String) -> [IgnoreComment] {
    IgnoreComment.comments(in: SourceFile(path: "f", text: text))
  }

  @Test func coversItsOwnLine() throws {
    let comment = try #require(comments("a\nports: x # drydock ignore=port-not-published\n").first)
    #expect(comment.lines == 2...2)
    #expect(comment.causes == ["port-not-published"])
  }

  @Test func coversTheStatementBelow() throws {
    let text = "FROM a\n# drydock ignore=a,b reason=\"so it is\" until=2027-01-01\n\nRUN x \\\n  && y\nRUN z\n"
    let comment = try #require(comments(text).first)
    #expect(comment.lines == 4...5)
    #expect(comment.causes == ["a", "b"])
    #expect(comment.reason == "so it is")
    #expect(comment.until == "2027-01-01")
    #expect(comment.faults.isEmpty)
  }

  @Test func coversTheBlockBelow() throws {
    let text = "services:\n  # drydock ignore=a\n  web:\n    image: x\n    ports: [1]\n  db:\n    image: y\n"
    #expect(comments(text).first?.lines == 3...5)
  }

  @Test func coversTheFileFromItsTop() {
    #expect(comments("# syntax=docker/dockerfile:1\n# drydock ignore=a\nFROM x\n").first?.lines == 1...Int.max)
    #expect(comments("// drydock ignore=a\npackage main\n").first?.lines == 1...Int.max)
  }

  @Test func honoursOtherTools() {
    #expect(
      comments("FROM a\n# hadolint ignore=DL3006,DL3025\nCMD x\n").first?.causes == [
        "unpinned-base-image", "shell-form-pid1",
      ])
    #expect(comments("FROM a\n# hadolint ignore=DL3025\nCMD x\n").first?.lines == 3...3)
    #expect(comments("# check=skip=JSONArgsRecommended;error=true\nFROM a\n").first?.causes == ["shell-form-pid1"])
    #expect(comments("# hadolint ignore=DL9999\nFROM a\n").isEmpty)
  }

  @Test func saysWhatItDoesNotUnderstand() {
    #expect(comments("# drydock ignore=a untill=2027-01-01\n").first?.faults == ["untill=2027-01-01"])
    #expect(comments("# drydock ignore=a until=tomorrow\n").first?.faults == ["until=tomorrow"])
  }

  @Test(arguments: [
    "", "#", "# drydock ignore=", "x = \"drydock ignore=a\"", String(repeating: "# ", count: 50_000) + "=",
  ])
  func survivesOddText(_ text: String) {
    #expect(comments(text).allSatisfy { $0.causes.isEmpty })
  }

  @Test(arguments: [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_798_761_599, "2026-12-31"), (-5, "1970-01-01")])
  func daysAreThoseOfTheCalendar(_ seconds: Int, _ day: String) {
    #expect(Day.text(secondsSince1970: seconds) == day)
  }

  @Test func settingsNameTheirFaults() {
    #expect(throws: Never.self) {
      try Settings(SourceFile(path: ".drydock.yaml", text: "fail-on: likely\nlanguage: zh\n"))
    }
    for (text, line, words) in [
      ("fail-on: likely\nlangage: zh\n", 2, "did you mean “language”?"), ("fail-on: maybe\n", 1, "expected one of"),
      ("ignore:\n  - cause: a\n    untill: x\n", 3, "did you mean “until”?"), ("- a\n", 1, "expected keys"),
    ] {
      do throws(Settings.Fault) {
        _ = try Settings(SourceFile(path: ".drydock.yaml", text: text))
        Issue.record("\(text) has a fault")
      } catch {
        #expect(error.line == line)
        #expect(error.message.contains(words))
      }
    }
  }
}
