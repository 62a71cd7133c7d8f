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
    for name in names {
      let distance = editDistance(Array(word.lowercased().utf8), Array(name.lowercased().utf8))
      if distance <= 2, distance < min(best?.distance ?? 3, name.utf8.count) { best = (name, distance) }
    }
    return best?.name
  }

  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[right.count]
  }
}
