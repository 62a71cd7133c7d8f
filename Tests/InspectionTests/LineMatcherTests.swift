import Inspection
import Knowledge
import Testing

/// What a line of output is taken for, when it could be several things.
@Suite struct LineMatcherTests {
  private func observation(_ kind: String, _ weight: Observation.Weight, _ parts: [LinePattern.Part]) -> Observation {
    Observation(
      id: "tool/\(kind)", kind: kind, weight: weight, symptoms: [], patterns: [LinePattern(parts)], cells: [])
  }

  private func kinds(_ observations: [Observation], in line: String) -> [String] {
    LineMatcher(observations).matches(in: Array(line.utf8)[...]).map { observations[$0.observation].kind }
  }

  private var general: Observation {
    observation("command", .error, [.literal("exec: "), .hole(column: "program", .word), .literal(": not found")])
  }

  @Test func ofTwoReadingsOfTheSameWordsTheMoreSpecificCounts() {
    let special = observation(
      "git", .error, [.literal("package "), .hole(column: nil, .any), .literal(": exec: git: not found")])
    #expect(kinds([general, special], in: "package example.org/x: exec: git: not found") == ["git"])
    #expect(kinds([general, special], in: "exec: git: not found") == ["command"])
  }

  @Test func ofThePatternsOfOneObservationTheMoreSpecificCounts() {
    let word = LinePattern.Part.hole(column: "path", .word)
    let both = Observation(
      id: "tool/denied", kind: "denied", weight: .error, symptoms: [],
      patterns: [
        LinePattern([.literal("open "), word, .literal(": denied")]),
        LinePattern([.literal("the file "), word, .literal(" could not be opened: open stream: denied")]),
      ], cells: [])
    let line = Array("the file /log could not be opened: open stream: denied".utf8)
    let captured = LineMatcher([both]).matches(in: line[...]).flatMap(\.captures).map {
      String(decoding: line[$0.range], as: UTF8.self)
    }
    #expect(captured == ["/log"])
  }

  @Test func whatALineSaysBesidesCountsToo() {
    let other = observation("code", .error, [.literal("exit status "), .hole(column: "code", .number)])
    #expect(kinds([general, other], in: "exec: git: not found, exit status 127") == ["command", "code"])
  }

  @Test func anEchoNeverTakesTheErrorsPlace() {
    let echo = observation("ended", .echo, [.literal("[ERROR] Failed to execute goal: "), .hole(column: nil, .any)])
    #expect(
      kinds([general, echo], in: "[ERROR] Failed to execute goal: exec: git: not found") == ["command", "ended"])
  }
}
