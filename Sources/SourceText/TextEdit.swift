/// The replacement of a range of bytes by others. An empty range inserts, an empty replacement deletes.
public struct TextEdit: Hashable, Sendable {
  public var range: ByteRange
  public var replacement: [UInt8]

  public init(_ range: ByteRange, _ replacement: [UInt8]) {
    self.range = range
    self.replacement = replacement
  }

  public init(_ range: ByteRange, _ replacement: String) {
    self.init(range, Array(replacement.utf8))
  }
}

/// Why edits of one file cannot be made together.
public struct EditConflict: Error, Hashable, Sendable {
  /// The edit that was there first.
  public let existing: TextEdit
  /// The edit that was refused.
  public let refused: TextEdit
}

/// Edits of one file in order, none of which touches what another one changes.
public struct EditSet: Hashable, Sendable {
  /// Sorted by range; insertions at one place stay in the order in which they were added.
  public private(set) var edits: [TextEdit] = []

  public init() {}

  public init(_ edits: [TextEdit]) throws(EditConflict) {
    for edit in edits { try insert(edit) }
  }

  public var isEmpty: Bool { edits.isEmpty }

  /// Adds an edit. The same replacement twice is one edit; two insertions at one place both happen.
  ///
  /// Throws: `EditConflict` when the edit overlaps one that is there, or inserts inside the range of another.
  public mutating func insert(_ edit: TextEdit) throws(EditConflict) {
    for other in edits {
      if other == edit && !edit.range.isEmpty { return }
      if conflict(other.range, edit.range) { throw EditConflict(existing: other, refused: edit) }
    }
    let place = edits.firstIndex { $0.range > edit.range } ?? edits.endIndex
    edits.insert(edit, at: place)
  }

  /// Adds all edits of another set, or none.
  public mutating func merge(_ other: EditSet) throws(EditConflict) {
    var merged = self
    for edit in other.edits { try merged.insert(edit) }
    self = merged
  }

  /// The bytes after all edits. Ranges beyond the end of `bytes` are cut off there.
  public func apply(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.replacement.count })
    var copied = 0
    for edit in edits {
      let range = edit.range.clamped(to: bytes.count)
      result += bytes[copied..<max(copied, range.start)]
      result += edit.replacement
      copied = max(copied, range.end)
    }
    result += bytes[copied...]
    return result
  }

  private func conflict(_ left: ByteRange, _ right: ByteRange) -> Bool {
    if left.isEmpty || right.isEmpty {
      return left.start < right.start && right.start < left.end || right.start < left.start && left.start < right.end
    }
    return left.overlaps(right)
  }
}
