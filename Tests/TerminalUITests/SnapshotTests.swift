import StyledText
import TerminalSample
import Testing

@testable import TerminalUI

/// Every screen as a picture. `RECORD_SNAPSHOTS=1 swift test` draws them anew; a missing one is drawn and fails.
@Suite struct SnapshotTests {
  @Test(arguments: Scene.allCases) func looksAsBefore(_ scene: Scene) {
    for (size, language) in [
      (Size(80, 24), Language.english), (Size(80, 24), .chinese), (Size(120, 40), .english), (Size(40, 12), .english),
      (Size(200, 60), .chinese),
    ] {
      let state = scene.state(Look(size: size, language: language))
      expectSnapshot(state.canvas.text, "\(scene)-\(size.width)x\(size.height)-\(language.rawValue)")
    }
    let state = scene.state(Look(size: Size(80, 24), language: .english, glyphs: .ascii))
    expectSnapshot(state.canvas.text, "\(scene)-80x24-en-ascii")
  }

  @Test(arguments: Scene.allCases) func asciiScreensHoldNothingElse(_ scene: Scene) {
    for width in [40, 80, 120] {
      let text = scene.state(Look(size: Size(width, 24), language: .english, glyphs: .ascii)).canvas.text
      let others = Set(text.filter { !$0.isASCII })
      // What the files and the knowledge say is theirs.
      #expect(others.isSubset(of: ["·", "…", "✔"]), "\(others)")
    }
  }

  /// Without colour the attributes must tell enough; with it, which role stands where.
  @Test(arguments: [Scene.picker, .question, .diagnosis, .fix]) func roles(_ scene: Scene) {
    let canvas = scene.state(Look(size: Size(80, 24), language: .english)).canvas
    expectSnapshot(canvas.roles, "\(scene)-80x24-roles")
    let letters = canvas.rows.map { row in
      String(
        row.map { cell -> Character in
          if cell.isBlank { return " " }
          let look = Palette.none.appearance(of: cell.role)
          return look.bold ? "b" : look.dim ? "d" : look.underline ? "u" : "."
        }
      ).trimmed
    }
    expectSnapshot(letters.joined(separator: "\n") + "\n", "\(scene)-80x24-no-colour")
  }
}

extension String {
  fileprivate var trimmed: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}
