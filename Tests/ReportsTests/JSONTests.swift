import Testing

@testable import Reports

@Suite struct JSONTests {
  @Test(arguments: [
    #"{"a":[1,-2,true,false,null,"b"]}"#, #""\u0001\n\"\\""#, "[]", "{}", #"{"你":"好"}"#,
  ])
  func readsWhatItWrites(_ text: String) {
    #expect(JSON(parsing: Array(text.utf8))?.text(pretty: false) == text)
  }

  @Test(arguments: [
    (#""\ud83d\ude00\u00e9\/""#, "😀é/"), (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    (#""\ude00""#, "\u{FFFD}"),
  ])
  func readsEscapes(_ text: String, _ expected: String) {
    #expect(JSON(parsing: Array(text.utf8))?.string == expected)
  }

  @Test(arguments: [
    "", "[", "{", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "tru", "nul", "\"", "\"\\", "\"\\u12", "\"\\x\"",
    "1.5", "1e3", "-", "--1", "99999999999999999999", "[1] 2", "\"\n\"", "{1:2}",
  ])
  func refusesTheRest(_ text: String) {
    #expect(JSON(parsing: Array(text.utf8)) == nil)
  }

  @Test func refusesWhatIsTooDeep() {
    for opening in ["[", "{\"a\":"] {
      #expect(JSON(parsing: Array(String(repeating: opening, count: 100_000).utf8)) == nil)
    }
  }
}
