import SourceText

/// A token of a scripting language, coarse enough for all of them.
struct ScriptToken: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    case name, number, text, symbol, pattern, end
    /// Where a logical line ends, in languages where that matters.
    case newline
  }

  var kind: Kind
  var range: ByteRange
  /// The operator or punctuation; empty for other kinds.
  var symbol = ""
  /// Whether a line break stands between the token before and this one.
  var startsLine = false
}

/// What a file consists of.
struct ScriptTokens: Sendable {
  var tokens: [ScriptToken] = []
  var comments: [ByteRange] = []
  var problems: [SourceProblem] = []
  /// For each opening bracket the index of its closing one, or of the last token; else 0.
  var partners: [Int] = []

  /// Matches brackets; the kinds must agree, so that a missing one does not shift all that follow.
  mutating func match() {
    partners = [Int](repeating: 0, count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() where token.kind == .symbol {
      switch token.symbol {
      case "(", "[", "{": open.append(index)
      case ")", "]", "}":
        // At most a few brackets are given up for one that closes more than it should.
        let wanted = token.symbol == ")" ? "(" : token.symbol == "]" ? "[" : "{"
        guard let place = open.suffix(8).lastIndex(where: { tokens[$0].symbol == wanted }) else { continue }
        for lost in open[(place + 1)...] { partners[lost] = index }
        partners[open[place]] = index
        open.removeSubrange(place...)
      default: break
      }
    }
    for index in open { partners[index] = max(tokens.count - 1, 0) }
  }
}
