import SourceText

/// Turns the list under `depends_on` into a map, in which one service is waited for until it is healthy.
///
/// https://docs.docker.com/reference/compose-file/services/#long-syntax-1
enum DependencyConditions {
  /// Nil where the services do not stand in a block list, one on each line.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let map = target.file.lineMap
    let number = map.position(of: target.range.start).line
    guard let own = item(number, target.file, map) else { return nil }
    var first = number
    while let item = item(first - 1, target.file, map), item.indentation == own.indentation { first -= 1 }
    var edits: [TextEdit] = []
    var line = first
    while let item = item(line, target.file, map), item.indentation == own.indentation {
      let condition = line == number ? "service_healthy" : "service_started"
      // Items may stand as deep as their key; the entries of a map may not.
      let depth = isKey(first - 1, target.file, map, above: item.indentation) ? 0 : 2
      let indentation = String(repeating: " ", count: item.indentation + depth)
      edits.append(TextEdit(item.range, "\(indentation)\(item.name):\n\(indentation)  condition: \(condition)"))
      line += 1
    }
    return edits
  }

  private struct Item {
    let indentation: Int
    let name: String
    /// The line up to the end of the name: a comment behind it stays.
    let range: ByteRange
  }

  private static func item(_ number: Int, _ file: SourceFile, _ map: LineMap) -> Item? {
    guard number > 0, let range = map.range(ofLine: number) else { return nil }
    let bytes = file.bytes[range.start..<range.end]
    let indentation = bytes.prefix { $0 == 0x20 }.count
    var rest = bytes.dropFirst(indentation)
    guard rest.first == UInt8(ascii: "-") else { return nil }
    rest = rest.dropFirst().drop { $0 == 0x20 }
    let word = rest.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }
    let name = String(decoding: word, as: UTF8.self)
    guard !word.isEmpty, !name.contains(":"), !name.contains("$") else { return nil }
    return Item(indentation: indentation, name: name, range: ByteRange(range.start, word.endIndex))
  }

  /// Whether the line is a key that stands less deep than its items do.
  private static func isKey(_ number: Int, _ file: SourceFile, _ map: LineMap, above depth: Int) -> Bool {
    guard number > 0, let range = map.range(ofLine: number) else { return false }
    return file.bytes[range.start..<range.end].prefix { $0 == 0x20 }.count < depth
  }
}
