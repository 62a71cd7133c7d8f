/// The difference of two versions of a file in the unified format that `patch` and `git apply` read.
///
/// Format: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/diff.html ("Diff -u Output Format").
public struct UnifiedDiff: Sendable {
  /// One line of a hunk, its line break included where the file has one.
  public enum Line: Hashable, Sendable {
    case context(ArraySlice<UInt8>)
    case removed(ArraySlice<UInt8>)
    case added(ArraySlice<UInt8>)

    public var bytes: ArraySlice<UInt8> {
      switch self {
      case .context(let bytes), .removed(let bytes), .added(let bytes): bytes
      }
    }
  }

  /// Neighbouring changes with the lines around them. Line numbers count from 1.
  public struct Hunk: Sendable {
    public var oldStart: Int
    public var newStart: Int
    public var lines: [Line]

    public var oldCount: Int { lines.count { if case .added = $0 { false } else { true } } }
    public var newCount: Int { lines.count { if case .removed = $0 { false } else { true } } }
  }

  /// The path of the old version; nil for a new file.
  public let oldPath: String?
  /// The path of the new version; nil for a deleted file.
  public let newPath: String?
  public let hunks: [Hunk]

  /// Compares two versions of a file. A version that is nil does not exist.
  ///
  /// - Parameter context: how many unchanged lines stand around a change.
  public init(path: String, old: [UInt8]?, new: [UInt8]?, context: Int = 3) {
    oldPath = old == nil ? nil : path
    newPath = new == nil ? nil : path
    hunks = Self.hunks(Self.lines(old ?? []), Self.lines(new ?? []), context: context)
  }

  public var isEmpty: Bool { hunks.isEmpty && (oldPath == nil) == (newPath == nil) }
  public var addedCount: Int { hunks.reduce(0) { $0 + $1.newCount } - contextCount }
  public var removedCount: Int { hunks.reduce(0) { $0 + $1.oldCount } - contextCount }

  private var contextCount: Int {
    hunks.reduce(0) { $0 + $1.lines.count { if case .context = $0 { true } else { false } } }
  }

  /// The patch as bytes, ready for `patch -p1` or `git apply`.
  public var bytes: [UInt8] {
    guard !isEmpty else { return [] }
    var text = Array("--- \(oldPath.map { Self.quoted("a/\($0)") } ?? "/dev/null")\n".utf8)
    text += Array("+++ \(newPath.map { Self.quoted("b/\($0)") } ?? "/dev/null")\n".utf8)
    for hunk in hunks {
      let spans = (old: Self.span(hunk.oldStart, hunk.oldCount), new: Self.span(hunk.newStart, hunk.newCount))
      text += Array("@@ -\(spans.old) +\(spans.new) @@\n".utf8)
      for line in hunk.lines {
        switch line {
        case .context: text.append(UInt8(ascii: " "))
        case .removed: text.append(UInt8(ascii: "-"))
        case .added: text.append(UInt8(ascii: "+"))
        }
        text += line.bytes
        if line.bytes.last != UInt8(ascii: "\n") { text += Array("\n\\ No newline at end of file\n".utf8) }
      }
    }
    return text
  }

  /// A path as git writes it: in quotes with escapes where a control character or a quote would end it, or begin another.
  ///
  /// https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
  private static func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C }) else { return path }
    var text: [UInt8] = [0x22]
    for byte in path.utf8 {
      switch byte {
      case 0x22, 0x5C: text += [0x5C, byte]
      case _ where byte < 0x20 || byte == 0x7F:
        text += [0x5C, 0x30 + (byte >> 6), 0x30 + (byte >> 3 & 7), 0x30 + (byte & 7)]
      default: text.append(byte)
      }
    }
    return String(decoding: text + [0x22], as: UTF8.self)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  private static func span(_ start: Int, _ count: Int) -> String {
    count == 0 ? "\(start - 1),0" : count == 1 ? "\(start)" : "\(start),\(count)"
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = (bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private static func hunks(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], context: Int) -> [Hunk] {
    let script = editScript(old, new)
    var hunks: [Hunk] = []
    var oldLine = 1
    var newLine = 1
    var trailing: [Line] = []  // unchanged lines since the last change
    var open: Hunk?
    for line in script {
      if case .context = line {
        trailing.append(line)
        if let hunk = open, trailing.count > 2 * context {
          var closed = hunk
          closed.lines += trailing.prefix(context)
          hunks.append(closed)
          open = nil
        }
        if open == nil, trailing.count > context { trailing.removeFirst(trailing.count - context) }
      } else {
        if open == nil {
          open = Hunk(oldStart: oldLine - trailing.count, newStart: newLine - trailing.count, lines: [])
        }
        open?.lines += trailing
        open?.lines.append(line)
        trailing = []
      }
      if case .added = line {} else { oldLine += 1 }
      if case .removed = line {} else { newLine += 1 }
    }
    if var hunk = open {
      hunk.lines += trailing.prefix(context)
      hunks.append(hunk)
    }
    return hunks
  }

  /// The numbers of the lines that only the old version has, and of those that only the new one has.
  ///
  /// The search for the shortest script takes as many steps as lines times differences; where that is too much, what lies
  /// between the equal ends is compared line by line, or exchanged as a whole.
  private static func changes(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> (Set<Int>, Set<Int>) {
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    let (oldPart, newPart) = (old[head..<(old.count - tail)], new[head..<(new.count - tail)])
    if oldPart.count == newPart.count, oldPart.count > largest {
      let different = oldPart.indices.filter { old[$0] != new[$0] }
      return (Set(different), Set(different))
    }
    // What has nothing in common is exchanged as a whole too.
    if max(oldPart.count, newPart.count) > largest || Set(oldPart).isDisjoint(with: newPart) {
      return (Set(oldPart.indices), Set(newPart.indices))
    }
    var removed: Set<Int> = []
    var added: Set<Int> = []
    // Numbers are compared in no time.
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    for change in newPart.map(number).difference(from: oldPart.map(number)) {
      switch change {
      case .remove(let offset, _, _): removed.insert(head + offset)
      case .insert(let offset, _, _): added.insert(head + offset)
      }
    }
    return (removed, added)
  }

  /// In lines.
  private static let largest = 2000

  /// All lines of both versions in order; where they differ, the removed lines come before the added ones.
  private static func editScript(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
    var script: [Line] = []
    let (removed, added) = changes(old, new)
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if oldIndex < old.count, removed.contains(oldIndex) {
        script.append(.removed(old[oldIndex]))
        oldIndex += 1
      } else if newIndex < new.count, added.contains(newIndex) {
        script.append(.added(new[newIndex]))
        newIndex += 1
      } else if oldIndex < old.count {
        script.append(.context(old[oldIndex]))
        oldIndex += 1
        newIndex += 1
      } else {
        break
      }
    }
    return script
  }
}
