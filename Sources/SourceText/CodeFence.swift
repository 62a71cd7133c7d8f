/// The backticks around code in Markdown: more of them than the code has in a row.
///
/// https://github.github.com/gfm/#fenced-code-blocks
public enum CodeFence {
  /// A block of code; the text ends with a line feed.
  ///
  /// - Parameter language: the word behind the opening fence; it may be empty.
  public static func block(_ text: String, _ language: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(text) + 1))
    return "\(fence)\(language)\n\(text)\(fence)"
  }

  /// The backticks around code within a line.
  public static func mark(_ text: String) -> String { String(repeating: "`", count: longestRun(text) + 1) }

  private static func longestRun(_ text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
