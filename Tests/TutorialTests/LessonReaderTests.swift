import Knowledge
import KnowledgeData
import KnowledgeFormat
import KnowledgeProof
import Testing

@Suite struct LessonReaderTests {
  @Test func aLessonIsReadAndProven() throws {
    let lesson = try SampleLesson.lesson()
    #expect(lesson.name == "01-loopback")
    #expect(lesson.tasks.map(\.aim) == [.find("listens-on-loopback"), .look(.images), .cure("listens-on-loopback")])
    #expect(lesson.start.map(\.path) == ["Dockerfile", "compose.yaml", "go.mod", "main.go"])
    #expect(LessonProof(lesson, knowledge: .builtIn).failures() == [])
  }

  /// Every mistake of a writer is told with its file and line.
  @Test(arguments: [
    ("cause: listens-on-loopback", "cause: nonsense", 1, "there is no cause “nonsense”"),
    ("symptom: port-unreachable", "symptom: nonsense", 1, "there is no symptom “nonsense”"),
    ("look: images", "look: stars", 15, "“stars” is none of: images, layers, knowledge/CAUSE"),
    ("look: images", "look: knowledge/nonsense", 1, "there is no cause “nonsense”"),
    ("zh: 修好 `main.go`。", "zh: 修好。", 18, "the languages differ in their code: `main.go`"),
    ("{en: Reach the port., zh: 让端口可以访问。}", "{en: Reach the port.}", 4, "the key “zh” is missing"),
    ("zh: 看看地址。", "zh: \"\"", 20, "the text is empty"),
    ("publishes: {service", "publishes: {servant", 24, "“publishes” has no column “servant”"),
    ("[listens-on-loopback, alpine", "[nonsense, alpine", 1, "drydock explain knows no “nonsense”"),
    (
      "    $ curl localhost:8080\n    curl: (52) Empty reply from server\ntasks", "    $ curl localhost:80\ntasks", 6,
      "commands"
    ),
    ("- look: images", "- find: go-proxy-unreachable\n    look: images", 15, "a task has one of: find, cure, look"),
    ("chapters", "chapter", 28, "unknown key “chapter”"),
  ])
  func aMistakeIsTold(_ old: String, _ new: String, _ line: Int, _ message: String) {
    #expect(SampleLesson.text.contains(old))
    let problems = SampleLesson.read(SampleLesson.files(SampleLesson.text.replacing(old, with: new))).problems
    #expect(
      problems.contains {
        $0.file == "lessons/01-loopback/lesson.yaml" && $0.line == line && $0.message.contains(message)
      },
      "\(problems)")
  }

  @Test func whatBelongsNowhereAndWhatIsMissingAreTold() {
    var files = SampleLesson.files()
    files.append(KnowledgeReader.File(path: "lessons/01-loopback/notes.txt", text: ""))
    files.removeAll { $0.path.contains("/wrong/") }
    let messages = SampleLesson.read(files).problems.map(\.message)
    #expect(messages.contains { $0.contains("“notes.txt” belongs to no part of a lesson") })
    #expect(messages.contains("the folder “wrong/” is missing"))
    let misnamed = SampleLesson.read(SampleLesson.files(in: "loopback")).problems.map(\.message)
    #expect(misnamed.contains { $0.contains("two digits, a hyphen, and its id") })
    let twice = SampleLesson.read(SampleLesson.files() + SampleLesson.files(in: "01-other")).problems.map(\.message)
    #expect(twice.contains("another lesson has the same number or id"))
  }

  /// What does not hold of a lesson's projects is told, one by one.
  @Test(arguments: [
    ("start", "main.go", "127.0.0.1", "0.0.0.0", "start/ should have listens-on-loopback first"),
    ("solved", "main.go", "0.0.0.0", "127.0.0.1", "solved/ still has listens-on-loopback"),
    ("solved", "compose.yaml", "8080:8080", "9090:8080", "solved/ satisfies wrong.when"),
    ("wrong", "compose.yaml", "9090:8080", "8080:8080", "wrong/ does not satisfy wrong.when"),
    ("start", "compose.yaml", "8080:8080", "9090:8080", "start/ satisfies wrong.when"),
    ("solved", "compose.yaml", "build: .", "build: [", "solved/ cannot be read"),
  ])
  func theProofFindsFaults(_ part: String, _ path: String, _ old: String, _ new: String, _ failure: String) throws {
    let files = SampleLesson.files().map { file in
      file.path.hasSuffix("/\(part)/\(path)")
        ? KnowledgeReader.File(path: file.path, text: file.text.replacing(old, with: new)) : file
    }
    let lesson = try #require(SampleLesson.read(files).lessons.first)
    let failures = LessonProof(lesson, knowledge: .builtIn).failures()
    #expect(failures.contains { $0.hasPrefix(failure) }, "\(failures)")
  }
}
