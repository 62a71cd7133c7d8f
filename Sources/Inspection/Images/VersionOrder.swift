/// The order of dotted version numbers.
enum VersionOrder {
  /// Negative, zero or positive; `1.21` equals `1.21.3`, for it stands for all that begin so. Nil for what is no version.
  static func compare(_ left: String, _ right: String) -> Int? {
    guard let left = numbers(left), let right = numbers(right) else { return nil }
    for (one, other) in zip(left, right) where one != other { return one < other ? -1 : 1 }
    return 0
  }

  static func numbers(_ text: String) -> [Int]? {
    let text = text.hasPrefix("v") ? text.dropFirst() : text[...]
    var numbers: [Int] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      guard let number = Int(part.prefix { $0.isASCII && $0.isNumber }) else { break }
      numbers.append(number)
    }
    return numbers.isEmpty ? nil : numbers
  }
}

/// Patterns in which `*` stands for any text.
enum Wildcard {
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return text == pattern }
    guard text.hasPrefix(first) else { return false }
    var rest = text.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
