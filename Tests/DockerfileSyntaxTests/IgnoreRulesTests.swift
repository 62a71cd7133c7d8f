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

  /// Plain paths and names are looked up; that must not change what the patterns say one after another.
  @Test func agreesWithAWalkOverAllPatterns() {
    var random = Random(state: 7)
    let parts = ["a", "b", "c", "*", "**", "a*", "?", "[ab]"]
    let names = ["a", "b", "c", "ab"]
    for _ in 0..<400 {
      let lines = (0..<random.number(below: 9)).map { _ in
        (random.number(below: 3) == 0 ? "!" : "")
          + (0...random.number(below: 3)).map { _ in random.element(of: parts) }.joined(separator: "/")
      }
      let rules = rules(lines.joined(separator: "\n"))
      for _ in 0..<8 {
        let path = (0...random.number(below: 4)).map { _ in random.element(of: names) }.joined(separator: "/")
        let (expected, found) = (plainVerdict(rules, path), rules.verdict(path))
        #expect(found.range == expected?.range, "\(path) with \(lines)")
        #expect(found.isIgnored == (expected.map { !$0.isException } ?? false), "\(path) with \(lines)")
      }
    }
  }

  /// The pattern that decides, as the builder finds it: every pattern in turn, for every folder from the top.
  private func plainVerdict(_ rules: IgnoreRules, _ path: String) -> IgnoreRules.Pattern? {
    let scalars = Array(path.unicodeScalars)
    var matched: Set<Int> = []
    var deciding: IgnoreRules.Pattern?
    for end in 1...scalars.count where end == scalars.count || scalars[end] == "/" {
      deciding = nil
      for (number, pattern) in rules.patterns.enumerated() {
        let isIgnored = deciding.map { !$0.isException } ?? false
        if pattern.isException == isIgnored, pattern.compiled.matches(scalars[..<end]) { matched.insert(number) }
        if matched.contains(number) { deciding = pattern }
      }
    }
    return deciding
  }

  @Test func thousandsOfPatternsCostLittleMoreThanOne() {
    let lines = (0..<50_000).map { $0 % 2 == 0 ? "generated/\($0)/file" : "**/name\($0)" } + ["*.log"]
    let rules = rules(lines.joined(separator: "\n"))
    for number in 0..<5_000 { #expect(!rules.verdict("internal/package\(number)/work.go").isIgnored) }
    #expect(rules.verdict("generated/48/file/below").isIgnored)
    #expect(rules.verdict("web/name49999").isIgnored)
  }
}

/// The same numbers at each run.
private struct Random {
  var state: UInt64

  mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func element(of list: [String]) -> String { list[number(below: list.count)] }
}
