import StyledText
import Testing

@testable import TerminalUI

@Suite struct WordWrapTests {
  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]),
    ("one two three", 8, ["one two", "three"]),
    ("exact fit", 9, ["exact fit"]),
    ("", 5, [""]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ("a\n\nb", 5, ["a", "", "b"]),
    ("the path a/b/c", 10, ["the path", "a/b/c"]),
    ("build --detach web", 9, ["build", "--detach", "web"]),
    ("well-known thing", 8, ["well-", "known", "thing"]),
    // A path stays in one piece, unless that leaves much of a line empty.
    ("fixes go into ~/a/bbbb/cccc", 20, ["fixes go into", "~/a/bbbb/cccc"]),
    ("at /usr/local/share/doc", 14, ["at /usr/local/", "share/doc"]),
  ])
  func breaksBetweenWords(_ text: String, _ width: Int, _ expected: [String]) {
    #expect(WordWrap.wrap(text, width: width).map(\.text) == expected)
  }

  @Test func chineseBreaksAnywhereButNotBeforeAMark() {
    #expect(WordWrap.wrap("在容器里，它不行。", width: 8).map(\.text) == ["在容器", "里，它不", "行。"])
    #expect(WordWrap.wrap("看（这里）吧", width: 6).map(\.text) == ["看（这", "里）吧"])
    #expect(WordWrap.wrap("看看（这里）", width: 6).map(\.text) == ["看看", "（这", "里）"])
  }

  @Test(arguments: 1...12) func noLineIsTooWide(_ width: Int) {
    for text in ["在容器里，127.0.0.1 指的是容器自己。", "http://example.com/a/very/long/path?x=1 --and=more", "））））））））"] {
      for line in WordWrap.wrap(text, width: width) { #expect(line.width <= max(width, 2)) }
      #expect(
        WordWrap.wrap(text, width: width).map(\.text).joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func laterLinesAreIndented() {
    #expect(WordWrap.wrap("✓ one two three", width: 9, indent: 2).map(\.text) == ["✓ one two", "  three"])
  }

  @Test func aCommandStaysOneCommand() {
    let lines = WordWrap.command("docker compose exec web wget -qO- localhost", width: 24, indent: 2).map(\.text)
    #expect(lines == ["  docker compose exec \\", "    web wget -qO- \\", "    localhost"])
    #expect(lines.allSatisfy { Line($0).width <= 24 })
  }

  @Test func proseKnowsParagraphsItemsAndCode() {
    let text = "First `code`\ngoes on.\n\n- an item that is long\n- two\n\n  docker ps"
    let lines = Prose.lines(text, width: 16)
    #expect(
      lines.map(\.text) == [
        "First code goes", "on.", "", "- an item that", "  is long", "- two", "", "  docker ps",
      ])
    #expect(lines[0].cells.filter { $0.role == .code }.map(\.text).joined() == "code")
  }

  @Test func chineseLinesJoinWithoutASpace() {
    #expect(Prose.lines("端口没有\n开放：\nDocker 断开", width: 40).map(\.text) == ["端口没有开放：Docker 断开"])
    #expect(Prose.lines("one\ntwo", width: 40).map(\.text) == ["one two"])
  }

  @Test func aLonelyBacktickStays() {
    #expect(Prose.styled("it's a ` here").text == "it's a ` here")
    #expect(Prose.styled("`a` and `b").text == "`a` and `b")
  }

  @Test func longTextTakesLinearTime() {
    let text = String(repeating: "x", count: 1_000_000)
    #expect(WordWrap.wrap(text, width: 80).count == 12_500)
  }
}
