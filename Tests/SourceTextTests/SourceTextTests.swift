import SourceText
import Testing

@Suite struct LineMapTests {
  @Test(arguments: [
    (0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 2, 3), (6, 3, 1), (99, 3, 1), (-1, 1, 1),
  ])
  func position(offset: Int, line: Int, column: Int) {
    #expect(LineMap(Array("ab\nc\r\n".utf8)).position(of: offset) == LineColumn(line: line, column: column))
  }

  @Test func linesOfAFile() {
    let map = LineMap(Array("ab\nc".utf8))
    #expect(map.lineCount == 2)
    #expect(map.range(ofLine: 1) == ByteRange(0, 3))
    #expect(map.range(ofLine: 2) == ByteRange(3, 4))
    #expect(map.range(ofLine: 3) == nil)
    #expect(LineMap([]).lineCount == 1)
  }
}

@Suite struct EditSetTests {
  @Test func appliesInOrderOfPlace() throws {
    let edits = try EditSet([
      TextEdit(ByteRange(4, 7), "two"), TextEdit(ByteRange(0, 3), "one"), TextEdit(ByteRange(at: 7), "!"),
    ])
    #expect(String(decoding: edits.apply(to: Array("aaa bbb".utf8)), as: UTF8.self) == "one two!")
  }

  @Test func insertionsAtOnePlaceKeepTheirOrder() throws {
    let edits = try EditSet([TextEdit(ByteRange(at: 1), "x"), TextEdit(ByteRange(at: 1), "y")])
    #expect(edits.apply(to: Array("ab".utf8)) == Array("axyb".utf8))
  }

  @Test func refusesOverlap() {
    #expect(throws: EditConflict.self) {
      try EditSet([TextEdit(ByteRange(0, 3), "x"), TextEdit(ByteRange(2, 4), "y")])
    }
    #expect(throws: EditConflict.self) {
      try EditSet([TextEdit(ByteRange(0, 3), "x"), TextEdit(ByteRange(at: 1), "y")])
    }
  }

  @Test func sameReplacementTwiceIsOne() throws {
    let edit = TextEdit(ByteRange(0, 1), "x")
    #expect(try EditSet([edit, edit]).edits == [edit])
  }

  @Test func rangesBeyondTheEndAreCutOff() throws {
    let edits = try EditSet([TextEdit(ByteRange(1, 9), "x"), TextEdit(ByteRange(at: 20), "y")])
    #expect(edits.apply(to: Array("ab".utf8)) == Array("axy".utf8))
  }
}

@Suite struct UnifiedDiffTests {
  @Test func oneChangedLine() {
    let old = (1...9).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 5", with: "LINE 5")
    let diff = UnifiedDiff(path: "a.txt", old: Array(old.utf8), new: Array(new.utf8))
    #expect(
      diff.text == """
        --- a/a.txt
        +++ b/a.txt
        @@ -2,7 +2,7 @@
         line 2
         line 3
         line 4
        -line 5
        +LINE 5
         line 6
         line 7
         line 8

        """)
    #expect(diff.addedCount == 1)
    #expect(diff.removedCount == 1)
  }

  @Test func newFile() {
    let diff = UnifiedDiff(path: "x", old: nil, new: Array("a\nb".utf8))
    #expect(diff.text == "--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n")
  }

  @Test func changesFarApartAreTwoHunks() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacing("2\n", with: "two\n", maxReplacements: 1).replacing("19\n", with: "nineteen\n")
    #expect(UnifiedDiff(path: "x", old: Array(old.utf8), new: Array(new.utf8)).hunks.count == 2)
  }

  @Test func sameTextIsNoDiff() {
    #expect(UnifiedDiff(path: "x", old: Array("a".utf8), new: Array("a".utf8)).bytes.isEmpty)
  }

  /// `git apply` reads a path in quotes with escapes; without, a name could begin a second file.
  @Test(arguments: [
    ("a\nb", "\"b/a\\012b\""), ("\u{1B}[m", "\"b/\\033[m\""), ("a\"b", "\"b/a\\\"b\""), ("a\\b", "\"b/a\\\\b\""),
    ("\u{7F}", "\"b/\\177\""), ("plain name é", "b/plain name é"),
  ])
  func strangeNamesAreQuoted(path: String, quoted: String) {
    let diff = UnifiedDiff(path: path, old: nil, new: Array("x\n".utf8))
    #expect(diff.text == "--- /dev/null\n+++ \(quoted)\n@@ -0,0 +1 @@\n+x\n")
  }

  /// Every line of a long file differs, as when line endings are changed: still one walk through the file.
  @Test func longFilesThatDifferEverywhere() {
    let old = (0..<40_000).map { "line \($0)\r\n" }.joined()
    let new = old.replacing("\r\n", with: "\n")
    let diff = UnifiedDiff(path: "x", old: Array(old.utf8), new: Array(new.utf8))
    #expect(diff.removedCount == 40_000)
    #expect(diff.addedCount == 40_000)
    let longer = UnifiedDiff(path: "x", old: Array(old.utf8), new: Array((new + "end\n").utf8))
    #expect(longer.addedCount == 40_001)
  }
}
