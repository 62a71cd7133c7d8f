import SourceText

/// A value of a compose project with the place it came from.
///
/// Values are the attributes of a project after interpolation and merging. What a default gives has no place.
public struct ComposeValue: Sendable {
  public indirect enum Content: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    case list([ComposeValue])
    case map(ComposeMap)
  }

  public var content: Content
  public var place: ComposePlace?

  public init(_ content: Content, at place: ComposePlace? = nil) {
    self.content = content
    self.place = place
  }

  static func string(_ text: String, at place: ComposePlace? = nil) -> ComposeValue {
    ComposeValue(.string(text), at: place)
  }
}

extension ComposeValue {
  /// Whether nobody wrote this: compose takes it for granted, or it follows from what is written elsewhere.
  public var isDefault: Bool { place == nil }
  public var isNull: Bool { if case .null = content { true } else { false } }
  public var string: String? { if case .string(let text) = content { text } else { nil } }
  public var bool: Bool? { if case .bool(let value) = content { value } else { nil } }
  public var integer: Int? { if case .integer(let value) = content { value } else { nil } }
  public var list: [ComposeValue]? { if case .list(let items) = content { items } else { nil } }
  public var map: ComposeMap? { if case .map(let map) = content { map } else { nil } }

  /// The value of a key; nil where there is none, or where this is no map.
  public subscript(key: String) -> ComposeValue? { map?[key] }

  /// The value at a path of keys and list indices, such as `["web", "ports", "0", "target"]`.
  public func value(at path: [String]) -> ComposeValue? {
    var value: ComposeValue? = self
    for part in path {
      switch value?.content {
      case .map(let map): value = map[part]
      case .list(let items):
        guard let index = Int(part), items.indices.contains(index) else { return nil }
        value = items[index]
      default: return nil
      }
    }
    return value
  }

  /// The text of a scalar in the notation that the container sees: `true`, `1`, `0.5`; nil for null and collections.
  public var text: String? {
    switch content {
    case .string(let text): text
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .float(let value): GoNotation.text(value)
    case .null, .list, .map: nil
    }
  }

  /// How many values there are from here on.
  var count: Int {
    switch content {
    case .list(let items): items.reduce(1) { $0 + $1.count }
    case .map(let map): map.reduce(1) { $0 + $1.value.count }
    default: 1
    }
  }

  func replacing(_ other: ComposeValue) -> ComposeValue {
    ComposeValue(content, at: place?.replacing(other.place) ?? place)
  }

  /// Whether both have the same content, wherever it stands.
  func isEqual(to other: ComposeValue) -> Bool {
    switch (content, other.content) {
    case (.null, .null): return true
    case (.bool(let left), .bool(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.float(let left), .float(let right)): return left == right
    case (.integer(let left), .float(let right)), (.float(let right), .integer(let left)): return Double(left) == right
    case (.string(let left), .string(let right)): return left == right
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    case (.map(let left), .map(let right)):
      return left.count == right.count
        && left.allSatisfy { key, value in right[key].map { value.isEqual(to: $0) } ?? false }
    default: return false
    }
  }
}

/// Numbers as Go prints them, which is what reaches labels and environments.
enum GoNotation {
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    // Swift prints the shortest digits too; only the layout differs: an exponent below -4 and from 6 on.
    let digits = shortestDigits(value.magnitude)
    let sign = value < 0 ? "-" : ""
    let exponent = digits.exponent
    if exponent < -4 || exponent >= 6 {
      let fraction = digits.text.dropFirst()
      let mantissa = digits.text.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
      let size = String(exponent.magnitude)
      return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.count < 2 ? "0" : "") + size
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits.text }
    let whole = exponent + 1
    if digits.text.count <= whole {
      return sign + digits.text + String(repeating: "0", count: whole - digits.text.count)
    }
    return sign + digits.text.prefix(whole) + "." + digits.text.dropFirst(whole)
  }

  /// The significant digits, and the power of ten of the first one.
  private static func shortestDigits(_ value: Double) -> (text: String, exponent: Int) {
    let parts = "\(value)".split(separator: "e", maxSplits: 1)
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let number = parts.first.map(String.init) ?? "0"
    let halves = number.split(separator: ".", omittingEmptySubsequences: false)
    let whole = halves.first.map(String.init) ?? "0"
    var fraction = halves.count > 1 ? String(halves[1]) : ""
    if fraction == "0" { fraction = "" }
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leading))
    while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    return (digits, power + whole.count - 1 - leading)
  }
}
