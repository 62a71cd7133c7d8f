import Foundation
import Inspection
import Knowledge
import Testing

@testable import Fixes

@Suite struct FixWriterTests {
  private let folder = TemporaryFolder()
  private let state = TemporaryFolder()
  private let title = LocalizedText(en: "Build without cgo", zh: "关闭 cgo 构建")

  private func writer(in subfolder: String = "") throws -> FixWriter {
    FixWriter(
      tree: try DiskTree(folder: folder.path + "/" + subfolder), store: UndoStore(folder: state.path + "/deep/undo"))
  }

  private func change(_ path: String, _ old: String?, _ new: String) -> Fix.Change {
    Fix.Change(path: path, old: old.map { Array($0.utf8) }, new: Array(new.utf8))
  }

  @Test func replacesAFileAsAWhole() throws {
    folder["Dockerfile"] = "FROM a\n"
    try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    #expect(folder["Dockerfile"] == "FROM b\n")
    // Nothing of ours is left beside it.
    #expect(folder.names() == ["Dockerfile"])
  }

  @Test(arguments: [0o755, 0o640, 0o600, 0o4755]) func keepsTheMode(_ mode: Int) throws {
    folder["start.sh"] = "a\r\n"
    folder.setMode("start.sh", mode)
    try writer().apply([change("start.sh", "a\r\n", "a\n")], title: title)
    #expect(folder["start.sh"] == "a\n")
    #expect(folder.mode("start.sh") == mode)
  }

  @Test func whoHasItOpenReadsTheOldBytesToTheEnd() throws {
    folder["Dockerfile"] = "FROM a\n"
    let reader = try #require(FileHandle(forReadingAtPath: folder.path + "/Dockerfile"))
    try writer().apply([change("Dockerfile", "FROM a\n", "FROM bbbb\n")], title: title)
    #expect(String(decoding: reader.readDataToEndOfFile(), as: UTF8.self) == "FROM a\n")
  }

  @Test func writesWhereALinkLeads() throws {
    folder["docker/web.Dockerfile"] = "FROM a\n"
    folder.link("Dockerfile", to: "docker/web.Dockerfile")
    try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    #expect(folder.isLink("Dockerfile"))
    #expect(folder["docker/web.Dockerfile"] == "FROM b\n")
  }

  @Test func countsPathsFromTheInspectedFolder() throws {
    folder[".git/HEAD"] = "x"
    folder["web/Dockerfile"] = "FROM a\n"
    folder["go.mod"] = "go 1.20\n"
    let writer = try writer(in: "web")
    try writer.apply(
      [change("Dockerfile", "FROM a\n", "FROM b\n"), change("../go.mod", "go 1.20\n", "go 1.21\n")], title: title)
    #expect(folder["web/Dockerfile"] == "FROM b\n")
    #expect(folder["go.mod"] == "go 1.21\n")
  }

  @Test func makesANewFileOnlyWhereNoneIs() throws {
    try writer().apply([change(".dockerignore", nil, ".git\n")], title: title)
    #expect(folder[".dockerignore"] == ".git\n")
    #expect(throws: WriteProblem.exists(".dockerignore")) {
      try writer().apply([change(".dockerignore", nil, "other\n")], title: title)
    }
    #expect(folder[".dockerignore"] == ".git\n")
    #expect(folder.names() == [".dockerignore"])
  }

  @Test func aLinkToNothingIsThereToo() throws {
    folder.link(".dockerignore", to: "/nowhere/at/all")
    #expect(throws: WriteProblem.exists(".dockerignore")) {
      try writer().apply([change(".dockerignore", nil, ".git\n")], title: title)
    }
    #expect(folder.isLink(".dockerignore"))
  }

  @Test func refusesWhatWasChangedMeanwhile() throws {
    folder["Dockerfile"] = "FROM c\n"
    #expect(throws: WriteProblem.changed("Dockerfile")) {
      try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    }
    #expect(folder["Dockerfile"] == "FROM c\n")
    #expect(try writer().undoable.isEmpty)
  }

  @Test func writesAllFilesOrNone() throws {
    folder["a"] = "1\n"
    folder["b"] = "changed\n"
    #expect(throws: WriteProblem.changed("b")) {
      try writer().apply(
        [change("a", "1\n", "2\n"), change("new", nil, "n\n"), change("b", "1\n", "2\n")], title: title)
    }
    #expect(folder["a"] == "1\n")
    #expect(folder.names() == ["a", "b"])
    #expect(try writer().undoable.isEmpty)
  }

  @Test(arguments: ["../outside", "/etc/passwd", "sub/../../outside"]) func refusesPathsOutsideOfTheRoot(_ path: String)
    throws
  {
    #expect(throws: WriteProblem.outside(path)) { try writer().apply([change(path, "a", "b")], title: title) }
    #expect(throws: WriteProblem.outside(path)) { try writer().apply([change(path, nil, "b")], title: title) }
  }

  @Test func refusesLinksThatLeadOutside() throws {
    let other = TemporaryFolder()
    other["Dockerfile"] = "FROM a\n"
    folder.link("Dockerfile", to: other.path + "/Dockerfile")
    folder.link("docs", to: other.path)
    #expect(throws: WriteProblem.outside("Dockerfile")) {
      try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    }
    #expect(throws: WriteProblem.outside("docs/new")) {
      try writer().apply([change("docs/new", nil, "x")], title: title)
    }
    #expect(other["Dockerfile"] == "FROM a\n")
    #expect(other.names() == ["Dockerfile"])
  }

  @Test func refusesWhatIsNoFile() throws {
    folder["folder/x"] = ""
    #expect(throws: WriteProblem.changed("folder")) { try writer().apply([change("folder", "", "x")], title: title) }
    #expect(throws: WriteProblem.changed("missing")) { try writer().apply([change("missing", "", "x")], title: title) }
  }

  @Test(.enabled(if: getuid() == 0, "only root gives files away")) func keepsTheOwner() throws {
    folder["Dockerfile"] = "FROM a\n"
    #expect(chown(folder.path + "/Dockerfile", 1234, 2345) == 0)
    try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/Dockerfile")
    #expect(attributes[.ownerAccountID] as? Int == 1234)
    #expect(attributes[.groupOwnerAccountID] as? Int == 2345)
  }

  @Test(.enabled(if: getuid() != 0, "root may write everything")) func refusesAFileThatMayNotBeWritten() throws {
    folder["Dockerfile"] = "FROM a\n"
    folder.setMode("Dockerfile", 0o444)
    #expect(throws: WriteProblem.self) {
      try writer().apply([change("Dockerfile", "FROM a\n", "FROM b\n")], title: title)
    }
    #expect(folder["Dockerfile"] == "FROM a\n")
  }

  // MARK: Undo

  @Test func takesBackTheLastFixFirst() throws {
    folder["Dockerfile"] = "1"
    try writer().apply([change("Dockerfile", "1", "2")], title: title)
    try writer().apply(
      [change("Dockerfile", "2", "3"), change("new", nil, "n")], title: LocalizedText(en: "second", zh: "第二"))
    let records = try writer().undoable
    #expect(records.map(\.title.en) == ["second", "Build without cgo"])
    #expect(records.last?.title.zh == "关闭 cgo 构建")
    try writer().undo(records[0])
    #expect(folder["Dockerfile"] == "2")
    #expect(folder.names() == ["Dockerfile"])
    try writer().undo(records[1])
    #expect(folder["Dockerfile"] == "1")
    #expect(try writer().undoable.isEmpty)
  }

  @Test func takesNothingBackWhereAFileWasChangedSince() throws {
    folder["a"] = "1"
    folder["b"] = "1"
    try writer().apply([change("a", "1", "2"), change("b", "1", "2")], title: title)
    folder["b"] = "3"
    let record = try #require(try writer().undoable.first)
    #expect(throws: WriteProblem.changed("b")) { try writer().undo(record) }
    #expect(folder["a"] == "2")
    #expect(try writer().undoable.count == 1)
  }

  @Test func leavesWhatAPersonPutBack() throws {
    folder["a"] = "1"
    folder["b"] = "1"
    try writer().apply([change("a", "1", "2"), change("b", "1", "2")], title: title)
    folder["a"] = "1"
    try writer().undo(try #require(try writer().undoable.first))
    #expect(folder["a"] == "1")
    #expect(folder["b"] == "1")
  }

  @Test func keepsProjectsApart() throws {
    folder["a"] = "1"
    try writer().apply([change("a", "1", "2")], title: title)
    let other = TemporaryFolder()
    let writer = FixWriter(tree: try DiskTree(folder: other.path), store: UndoStore(folder: state.path + "/deep/undo"))
    #expect(writer.undoable.isEmpty)
  }

  @Test func remembersBytesOfEveryKind() throws {
    let bytes = (0...255).map { UInt8($0) } + Array("\nnew 3\nabc\n".utf8)
    let path = folder.path + "/binary"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try writer().apply([Fix.Change(path: "binary", old: bytes, new: bytes + bytes)], title: title)
    try writer().undo(try #require(try writer().undoable.first))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes))
  }

  @Test(arguments: [
    "", "drydock undo 1\n", "drydock undo 1\nroot 99\n/x\n", "drydock undo 1\nroot -1\n", "drydock undo 1\nnew 1\nx\n",
    "drydock undo 1\nroot 9223372036854775807\nx\n", "drydock undo 2\nroot 1\n/\n", "root 1\n/\n",
  ]) func aBrokenRecordIsNone(_ text: String) {
    #expect(UndoFormat.record(Array(text.utf8)) == nil)
  }

  @Test func skipsWhatIsNoRecord() throws {
    folder["a"] = "1"
    try writer().apply([change("a", "1", "2")], title: title)
    state["deep/undo/000009"] = "not ours"
    state["deep/undo/notes.txt"] = "not ours"
    #expect(try writer().undoable.count == 1)
    try writer().apply([change("a", "2", "3")], title: title)
    #expect(try writer().undoable.map { $0.changes.map(\.new) } == [[[0x33]], [[0x32]]])
  }

  // MARK: The state folder and new files

  @Test(
    arguments: [
      (["XDG_STATE_HOME": "/s", "HOME": "/h"], "/s/drydock"), (["HOME": "/h"], "/h/.local/state/drydock"),
      // A relative one must be ignored.
      (["XDG_STATE_HOME": "s", "HOME": "/h"], "/h/.local/state/drydock"), (["XDG_STATE_HOME": ""], nil), ([:], nil),
    ] as [([String: String], String?)]) func findsTheStateFolder(_ environment: [String: String], _ expected: String?)
  {
    #expect(StateFolder.path(environment) == expected)
  }

  @Test func savesUnderANameThatIsFree() throws {
    #expect(try NewFile.write("1", named: "a.patch", in: folder.path) == folder.path + "/a.patch")
    #expect(try NewFile.write("2", named: "a.patch", in: folder.path) == folder.path + "/a-2.patch")
    #expect(folder["a.patch"] == "1")
    #expect(folder["a-2.patch"] == "2")
  }

  @Test func copiesAProjectAnew() throws {
    let place = folder.path + "/state/sample"
    _ = try ProjectCopy.write([("web/Dockerfile", "FROM a\n"), ("compose.yaml", "x\n")], to: place)
    folder["state/sample/web/Dockerfile"] = "changed\n"
    let tree = try ProjectCopy.write([("web/Dockerfile", "FROM a\n"), ("compose.yaml", "x\n")], to: place)
    #expect(folder["state/sample/web/Dockerfile"] == "FROM a\n")
    #expect(tree.folder == place)
  }
}
