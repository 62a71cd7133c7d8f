import SourceText

/// The variables of a `.env` file or an `env_file`.
///
/// https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
struct DotEnv {
  struct Entry {
    var name: String
    var nameRange: ByteRange
    /// nil for a name alone, whose value comes from the environment.
    var value: String?
    var valueRange: ByteRange
    var map: SourceMap?
  }

  struct Fault: Error {
    var message: String
    var range: ByteRange
  }

  private(set) var entries: [Entry] = []
  /// The first fault; what stands after it is not read, as compose does not.
  private(set) var fault: Fault?
  /// The variables that values refer to, with their ranges in the file.
  private(set) var uses: [Template.Use] = []
  /// How many bytes variables have added to the values so far.
  private var growth = 0
  /// Names without a value that `lookup` does not know either.
  private var values: [String: String] = [:]

  private let bytes: [UInt8]
  private let lookup: (String) -> String?
  private var offset = 0

  /// Reads the file. `lookup` has the variables that it may refer to, besides its own.
  init(_ bytes: [UInt8], lookup: @escaping (String) -> String?) {
    self.bytes = bytes
    self.lookup = lookup
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    do { try parse() } catch { fault = error }
  }

  private mutating func parse() throws(Fault) {
    while true {
      skipBlankLines()
      guard offset < bytes.count else { return }
      try parseEntry()
    }
  }

  private mutating func skipBlankLines() {
    while offset < bytes.count {
      if Self.isSpace(bytes[offset]) || bytes[offset] == UInt8(ascii: "\n") {
        offset += 1
      } else if bytes[offset] == UInt8(ascii: "#") {
        skipLine()
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
  }

  private mutating func parseEntry() throws(Fault) {
    skipExport()
    let start = offset
    var end = offset
    var separator: UInt8?
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "\n") {
        separator = byte
        break
      }
      guard Self.isSpace(byte) || Self.isNameByte(byte) else {
        throw Fault(
          message: "`\(Self.character(byte))` cannot stand in the name of a variable.", range: ByteRange(end, end + 1))
      }
      end += 1
    }
    var nameEnd = end
    while nameEnd > start, Self.isSpace(bytes[nameEnd - 1]) { nameEnd -= 1 }
    // A name without a line break after it is read as nothing: the file ends in it.
    let nameRange = ByteRange(start, separator == nil ? start : nameEnd)
    let name = String(decoding: bytes[nameRange.start..<nameRange.end], as: UTF8.self)
    guard !name.contains(" ") else {
      throw Fault(message: "The name of a variable cannot contain a space.", range: nameRange)
    }
    guard let separator else {
      // Compose takes the rest of the file for the value of a variable without a name.
      offset = start
      let value = try parseValue()
      add(Entry(name: "", nameRange: nameRange, value: value.text, valueRange: value.range, map: value.map))
      return
    }
    offset = end + 1
    if separator == UInt8(ascii: "\n") {
      add(Entry(name: name, nameRange: nameRange, value: nil, valueRange: ByteRange(at: nameEnd)))
      return
    }
    while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 }
    let value = try parseValue()
    add(Entry(name: name, nameRange: nameRange, value: value.text, valueRange: value.range, map: value.map))
  }

  private mutating func add(_ entry: Entry) {
    guard let value = entry.value ?? lookup(entry.name) else { return }
    values[entry.name] = value
    var entry = entry
    entry.value = value
    entries.append(entry)
  }

  private mutating func skipExport() {
    let word = Array("export".utf8)
    guard bytes[offset...].starts(with: word) else { return }
    var index = offset + word.count
    guard index < bytes.count, Self.isSpace(bytes[index]) else { return }
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    offset = index
  }

  // MARK: Values

  private struct Value {
    var text: String
    var range: ByteRange
    var map: SourceMap?
  }

  private mutating func parseValue() throws(Fault) -> Value {
    guard offset < bytes.count else { return Value(text: "", range: ByteRange(at: offset)) }
    let first = bytes[offset]
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { return try parseQuoted(first) }
    let start = offset
    skipLine()
    var end = offset
    if offset < bytes.count { offset += 1 }
    var index = start
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: " "), bytes[index + 1] == UInt8(ascii: "#") {
        end = index
        break
      }
      index += 1
    }
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    let range = ByteRange(start, end)
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return try expand(text, SourceMap(verbatim: range), range)
  }

  private mutating func parseQuoted(_ quote: UInt8) throws(Fault) -> Value {
    let start = offset
    var text: [UInt8] = []
    var map = SourceMap(start: start + 1)
    var index = start + 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote {
        offset = index + 1
        let range = ByteRange(start, index + 1)
        let string = String(decoding: text, as: UTF8.self)
        guard quote == UInt8(ascii: "\"") else { return Value(text: string, range: range, map: map) }
        let (unescaped, escapedMap) = Self.unescape(text, map)
        return try expand(unescaped, escapedMap, range)
      }
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        if bytes[index + 1] == quote {
          text.append(quote)
          map.append(1, from: ByteRange(index, index + 2))
        } else {
          text += bytes[index..<(index + 2)]
          map.append(verbatim: ByteRange(index, index + 2))
        }
        index += 2
        continue
      }
      text.append(byte)
      map.append(verbatim: ByteRange(index, index + 1))
      index += 1
    }
    skipLine()
    throw Fault(message: "The quote that begins here is not closed.", range: ByteRange(start, offset))
  }

  private mutating func expand(_ text: String, _ map: SourceMap, _ range: ByteRange) throws(Fault) -> Value {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return Value(text: text, range: range, map: map) }
    let values = values
    let lookup = lookup
    let template = Template(text, mostGrowth: Template.mostGrowth - growth) { lookup($0) ?? values[$0] }
    growth += template.growth
    uses += template.uses.map { use in
      var use = use
      use.range = map.source(of: use.range)
      return use
    }
    if let (fault, place) = template.faults.first {
      switch fault {
      case .invalid: throw Fault(message: "This `${` does not begin a variable.", range: map.source(of: place))
      case .missing(let name, let reason):
        let end = reason.isEmpty ? "." : ": \(reason)"
        throw Fault(message: "The variable `\(name)` must have a value\(end)", range: map.source(of: place))
      case .tooLong: throw Fault(message: "The variables make the values too long.", range: map.source(of: place))
      case .tooDeep: throw Fault(message: "Variables nested too deeply.", range: map.source(of: place))
      }
    }
    return Value(text: template.text, range: range, map: template.map.composed(with: map))
  }

  /// Replaces the escapes that a shell knows; `\$` becomes `$$`, so that no variable begins there.
  private static func unescape(_ text: [UInt8], _ map: SourceMap) -> (String, SourceMap) {
    guard text.contains(UInt8(ascii: "\\")) else { return (String(decoding: text, as: UTF8.self), map) }
    var result: [UInt8] = []
    var places = SourceMap(start: map.source(of: ByteRange(at: 0)).start)
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
        result.append(text[index])
        places.append(ByteRange(index, index + 1), of: map)
        index += 1
        continue
      }
      var length = 2
      let replacement: [UInt8]?
      switch text[index + 1] {
      case UInt8(ascii: "a"): replacement = [7]
      case UInt8(ascii: "b"): replacement = [8]
      case UInt8(ascii: "f"): replacement = [12]
      case UInt8(ascii: "n"): replacement = [10]
      case UInt8(ascii: "r"): replacement = [13]
      case UInt8(ascii: "t"): replacement = [9]
      case UInt8(ascii: "v"): replacement = [11]
      case UInt8(ascii: "\\"): replacement = [92]
      case UInt8(ascii: "\""): replacement = [34]
      case UInt8(ascii: "$"): replacement = Array("$$".utf8)
      case UInt8(ascii: "0"):
        var digits: [UInt8] = []
        while digits.count < 3, index + length < text.count, (48...57).contains(text[index + length]) {
          digits.append(text[index + length])
          length += 1
        }
        // Only three octal digits name a character.
        let code = digits.count == 3 ? Int(String(decoding: digits, as: UTF8.self), radix: 8) : nil
        replacement = code.flatMap { UnicodeScalar($0) }.map { $0.value > 255 ? nil : Array(String($0).utf8) } ?? nil
      default: replacement = nil
      }
      if let replacement {
        result += replacement
        places.append(replacement.count, from: map.source(of: ByteRange(index, index + length)))
      } else {
        result += text[index..<(index + length)]
        places.append(ByteRange(index, index + length), of: map)
      }
      index += length
    }
    return (String(decoding: result, as: UTF8.self), places)
  }

  // MARK: Bytes

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == 9 || byte == 11 || byte == 12 || byte == 13
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    Template.startsName(byte) || byte >= 48 && byte <= 57 || byte >= 0x80 || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }

  private static func character(_ byte: UInt8) -> String {
    byte >= 0x20 && byte < 0x7F ? String(UnicodeScalar(byte)) : "\\x" + String(byte, radix: 16)
  }
}
