import SourceText

/// The variables of an environment file, with their places.
struct EnvironmentFile {
  struct Entry {
    var name: String
    /// A string; its place has the name as its key.
    var value: ComposeValue
    var place: ComposePlace
  }

  private(set) var entries: [Entry] = []
  private(set) var variables: [ComposeVariable] = []

  init(_ file: ComposeFile, log: ProblemLog, lookup: @escaping (String) -> String?) {
    let parsed = DotEnv(file.source.bytes, lookup: lookup)
    for entry in parsed.entries {
      let place = ComposePlace(
        file: file, range: entry.valueRange, key: entry.nameRange,
        entry: ByteRange(entry.nameRange.start, max(entry.nameRange.end, entry.valueRange.end)), map: entry.map)
      entries.append(Entry(name: entry.name, value: .string(entry.value ?? "", at: place), place: place))
    }
    for use in parsed.uses {
      let place = ComposePlace(file: file, range: use.range)
      variables.append(ComposeVariable(name: use.name, modifier: nil, place: place, value: use.value, source: nil))
      if use.value == nil, use.modifier == nil {
        log.warn(
          .unsetVariable, "The variable `\(use.name)` is not set and becomes an empty text.",
          at: place, subject: use.name)
      }
    }
    if let fault = parsed.fault {
      log.add(
        .invalidEnvFile, fault.message, at: ComposePlace(file: file, range: fault.range), subject: file.path)
    }
  }

  /// A file in the `raw` format: `NAME=value` lines without quotes, comments behind values or variables.
  static func raw(_ file: ComposeFile, log: ProblemLog, lookup: (String) -> String?) -> [Entry] {
    var entries: [Entry] = []
    let bytes = file.source.bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      let next = end + 1
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      while start < end, bytes[start] == UInt8(ascii: " ") || bytes[start] == UInt8(ascii: "\t") { start += 1 }
      defer { start = next }
      guard start < end, bytes[start] != UInt8(ascii: "#") else { continue }
      let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
      let name = String(decoding: bytes[start..<equals], as: UTF8.self)
      let nameRange = ByteRange(start, equals)
      guard !name.isEmpty, !name.contains(where: { $0 == " " || $0 == "\t" }) else {
        log.add(
          .invalidEnvFile, name.isEmpty ? "No name stands before the `=`." : "The name `\(name)` contains a blank.",
          at: ComposePlace(file: file, range: nameRange), subject: file.path)
        return entries
      }
      let valueRange = ByteRange(min(equals + 1, end), end)
      let text = equals < end ? file.source.text(valueRange) : lookup(name)
      guard let text else { continue }
      let place = ComposePlace(
        file: file, range: valueRange, key: nameRange, entry: ByteRange(start, end),
        map: equals < end ? SourceMap(verbatim: valueRange) : nil)
      entries.append(Entry(name: name, value: .string(text, at: place), place: place))
    }
    return entries
  }
}
