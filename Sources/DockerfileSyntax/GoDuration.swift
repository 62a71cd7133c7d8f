/// Durations as Go writes them: `1h30m`, `1.5s`, `300ms`.
enum GoDuration {
  /// https://pkg.go.dev/time#ParseDuration; nil for anything else.
  static func nanoseconds(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    var isNegative = false
    if let sign = bytes.first, sign == .hyphen || sign == UInt8(ascii: "+") {
      isNegative = sign == .hyphen
      bytes.removeFirst()
    }
    if bytes.elementsEqual("0".utf8) { return 0 }
    guard !bytes.isEmpty else { return nil }
    var total = 0.0
    while !bytes.isEmpty {
      let number = bytes.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
      guard number.contains(where: \.isDigit), number.count(where: { $0 == UInt8(ascii: ".") }) <= 1,
        let value = Double("0" + String(decoding: number, as: UTF8.self) + (number.last?.isDigit == true ? "" : "0"))
      else { return nil }
      bytes = bytes.dropFirst(number.count)
      let unit = bytes.prefix { !$0.isDigit && $0 != UInt8(ascii: ".") }
      guard let scale = scale(String(decoding: unit, as: UTF8.self)) else { return nil }
      bytes = bytes.dropFirst(unit.count)
      total += value * scale
    }
    let signed = (isNegative ? -total : total).rounded()
    return signed.magnitude < 9.2e18 ? Int64(signed) : nil
  }

  private static func scale(_ unit: String) -> Double? {
    switch unit {
    case "ns": 1
    case "us", "µs", "μs": 1e3
    case "ms": 1e6
    case "s": 1e9
    case "m": 60e9
    case "h": 3600e9
    default: nil
    }
  }
}
