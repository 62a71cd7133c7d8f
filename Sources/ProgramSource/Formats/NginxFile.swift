import SourceText

/// The directives of an nginx configuration, with the places of their words.
///
/// https://nginx.org/en/docs/beginners_guide.html#conf_structure
public struct NginxFile: Sendable {
  public struct Directive: Sendable {
    public let name: SpelledText
    public let arguments: [SpelledText]
    /// The names of the blocks around it, the outermost first.
    public let blocks: [String]
    /// The arguments of the innermost block: the name of an `upstream`, say.
    public let blockArguments: [String]
  }

  public let path: String
  public let directives: [Directive]

  public init(_ source: SourceFile) {
    path = source.path
    var reader = Reader(bytes: source.bytes)
    reader.read()
    directives = reader.directives
  }

  public func directives(_ names: Set<String>) -> [Directive] { directives.filter { names.contains($0.name.text) } }
}

private struct Reader {
  let bytes: [UInt8]
  var directives: [NginxFile.Directive] = []
  private var words: [SpelledText] = []
  private var blocks: [(name: String, arguments: [String])] = []
  private var index = 0

  /// Deeper blocks, or more directives, are no configuration that somebody wrote.
  private static let deepest = 32
  private static let most = 20_000

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func read() {
    while index < bytes.count, directives.count < Self.most {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "#"): while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      case UInt8(ascii: ";"):
        finish()
        index += 1
      case UInt8(ascii: "{"):
        let head = words
        finish()
        if blocks.count < Self.deepest { blocks.append((head.first?.text ?? "", head.dropFirst().map(\.text))) }
        index += 1
      case UInt8(ascii: "}"):
        words = []
        _ = blocks.popLast()
        index += 1
      default: readWord()
      }
    }
  }

  private mutating func finish() {
    if let name = words.first {
      directives.append(
        NginxFile.Directive(
          name: name, arguments: Array(words.dropFirst()), blocks: blocks.map(\.name),
          blockArguments: blocks.last?.arguments ?? []))
    }
    words = []
  }

  private mutating func readWord() {
    let first = bytes[index]
    var start = index
    var end: Int
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      start += 1
      index += 1
      while index < bytes.count, bytes[index] != first { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
      index = min(index, bytes.count)
      end = index
      index = min(index + 1, bytes.count)
    } else {
      // `${name}` belongs to the word; any other brace ends it.
      while index < bytes.count, !"; \t\r\n".utf8.contains(bytes[index]) {
        if bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "}") {
          let isVariable =
            index > start && (bytes[index - 1] == UInt8(ascii: "$") || bytes[start..<index].contains(UInt8(ascii: "{")))
          if !isVariable { break }
        }
        index += 1
      }
      end = index
    }
    words.append(SpelledText(text: String(decoding: bytes[start..<end], as: UTF8.self), range: ByteRange(start, end)))
  }
}
