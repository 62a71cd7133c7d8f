/// Sizes such as `512m` and `1.5GiB`; the units are powers of 1024.
enum ByteSize {
  static func parse(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    func isNumeric(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 || byte == UInt8(ascii: ".") || byte == 32 }
    guard let last = bytes.lastIndex(where: isNumeric) else { return nil }
    let number = String(decoding: bytes[..<(bytes[last] == 32 ? last : last + 1)], as: UTF8.self)
    let suffix = String(decoding: bytes[(last + 1)...], as: UTF8.self).lowercased()
    guard let value = Cast.float(number), value >= 0, value.isFinite else { return nil }
    let powers: [Character: Int] = ["k": 1, "m": 2, "g": 3, "t": 4, "p": 5]
    var size = value
    if let unit = suffix.first, suffix != "b" {
      guard let power = powers[unit], ["", "b", "ib"].contains(suffix.dropFirst()) else { return nil }
      for _ in 0..<power { size *= 1024 }
    }
    return size < 9.2e18 ? Int(size) : nil
  }
}

/// Durations such as `1m30s`, in nanoseconds.
public enum ComposeDuration {
  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12),
    ("d", 8.64e13), ("w", 6.048e14),
  ]

  static func parse(_ text: String) -> Int? {
    var rest = Substring(text)
    var isNegative = false
    if let first = rest.first, first == "-" || first == "+" {
      isNegative = first == "-"
      rest = rest.dropFirst()
    }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard number.contains(where: { $0 != "." }), number.filter({ $0 == "." }).count <= 1,
        let value = Double((number.hasPrefix(".") ? "0" : "") + number + (number.hasSuffix(".") ? "0" : ""))
      else { return nil }
      rest = rest.dropFirst(number.count)
      let name = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      guard let unit = units.first(where: { $0.name == name }) else { return nil }
      rest = rest.dropFirst(name.count)
      total += value * unit.nanoseconds
    }
    guard total < 9.2e18 else { return nil }
    let nanoseconds = Int(total.rounded())
    return isNegative ? -nanoseconds : nanoseconds
  }

  /// The duration as compose prints it: `1m30s`, `500ms`, `0s`.
  public static func text(_ nanoseconds: Int) -> String {
    guard nanoseconds != 0 else { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let value = Int(clamping: nanoseconds.magnitude)
    if value < 1_000 { return "\(sign)\(value)ns" }
    if value < 1_000_000 { return sign + decimal(value, 1_000) + "µs" }
    if value < 1_000_000_000 { return sign + decimal(value, 1_000_000) + "ms" }
    let seconds = value / 1_000_000_000
    var text = decimal(value % 60_000_000_000, 1_000_000_000) + "s"
    if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
    if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
    return sign + text
  }

  private static func decimal(_ value: Int, _ unit: Int) -> String {
    guard value % unit != 0 else { return "\(value / unit)" }
    var digits = String(value % unit)
    digits = String(repeating: "0", count: String(unit).count - 1 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(value / unit).\(digits)"
  }
}
