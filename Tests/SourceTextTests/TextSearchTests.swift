import SourceText
import Testing

@Suite struct TextSearchTests {
  @Test(arguments: [
    ("", "", true), ("a", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "bc", true), ("abc", "ac", false),
    ("aab", "ab", true), ("ab", "abc", false), ("a\r\nb", "\n", true), ("端口 8080", "口 8", true), ("端口", "端 ", false),
  ])
  func findsTextByItsBytes(text: String, other: String, isThere: Bool) {
    #expect(text.contains(other) == isThere)
  }
}
