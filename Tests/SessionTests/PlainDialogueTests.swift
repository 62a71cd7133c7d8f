import Inspection
import Knowledge
import KnowledgeData
import StyledText
import Testing

@testable import Fixes
@testable import Session

@Suite struct PlainDialogueTests {
  private let folder = TemporaryFolder(Talk.sample)

  private func dialogue(_ language: Knowledge.Language = .en) throws -> PlainDialogue {
    PlainDialogue(
      try Talk(folder, language: language).conversation, style: TextStyle(color: false, ascii: false, columns: 80))
  }

  @Test(arguments: [
    (Knowledge.Language.en, "What do you see?", "Container exits at once"), (.zh, "你看到了什么问题？", "容器启动后立即退出"),
  ])
  func listsTheSymptoms(_ language: Knowledge.Language, _ question: String, _ symptom: String) throws {
    var dialogue = try dialogue(language)
    let text = dialogue.opening()
    #expect(text.contains(question))
    #expect(text.contains("  1  \(symptom)"))
  }

  @Test func leadsToAWrittenFix() throws {
    var dialogue = try dialogue()
    _ = dialogue.opening()
    let found = dialogue.reply(to: "1")
    #expect(found.contains("libc-mismatch"))
    #expect(found.hasSuffix("  1  Build without cgo, so that the program needs no C library (orders/Dockerfile)\n"))
    let written = dialogue.reply(to: "1")
    #expect(written.hasPrefix("Fixed in the files\n\nDone: Build without cgo"))
    #expect(written.contains("  docker compose up --build --detach orders\n"))
    // The keys are named in plain text, and no line is too long.
    #expect(!written.contains("`"))
    #expect(written.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(folder["project/orders/Dockerfile"]?.contains("CGO_ENABLED=0") == true)
    #expect(dialogue.reply(to: "u").contains("Taken back:"))
    #expect(folder["project/orders/Dockerfile"]?.contains("CGO_ENABLED=0") == false)
  }

  @Test(arguments: [("y", true), ("n", false), ("", false), ("1", false)])
  func asksBeforeAFixThatNeedsAnEye(_ answer: String, _ isWritten: Bool) throws {
    var dialogue = try dialogue()
    _ = dialogue.opening()
    _ = dialogue.reply(to: "2")
    #expect(dialogue.reply(to: "1").hasSuffix("Change shop/main.go? y/n\n"))
    _ = dialogue.reply(to: answer)
    #expect(folder["project/shop/main.go"]?.contains("0.0.0.0") == isWritten)
  }

  @Test func takesAPaste() throws {
    var dialogue = try dialogue()
    _ = dialogue.opening()
    #expect(!dialogue.reply(to: "p").isEmpty)
    #expect(dialogue.reply(to: "q").isEmpty)
    #expect(!dialogue.isOver)
    _ = dialogue.reply(to: "exec /usr/local/bin/orders: no such file or directory")
    #expect(dialogue.reply(to: ".").contains("The log shows: Container exits at once"))
  }

  @Test func asksTheQuestions() throws {
    let riddle = TemporaryFolder([
      "Dockerfile": "FROM example.com/base:1\nCOPY app /app\nCMD [\"/app\"]\n", "app": "\u{1}",
    ])
    var dialogue = PlainDialogue(
      try Talk(riddle).conversation, style: TextStyle(color: false, ascii: false, columns: 80))
    _ = dialogue.opening()
    #expect(dialogue.reply(to: "1").hasPrefix("How did the container end?\n"))
    #expect(dialogue.reply(to: "nonsense").hasPrefix("How did the container end?\n"))
    #expect(dialogue.reply(to: "1").hasPrefix("Is the command meant to start something that keeps running?\n"))
    #expect(dialogue.reply(to: "b").hasPrefix("How did the container end?\n"))
    #expect(dialogue.reply(to: "b").hasPrefix("What do you see?\n"))
  }

  @Test(arguments: ["", "0", "99", "-1", "99999999999999999999", "\u{0}", "你好"]) func survivesAnyLine(_ line: String)
    throws
  {
    var dialogue = try dialogue()
    _ = dialogue.opening()
    #expect(dialogue.reply(to: line).hasPrefix("What do you see?"))
    _ = dialogue.reply(to: "q")
    #expect(dialogue.isOver)
  }
}
