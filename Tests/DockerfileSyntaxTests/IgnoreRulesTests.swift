import SourceText
import Testing

@testable import DockerfileSyntax

@Suite struct IgnoreRulesTests {
  private func rules(_ text: String) -> IgnoreRules { IgnoreRules(Array(text.utf8)) }

  @Test(arguments: [
    ("a", "a", true), ("a", "a/b", true), ("a", "x/a", false), ("/a/", "a", true), ("./a/../b", "b", true),
    ("*", "a/b", true), ("*.md", "x.md", true), ("*.md", "d/x.md", false), ("*/*.md", "d/x.md", true),
    ("**/*.md", "x.md", true), ("**/*.md", "d/e/x.md", true), ("d/**", "d", false), ("d/**", "d/x/y", true),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "ab", false), ("**", "anything/at/all", true),
    ("**foo", "xfoo", true), ("**/foo", "xfoo", false), ("foo**", "foobar/x", true),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true), ("[^a]x", "ax", false), ("[^a]x", "bx", true),
    ("a\\*b", "a*b", true), ("a\\*b", "axb", false), ("a.b", "axb", false), ("a+(b)", "a+(b)", true),
    ("  a  ", "a", true), (" # x", "# x", true), ("# a", "a", false), ("a\r\nb\r\n", "a", true), ("", "a", false),
    ("\u{FEFF}a", "a", true), (".", "a", false), ("..", "a", false), ("node_modules", "web/node_modules/x", false),
    ("**/node_modules", "web/node_modules/x", true),
  ])
  func onePattern(text: String, path: String, isIgnored: Bool) {
    #expect(rules(text).verdict(path).isIgnored == isIgnored)
  }

  @Test(arguments: [
    ("*\n!a", "a", false), ("*\n!a", "b", true), ("!a\n*", "a", true), ("*\n!a/b", "a/b", false),
    ("*\n!a/b", "a/c", true),
    ("*.md\n!README.md\nREADME-x.md", "README.md", false), ("*.md\n!README*.md\nREADME-x.md", "README-x.md", true),
    ("**\n!**/*.go", "cmd/main.go", false), ("**\n!**/*.go", "cmd/main.py", true),
    ("a\n! a/b", "a/b", false),
    // A pattern that had no say about the folder has none below it, either.
    ("a/x\n!a", "a/x", true),
  ])
  func exceptions(text: String, path: String, isIgnored: Bool) {
    #expect(rules(text).verdict(path).isIgnored == isIgnored)
  }

  @Test func saysWhichPatternDecided() {
    let text = "# rules\n*.log\n  !keep.log  \n"
    let bytes = Array(text.utf8)
    let rules = IgnoreRules(bytes)
    func pattern(_ path: String) -> String? {
      rules.verdict(path).range.map { String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) }
    }
    #expect(pattern("x.log") == "*.log")
    #expect(pattern("keep.log") == "!keep.log")
    #expect(pattern("main.go") == nil)
  }

  @Test func looksIntoAnIgnoredFolderForExceptionsOnly() {
    #expect(!rules("a\nb\n!b/c").looksInto("a"))
    #expect(rules("a\nb\n!b/c").looksInto("b"))
    #expect(rules("a\n!**/x").looksInto("a"))
    #expect(rules("a").looksInto("c"))
  }

  @Test(arguments: ["!", "! ", "[a", "a[", "a\\", "[]a]", "!/"])
  func refusesPatterns(text: String) {
    let rules = rules("ok\n\(text)\n")
    #expect(rules.problems.count == 1)
    #expect(rules.patterns.count == 1)
  }

  @Test func longPatternsTakeLinearTime() {
    let stars = String(repeating: "*a", count: 2_000)
    #expect(!rules(stars).verdict(String(repeating: "a", count: 3_000) + "b").isIgnored)
  }
}
