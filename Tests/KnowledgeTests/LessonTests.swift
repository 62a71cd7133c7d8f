import KnowledgeData
import KnowledgeProof
import Testing

/// Every lesson on its own files.
@Suite struct LessonTests {
  @Test(arguments: Lesson.builtIn.map(\.name))
  func lesson(name: String) throws {
    let lesson = try #require(Lesson.builtIn.first { $0.name == name })
    #expect(LessonProof(lesson, knowledge: .builtIn).failures() == [])
  }

  @Test func lessonsAreNumberedWithoutAGap() {
    #expect(
      Lesson.builtIn.map(\.number) == Array(1...max(1, Lesson.builtIn.count)).prefix(Lesson.builtIn.count).map { $0 })
  }
}
