import Foundation

/// Where two JSON values differ.
enum JSONDifference {
  /// Errors (`error` keys) are compared by existence and `lines`; of `any_of`, one has to fit.
  static func find(_ expected: Any, _ found: Any, at path: String, in differences: inout [String]) {
    if path.hasSuffix(".error") {
      compareErrors(expected, found, at: path, in: &differences)
    } else if let expected = expected as? [String: Any], let found = found as? [String: Any] {
      for key in Set(expected.keys).union(found.keys).sorted() {
        find(expected[key] ?? "(absent)", found[key] ?? "(absent)", at: "\(path).\(key)", in: &differences)
      }
    } else if let expected = expected as? [Any], let found = found as? [Any] {
      for index in 0..<max(expected.count, found.count) {
        find(
          index < expected.count ? expected[index] : "(absent)", index < found.count ? found[index] : "(absent)",
          at: "\(path)[\(index)]", in: &differences)
      }
    } else if !isEqual(expected, found) {
      differences.append("\(path): expected \(text(expected)), found \(text(found))")
    }
  }

  private static func compareErrors(
    _ expected: Any, _ found: Any, at path: String, in differences: inout [String]
  ) {
    guard let expectedError = expected as? [String: Any], let foundError = found as? [String: Any] else {
      if !(expected is NSNull) || !(found is NSNull) {
        differences.append("\(path): expected \(text(expected)), found \(text(found))")
      }
      return
    }
    let allowed = expectedError["any_of"] as? [[String: Any]] ?? [expectedError]
    let fits = allowed.contains { isEqual($0["lines"] ?? NSNull(), foundError["lines"] ?? NSNull()) }
    if !fits { differences.append("\(path): expected \(text(expected)), found \(text(found))") }
  }

  private static func isEqual(_ left: Any, _ right: Any) -> Bool {
    guard let left = left as? NSObject, let right = right as? NSObject else { return false }
    if let left = left as? String, let right = right as? String { return areSameText(left, right) }
    return left.isEqual(right)
  }

  /// BuildKit reads flags byte by byte as Latin-1, so that other text comes out garbled. Ours is right.
  private static func areSameText(_ expected: String, _ found: String) -> Bool {
    expected == found
      || expected.hasPrefix("--") && Array(expected.unicodeScalars.map { $0.value }) == found.utf8.map { UInt32($0) }
  }

  private static func text(_ value: Any) -> String {
    let options: JSONSerialization.WritingOptions = [.fragmentsAllowed, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? JSONSerialization.data(withJSONObject: value, options: options) else { return "\(value)" }
    return String(decoding: data.prefix(400), as: UTF8.self)
  }
}
