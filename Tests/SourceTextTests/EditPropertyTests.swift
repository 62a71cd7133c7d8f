import SourceText
import Testing

/// A linear congruential generator, so that a failure comes again.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) | (state << 31)
  }
}

/// What must hold for every set of edits, tried on many that chance makes.
@Suite struct EditPropertyTests {
  private static let seeds = Array(1...200 as ClosedRange<UInt64>)

  private func bytes(_ count: Int, _ generator: inout Generator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Edits apart from each other, in the order of their places.
  private func edits(_ text: [UInt8], _ generator: inout Generator) -> [TextEdit] {
    var edits: [TextEdit] = []
    var offset = 0
    while true {
      offset += Int.random(in: 1...8, using: &generator)
      let end = offset + Int.random(in: 0...4, using: &generator)
      guard end <= text.count else { return edits }
      edits.append(TextEdit(ByteRange(offset, end), bytes(Int.random(in: 0...6, using: &generator), &generator)))
      offset = end
    }
  }

  /// Piece by piece from the end, as one would by hand.
  private func applied(_ edits: [TextEdit], to text: [UInt8]) -> [UInt8] {
    var result = text
    for edit in edits.sorted(by: { $0.range.start < $1.range.start }).reversed() {
      result.replaceSubrange(edit.range.start..<edit.range.end, with: edit.replacement)
    }
    return result
  }

  @Test(arguments: seeds) func theOrderInWhichEditsAreGivenDoesNotMatter(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let text = bytes(Int.random(in: 0...200, using: &generator), &generator)
    let edits = edits(text, &generator)
    let expected = applied(edits, to: text)
    #expect(try EditSet(edits).apply(to: text) == expected)
    #expect(try EditSet(edits.shuffled(using: &generator)).apply(to: text) == expected)
  }

  @Test(arguments: seeds) func mergedSetsDoWhatBothDo(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let text = bytes(Int.random(in: 0...200, using: &generator), &generator)
    let edits = edits(text, &generator)
    var set = try EditSet(edits.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element))
    try set.merge(EditSet(edits.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element)))
    #expect(set.apply(to: text) == applied(edits, to: text))
  }

  @Test(arguments: seeds) func overlapIsRefused(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let text = bytes(100, &generator)
    let start = Int.random(in: 0..<90, using: &generator)
    let end = start + Int.random(in: 2...8, using: &generator)
    let inside = Int.random(in: (start + 1)..<end, using: &generator)
    let outer = TextEdit(ByteRange(start, end), bytes(3, &generator))
    let inner = TextEdit(ByteRange(inside, min(inside + 5, text.count)), bytes(3, &generator))
    #expect(throws: (any Error).self) { try EditSet([outer, inner]) }
    #expect(throws: (any Error).self) { try EditSet([inner, outer]) }
  }

  @Test(arguments: seeds) func theWayBackLeadsBack(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let text = bytes(Int.random(in: 0...200, using: &generator), &generator)
    let edits = edits(text, &generator)
    let changed = try EditSet(edits).apply(to: text)
    // The inverse of each edit, at the place where its replacement stands.
    var shift = 0
    let inverse = edits.map { edit in
      let start = edit.range.start + shift
      shift += edit.replacement.count - edit.range.count
      return TextEdit(
        ByteRange(start, start + edit.replacement.count), Array(text[edit.range.start..<edit.range.end]))
    }
    #expect(try EditSet(inverse).apply(to: changed) == text)
  }

  /// Bytes outside of the edits stay as they are.
  @Test(arguments: seeds) func whatIsNotEditedStays(_ seed: UInt64) throws {
    var generator = Generator(state: seed)
    let text = bytes(Int.random(in: 20...200, using: &generator), &generator)
    let edits = edits(text, &generator)
    let changed = try EditSet(edits).apply(to: text)
    let first = edits.first?.range.start ?? text.count
    #expect(changed.prefix(first).elementsEqual(text.prefix(first)))
    let tail = text.count - (edits.last?.range.end ?? 0)
    #expect(changed.suffix(tail).elementsEqual(text.suffix(tail)))
  }
}
