import TerminalSample
import Testing

@testable import TerminalUI

/// What keys do, and what they ask the world to do.
@Suite struct UpdateTests {
  private let sample = Sample(.english)
  private let look = Look(size: Size(80, 24), language: .english)
  private let loopback = "listens-on-loopback/web"

  private var picker: SessionState { SessionState(model: sample.start, look: look) }
  private var question: SessionState { Scene.question.state(look) }
  private var conclusion: SessionState { Scene.diagnosis.state(look) }

  private func effects(_ state: SessionState, _ keys: String) -> [Effect] {
    var state = state
    var all: [Effect] = []
    for key in Key.sequence(keys) {
      let (next, effects) = update(state, .key(key))
      state = next
      all += effects
    }
    return all
  }

  @Test(arguments: [
    ("<enter>", "port-unreachable"), ("j<enter>", "exits-immediately"),
    ("<down><down><up><enter>", "exits-immediately"),
    ("G<enter>", "leaked-secret"), ("Gg<enter>", "port-unreachable"), ("kkk<enter>", "port-unreachable"),
    ("/secret<enter>", "leaked-secret"), ("/image<down><enter>", "oversized-image"),
  ])
  func choosesASymptom(_ keys: String, _ symptom: String) {
    #expect(effects(picker, keys) == [.investigate(symptom: symptom)])
  }

  @Test func searchingForNothingChoosesNothing() {
    #expect(effects(picker, "/zzz<enter>") == [])
    #expect(press(picker, "/zzz").canvas.text.contains("Nothing matches “zzz”."))
    #expect(press(picker, "/zzz<esc>").visibleSymptoms.count == 12)
  }

  @Test func answersByNumberAndByMark() {
    #expect(effects(question, "2") == [.answer(question: "answers-from-inside", answer: "no")])
    #expect(effects(question, "jj<enter>") == [.answer(question: "answers-from-inside", answer: "no-tool")])
    #expect(effects(question, "9") == [])
  }

  @Test func escapeTakesBackAnswersOneByOneThenLeaves() {
    var state = question
    state.model.investigation?.answersGiven = 1
    #expect(effects(state, "<esc>") == [.takeBack])
    #expect(press(question, "<esc>").page.kind == .picker)
    #expect(press(picker, "<esc><esc>").page.kind == .picker)
  }

  @Test func aNewQuestionStartsAtItsFirstAnswer() {
    let moved = press(question, "jjj")
    #expect(moved.page.selection == 3)
    var model = sample.asking
    model.investigation?.question?.id = "another"
    #expect(update(moved, .model(model)).state.page.selection == 0)
    #expect(update(moved, .model(sample.asking)).state.page.selection == 3)
  }

  @Test func runsAProbeThatOnlyReadsAtOnceAndAsksForOthers() {
    #expect(effects(question, "r") == [.runProbe(question: "answers-from-inside")])
    var state = question
    state.model.investigation?.question?.probe = .ready(readsOnly: false)
    #expect(effects(state, "r") == [])
    #expect(effects(state, "ry") == [.runProbe(question: "answers-from-inside")])
    #expect(effects(state, "rn") == [])
    state.model.investigation?.question?.probe = .unavailable(reason: "docker does not answer")
    #expect(press(state, "r").message?.text == "docker does not answer")
  }

  @Test func anUnsafeFixNeedsItsPreviewAndAWord() {
    let apply = Effect.applyFix(finding: loopback, fix: "listen-on-all-addresses")
    #expect(press(conclusion, "a").page.kind == .fix(finding: loopback, fix: 0))
    #expect(effects(conclusion, "a") == [])
    #expect(effects(conclusion, "<enter>a") == [])
    #expect(effects(conclusion, "<enter>ay") == [apply])
    #expect(effects(conclusion, "<enter>an") == [])
    #expect(effects(conclusion, "<enter>a<esc>") == [])
  }

  @Test func aSafeFixIsAppliedAtItsPreview() {
    var state = conclusion
    state.model.investigation?.findings[0].fixes[0].safety = .safe
    #expect(effects(state, "<enter>a") == [.applyFix(finding: loopback, fix: "listen-on-all-addresses")])
  }

  @Test func aManualFixIsNeverApplied() {
    let state = press(conclusion, "j<enter>")
    #expect(state.page.kind == .fix(finding: loopback, fix: 1))
    #expect(effects(state, "ay") == [])
    #expect(press(state, "a").message != nil)
  }

  @Test func aFixThatWasNotTriedIsTriedWhenItIsShown() {
    var state = conclusion
    state.model.investigation?.findings[0].fixes[0].checks = nil
    #expect(effects(state, "<enter>") == [.checkFix(finding: loopback, fix: "listen-on-all-addresses")])
  }

  @Test func goesThroughFindingsAndFixes() {
    #expect(press(conclusion, "n").page.kind == .diagnosis(finding: "port-mapping-mismatch/web"))
    #expect(press(conclusion, "nn").page.kind == .diagnosis(finding: loopback))
    #expect(press(conclusion, "nn<esc>").page.kind == .investigation)
    #expect(press(conclusion, "<enter>n").page.kind == .fix(finding: loopback, fix: 1))
    #expect(press(conclusion, "<enter>nN").page.kind == .fix(finding: loopback, fix: 0))
  }

  @Test func whatIsGoneIsLeft() {
    var model = sample.concluded
    model.investigation?.findings.removeFirst()
    model.findings.removeFirst()
    let state = update(press(conclusion, "<enter>"), .model(model)).state
    #expect(state.page.kind == .investigation)
    #expect(update(press(conclusion, "t?"), .model(sample.start)).state.pages.map(\.kind) == [.picker, .help])
  }

  @Test func opensTheEditorAtTheProof() {
    #expect(effects(conclusion, "e") == [.openEditor(file: "main.go", line: 12)])
    #expect(effects(conclusion, "<enter>e") == [.openEditor(file: "main.go", line: 12)])
  }

  @Test func copiesWhatIsOnThePage() {
    #expect(effects(question, "y") == [.copy("docker compose exec web wget -qO- localhost:8080")])
    #expect(
      effects(conclusion, "y") == [
        .copy("main.go:12: The program listens only inside its own container [listens-on-loopback]")
      ])
  }

  @Test func pastedLinesAreNoKeys() {
    let (state, effects) = update(picker, .paste("q\r\nq\rlast"))
    #expect(effects.isEmpty)
    #expect(state.page.kind == .paste)
    #expect(state.page.draft.text == "q\nq\nlast")
  }

  @Test func thePasteBoxTakesLettersLinesAndAnExitCode() {
    let state = press(picker, "pab<backspace>c<enter>d")
    #expect(state.page.draft.text == "ac\nd")
    #expect(effects(picker, "pac<tab>1x37<enter>") == [.inspectPasted(text: "ac", exitCode: 137)])
    #expect(effects(picker, "p<ctrl-d>") == [])
    #expect(press(picker, "p<ctrl-d>").page.kind == .paste)
    #expect(press(picker, "pac<ctrl-d>").page.kind == .investigation)
    #expect(press(picker, "pac<ctrl-u>").page.draft.text.isEmpty)
  }

  @Test func aHugePasteKeepsItsEnd() {
    let text = String(repeating: "a line of a log\n", count: 200_000) + "the last one"
    let state = update(picker, .paste(text)).state
    #expect(state.canvas.text.contains("200001 lines"))
    #expect(state.canvas.text.contains("│ the last one█"))
  }

  @Test func translatesEverything() {
    let (state, effects) = update(question, .key(.character("L")))
    #expect(effects == [.translate(.chinese)])
    #expect(state.canvas.text.contains("证据"))
  }

  @Test func aLessonHasTipsASolutionAndAReset() {
    let lesson = press(Scene.lessons.state(look), "<enter>")
    #expect(effects(Scene.lessons.state(look), "gj<enter>") == [.startLesson("lesson-1")])
    #expect(!lesson.canvas.text.contains("Tip 1/2"))
    #expect(press(lesson, "t").page.tips == 1)
    #expect(press(lesson, "ttt").page.tips == 2)
    #expect(press(lesson, "ttt").message != nil)
    #expect(press(lesson, "S").canvas.text.contains("0.0.0.0:8080"))
    #expect(effects(lesson, "Ry") == [.resetLesson("lesson-2")])
    #expect(effects(lesson, "R<esc>") == [])
    #expect(effects(lesson, "<enter>") == [.investigate(symptom: "port-unreachable")])
    #expect(effects(lesson, "n") == [.startLesson("lesson-3")])
    #expect(effects(lesson, "e") == [.openEditor(file: "main.go", line: 12)])
    #expect(press(lesson, "i").page.kind == .lessons)
  }

  @Test func anotherLessonStartsWithoutTips() {
    var model = sample.learning
    model.lesson?.id = "lesson-3"
    #expect(update(Scene.lesson.state(look), .model(sample.learning)).state.page.tips == 1)
    #expect(update(Scene.lesson.state(look), .model(model)).state.page.tips == 0)
  }

  @Test func quitsFromEveryPage() {
    for scene in Scene.allCases { #expect(effects(scene.state(look), "<ctrl-c>") == [.quit], "\(scene)") }
  }

  @Test func scrollsNotBeyondTheEnd() {
    var state = Scene.article.state(Look(size: Size(40, 12), language: .english))
    state = press(state, String(repeating: "<pagedown>", count: 50))
    let end = state.page.scroll
    #expect(end > 0)
    #expect(press(state, "k").page.scroll == end - 1)
    #expect(press(state, "g").page.scroll == 0)
    #expect(press(state, "gG").page.scroll == end)
  }

  @Test func pagingPassesNothingOver() {
    var model = sample.learning
    model.lesson?.goal = (0..<60).map { "line \($0)." }.joined(separator: "\n\n")
    var state = SessionState(model: model, look: look, home: .lessons)
    state.show([.lesson])
    var seen = ""
    for _ in 0..<30 {
      seen += state.canvas.text
      state = press(state, " ")
    }
    #expect((0..<60).filter { !seen.contains("line \($0).") } == [])
    #expect(state.canvas.hidden.below == 0)
  }

  @Test func aClickIsMoveAndChoose() {
    let (state, effects) = update(picker, .click(x: 10, y: 5))
    #expect(effects == [.investigate(symptom: "exits-immediately")])
    #expect(state.page.kind == .investigation)
    #expect(update(picker, .click(x: 0, y: 0)).effects == [])
    #expect(update(picker, .click(x: -1, y: 99)).effects == [])
    #expect(update(picker, .click(x: 77, y: 23)).effects == [.quit])
  }

  @Test func theWheelMovesTheMark() {
    #expect(update(picker, .wheel(2)).state.page.selection == 2)
    #expect(update(picker, .wheel(-2)).state.page.selection == 0)
  }

  @Test func knowledgeIsLoadedWhenItIsFirstAskedFor() {
    #expect(effects(picker, "x") == [.loadKnowledge])
    #expect(effects(conclusion, "x") == [])
    #expect(press(conclusion, "x").page.kind == .article("listens-on-loopback"))
  }

  /// Any keys in any order leave a screen that can be drawn.
  @Test(arguments: 0..<8) func survivesAnyKeys(_ seed: Int) {
    var random = SplitMix(UInt64(seed))
    let names = ["<enter>", "<esc>", "<tab>", "<up>", "<down>", "<pagedown>", "<backspace>", "<ctrl-d>"]
    let keys = names + "1234jkhlpfwxranuteysPL/?gG好".map(String.init)
    var state = picker
    for _ in 0..<400 {
      let (next, effects) = update(state, .key(Key.sequence(keys[Int(random.next() % UInt64(keys.count))])[0]))
      state = next
      for effect in effects {
        switch effect {
        case .investigate, .takeBack: state = update(state, .model(sample.asking)).state
        case .answer: state = update(state, .model(random.next() % 2 == 0 ? sample.concluded : sample.puzzled)).state
        case .applyFix: state = update(state, .model(sample.start)).state
        case .inspectPasted: state = update(state, .model(sample.asking)).state
        default: break
        }
      }
      let canvas = state.canvas
      #expect(canvas.rows[0].contains { $0.text == "d" })
    }
  }

  // MARK: What is worked out behind the screen

  @Test func asksForTheFixesOfTheFindingOnTheScreen() {
    let state = Scene.fixesComing.state(look)
    #expect(effects(state, "j") == [.planFixes(finding: loopback)])
    #expect(effects(state, "w") == [])
    #expect(effects(conclusion, "j") == [])
  }

  @Test func explainsTheSymptomWhereNothingWasFound() throws {
    let state = Scene.nothingFound.state(look)
    let symptom = try #require(state.model.investigation?.symptom)
    #expect(press(state, "wx").page.kind == .article(symptom))
  }

  @Test func onlyKeysThatNeedAFixWaitForIt() {
    let state = Scene.fixesComing.state(look)
    for key in Key.sequence("<enter>aP") { #expect(state.waitsForFixes(.key(key)), "\(key)") }
    for key in Key.sequence("jwt?L<esc>q") { #expect(!state.waitsForFixes(.key(key)), "\(key)") }
    #expect(!conclusion.waitsForFixes(.key(.enter)))
    #expect(state.canvas.text.contains("Its fixes are tried on a copy"))
  }

  @Test func knowsWhichKeysEndIt() {
    #expect(picker.ends(.key("q")))
    #expect(picker.ends(.key(.control("c"))))
    #expect(!press(picker, "/").ends(.key("q")))
    #expect(press(picker, "/").ends(.key(.control("c"))))
    #expect(!press(picker, "p").ends(.key("q")))
    #expect(!picker.ends(.resize(Size(80, 24))))
  }

  @Test func leapsFromGroupToGroup() {
    var state = SessionState(model: sample.concluded, look: look)
    state.show([.knowledge])
    let groups = Set(sample.concluded.articles.map(\.group)).count
    #expect(groups > 1)
    let next = press(state, "n")
    #expect(next.page.selection > 0)
    #expect(press(next, "N").page.selection == 0)
    #expect(press(state, String(repeating: "n", count: groups)).page.selection == 0)
  }

  @Test(arguments: [Scene.question, .whyQuestion]) func whatStandsBetweenBackticksIsCode(_ scene: Scene) {
    let state = scene.state(Look(size: Size(80, 24), language: .english))
    var model = state.model
    model.investigation?.question?.text = "Does the COPY have a `--from`?"
    model.investigation?.question?.answers[0].text = "A library (`.so`)"
    let screen = update(state, .model(model)).state.canvas.text
    #expect(screen.contains("have a --from?") && screen.contains("(.so)"))
  }
}

private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
