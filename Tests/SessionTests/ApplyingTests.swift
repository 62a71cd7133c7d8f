import Knowledge
import KnowledgeData
import TerminalUI
import Testing

@testable import Session

@Suite struct ApplyingTests {
  private let folder = TemporaryFolder(Talk.sample)
  private let finding = "libc-mismatch/orders"
  private let built = "RUN CGO_ENABLED=0 go build -o /orders ."

  private func talk(_ language: Knowledge.Language = .en) throws -> Talk {
    var talk = try Talk(folder, language: language)
    talk.perform(.investigate(symptom: "exits-immediately"))
    return talk
  }

  private var dockerfile: String { folder["project/orders/Dockerfile"] ?? "" }

  @Test(arguments: [
    (Knowledge.Language.en, "Fixed in the files", "Then run:\n  docker"), (.zh, "文件已修复", "然后运行：\n  docker"),
  ]) func writesAFixAndSaysWhatToDoThen(_ language: Knowledge.Language, _ title: String, _ then: String) throws {
    var talk = try talk(language)
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    #expect(dockerfile.contains(built))
    #expect(talk.message?.tone == .good)
    let investigation = try #require(talk.model.investigation)
    #expect(investigation.findings.isEmpty)
    #expect(investigation.question == nil)
    #expect(investigation.closingTitle == title)
    #expect(investigation.closing?.contains(then) == true)
    #expect(talk.model.undo?.hasSuffix("(Dockerfile)") == true)
  }

  @Test func takesItBack() throws {
    var talk = try talk()
    let before = dockerfile
    let model = talk.model
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    talk.perform(.undo)
    #expect(dockerfile == before)
    #expect(talk.model == model)
    #expect(talk.message?.tone == .good)
    talk.perform(.undo)
    #expect(talk.message == Message(.note, "nothing was applied yet"))
  }

  @Test func takesBackWhatAnEarlierSessionWrote() throws {
    var first = try talk()
    first.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    var second = try talk()
    #expect(second.model.undo != nil)
    second.perform(.undo)
    #expect(!dockerfile.contains(built))
  }

  @Test func asksAgainOnceTheFixWasTried() throws {
    var talk = try talk()
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    talk.perform(.investigate(symptom: "exits-immediately"))
    #expect(talk.model.investigation?.closingTitle == nil)
  }

  /// The file as it is now does not have the text that the fix was made for.
  @Test func writesNothingOverAnotherHand() throws {
    var talk = try talk()
    folder["project/orders/Dockerfile"] = dockerfile + "# a note\n"
    let other = dockerfile
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    #expect(dockerfile == other)
    #expect(talk.message == Message(.bad, "orders/Dockerfile was changed meanwhile: nothing was written"))
    // It was read again, so the second try fits.
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    #expect(dockerfile.contains(built))
    #expect(dockerfile.hasSuffix("# a note\n"))
  }

  @Test(arguments: [
    ("libc-mismatch/orders", "same-libc"), ("libc-mismatch/orders", "nonsense"), ("nobody", "disable-cgo"),
  ])
  func writesOnlyWhatItOffered(_ finding: String, _ fix: String) throws {
    var talk = try talk()
    let before = dockerfile
    talk.perform(.applyFix(finding: finding, fix: fix))
    #expect(dockerfile == before)
    #expect(talk.message?.tone == .bad)
  }

  @Test func aProjectInMemoryIsNotWritten() {
    var talk = Talk(Talk.sample, symptom: "exits-immediately")
    talk.perform(.applyFix(finding: finding, fix: "disable-cgo"))
    #expect(talk.message == Message(.bad, "this project lies in no folder: nothing can be written"))
    #expect(talk.model.undo == nil)
  }

  @Test func checksAFixAgain() throws {
    var talk = try talk()
    folder["project/orders/Dockerfile"] = dockerfile.replacing("RUN go", with: "RUN CGO_ENABLED=0 go")
    talk.perform(.checkFix(finding: finding, fix: "disable-cgo"))
    #expect(talk.model.investigation?.findings.isEmpty == true)
  }

  // MARK: Saving

  @Test func savesAPatchThatFits() throws {
    var talk = try talk()
    talk.perform(.savePatch(finding: finding, fix: "disable-cgo"))
    #expect(talk.message?.text.hasSuffix("/out/disable-cgo.patch") == true)
    #expect(folder["out/disable-cgo.patch"] == talk.model.investigation?.findings.first?.fixes.first?.patch)
    talk.perform(.savePatch(finding: finding, fix: "same-libc"))
    #expect(talk.message?.tone == .bad)
  }

  @Test func savesATranscriptUnderANewNameEachTime() throws {
    var talk = try talk()
    talk.perform(.answer(question: "how-it-ended", answer: "not-started"))
    talk.perform(.saveTranscript)
    talk.perform(.saveTranscript)
    #expect(folder.names("out") == ["drydock-exits-immediately-2.md", "drydock-exits-immediately.md"])
    let text = try #require(folder["out/drydock-exits-immediately.md"])
    #expect(text.hasPrefix("# drydock: test\n\n4 services · 4 Dockerfiles\n\n## Container exits at once\n"))
    #expect(text.contains("- How did the container end? **With \"no such file or directory\""))
    #expect(text.contains("(your answer)"))
    #expect(text.contains("libc-mismatch"))
    #expect(text.hasSuffix("```\n"))
  }

  @Test func aTranscriptOfAllFindingsNeedsNoSymptom() throws {
    var talk = try Talk(folder)
    talk.perform(.saveTranscript)
    let text = try #require(folder["out/drydock-findings.md"])
    #expect(text.contains("listens-on-loopback"))
  }

  @Test func saysWhenItCannotSave() throws {
    var talk = try talk()
    talk.conversation.project.outputs = folder.path + "/missing"
    talk.perform(.saveTranscript)
    #expect(talk.message?.tone == .bad)
    #expect(talk.message?.text.hasPrefix("not saved: ") == true)
  }

  @Test func needsTheTerminalForTheRest() throws {
    var talk = try talk()
    for effect in [Effect.quit, .suspend, .copy("x"), .openEditor(file: "a", line: 1)] {
      let events = talk.conversation.perform(effect)
      #expect(events.isEmpty)
    }
  }
}
