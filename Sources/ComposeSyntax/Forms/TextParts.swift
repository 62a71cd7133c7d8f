import SourceText

/// Cutting strings into parts that still know where they stand.
extension ComposeValue {
  /// A part of a string, by byte offsets.
  func part(_ range: ByteRange) -> ComposeValue {
    guard let string else { return self }
    let bytes = Array(string.utf8)
    let range = range.clamped(to: bytes.count)
    let text = String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    return .string(text, at: place?.part(range))
  }

  /// The parts of a string between separators.
  func parts(separatedBy separator: UInt8) -> [ComposeValue] {
    guard let string else { return [self] }
    var parts: [ComposeValue] = []
    var start = 0
    var offset = 0
    for byte in string.utf8 {
      if byte == separator {
        parts.append(part(ByteRange(start, offset)))
        start = offset + 1
      }
      offset += 1
    }
    parts.append(part(ByteRange(start, offset)))
    return parts
  }

  /// What stands before and after the first separator; nil where there is none.
  func cut(at separator: UInt8) -> (before: ComposeValue, after: ComposeValue)? {
    guard let string, let index = Array(string.utf8).firstIndex(of: separator) else { return nil }
    return (part(ByteRange(0, index)), part(ByteRange(index + 1, string.utf8.count)))
  }
}

/// Settings that are written as a map or as a list of `NAME=value`.
enum KeyValues {
  /// The settings as a map; a name alone has the value null. nil for other values.
  static func map(_ value: ComposeValue) -> ComposeMap? {
    switch value.content {
    case .map(let map): return map
    case .list(let items):
      var map = ComposeMap()
      for item in items {
        guard let text = item.text else { continue }
        let (name, value) = split(item)
        _ = text
        map[name] = map[name].map { value.replacing($0) } ?? value
      }
      return map
    default: return nil
    }
  }

  /// The name and the value of an item; the value's place has the name as its key.
  static func split(_ item: ComposeValue) -> (name: String, value: ComposeValue) {
    guard item.string != nil else { return (item.text ?? "", ComposeValue(.null, at: item.place)) }
    guard let (before, after) = item.cut(at: UInt8(ascii: "=")) else {
      let place = item.place.map { place in
        ComposePlace(
          file: place.file, range: ByteRange(at: place.range.end), key: place.range, entry: place.entry,
          node: place.node, overrode: place.overrode)
      }
      return (item.string ?? "", ComposeValue(.null, at: place))
    }
    let place = after.place.map { place in
      ComposePlace(
        file: place.file, range: place.range, key: before.place?.range, entry: place.entry, node: place.node,
        map: place.map, overrode: place.overrode)
    }
    return (before.string ?? "", .string(after.string ?? "", at: place))
  }

  /// A name in a list with a value that the environment gives it.
  static func item(_ name: ComposeValue, _ value: String) -> ComposeValue {
    let text = "\(name.string ?? "")=\(value)"
    guard let place = name.place else { return .string(text) }
    var map = SourceMap(start: place.range.start)
    map.append(ByteRange(0, name.string?.utf8.count ?? 0), of: place.map ?? SourceMap(verbatim: place.range))
    map.append(value.utf8.count + 1, from: ByteRange(at: place.range.end))
    return .string(text, at: place.with(map: map))
  }

  /// Settings as a list of `NAME=value`, sorted by text if they were a map.
  static func list(_ value: ComposeValue) -> [ComposeValue] {
    switch value.content {
    case .list(let items): return items
    case .string: return [value]
    case .map(let map):
      var items: [ComposeValue] = []
      for (name, value) in map {
        if let several = value.list {
          for one in several { items.append(joined(name, one)) }
        } else {
          items.append(joined(name, value))
        }
      }
      return items.sorted { ($0.string ?? "") < ($1.string ?? "") }
    default: return []
    }
  }

  private static func joined(_ name: String, _ value: ComposeValue) -> ComposeValue {
    let text = value.isNull ? name : "\(name)=\(value.text ?? "")"
    guard let place = value.place else { return .string(text) }
    var map = SourceMap(start: place.entry.start)
    map.append(name.utf8.count, from: place.key ?? place.range)
    if !value.isNull {
      map.append(1, from: ByteRange(at: place.range.start))
      map.append(value.text?.utf8.count ?? 0, from: place.range)
    }
    return .string(text, at: place.with(map: map))
  }
}
