/// What is known of a variable where a word is expanded.
public enum VariableValue: Hashable, Sendable {
  case value(String)
  /// It is not set, which is different from empty.
  case unset
  /// It may be set: a build argument without a value, a variable of an image nobody has looked into.
  case unknown
}

/// Removes quotes from a word and replaces its variables, exactly as the builder does (not as a shell would).
///
/// BuildKit's own lexer is the reference (frontend/dockerfile/shell/lex.go); its tables are among the conformance data.
struct WordExpander {
  struct Options {
    /// The quotes stay in the result.
    var keepsQuotes = false
    /// The escape characters stay in the result.
    var keepsEscapes = false
    /// A variable that is not set stays as it is written.
    var keepsUnset = false
    /// Quotes are characters like any other.
    var ignoresQuotes = false
    /// The result is also split into words.
    var splits = false
    /// How many bytes variables may add to the result.
    var growth = WordExpander.usualGrowth
  }

  /// Why there is no result.
  struct Failure: Error {
    let message: String
    /// Not the builder refuses it: it is larger or deeper than is worth following.
    var isLimit = false
  }

  /// A word after splitting, and the place of the text it came from.
  struct Piece {
    var text: [UInt8] = []
    var source: Range<Int>
  }

  struct Result {
    var text: [UInt8] = []
    var pieces: [Piece] = []
    var unknown: [String] = []
    var unset: [String] = []
  }

  /// Words nested deeper in `${a:-${b:-...}}` are refused.
  static let deepest = 100
  /// More than variables add to any real word.
  static let usualGrowth = 16_384

  private let bytes: [UInt8]
  private let end: Int
  private let escape: UInt8
  private let lookup: (String) -> VariableValue
  private let options: Options
  private var keepsEscapes: Bool
  private var position: Int
  private var depth = 0
  private var grown = 0
  private var unknown: [String] = []
  private var unset: [String] = []

  private init(
    _ bytes: [UInt8], _ range: Range<Int>, escape: UInt8, options: Options, lookup: @escaping (String) -> VariableValue
  ) {
    self.bytes = bytes
    end = range.upperBound
    position = range.lowerBound
    self.escape = escape
    self.options = options
    self.lookup = lookup
    keepsEscapes = options.keepsEscapes
  }

  /// Expands a part of `bytes`. Failures carry the builder's message.
  static func expand(
    _ bytes: [UInt8], _ range: Range<Int>, escape: UInt8, options: Options = Options(),
    lookup: @escaping (String) -> VariableValue
  ) throws(Failure) -> Result {
    var expander = WordExpander(bytes, range, escape: escape, options: options, lookup: lookup)
    var result = try expander.run(until: nil, keepsEscapes: options.keepsEscapes)
    result.unknown = expander.unknown
    result.unset = expander.unset
    return result
  }

  // MARK: The loop

  /// Reads up to the stop character, or to the end if there is none.
  private mutating func run(until stop: UInt8?, keepsEscapes: Bool) throws(Failure) -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw Failure(message: "variables are nested too deeply", isLimit: true) }
    let outer = self.keepsEscapes
    self.keepsEscapes = keepsEscapes
    defer { self.keepsEscapes = outer }

    var result = Result()
    var splitter = WordSplitter(splits: options.splits && stop == nil)
    while position < end {
      let start = position
      let byte = bytes[position]
      if byte == stop {
        position += 1
        result.pieces = splitter.finish()
        return result
      }
      switch byte {
      case .dollar:
        let text = try dollar()
        try grow(text.count)
        result.text += text
        splitter.add(text, start..<position)
      case .singleQuote where !options.ignoresQuotes:
        let text = try singleQuoted()
        result.text += text
        splitter.addRaw(text, start..<position)
      case .doubleQuote where !options.ignoresQuotes:
        let text = try doubleQuoted()
        result.text += text
        splitter.addRaw(text, start..<position)
      case .lessThan:
        let text = possibleHeredoc()
        result.text += text
        splitter.addRaw(text, start..<position)
      case escape:
        position += 1
        if keepsEscapes {
          result.text.append(byte)
          splitter.addRaw([byte], start..<position)
        }
        if position == end { break }  // an escape at the very end stands for nothing
        let text = bytes[position..<min(position + scalarWidth(bytes[position]), end)]
        position = text.endIndex
        result.text += text
        splitter.addRaw(text, start..<position)
      default:
        let width = splitter.splits ? whiteSpaceWidth(bytes, position, end) : 0
        if width > 0 {
          position += width
          splitter.space()
        } else {
          position += 1
          while position < end, isPlain(bytes[position], stop) { position += 1 }
          splitter.addRaw(bytes[start..<position], start..<position)
        }
        result.text += bytes[start..<position]
      }
    }
    if let stop {
      throw Failure(
        message: "unexpected end of statement while looking for matching \(Character(Unicode.Scalar(stop)))")
    }
    result.pieces = splitter.finish()
    return result
  }

  /// Whether a byte stands for itself wherever it stands.
  private func isPlain(_ byte: UInt8, _ stop: UInt8?) -> Bool {
    byte < 0x80 && (byte.isNamePart || byte == .hyphen || byte == UInt8(ascii: ".")) && byte != stop && byte != escape
  }

  private mutating func grow(_ count: Int) throws(Failure) {
    grown &+= count
    if grown > options.growth { throw Failure(message: "the value is too long to be followed", isLimit: true) }
  }

  // MARK: Quotes and heredocs

  private mutating func singleQuoted() throws(Failure) -> [UInt8] {
    let start = position
    position += 1
    while position < end {
      position += 1
      if bytes[position - 1] == .singleQuote {
        return Array(options.keepsQuotes ? bytes[start..<position] : bytes[start + 1..<position - 1])
      }
    }
    throw Failure(message: "unexpected end of statement while looking for matching single-quote")
  }

  private mutating func doubleQuoted() throws(Failure) -> [UInt8] {
    var result: [UInt8] = options.keepsQuotes ? [.doubleQuote] : []
    position += 1
    while position < end {
      var byte = bytes[position]
      switch byte {
      case .doubleQuote:
        position += 1
        if options.keepsQuotes { result.append(byte) }
        return result
      case .dollar:
        let text = try dollar()
        try grow(text.count)
        result += text
      default:
        position += 1
        if byte == escape {
          if keepsEscapes { result.append(byte) }
          guard position < end else { continue }  // at the end it stands for nothing
          // Only these can be escaped; before anything else the escape character stays.
          if bytes[position] == .doubleQuote || bytes[position] == .dollar || bytes[position] == escape {
            byte = bytes[position]
            position += 1
          }
        }
        result.append(byte)
      }
    }
    throw Failure(message: "unexpected end of statement while looking for matching double-quote")
  }

  /// `<<` and the white space after it belong to one word with what follows, since Dockerfile 1.16.
  private mutating func possibleHeredoc() -> ArraySlice<UInt8> {
    let start = position
    position += 1
    guard position < end, bytes[position] == .lessThan else { return bytes[start..<position] }
    position += 1
    while position < end, bytes[position].isBlank || bytes[position] == .carriageReturn { position += 1 }
    return bytes[start..<position]
  }

  // MARK: Variables

  private mutating func dollar() throws(Failure) -> [UInt8] {
    let start = position
    position += 1
    guard position < end, bytes[position] == .openBrace else {
      let name = readName()
      if name.isEmpty { return [.dollar] }
      switch find(name) {
      case .value(let value): return Array(value.utf8)
      case .unset, .unknown: return options.keepsUnset ? Array(bytes[start..<position]) : []
      }
    }
    position += 1
    guard position < end else { throw Failure(message: "syntax error: missing '}'") }
    if bytes[position] == .openBrace || bytes[position] == .closeBrace || bytes[position] == UInt8(ascii: ":") {
      throw Failure(message: "syntax error: bad substitution")
    }
    let name = readName()
    return try braced(name)
  }

  /// The rest of `${name...}`, after the name.
  private mutating func braced(_ name: String) throws(Failure) -> [UInt8] {
    guard position < end else { throw Failure(message: "unsupported modifier () in substitution") }
    var modifier = bytes[position]
    position += 1
    if modifier == .closeBrace {
      switch find(name) {
      case .value(let value): return Array(value.utf8)
      case .unset, .unknown: return options.keepsUnset ? Array("${\(name)}".utf8) : []
      }
    }
    if modifier == UInt8(ascii: "/") { return try replaced(name) }
    var emptyIsUnset = false
    if modifier == UInt8(ascii: ":") {
      emptyIsUnset = true
      guard position < end else { throw Failure(message: "syntax error: missing '}'") }
      modifier = bytes[position]
      position += 1
      if modifier == .hash || modifier == UInt8(ascii: "%") {
        throw Failure(message: "unsupported modifier (:\(Character(Unicode.Scalar(modifier)))) in substitution")
      }
    } else if !"+-?#%".utf8.contains(modifier) {
      throw Failure(message: "unsupported modifier (\(Character(Unicode.Scalar(modifier)))) in substitution")
    }
    return try modified(name, modifier, emptyIsUnset: emptyIsUnset)
  }

  private mutating func modified(_ name: String, _ modifier: UInt8, emptyIsUnset: Bool) throws(Failure) -> [UInt8] {
    let trims = modifier == .hash || modifier == UInt8(ascii: "%")
    let marks = (unknown.count, unset.count)
    let word = try readWord(until: .closeBrace, keepsEscapes: trims, missing: "syntax error: missing '}'")
    let wordNames = (Array(unknown[marks.0...]), Array(unset[marks.1...]))
    unknown.removeSubrange(marks.0...)
    unset.removeSubrange(marks.1...)

    let variable = find(name)
    var value: [UInt8] = []
    var isSet = false
    if case .value(let text) = variable {
      value = Array(text.utf8)
      isSet = true
    }
    if options.keepsUnset, !isSet {
      return Array("${\(name)\(emptyIsUnset ? ":" : "")".utf8) + [modifier] + word + [.closeBrace]
    }
    let counts = isSet && !(emptyIsUnset && value.isEmpty)
    if case .unknown = variable, "-+?#%".utf8.contains(modifier) { return [] }
    switch modifier {
    case .hyphen, UInt8(ascii: "+"):
      if !isSet { unset.removeLast() }  // with `-` and `+` it is no fault to be unset
      guard counts == (modifier == UInt8(ascii: "+")) else { return counts ? value : [] }
      unknown += wordNames.0
      unset += wordNames.1
      return word
    case UInt8(ascii: "?"):
      if counts { return value }
      let reason = isSet ? "is not allowed to be empty" : "is not allowed to be unset"
      throw Failure(message: "\(name): \(word.isEmpty ? reason : String(decoding: word, as: UTF8.self))")
    case .hash, UInt8(ascii: "%"):
      let greedy = word.first == modifier
      let pattern = try ShellPattern(greedy ? word.dropFirst() : word[...])
      return modifier == .hash
        ? try pattern.removePrefix(of: value, longest: greedy) : try pattern.removeSuffix(of: value, longest: greedy)
    default:
      throw Failure(message: "unsupported modifier (:\(Character(Unicode.Scalar(modifier)))) in substitution")
    }
  }

  /// The rest of `${name/pattern/replacement}` and `${name//pattern/replacement}`.
  private mutating func replaced(_ name: String) throws(Failure) -> [UInt8] {
    var all = false
    if position < end, bytes[position] == UInt8(ascii: "/") {
      all = true
      position += 1
    }
    let slash = UInt8(ascii: "/")
    let pattern = try readWord(until: slash, keepsEscapes: true, missing: "syntax error: missing '/' in ${}")
    let replacement = try readWord(until: .closeBrace, keepsEscapes: true, missing: "syntax error: missing '}'")
    switch find(name) {
    case .value(let value):
      return try ShellPattern(pattern[...]).replace(in: Array(value.utf8), with: replacement, all: all)
    case .unset where options.keepsUnset, .unknown where options.keepsUnset:
      return Array("${\(name)/".utf8) + pattern + [slash] + replacement + [.closeBrace]
    case .unset: return try ShellPattern(pattern[...]).replace(in: [], with: replacement, all: all)
    case .unknown: return []
    }
  }

  private mutating func readWord(until stop: UInt8, keepsEscapes: Bool, missing: String) throws(Failure) -> [UInt8] {
    do {
      return try run(until: stop, keepsEscapes: keepsEscapes).text
    } catch {
      throw position >= end ? Failure(message: missing) : error
    }
  }

  private mutating func find(_ name: String) -> VariableValue {
    let value = lookup(name)
    switch value {
    case .value: break
    case .unset: unset.append(name)
    case .unknown: unknown.append(name)
    }
    return value
  }

  /// A name of letters, digits and `_`; digits alone where it begins with one; or one special parameter.
  private mutating func readName() -> String {
    let start = position
    guard position < end else { return "" }
    let first = bytes[position]
    if first.isDigit {
      while position < end, bytes[position].isDigit { position += 1 }
    } else if "@*#?-$!".utf8.contains(first) {
      position += 1
    } else {
      while position < end {
        let byte = bytes[position]
        if byte < 0x80 {
          guard byte.isNamePart else { break }
          position += 1
        } else {
          let width = min(scalarWidth(byte), end - position)
          guard isLetterOrDigit(bytes[position..<position + width]) else { break }
          position += width
        }
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func isLetterOrDigit(_ encoded: ArraySlice<UInt8>) -> Bool {
    guard let scalar = String(decoding: encoded, as: UTF8.self).unicodeScalars.first else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }
}

/// How many bytes a scalar has that begins with this byte; 1 for bytes that begin none.
func scalarWidth(_ first: UInt8) -> Int {
  switch first {
  case 0xC2...0xDF: 2
  case 0xE0...0xEF: 3
  case 0xF0...0xF4: 4
  default: 1
  }
}

/// Collects the words of an expanded text: unquoted white space ends a word, also where it came out of a variable.
private struct WordSplitter {
  let splits: Bool
  private var pieces: [WordExpander.Piece] = []
  private var current = WordExpander.Piece(source: 0..<0)
  private var isEmpty = true

  init(splits: Bool) {
    self.splits = splits
  }

  mutating func addRaw(_ text: some Collection<UInt8>, _ source: Range<Int>) {
    guard splits else { return }
    if isEmpty {
      current.source = source
      isEmpty = false
    }
    current.text += text
    current.source = current.source.lowerBound..<source.upperBound
  }

  mutating func add(_ text: [UInt8], _ source: Range<Int>) {
    guard splits else { return }
    var start = 0
    var index = 0
    while index < text.count {
      let width = whiteSpaceWidth(text, index, text.count)
      if width > 0 {
        if start < index { addRaw(text[start..<index], source) }
        space()
        start = index + width
      }
      index += max(width, 1)
    }
    if start < text.count { addRaw(text[start...], source) }
  }

  mutating func space() {
    if current.text.isEmpty {
      isEmpty = true
    } else {
      pieces.append(current)
      current.text = []
      isEmpty = true
    }
  }

  mutating func finish() -> [WordExpander.Piece] {
    space()
    return pieces
  }
}
