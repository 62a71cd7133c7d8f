import Inspection
import Knowledge

/// Compares the value of a cell with that of an operand, by the type of the column. Nil: it cannot be said.
enum Comparison {
  static func isLess(_ left: String, _ right: String, _ type: ColumnType) -> Bool? {
    guard let left = magnitude(left, type), let right = magnitude(right, type) else { return nil }
    return left < right
  }

  /// Whether a version is older. `1.21` stands for all that begin so: it is older than 1.22, and of 1.21.3 nothing can be said.
  static func isOlder(_ left: String, _ right: String) -> Bool? {
    guard let left = version(left), let right = version(right) else { return nil }
    for (one, other) in zip(left, right) where one != other { return one < other }
    return left.count == right.count ? false : nil
  }

  static func isUnder(_ path: String, _ folder: String) -> Bool {
    path == folder || folder == "/" && path.hasPrefix("/") || folder == "." && !path.hasPrefix("/")
      || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  static func glob(_ text: String, _ pattern: String) -> Bool {
    Glob.matches(Array(text.utf8)[...], Array(pattern.utf8)[...])
  }

  private static func magnitude(_ text: String, _ type: ColumnType) -> Double? {
    switch type {
    case .size: size(text)
    case .duration: duration(text)
    default: Double(text)
    }
  }

  private static func size(_ text: String) -> Double? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    switch text.dropFirst(digits.count).lowercased().prefix(1) {
    case "": return number
    case "b": return number
    case "k": return number * 1024
    case "m": return number * 1_048_576
    case "g": return number * 1_073_741_824
    default: return nil
    }
  }

  private static func duration(_ text: String) -> Double? {
    if let seconds = Double(text) { return seconds }
    let units: [(String, Double)] = [("ms", 0.001), ("us", 0.000001), ("h", 3600), ("m", 60), ("s", 1)]
    var rest = text[...]
    var seconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
      seconds += number * unit.1
      rest = rest.dropFirst(unit.0.count)
    }
    return seconds
  }

  /// The numbers between dots, up to the first part that begins with none; nil where there is no number.
  private static func version(_ text: String) -> [Int]? {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "v") || rest.first == UInt8(ascii: "V") { rest.removeFirst() }
    var numbers: [Int] = []
    while true {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { break }
      numbers.append(number)
      guard let dot = rest.firstIndex(of: UInt8(ascii: ".")) else { break }
      rest = rest[rest.index(after: dot)...]
    }
    return numbers.isEmpty ? nil : numbers
  }
}

/// Patterns for paths: `*` and `?` stay inside one part, `**` crosses parts.
enum Glob {
  static func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var text = text
    var pattern = pattern
    var retry: (text: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>, deep: Bool)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        let deep = pattern.dropFirst().first == UInt8(ascii: "*")
        pattern = pattern.dropFirst(deep ? 2 : 1)
        retry = (text, pattern, deep)
      } else if let byte = text.first, pattern.first == byte || pattern.first == UInt8(ascii: "?") && byte != slash {
        text = text.dropFirst()
        pattern = pattern.dropFirst()
      } else if text.isEmpty && pattern.isEmpty {
        return true
      } else if let last = retry, let byte = last.text.first, last.deep || byte != slash {
        retry = (last.text.dropFirst(), last.pattern, last.deep)
        text = last.text.dropFirst()
        pattern = last.pattern
      } else {
        return false
      }
    }
  }

  private static let slash = UInt8(ascii: "/")
}
