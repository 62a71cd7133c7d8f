/// A file with answers to questions: one `QUESTION=ANSWER` a line. Empty lines and those that begin with `#` say nothing.
public enum AnswerLines {
  public struct Entry: Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let question: String
    /// nil where there is no `=`.
    public let answer: String?
  }

  /// What a file says, in order; blanks do not count.
  public static func entries(_ bytes: [UInt8]) -> [Entry] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      entry(String(decoding: line.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }, as: UTF8.self), line: number + 1)
    }
  }

  /// What one text says; nil where it says nothing.
  public static func entry(_ text: String, line: Int = 1) -> Entry? {
    if text.isEmpty || text.hasPrefix("#") { return nil }
    guard let sign = text.firstIndex(of: "=") else { return Entry(line: line, question: text, answer: nil) }
    return Entry(
      line: line, question: String(text[..<sign]), answer: String(text[text.index(after: sign)...]))
  }
}
