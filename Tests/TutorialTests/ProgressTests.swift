import Foundation
import Inspection
import Knowledge
import KnowledgeFormat
import Testing

@testable import Tutorial

@Suite struct ProgressTests {
  private let folder = Folder()
  private var store: ProgressStore { ProgressStore(folder: folder.path + "/tutorial") }

  private func keep(_ change: (inout Tutorial.Progress) -> Void) {
    let notice = store.update(change).notice
    #expect(notice == nil)
  }

  @Test func whatWasDoneIsKept() {
    keep { $0["signals"].isSolved = true }
    keep {
      $0["ports"].seen.causes.insert("port-not-published")
      $0["ports"].seen.pages = [.images, .layers, .cause("listens-on-loopback")]
    }
    let (progress, notice) = store.load()
    #expect(notice == nil)
    #expect(progress["signals"].isSolved)
    #expect(progress["ports"].seen.causes == ["port-not-published"])
    #expect(progress["ports"].seen.pages == [.images, .layers, .cause("listens-on-loopback")])
    keep { $0["ports"] = Tutorial.Progress.Entry() }
    #expect(store.load().progress["ports"] == Tutorial.Progress.Entry())
    #expect(store.load().progress["signals"].isSolved)
  }

  @Test func nothingIsThereAtFirst() {
    #expect(store.load().progress == Tutorial.Progress())
    #expect(folder.names == [])
  }

  /// A damaged file, half a file, and one of another version are set aside under a new name, and nothing of them is lost.
  @Test(arguments: [
    "", "nonsense", "drydock tutorial 1\nsolved signals\n", "drydock tutorial 1\nsolved\nend\n",
    "drydock tutorial 1\nopened ports moon\nend\n", "drydock tutorial 0\nsolved signals\nend\n",
    "drydock tutorial 2\nsolved signals\nend\n", "drydock tutorial 99999999999999999999\nend\n", "\u{0}\u{1}",
  ])
  func aFileThatCannotBeUnderstoodIsSetAside(_ text: String) throws {
    try folder.write(text)
    let (progress, notice) = store.load()
    #expect(progress == Tutorial.Progress())
    #expect(notice == .setAside(folder.path + "/tutorial/progress.unread-1"))
    #expect(folder.text("progress.unread-1") == text)
    keep { $0["signals"].isSolved = true }
    #expect(store.load().progress["signals"].isSolved)
    try folder.write("again")
    #expect(store.load().notice == .setAside(folder.path + "/tutorial/progress.unread-2"))
    #expect(folder.text("progress.unread-1") == text)
  }

  @Test func bytesThatAreNoTextAreSetAside() throws {
    try folder.write("")
    try Data([0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: folder.path + "/tutorial/progress"))
    #expect(store.load().notice == .setAside(folder.path + "/tutorial/progress.unread-1"))
  }

  @Test func whereNothingCanBeWrittenItIsSaid() throws {
    try Data().write(to: URL(fileURLWithPath: folder.path + "/tutorial"))
    let (progress, notice) = store.update { $0["signals"].isSolved = true }
    #expect(progress["signals"].isSolved)
    guard case .notKept = notice else {
      Issue.record("nothing is said: \(String(describing: notice))")
      return
    }
  }

  /// Many writers at once: each keeps what the others have done.
  @Test func nothingIsLostBetweenWriters() async {
    let path = folder.path + "/tutorial"
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { _ = ProgressStore(folder: path).update { $0["lesson-\(number)"].isSolved = true } }
      }
    }
    let progress = store.load().progress
    #expect((0..<40).filter { !progress["lesson-\($0)"].isSolved } == [])
    #expect(folder.names == ["lock", "progress"])
  }
}

@Suite struct LessonCopyTests {
  private let folder = Folder()

  @Test func aCopyIsMadeKeptAndPutBack() throws {
    let copy = LessonCopy(try SampleLesson.lesson(), in: folder.path + "/tutorial")
    #expect(!copy.exists)
    let tree = try copy.open()
    #expect(try tree.read("main.go") == Array(SampleLesson.goProgram.utf8))
    let file = URL(fileURLWithPath: copy.folder + "/main.go")
    try Data("mine\n".utf8).write(to: file)
    #expect(try copy.open().read("main.go") == Array("mine\n".utf8))

    try FileManager.default.createDirectory(atPath: copy.folder + "/cmd/x", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: copy.folder + "/cmd/x/main.go"))
    try FileManager.default.createSymbolicLink(atPath: copy.folder + "/out", withDestinationPath: folder.path)
    try Data().write(to: URL(fileURLWithPath: folder.path + "/outside"))
    #expect(try copy.reset().read("main.go") == Array(SampleLesson.goProgram.utf8))
    #expect(try copy.open().entries(of: ".").map(\.name) == ["Dockerfile", "compose.yaml", "go.mod", "main.go"])
    #expect(FileManager.default.fileExists(atPath: folder.path + "/outside"))
  }

  @Test func aLinkInItsPlaceIsLeftAlone() throws {
    let copy = LessonCopy(try SampleLesson.lesson(), in: folder.path + "/tutorial")
    try FileManager.default.createDirectory(atPath: folder.path + "/mine", withIntermediateDirectories: true)
    try Data().write(to: URL(fileURLWithPath: folder.path + "/mine/file"))
    try FileManager.default.createDirectory(atPath: folder.path + "/tutorial", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: copy.folder, withDestinationPath: folder.path + "/mine")
    #expect(throws: (any Error).self) { try copy.reset() }
    #expect(FileManager.default.fileExists(atPath: folder.path + "/mine/file"))
  }

  @Test func whatCanRunInTheLessonCanRunInTheCopy() throws {
    let files = SampleLesson.files().map { file in
      KnowledgeReader.File(path: file.path, text: file.text, isExecutable: file.path.hasSuffix("start/main.go"))
    }
    let lesson = try #require(SampleLesson.read(files).lessons.first)
    let tree = try LessonCopy(lesson, in: folder.path).open()
    #expect(try tree.entry(at: "main.go").isExecutable)
    #expect(try tree.entry(at: "go.mod").isExecutable == false)
    #expect(try Lesson.tree(lesson.start).entry(at: "main.go").isExecutable)
  }
}

/// A folder of its own for one test, gone with it.
final class Folder {
  let path = NSTemporaryDirectory() + "drydock-\(UUID().uuidString)"

  init() { try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/tutorial")) ?? []).sorted()
  }

  func write(_ text: String) throws {
    try FileManager.default.createDirectory(atPath: path + "/tutorial", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/tutorial/progress"))
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: path + "/tutorial/" + name, encoding: .utf8) }
}
