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

  @Test(arguments: [
    ("", "", 0..<0), ("a", "", 0..<0), ("", "a", nil), ("aab", "ab", 1..<3), ("端口 8080", "口 8", 3..<8),
    ("ab", "abc", nil),
  ])
  func saysWhereItStands(text: String, other: String, range: Range<Int>?) {
    let found = text.firstRange(of: other).map {
      text.utf8.distance(
        from: text.startIndex, to: $0.lowerBound)..<text.utf8.distance(from: text.startIndex, to: $0.upperBound)
    }
    #expect(found == range)
    #expect(Array(text.utf8).firstRange(of: Array(other.utf8)) == range)
    #expect(
      ("x" + text)[...].dropFirst().firstRange(of: other).map { ("x" + text)[$0] } == range.map { _ in other[...] })
  }
}
