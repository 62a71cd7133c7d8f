/// Collects the words of an expanded text: unquoted white space ends a word, also where it came out of a variable.
struct WordSplitter {
  let splits: Bool
  var pieces: [WordExpander.Piece] = []
  var current = WordExpander.Piece(source: 0..<0)
  var isEmpty = true

  init(splits: Bool) {
    self.splits = splits
  }

  mutating func addRaw(_ text: some Collection<UInt8>, _ source: Range<Int>) {
    guard splits else { return }
    if isEmpty {
      current.source = source
      isEmpty = false
    }
    current.text += text
    current.source = current.source.lowerBound..<source.upperBound
  }

  mutating func add(_ text: [UInt8], _ source: Range<Int>) {
    guard splits else { return }
    var start = 0
    var index = 0
    while index < text.count {
      let width = whiteSpaceWidth(text, index, text.count)
      if width > 0 {
        if start < index { addRaw(text[start..<index], source) }
        space()
        start = index + width
      }
      index += max(width, 1)
    }
    if start < text.count { addRaw(text[start...], source) }
  }

  mutating func space() {
    if current.text.isEmpty {
      isEmpty = true
    } else {
      pieces.append(current)
      current.text = []
      isEmpty = true
    }
  }

  mutating func finish() -> [WordExpander.Piece] {
    space()
    return pieces
  }
}
