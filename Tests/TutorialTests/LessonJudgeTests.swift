import Inspection
import Knowledge
import KnowledgeData
import Testing

@testable import Tutorial

@Suite struct LessonJudgeTests {
  private func verdict(_ files: [String: String]) throws -> Verdict {
    LessonJudge(try SampleLesson.lesson(), knowledge: .builtIn).judge(MemoryTree(files))
  }

  private func done(_ files: [String: String], _ seen: Seen = Seen()) throws -> [Bool] {
    try verdict(files).done(SampleLesson.lesson(), seen)
  }

  @Test func nothingIsDoneAtTheStart() throws {
    #expect(try verdict(SampleLesson.project).left == ["listens-on-loopback"])
    #expect(try done(SampleLesson.project) == [false, false, false])
  }

  @Test func whatWasSeenIsDone() throws {
    #expect(try done(SampleLesson.project, Seen(causes: ["listens-on-loopback"])) == [true, false, false])
    #expect(try done(SampleLesson.project, Seen(pages: [.images])) == [false, true, false])
    #expect(try done(SampleLesson.project, Seen(causes: ["another"], pages: [.layers])) == [false, false, false])
  }

  /// Whoever cures it has found it, whatever the log said before.
  @Test func aCureIsDone() throws {
    #expect(try done(SampleLesson.solved) == [true, false, true])
    let other = SampleLesson.changed("main.go", "127.0.0.1:8080", ":8080")
    #expect(try done(other) == [true, false, true])
  }

  @Test func theTemptingEditIsRecognised() throws {
    #expect(try verdict(SampleLesson.wrong).isMistaken)
    #expect(try done(SampleLesson.wrong) == [false, false, false])
    // Also beside the cure: it is still there.
    var both = SampleLesson.solved
    both["compose.yaml"] = SampleLesson.wrong["compose.yaml"]
    #expect(try done(both) == [false, false, false])
  }

  @Test func takingFilesAwayCuresNothing() throws {
    for path in SampleLesson.project.keys {
      var files = SampleLesson.project
      files[path] = nil
      let verdict = try verdict(files)
      #expect(verdict.missing == [path])
      #expect(try done(files)[2] == false)
    }
    #expect(try done([:])[2] == false)
  }

  @Test(arguments: [
    ("Dockerfile", "ENTRYPOINT", "ENTRYPIONT"), ("compose.yaml", "build: .", "build: ["),
    ("compose.yaml", "services:", "servants:"),
  ])
  func aFileThatCannotBeReadIsNoCure(_ path: String, _ old: String, _ new: String) throws {
    var files = SampleLesson.solved
    files[path] = files[path]?.replacing(old, with: new)
    #expect(try done(files)[2] == false)
  }

  @Test func anotherProvenCauseIsNoCure() throws {
    var files = SampleLesson.solved
    files["compose.yaml"] = files["compose.yaml"]?.replacing("8080:8080", with: "8080:80")
    #expect(try verdict(files).new != [])
    #expect(try done(files)[2] == false)
  }

  /// What was seen before an edit says nothing about the files after it.
  @Test func theLogIsForgottenWithTheFirstEdit() throws {
    let judge = LessonJudge(try SampleLesson.lesson(), knowledge: .builtIn)
    #expect(judge.request(MemoryTree(SampleLesson.project)).log != nil)
    #expect(judge.request(MemoryTree(SampleLesson.solved)).log == nil)
    var more = SampleLesson.project
    more["new.txt"] = ""
    #expect(judge.request(MemoryTree(more)).log == nil)
  }

  @Test(arguments: [("x", 1_000_000), ("\u{0}\u{1}", 3), ("[", 50_000), ("\u{FEFF}", 1)])
  func survivesAnything(_ piece: String, _ count: Int) throws {
    let text = String(repeating: piece, count: count)
    for path in SampleLesson.project.keys {
      var files = SampleLesson.project
      files[path] = text
      #expect(try done(files)[2] == false)
    }
  }
}
