import Foundation
import StyledText
import TerminalSample
import Testing

@testable import TerminalUI

@Suite struct KeyMapTests {
  @Test(arguments: KeyMap.Place.allCases) func noKeyMeansTwoThingsOnAPage(_ place: KeyMap.Place) {
    var seen: Set<Key> = []
    for (key, _) in KeyMap.table.filter({ $0.on.contains(place) }).flatMap(\.keys) {
      #expect(seen.insert(key).inserted, "\(key) on \(place)")
    }
  }

  @Test(arguments: KeyMap.Place.allCases) func everyPageHasAWayOut(_ place: KeyMap.Place) {
    let actions = KeyMap.table.filter { $0.on.contains(place) }.flatMap(\.actions)
    #expect(actions.contains(.quit))
    #expect(actions.contains(.back) || [.picker].contains(place))
    #expect(actions.contains(.help) || [.paste, .help].contains(place))
  }

  @Test(arguments: Scene.allCases, Language.allCases) func theBarFitsAndEndsInTheWayOut(
    _ scene: Scene, _ language: Language
  ) {
    for width in 40...140 {
      let state = scene.state(Look(size: Size(width, 24), language: language))
      let hints = KeyMap.bar(state, width: width - 1)
      let used = hints.map { Line($0.key + ($0.text.isEmpty ? "" : " " + $0.text)).width + 2 }.reduce(0, +) - 2
      #expect(used <= width - 1, "\(scene) at \(width)")
      #expect(hints.last?.action == .quit)
    }
  }

  @Test func aKeyThatDoesNothingSaysWhy() {
    let state = press(Scene.diagnosis.state(Look(size: Size(80, 24), language: .english)), "u")
    #expect(state.message?.text == "nothing was applied yet")
    #expect(press(state, "?").canvas.text.contains("undo · nothing was applied"))
  }

  @Test func aKeyOfOtherPagesSaysThatItDoesNothingHere() {
    let picker = Scene.picker.state(Look(size: Size(80, 24), language: .english))
    #expect(press(picker, "a").message?.text == "a does nothing on this page: ? shows the keys that do")
    #expect(press(picker, "a").pages.count == 1)
    // What means nothing anywhere is no news.
    for key in ["z", "7"] { #expect(press(picker, key).message == nil, "\(key)") }
  }

  private var table: String {
    KeyMap.markdown(.english, state: Scene.picker.state(Look(size: Size(80, 24), language: .english)))
  }

  @Test func theTableForTheReadmeNamesEveryKey() {
    for key in ["1-9", "↑↓", "⏎", "/", "?", "q", "p", "f", "w", "x", "r", "a", "n", "u", "e", "y", "s", "P", "L", "v"] {
      #expect(table.contains("| `\(key)` |"), "\(key)")
    }
  }

  /// `RECORD_SNAPSHOTS=1 swift test` writes it anew.
  @Test func theReadmeHoldsTheTable() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- keys -->\n"))
    let end = try #require(text.range(of: "<!-- /keys -->"))
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      let new = "\(text[..<begin.upperBound])\(table)\(text[end.lowerBound...])"
      try Data(new.utf8).write(to: file)
    } else {
      #expect(String(text[begin.upperBound..<end.lowerBound]) == table)
    }
  }
}
