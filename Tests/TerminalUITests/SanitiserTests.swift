import StyledText
import Testing

@testable import TerminalUI

@Suite struct SanitiserTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "\u{FFFD}[31mred"),
    ("a\u{07}b\u{7F}c\u{9B}d", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d"),
    ("line\r", "line\u{FFFD}"),
    ("user\u{202E}txt", "user\u{FFFD}txt"),
    ("\tx", "    x"),
    ("ab\tx", "ab  x"),
    ("中\tx", "中  x"),
    ("e\u{301}", "e\u{301}"),
    ("\u{301}e", "e"),
    ("👩\u{200D}👩", "👩👩"),
    ("\u{FEFF}BOM", "BOM"),
  ])
  func nothingReachesTheTerminalThatItWouldObey(_ text: String, _ expected: String) {
    #expect(Line(text).text == expected)
  }

  @Test func marksWithoutEndStayInOneCell() {
    let line = Line("a" + String(repeating: "\u{301}", count: 100_000))
    #expect(line.width == 1)
    #expect(line.text.unicodeScalars.count == 5)
  }

  @Test func aWideCharacterDoesNotStraddleTheEdge() {
    var canvas = Canvas(Size(3, 1), .unicode)
    canvas.put("中中", x: 0, y: 0)
    #expect(canvas.text == "中…\n")
    canvas.put("中", x: 2, y: 0)
    #expect(canvas.text == "中…\n")
  }

  @Test func overwritingHalfOfAWideCharacterClearsTheOther() {
    var canvas = Canvas(Size(4, 1), .unicode)
    canvas.put("中文", x: 0, y: 0)
    canvas.put("x", x: 1, y: 0)
    #expect(canvas.text == " x文\n")
    canvas.put("y", x: 2, y: 0)
    #expect(canvas.text == " xy\n")
  }

  @Test func drawingOutsideDoesNothing() {
    var canvas = Canvas(Size(2, 1), .unicode)
    for (x, y) in [(-1, 0), (0, -1), (2, 0), (0, 1)] { canvas.put("x", x: x, y: y) }
    #expect(canvas.text == "\n")
  }
}
