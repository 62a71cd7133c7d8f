import StyledText
import Testing

@testable import TerminalUI

@Suite struct ExcerptTests {
  private func draw(_ line: ExcerptLine, width: Int) -> [String] {
    Excerpt(view: ExcerptView(file: "f", lines: [line]), glyphs: .unicode, width: width).lines().dropFirst().map(\.text)
  }

  @Test func marksTheVeryCharacters() {
    let line = ExcerptLine(7, "a: \"127.0.0.1\"", [ExcerptMark(4, 13, isPrimary: true, label: "here")])
    #expect(draw(line, width: 40) == ["   7 │ a: \"127.0.0.1\"", "     │     ━━━━━━━━━ here"])
  }

  @Test func marksBehindTabsAndHan() {
    let line = ExcerptLine(1, "\t中文 x", [ExcerptMark(8, 9, isPrimary: false)])
    #expect(draw(line, width: 40) == ["   1 │     中文 x", "     │          ─"])
  }

  @Test func aPlaceBetweenCharactersIsOneColumn() {
    #expect(draw(ExcerptLine(1, "ab", [ExcerptMark(2, 2, isPrimary: true)]), width: 40)[1] == "     │   ━")
  }

  @Test func aLongLineShowsItsMark() {
    let text = String(repeating: "x", count: 100) + "HERE" + String(repeating: "y", count: 100)
    let lines = draw(ExcerptLine(1, text, [ExcerptMark(100, 104, isPrimary: true, label: "it")]), width: 30)
    #expect(lines == ["   1 │ …xxxHERE" + String(repeating: "y", count: 14) + "…", "     │     ━━━━ it"])
  }

  @Test(arguments: [(-5, 2), (90, 95), (3, 1), (0, 1_000_000), (1, 2)])
  func marksBeyondTheLineDoNoHarm(_ start: Int, _ end: Int) {
    for width in [1, 8, 9, 20] {
      for text in ["", "中", "short", "\t\t\t"] {
        #expect(
          !draw(ExcerptLine(1, text, [ExcerptMark(start, end, isPrimary: true, label: "label")]), width: width).isEmpty)
      }
    }
  }

  @Test func aLineOfAMegabyteIsNoBurden() {
    let text = String(repeating: "中", count: 400_000) + "HERE" + String(repeating: "y", count: 400_000)
    let lines = draw(ExcerptLine(1, text, [ExcerptMark(1_200_000, 1_200_004, isPrimary: true)]), width: 30)
    #expect(lines[0].contains("HEREyyy"))
    #expect(lines[1].contains("━━━━"))
  }

  @Test func aDiffInANarrowPaneShowsTheChange() {
    let before = "    log.Fatal(http.ListenAndServe(\"127.0.0.1:8080\", nil))"
    let after = "    log.Fatal(http.ListenAndServe(\"0.0.0.0:8080\", nil))"
    let diff = DiffView(
      file: "f",
      lines: [
        DiffLine(.context, old: 1, new: 1, "{"), DiffLine(.removed, old: 2, before), DiffLine(.added, new: 2, after),
      ])
    let lines = DiffPicture(glyphs: .unicode, width: 34, cuts: true).lines(diff).map(\.text)
    #expect(lines == ["  1   {", "  2 − …rve(\"127.0.0.1:8080\", nil))", "  2 + …Serve(\"0.0.0.0:8080\", nil))"])
  }

  @Test func belowTheListOfFindingsStandsTheLineThatTells() {
    let state = Scene.findings.state(Look(size: Size(100, 30), language: .english))
    var model = state.model
    let marks = [ExcerptMark(0, 4, isPrimary: true, label: "here")]
    let lines = (1...12).map { ExcerptLine($0, "line \($0)", $0 == 10 ? marks : []) }
    for index in model.findings.indices { model.findings[index].excerpts = [ExcerptView(file: "f", lines: lines)] }
    let screen = update(state, .model(model)).state.canvas.text
    #expect(screen.contains("line 10") && screen.contains("here"))
    #expect(!screen.contains("line 8"))
  }
}
