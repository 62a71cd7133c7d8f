import Knowledge

/// Finds the observations that a line of output matches.
///
/// Every pattern is found by four bytes of its literal text, so that a line without any costs one table look-up a byte.
public struct LineMatcher: Sendable {
  public struct Match: Sendable {
    public let observation: Int
    /// The text of each hole with a column, as a range in the line.
    public let captures: [(column: String, range: Range<Int>)]
  }

  private struct Entry {
    let observation: Int
    let pattern: CompiledPattern
    let weight: Observation.Weight
  }

  /// What a pattern takes a part of a line for.
  private struct Reading {
    let range: Range<Int>
    let literals: Int
    let weight: Observation.Weight

    /// Whether it has more literal text, and is about all of the other's words. An echo never takes an error's place.
    func covers(_ other: Reading) -> Bool {
      literals > other.literals && weight.rawValue >= other.weight.rawValue
        && range.lowerBound <= other.range.lowerBound && range.upperBound >= other.range.upperBound
    }
  }

  private let entries: [Entry]
  /// Which hashes of four bytes begin the key of some pattern.
  private let filter: [UInt8]
  /// The patterns by their key.
  private let table: [UInt32: [Int]]

  public init(_ observations: [Observation]) {
    var entries: [Entry] = []
    var filter = [UInt8](repeating: 0, count: 1 << 13)
    var table: [UInt32: [Int]] = [:]
    for (number, observation) in observations.enumerated() {
      for pattern in observation.patterns {
        let compiled = CompiledPattern(pattern)
        guard let key = compiled.key else { continue }
        let hash = Self.hash(key)
        filter[Int(hash >> 3)] |= 1 << UInt8(hash & 7)
        table[key, default: []].append(entries.count)
        entries.append(Entry(observation: number, pattern: compiled, weight: observation.weight))
      }
    }
    self.entries = entries
    self.filter = filter
    self.table = table
  }

  /// All observations that the line matches, each once, in the order of the knowledge base. Of two readings of the same
  /// words only the more specific one counts; of several patterns of one observation the first, unless a later one is
  /// more specific.
  public func matches(in line: ArraySlice<UInt8>) -> [Match] {
    var hits: [Int] = []
    visit(line) { entry in
      if !hits.contains(entry) { hits.append(entry) }
      return true
    }
    guard !hits.isEmpty else { return [] }
    let bytes = Array(line)
    var matches: [Match] = []
    var readings: [Reading] = []
    for hit in hits.sorted() {
      let entry = entries[hit]
      guard let found = entry.pattern.match(bytes) else { continue }
      let match = Match(observation: entry.observation, captures: found.captures)
      let reading = Reading(range: found.range, literals: entry.pattern.literalCount, weight: entry.weight)
      if let known = matches.firstIndex(where: { $0.observation == entry.observation }) {
        guard reading.covers(readings[known]) else { continue }
        matches[known] = match
        readings[known] = reading
      } else {
        matches.append(match)
        readings.append(reading)
      }
    }
    return matches.enumerated().filter { number, _ in !readings.contains { $0.covers(readings[number]) } }.map(
      \.element)
  }

  /// Whether a line holds the longest literal text of some pattern: only then it is worth a closer look.
  ///
  /// - Parameter errorsOnly: whether only patterns of errors count.
  func mayMatch(_ line: ArraySlice<UInt8>, errorsOnly: Bool) -> Bool {
    var isFound = false
    visit(line) { entry in
      if errorsOnly, entries[entry].weight != .error { return true }
      isFound = true
      return false
    }
    return isFound
  }

  /// Finds the patterns whose longest literal text stands in the line, until `body` says false.
  private func visit(_ line: ArraySlice<UInt8>, _ body: (Int) -> Bool) {
    line.withUnsafeBufferPointer { bytes in
      filter.withUnsafeBufferPointer { filter in
        guard bytes.count >= 4 else { return }
        var window: UInt32 = 0
        for index in 0..<bytes.count {
          window = window << 8 | UInt32(CompiledPattern.lower(bytes[index]))
          let hash = Self.hash(window)
          guard filter[Int(hash >> 3)] & 1 << UInt8(hash & 7) != 0, index >= 3, let found = table[window] else {
            continue
          }
          for entry in found where entries[entry].pattern.hasKey(bytes, at: index - 3) {
            if !body(entry) { return }
          }
        }
      }
    }
  }

  private static func hash(_ key: UInt32) -> UInt32 { (key &* 2_654_435_761) >> 16 }
}

/// A pattern ready to be matched: literals in lower case, holes between them.
struct CompiledPattern: Sendable {
  private enum Part: Sendable {
    case literal([UInt8])
    case hole(column: String?, LinePattern.Class)
  }

  private let parts: [Part]
  /// Four bytes of the longest literal; nil when none is that long.
  let key: UInt32?
  private let longest: [UInt8]
  /// Whether it matches only where a message begins: `^` before the literal text, `^M` for a carriage return aside.
  private let isAnchored: Bool

  init(_ pattern: LinePattern) {
    var parts = pattern.parts.map { part -> Part in
      switch part {
      case .literal(let text): .literal(text.utf8.map(Self.lower))
      case .hole(let column, let kind): .hole(column: column, kind)
      }
    }
    if case .literal(let text)? = parts.first, text.first == UInt8(ascii: "^"), !text.starts(with: Array("^m:".utf8)) {
      isAnchored = true
      parts[0] = .literal(Array(text.dropFirst()))
    } else {
      isAnchored = false
    }
    self.parts = parts
    let literals = parts.compactMap { part -> [UInt8]? in if case .literal(let text) = part { text } else { nil } }
    let longest = literals.max { $0.count < $1.count } ?? []
    self.longest = longest
    key = longest.count < 4 ? nil : longest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether all of the literal that the key begins stands there.
  func hasKey(_ line: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    guard start + longest.count <= line.count else { return false }
    for index in longest.indices where Self.lower(line[start + index]) != longest[index] { return false }
    return true
  }

  @inline(__always)
  static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  /// How many bytes of literal text it has.
  var literalCount: Int {
    parts.reduce(0) { sum, part in if case .literal(let text) = part { sum + text.count } else { sum } }
  }

  /// The captures of the first place where the pattern matches, and that place; nil when it does nowhere.
  func match(_ line: [UInt8]) -> (captures: [(column: String, range: Range<Int>)], range: Range<Int>)? {
    var budget = 64 * (line.count + 16)  // a pattern of many holes may not cost more than this
    for start in line.indices where !isAnchored || Self.isStart(start, of: line) {
      if case .literal(let text)? = parts.first, !Self.has(text, line, at: start) { continue }
      var captures: [(column: String, range: Range<Int>)] = []
      if let end = match(line, start, part: 0, &captures, &budget) { return (captures, start..<max(start, end)) }
      if budget < 0 { return nil }
    }
    return nil
  }

  private func match(
    _ line: [UInt8], _ start: Int, part: Int, _ captures: inout [(column: String, range: Range<Int>)],
    _ budget: inout Int
  ) -> Int? {
    guard part < parts.count else { return start }
    switch parts[part] {
    case .literal(let text):
      return Self.has(text, line, at: start)
        ? match(line, start + text.count, part: part + 1, &captures, &budget) : nil
    case .hole(let column, let kind):
      let isLast = part + 1 == parts.count
      var end = start
      let kept = captures.count
      while budget >= 0 {
        budget -= 1
        // The shortest text that lets the rest match; at the end of the pattern, the longest.
        let enough = kind == .any || end > start
        let more = end < line.count && Self.allows(kind, line[end])
        if enough, !(isLast && more) {
          if let column { captures.append((column, start..<end)) }
          if let last = match(line, end, part: part + 1, &captures, &budget) { return last }
          captures.removeLast(captures.count - kept)
        }
        guard more else { return nil }
        end += 1
      }
      return nil
    }
  }

  /// Whether a message begins there: at the start of the line, or behind what names its writer: `web-1  | `, `#9 0.52 `.
  private static func isStart(_ index: Int, of line: [UInt8]) -> Bool {
    // What names a writer is short.
    guard index < 256 else { return false }
    let head = line[..<index]
    let words = head.split(separator: 0x20)
    guard let first = words.first else { return true }
    guard head.last == 0x20 else { return false }
    if words.last == [UInt8(ascii: "|")] { return words.count == 2 }
    return first.first == UInt8(ascii: "#") && words.count <= 2
      && words.allSatisfy {
        $0.allSatisfy { byte in byte == UInt8(ascii: "#") || byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte) }
      }
  }

  private static func has(_ text: [UInt8], _ line: [UInt8], at start: Int) -> Bool {
    guard start + text.count <= line.count else { return false }
    for index in text.indices where lower(line[start + index]) != text[index] { return false }
    return true
  }

  private static func allows(_ kind: LinePattern.Class, _ byte: UInt8) -> Bool {
    switch kind {
    case .any: true
    case .number: byte >= 0x30 && byte <= 0x39
    case .word: byte > 0x20 && !#""'`()[]{}<>,;"#.utf8.contains(byte)
    }
  }
}
