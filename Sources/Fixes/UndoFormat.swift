import Knowledge

/// A record as bytes: the line `drydock undo 1`, then fields, each a name, the number of its bytes, a line feed, the bytes
/// and a line feed. Contents of files may hold anything, so nothing is looked for in them.
enum UndoFormat {
  private static let head = Array("drydock undo 1\n".utf8)

  static func bytes(_ record: UndoRecord) -> [UInt8] {
    var bytes = head
    func put(_ name: String, _ value: [UInt8]) {
      bytes += Array("\(name) \(value.count)\n".utf8) + value + [0x0A]
    }
    put("root", Array(record.root.utf8))
    put("en", Array(record.title.en.utf8))
    put("zh", Array(record.title.zh.utf8))
    for change in record.changes {
      put("path", Array(change.path.utf8))
      if let old = change.old { put("old", old) }
      put("new", change.new)
    }
    return bytes
  }

  /// nil for anything that is not a whole record.
  static func record(_ bytes: [UInt8]) -> UndoRecord? {
    guard bytes.starts(with: head), let fields = fields(bytes[head.count...]) else { return nil }
    var texts: [String: String] = [:]
    var changes: [UndoRecord.Change] = []
    var old: [UInt8]?
    for (name, value) in fields {
      switch name {
      case "old": old = value
      case "new":
        guard let path = texts["path"] else { return nil }
        changes.append(UndoRecord.Change(path: path, old: old, new: value))
        old = nil
      default: texts[name] = String(decoding: value, as: UTF8.self)
      }
    }
    guard let root = texts["root"], let en = texts["en"], let zh = texts["zh"] else { return nil }
    return UndoRecord(root: root, title: LocalizedText(en: en, zh: zh), changes: changes)
  }

  private static func fields(_ bytes: ArraySlice<UInt8>) -> [(name: String, value: [UInt8])]? {
    var rest = bytes
    var fields: [(name: String, value: [UInt8])] = []
    while !rest.isEmpty {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      let words = rest[..<end].split(separator: 0x20)
      guard words.count == 2, let count = Int(String(decoding: words[1], as: UTF8.self)), count >= 0 else { return nil }
      rest = rest[(end + 1)...]
      guard count < rest.count, rest[rest.startIndex + count] == 0x0A else { return nil }
      fields.append((String(decoding: words[0], as: UTF8.self), Array(rest.prefix(count))))
      rest = rest.dropFirst(count + 1)
    }
    return fields
  }
}
