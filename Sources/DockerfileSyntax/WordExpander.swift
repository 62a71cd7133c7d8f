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

  let bytes: [UInt8]
  let end: Int
  private let escape: UInt8
  let lookup: (String) -> VariableValue
  let options: Options
  var keepsEscapes: Bool
  var position: Int
  private var depth = 0
  private var grown = 0
  var unknown: [String] = []
  var unset: [String] = []

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
  mutating func run(until stop: UInt8?, keepsEscapes: Bool) throws(Failure) -> Result {
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
