import SourceText
import Testing

@testable import Reports

/// A patch read back as replacements makes the same file.
@Suite struct PatchReaderTests {
  @Test(arguments: [
    ("a\nb\nc\n", "a\nB\nc\n"), ("a\nb\n", "a\nb\nc\n"), ("a\n", "z\na\n"), ("a\nb\nc\n", "a\nc\n"), ("a", "b"),
    ("a", "a\nb"), ("a\nb", "a\n"), ("a\r\nb\r\n", "a\nb\n"), ("", "a\n"), ("a\n", ""), ("-- x\n++ y\n", "++ x\n"),
    ("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "0\n2\n3\n4\n5\n6\n7\n8\n"), ("你好\n", "你们好"),
  ])
  func makesTheSameFile(old: String, new: String) {
    let diff = UnifiedDiff(path: "f", old: Array(old.utf8), new: Array(new.utf8))
    var lines = LineMap(Array(old.utf8)).starts
    let end = old.utf8.count
    lines.append(end)
    var result = Array(old.utf8)
    for replacement in PatchReader.replacements(diff.text).reversed() {
      #expect(replacement.file == "f")
      let start = lines[min(replacement.line - 1, lines.count - 1)]
      let stop = replacement.lastLength == nil ? lines[min(replacement.endLine - 1, lines.count - 1)] : end
      result.replaceSubrange(start..<stop, with: Array(replacement.text.utf8))
    }
    #expect(String(decoding: result, as: UTF8.self) == new)
  }

  @Test(arguments: ["a\nb", "\u{1B}[31m\"", "a\\b\t", "plain"])
  func readsQuotedNames(path: String) {
    let diff = UnifiedDiff(path: path, old: Array("a\n".utf8), new: Array("b\n".utf8))
    #expect(PatchReader.replacements(diff.text).map(\.file) == [path])
  }

  @Test(arguments: ["", "no patch", "@@ -1 +1 @@", "@@ -999999999999999999999,1 +1 @@\n-a\n+b", "@@ - + @@\n+"])
  func readsWhatIsNoPatchWithoutACrash(_ text: String) {
    #expect(PatchReader.replacements(text).allSatisfy { $0.line >= 1 })
  }
}
