import SourceText

/// A piece of an instruction: its text as the builder reads it, and the place where it is written.
public struct Word: Hashable, Sendable {
  /// From the first to the last byte; a continuation may stand between them. Quotes are inside.
  public let range: ByteRange
  /// Continuations are joined. Of JSON strings and flags the value, of anything else the text as written, with its
  /// quotes and variables.
  public let text: String
  /// The place in the logical line, from which parts of the word are found.
  let logical: Range<Int>

  public static func == (left: Word, right: Word) -> Bool { left.range == right.range && left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(range) }
}
