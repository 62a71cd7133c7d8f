extension KeyMap {
  /// All rows, in the order of the bottom bar: the most useful first.
  static let table = pageKeys + commonKeys

  private static let everywhere = Set(Place.allCases)
  private static let withoutTyping = everywhere.subtracting([.paste])
  private static let inTutorial: Set<Place> = [.lessons, .lesson, .solution, .images, .layers]

  private static let upDown: [(key: Key, action: Action)] = [(.up, .up), ("k", .up), (.down, .down), ("j", .down)]
  private static let enter: [Key] = [.enter, .right, "l"]
  private static let digits: [(key: Key, action: Action)] = (1...9).map {
    (.character(Character("\($0)")), .answer($0))
  }

  private static func row(
    _ keys: [Key], _ action: Action, _ name: Binding.Name, _ label: Label, _ places: Set<Place>, bar: Bool = true
  ) -> Binding {
    row(keys.map { ($0, action) }, name, label, places, bar: bar)
  }

  private static func row(
    _ keys: [(key: Key, action: Action)], _ name: Binding.Name, _ label: Label, _ places: Set<Place>, bar: Bool = true
  ) -> Binding {
    Binding(keys: keys, name: name, label: label, on: places, isInBar: bar)
  }

  /// Keys that belong to some pages.
  static let pageKeys: [Binding] = [
    row(digits, .digits, .keyAnswer, [.question]),
    row(upDown, .upDown, .keyMove, [.picker, .findings, .knowledge, .lessons, .images]),
    row(enter, .choose, .enter, .keyChoose, [.picker]),
    row(upDown, .upDown, .keyRead, [.lesson]),
    row([.enter, .right], .choose, .enter, .keyWalk, [.lesson]),
    row(enter, .choose, .enter, .keyChoose, [.question], bar: false),
    row(enter, .choose, .enter, .keyOpen, [.findings, .knowledge, .lessons, .images]),
    row(enter, .choose, .enter, .keyPreview, [.conclusion]),
    row(["a"], .apply, "a", .keyApply, [.fix]),
    row(["a"], .apply, "a", .keyApply, [.conclusion], bar: false),
    row(["r"], .runProbe, "r", .keyRun, [.question, .conclusion, .nothing]),
    row(["/"], .search, "/", .keySearch, [.picker, .findings, .knowledge]),
    row(["p"], .paste, "p", .keyPaste, [.picker, .question, .nothing]),
    row(["n", .tab], .next, "n", .keyNextFinding, [.conclusion]),
    row(["N", .backTab], .previous, "N", .keyPreviousFinding, [.conclusion], bar: false),
    row(["n", .tab], .next, "n", .keyNextFix, [.fix]),
    row(["N", .backTab], .previous, "N", .keyPreviousFix, [.fix], bar: false),
    row(["w"], .why, "w", .keyWhy, [.conclusion, .findings, .fix, .nothing]),
    row(["w"], .why, "w", .keyWhyQuestion, [.question]),
    row(["t"], .tree, "t", .keyTree, [.question, .conclusion, .nothing]),
    row(["f"], .findings, "f", .keyFindings, [.picker, .question, .conclusion, .nothing]),
    row(["x"], .explain, "x", .keyExplain, [.question, .conclusion, .findings, .fix, .why]),
    row(["x"], .explain, "x", .keyKnowledge, [.picker, .nothing]),
    row(["p"], .paste, "p", .keyPaste, [.conclusion]),
    row(["v"], .layers, "v", .keyLayers, [.picker, .question, .conclusion, .findings, .nothing]),
    row(["b"], .images, "b", .keyImages, [.picker, .knowledge]),
    row(["n", .tab], .next, "n", .keyNextGroup, [.knowledge]),
    row(["N", .backTab], .previous, "N", .keyPreviousGroup, [.knowledge], bar: false),
    row(["e"], .editor, "e", .keyEditor, [.lesson]),
    row(["f"], .findings, "f", .keyFindings, [.lesson]),
    row(["t"], .tip, "t", .keyTip, [.lesson]),
    row(["n", .tab], .next, "n", .keyNextLesson, [.lesson]),
    row(["S"], .solution, "S", .keySolution, [.lesson]),
    row(["x"], .explain, "x", .keyExplain, [.lesson]),
    row(["l"], .layers, "l", .keyLayers, [.lesson]),
    row(["b"], .images, "b", .keyImages, [.lesson]),
    row(["N", .backTab], .previous, "N", .keyPreviousLesson, [.lesson], bar: false),
    row(["R"], .reset, "R", .keyReset, [.lesson]),
    row(["i"], .lessons, "i", .keyLessons, [.lesson, .solution]),
    row(["i"], .lessons, "i", .keyTutorial, [.picker]),
    row(["P"], .savePatch, "P", .keySavePatch, [.fix, .conclusion]),
    row(["e"], .editor, "e", .keyEditor, [.fix, .conclusion, .findings, .why]),
    row(["y"], .copy, "y", .keyCopy, [.question, .fix, .conclusion, .article]),
    row(upDown, .upDown, .keyMove, [.question, .conclusion]),
    row(upDown, .upDown, .keyScroll, [.fix, .tree, .why, .article, .help, .nothing, .solution, .layers]),
    row([.control("d"), .enter], .submit, "^D", .keySubmit, [.paste]),
    row([.tab, .backTab], .nextField, "tab", .keyField, [.paste]),
    row([.control("u")], .clear, "^U", .keyClear, [.paste]),
  ]

  /// Keys that do the same on most pages.
  static let commonKeys: [Binding] = [
    row(
      [(.pageUp, .pageUp), (.pageDown, .pageDown), (" ", .pageDown)], "PgUp PgDn", .keyPage, withoutTyping, bar: false),
    row(
      [(.home, .first), ("g", .first), (.end, .last), ("G", .last)], "Home End", .keyEnds, withoutTyping, bar: false),
    row(["u"], .undo, "u", .keyUndo, withoutTyping.subtracting(inTutorial).union([.lesson])),
    row(["s"], .saveTranscript, "s", .keySave, withoutTyping.subtracting(inTutorial).subtracting([.help])),
    row(["L"], .language, "L", .keyLanguage, withoutTyping, bar: false),
    row([.control("z")], .suspend, "^Z", .keySuspend, everywhere, bar: false),
    row([.escape, .left, "h", .backspace], .back, "esc", .keyBack, withoutTyping.subtracting([.picker])),
    row([.escape], .back, "esc", .keyBack, [.paste]),
    row(["?"], .help, "?", .keyHelp, withoutTyping.subtracting([.help])),
    row(["q", .control("c")], .quit, "q", .keyQuit, withoutTyping),
    row([.control("c")], .quit, "^C", .keyQuit, [.paste]),
  ]
}

extension Binding.Name: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self = .text(text) }
}
