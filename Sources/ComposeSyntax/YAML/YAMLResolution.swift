/// What a plain scalar means: `true`, `8`, `~` and so on. Quoted scalars are strings.
///
/// This is what compose does: the core schema of YAML 1.2, with the integers of 1.1 (`0o17`, `017`, `0x1F`, `1_000`) and
/// dates; `yes`, `on` and `22:22` are strings. https://yaml.org/spec/1.2.2/#103-core-schema
public enum YAMLResolved: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case float(Double)
  /// A date or time, in the notation that reaches a container.
  case date(String)
  case string(String)
}

extension YAMLNode {
  /// The meaning of a scalar; nil for a collection.
  public var resolved: YAMLResolved? {
    guard let scalar else { return nil }
    return scalar.resolved(tag: target.tag)
  }
}

extension YAMLScalar {
  func resolved(tag: String?) -> YAMLResolved {
    switch tag {
    case "!!str", "!", "!!binary": return .string(value)
    case "!!int", "!!float", "!!bool", "!!null", "!!timestamp": return Self.resolve(value)
    case nil, "!reset", "!override": return isQuoted ? .string(value) : Self.resolve(value)
    default: return .string(value)
    }
  }

  private static func resolve(_ text: String) -> YAMLResolved {
    guard let first = text.utf8.first else { return .null }
    switch text {
    case "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: break
    }
    let isNumeric =
      first >= 48 && first <= 57 || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
      || first == UInt8(ascii: ".")
    guard isNumeric, text.utf8.count <= 64 else { return .string(text) }
    if let date = YAMLDate.text(text) { return .date(date) }
    let plain = text.filter { $0 != "_" }
    if let integer = integer(plain) { return .integer(integer) }
    // Go has a type for integers up to 2^64; nothing in a compose file needs one as a number.
    if UInt64(plain) != nil { return .string(plain) }
    if looksLikeFloat(plain), let number = Double(plain.hasSuffix(".") ? plain + "0" : plain) { return .float(number) }
    return .string(text)
  }

  private static func integer(_ text: String) -> Int? {
    var digits = Substring(text)
    var sign = ""
    if let first = digits.first, first == "-" || first == "+" {
      sign = String(first)
      digits = digits.dropFirst()
    }
    guard let first = digits.utf8.first, first >= 48, first <= 57 else { return nil }
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)]
    where digits.hasPrefix(prefix) {
      guard digits.dropFirst(2).utf8.first.map({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }) ?? false else {
        return nil
      }
      return Int(sign + digits.dropFirst(2), radix: radix)
    }
    if digits.count > 1, digits.hasPrefix("0") { return Int(sign + digits, radix: 8) }
    return Int(sign + digits)
  }

  /// An optional sign, digits with at most one point, an optional exponent.
  private static func looksLikeFloat(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: isDigit).count
    rest = rest.dropFirst(whole)
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = rest.prefix(while: isDigit).count
      rest = rest.dropFirst(fraction)
    }
    guard whole + fraction > 0 else { return false }
    if let first = rest.first, first == UInt8(ascii: "e") || first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard let digit = rest.first, isDigit(digit) else { return false }
      rest = rest.drop(while: isDigit)
    }
    return rest.isEmpty
  }
}

/// Dates such as `2001-12-14` and `2001-12-14 21:59:43.1Z`, which YAML 1.1 made a type of their own.
enum YAMLDate {
  /// The date as Go prints it, `2001-12-14 00:00:00 +0000 UTC`; nil for other texts.
  static func text(_ text: String) -> String? {
    var reader = Reader(bytes: Array(text.utf8)[...])
    guard let year = reader.number(4...4), reader.skip("-"), let month = reader.number(1...2), reader.skip("-"),
      let day = reader.number(1...2), (1...12).contains(month), (1...days(year, month)).contains(day)
    else { return nil }
    let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
    if reader.bytes.isEmpty { return date + " 00:00:00 +0000 UTC" }
    let isZoned = reader.skip("T") || reader.skip("t")
    guard isZoned || reader.skip(" "), let hour = reader.number(1...2), reader.skip(":"),
      let minute = reader.number(1...2), reader.skip(":"), let second = reader.number(1...2),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var fraction = ""
    if reader.skip(".") {
      let digits = reader.bytes.prefix { $0 >= 48 && $0 <= 57 }
      guard !digits.isEmpty, digits.count <= 9 else { return nil }
      reader.bytes = reader.bytes.dropFirst(digits.count)
      fraction = String(decoding: digits, as: UTF8.self)
      while fraction.hasSuffix("0") { fraction.removeLast() }
      if !fraction.isEmpty { fraction = "." + fraction }
    }
    let time = "\(padded(hour)):\(padded(minute)):\(padded(second))\(fraction)"
    if !isZoned { return reader.bytes.isEmpty ? "\(date) \(time) +0000 UTC" : nil }
    if reader.skip("Z") { return reader.bytes.isEmpty ? "\(date) \(time) +0000 UTC" : nil }
    let sign = reader.skip("+") ? "+" : reader.skip("-") ? "-" : ""
    guard !sign.isEmpty, let hours = reader.number(2...2), reader.skip(":"), let minutes = reader.number(2...2),
      reader.bytes.isEmpty
    else { return nil }
    let zone = "\(sign)\(padded(hours))\(padded(minutes))"
    return "\(date) \(time) \(zone) \(zone == "+0000" ? "UTC" : zone)"
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func skip(_ text: String) -> Bool {
      guard bytes.starts(with: text.utf8) else { return false }
      bytes = bytes.dropFirst(text.utf8.count)
      return true
    }

    mutating func number(_ length: ClosedRange<Int>) -> Int? {
      let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }.prefix(length.upperBound)
      guard digits.count >= length.lowerBound else { return nil }
      bytes = bytes.dropFirst(digits.count)
      return Int(String(decoding: digits, as: UTF8.self))
    }
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
