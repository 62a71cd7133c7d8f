/// The nearest known name to a mistyped one.
public enum Suggestion {
  /// ` (did you mean X?)`, or nothing if no name is near enough.
  static func hint(for word: String, among names: [String]) -> String {
    nearest(to: word, among: names).map { " (did you mean \($0)?)" } ?? ""
  }

  /// The first of the names with the fewest changed letters, at most two and not the whole word.
  public static func nearest(to word: String, among names: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    let letters = Array(word.lowercased().utf8)
    // Each letter that is added or left out is a change.
    for name in names where abs(name.utf8.count - word.utf8.count) <= 2 {
      let distance = editDistance(letters, Array(name.lowercased().utf8))
      if distance <= 2, distance < min(best?.distance ?? 3, name.utf8.count) { best = (name, distance) }
    }
    return best?.name
  }

  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    // One row of the table, and what stood to the upper left of its next place.
    var row = Array(0...right.count)
    for (line, byte) in left.enumerated() {
      var corner = row[0]
      row[0] = line + 1
      for (column, other) in right.enumerated() {
        let changed = corner + (byte == other ? 0 : 1)
        corner = row[column + 1]
        row[column + 1] = min(changed, corner + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
