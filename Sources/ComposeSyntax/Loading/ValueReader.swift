import SourceText

/// Makes values of the nodes of a compose file: resolves scalars, follows aliases and merge keys, and notes which
/// attributes are tagged `!reset` or `!override`.
struct ValueReader {
  let file: ComposeFile
  let log: ProblemLog
  /// The attributes that must be taken away from what was loaded before this file.
  private(set) var resets: [[String]] = []
  private var path: [String] = []
  private var listDepth = 0

  /// More values than any project has, after aliases have been replaced by what they stand for.
  static let mostValues = 300_000
  private static let deepestNesting = 200

  init(file: ComposeFile, log: ProblemLog) {
    self.file = file
    self.log = log
  }

  /// The values of a document; nil where there are too many.
  mutating func read(_ document: YAMLNode) -> ComposeValue? {
    guard document.expandedCount <= Self.mostValues else {
      log.add(
        .yaml(.tooLarge), "With its aliases, this file has more than \(Self.mostValues) values.",
        at: ComposePlace(file: file, range: ByteRange(at: document.range.start)), subject: file.path)
      return nil
    }
    return value(of: document, ComposePlace(file: file, range: document.range, node: document), depth: 0)
  }

  /// nil where the node is tagged `!reset`.
  private mutating func value(of node: YAMLNode, _ place: ComposePlace, depth: Int) -> ComposeValue? {
    let tag = node.tag ?? node.target.tag
    if tag == "!reset" || tag == "!override", listDepth == 0 { resets.append(path) }
    if tag == "!reset" { return nil }
    guard depth < Self.deepestNesting else {
      log.add(.yaml(.tooLarge), "Nested deeper than \(Self.deepestNesting) levels.", at: place)
      return ComposeValue(.null, at: place)
    }
    switch node.target.content {
    case .scalar(let scalar):
      let isAlias = node !== node.target
      let map = isAlias ? nil : scalar.map
      let content = Self.content(scalar.resolved(tag: node.target.tag))
      return ComposeValue(content, at: map.map { place.with(map: $0) } ?? place)
    case .sequence(let items):
      listDepth += 1
      defer { listDepth -= 1 }
      var list: [ComposeValue] = []
      list.reserveCapacity(items.count)
      for item in items {
        let itemPlace = ComposePlace(file: file, range: item.node.range, entry: item.range, node: item.node)
        if let value = value(of: item.node, itemPlace, depth: depth + 1) { list.append(value) }
      }
      return ComposeValue(.list(list), at: place)
    case .mapping(let entries):
      return ComposeValue(.map(map(of: entries, depth: depth)), at: place)
    case .alias:
      return ComposeValue(.null, at: place)
    }
  }

  private mutating func map(of entries: [YAMLEntry], depth: Int) -> ComposeMap {
    var map = ComposeMap()
    var merged: [YAMLNode] = []
    for entry in entries {
      if isMergeKey(entry.key) {
        merged.append(entry.value)
        continue
      }
      let key = key(of: entry)
      path.append(key)
      let place = ComposePlace(
        file: file, range: entry.value.range, key: entry.key.range, entry: entry.range, node: entry.value)
      let value = value(of: entry.value, place, depth: depth + 1)
      path.removeLast()
      if let value { map[key] = map[key].map { value.replacing($0) } ?? value }
    }
    for node in merged { merge(node, into: &map, depth: depth) }
    return map
  }

  private func isMergeKey(_ key: YAMLNode) -> Bool {
    guard let scalar = key.scalar, scalar.value == "<<" else { return false }
    return scalar.style == .plain || key.tag == "!!merge"
  }

  /// Adds the entries that the mapping does not have itself. Of several mappings the first one wins.
  private mutating func merge(_ node: YAMLNode, into map: inout ComposeMap, depth: Int) {
    let sources = node.isSequence ? node.items.map(\.node) : [node]
    for source in sources {
      guard source.isMapping else {
        log.add(
          .yaml(.syntax), "`<<` takes a mapping, or a list of mappings.",
          at: ComposePlace(file: file, range: source.range, node: source))
        continue
      }
      guard depth < Self.deepestNesting else { return }
      for (key, value) in self.map(of: source.entries, depth: depth + 1) {
        map[key] = map[key]?.replacing(value) ?? value
      }
    }
  }

  private mutating func key(of entry: YAMLEntry) -> String {
    guard let scalar = entry.key.scalar else {
      reportKey(entry, "a collection")
      return file.source.text(entry.key.range)
    }
    switch scalar.resolved(tag: entry.key.target.tag) {
    case .string(let text): return text
    case .null: reportKey(entry, "null")
    case .bool: reportKey(entry, "a boolean")
    case .integer, .float: reportKey(entry, "a number")
    case .date: reportKey(entry, "a date")
    }
    return scalar.value
  }

  private func reportKey(_ entry: YAMLEntry, _ type: String) {
    let text = file.source.text(entry.key.range)
    log.add(
      .nonStringKey, "The key `\(text)` is \(type); keys must be strings. Put it in quotes.",
      at: ComposePlace(file: file, range: entry.key.range, key: entry.key.range, entry: entry.range, node: entry.key),
      path: path, subject: text, expected: "\"\(text)\"")
  }

  private static func content(_ resolved: YAMLResolved) -> ComposeValue.Content {
    switch resolved {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .float(let value): .float(value)
    case .date(let text), .string(let text): .string(text)
    }
  }
}
