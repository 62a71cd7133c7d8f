import SourceText

/// A text that follows an instruction and ends at a line of its own.
///
/// https://docs.docker.com/reference/dockerfile/#here-documents
public struct Heredoc: Hashable, Sendable {
  /// `<<NAME` as it is written in the instruction.
  public let operatorRange: ByteRange
  /// The line that ends it, without quotes.
  public let name: String
  /// Whether variables in the body are replaced; false when any part of the name is in quotes.
  public let expandsVariables: Bool
  /// Whether tabs at the beginning of its lines are removed (`<<-`).
  public let stripsTabs: Bool
  /// The number before `<<`, else 0.
  public let fileDescriptor: Int
  /// All lines of the body with their line breaks.
  public internal(set) var bodyRange = ByteRange(at: 0)
  /// The line that ends it, without its line break; nil where the file ends before.
  public internal(set) var terminatorRange: ByteRange?

  /// The text as a file or a shell gets it, before variables are replaced: `<<-` takes the tabs away that begin a line.
  public func text(in file: Dockerfile) -> String {
    guard stripsTabs else { return file.text(bodyRange) }
    var text: [UInt8] = []
    var isAtStart = true
    for byte in file.bytes[bodyRange.start..<bodyRange.end] {
      if isAtStart, byte == .tab { continue }
      text.append(byte)
      isAtStart = byte == .lineFeed
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Heredoc {
  /// The heredocs that a logical line announces, in order.
  static func announced(in line: LogicalLine) -> (heredocs: [Heredoc], problem: Problem?) {
    guard containsOperator(line) else { return ([], nil) }
    let options = WordExpander.Options(
      keepsQuotes: true, keepsEscapes: true, keepsUnset: true, splits: true, growth: line.range.count)
    // A line that the builder cannot split (an open quote, a shell's own ${x^^}) has no heredocs at all.
    guard
      let words = try? WordExpander.expand(
        line.bytes, line.range, escape: .backslash, options: options, lookup: { _ in .unset })
    else { return ([], nil) }
    var heredocs: [Heredoc] = []
    for word in words.pieces {
      do throws(WordExpander.Failure) {
        if let heredoc = try Heredoc(word.text, at: line.fileRange(word.source)) { heredocs.append(heredoc) }
      } catch {
        return ([], Problem(.syntax, line.fileRange(word.source), error.message))
      }
    }
    return (heredocs, nil)
  }

  private static func containsOperator(_ line: LogicalLine) -> Bool {
    var index = line.range.lowerBound
    while index + 1 < line.range.upperBound {
      if line.bytes[index + 1] != .lessThan {
        index += 2
      } else if line.bytes[index] == .lessThan {
        return true
      } else {
        index += 1
      }
    }
    return false
  }

  /// A word of the form `[digits]<<[-] name`; nil for any other word.
  init?(_ word: [UInt8], at range: ByteRange) throws(WordExpander.Failure) {
    var index = 0
    var descriptor = 0
    while index < word.count, word[index].isDigit {
      descriptor = min(descriptor &* 10 &+ Int(word[index] - 0x30), Int(UInt32.max))
      index += 1
    }
    guard index + 1 < word.count, word[index] == .lessThan, word[index + 1] == .lessThan else { return nil }
    index += 2
    let strips = index < word.count && word[index] == .hyphen
    if strips { index += 1 }
    while index < word.count, word[index].isWordSpace || word[index] == .lineFeed { index += 1 }
    guard index < word.count, !word[index...].contains(.lessThan) else { return nil }

    // The name is read with and without its quotes: where that makes a difference, it is quoted.
    func split(keepsQuotes: Bool) throws(WordExpander.Failure) -> [WordExpander.Piece] {
      try WordExpander.expand(
        word, index..<word.count, escape: .backslash,
        options: WordExpander.Options(keepsQuotes: keepsQuotes, keepsUnset: true, splits: true, growth: word.count),
        lookup: { _ in .unset }
      ).pieces
    }
    func quotes(_ text: [UInt8]) -> Int { text.count { $0 == .singleQuote || $0 == .doubleQuote } }
    let plain = try split(keepsQuotes: false)
    guard plain.count == 1, let name = plain.first?.text, let quoted = try split(keepsQuotes: true).first?.text else {
      return nil
    }
    self.init(
      operatorRange: range, name: String(decoding: name, as: UTF8.self),
      expandsVariables: quotes(name) == quotes(quoted), stripsTabs: strips, fileDescriptor: descriptor)
  }
}
