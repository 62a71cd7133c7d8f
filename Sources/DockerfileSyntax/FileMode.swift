/// The mode of `--chmod`: octal, or symbolic as in chmod(1).
enum FileMode {
  static func isValid(_ text: String) -> Bool {
    if text.utf8.allSatisfy(\.isDigit) { return UInt32(text, radix: 8).map { $0 <= 0o7777 } ?? false }
    return text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { clause in
      let actions = clause.drop { "ugoa".contains($0) }
      guard let first = actions.first, "+-=".contains(first) else { return false }
      return actions.allSatisfy { "+-=rwxXstugo".contains($0) }
    }
  }
}
