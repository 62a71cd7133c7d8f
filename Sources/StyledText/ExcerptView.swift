/// Neighbouring lines of a file (or log), some with marks below.
public struct ExcerptView: Hashable, Sendable {
  public var file: String
  public var lines: [ExcerptLine]

  public init(file: String, lines: [ExcerptLine]) {
    self.file = file
    self.lines = lines
  }
}

public struct ExcerptLine: Hashable, Sendable {
  /// Counts from 1.
  public var number: Int
  /// Without its line break.
  public var text: String
  public var marks: [ExcerptMark]

  public init(_ number: Int, _ text: String, _ marks: [ExcerptMark] = []) {
    self.number = number
    self.text = text
    self.marks = marks
  }
}

public struct ExcerptMark: Hashable, Sendable {
  /// UTF-8 bytes of the line's text, from 0; the end is exclusive. An empty range marks the place between two characters.
  public var start: Int
  public var end: Int
  /// The cause itself, or only what it needs.
  public var isPrimary: Bool
  /// A few words; empty when the mark says enough.
  public var label: String

  public init(_ start: Int, _ end: Int, isPrimary: Bool, label: String = "") {
    self.start = start
    self.end = end
    self.isPrimary = isPrimary
    self.label = label
  }
}
