import SourceText

/// A comment that asks to pass over findings: `# drydock ignore=CAUSE reason="..." until=2027-01-01`.
///
/// At the end of a line it covers that line. On a line of its own it covers the statement that follows: the next line with
/// what continues it or is indented below it; above everything else it covers the whole file. Those of hadolint
/// (`# hadolint ignore=DL3025`, `# hadolint global ignore=`) and BuildKit (`# check=skip=JSONArgsRecommended`) count for
/// the causes that their rules speak of.
public struct IgnoreComment: Sendable {
  public let file: String
  public let line: Int
  public let causes: [String]
  /// The lines it covers, from 1.
  public let lines: ClosedRange<Int>
  public let reason: String?
  /// The last day on which it counts, as `YYYY-MM-DD`.
  public let until: String?
  /// Whether it was written for drydock: only then it is a fault when it does nothing.
  public let isOurs: Bool
  /// What in it is not understood.
  public let faults: [String]
}

extension IgnoreComment {
  /// All such comments of a file, in order.
  public static func comments(in file: SourceFile) -> [IgnoreComment] {
    let marks = ["drydock ignore=", "hadolint ignore=", "hadolint global ignore=", "check="].map { Array($0.utf8) }
    guard file.bytes.contains(UInt8(ascii: "=")) else { return [] }
    let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var found: [IgnoreComment] = []
    for (index, line) in lines.enumerated() {
      guard let (mark, start, value) = Self.mark(in: line, marks) else { continue }
      let text = String(decoding: line[value...], as: UTF8.self)
      let isOwnLine = line[..<start].allSatisfy { isBlank($0) }
      let scope = mark == 2 || mark == 3 ? 1...Int.max : isOwnLine ? below(index, lines) : (index + 1)...(index + 1)
      if let comment = comment(mark, text, file.path, index + 1, scope) { found.append(comment) }
    }
    return found
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// The number of the mark, where the comment begins, and where the mark ends.
  private static func mark(in line: ArraySlice<UInt8>, _ marks: [[UInt8]]) -> (Int, Int, Int)? {
    var index = line.startIndex
    while index < line.endIndex {
      let isSlashes = line[index...].starts(with: [0x2F, 0x2F])
      guard line[index] == UInt8(ascii: "#") || isSlashes else {
        index += 1
        continue
      }
      var text = index + (isSlashes ? 2 : 1)
      while text < line.endIndex, isBlank(line[text]) { text += 1 }
      for (number, mark) in marks.enumerated() where line[text...].starts(with: mark) {
        return (number, index, text + mark.count)
      }
      index = max(text, index + 1)
    }
    return nil
  }

  /// The statement below a comment; the whole file where nothing but comments stands above it.
  private static func below(_ index: Int, _ lines: [ArraySlice<UInt8>]) -> ClosedRange<Int> {
    let isContent = { (line: ArraySlice<UInt8>) in
      guard let first = line.first(where: { !isBlank($0) }) else { return false }
      return first != UInt8(ascii: "#") && !line.drop(while: isBlank).starts(with: [0x2F, 0x2F])
    }
    guard lines[..<index].contains(where: isContent) else { return 1...Int.max }
    guard let first = lines[(index + 1)...].firstIndex(where: isContent) else { return (index + 1)...(index + 1) }
    let depth = indentation(lines[first])
    var last = first
    while last + 1 < lines.count {
      let continues = lines[last].last { !isBlank($0) } == UInt8(ascii: "\\")
      guard continues || isContent(lines[last + 1]) && indentation(lines[last + 1]) > depth else { break }
      last += 1
    }
    return (first + 1)...(last + 1)
  }

  private static func indentation(_ line: ArraySlice<UInt8>) -> Int { line.prefix(while: isBlank).count }

  // MARK: What it says

  private static func comment(
    _ mark: Int, _ text: String, _ file: String, _ line: Int, _ scope: ClosedRange<Int>
  ) -> IgnoreComment? {
    var words = Self.words(text)
    let value = words.isEmpty ? "" : words.removeFirst()
    switch mark {
    case 0:
      var reason: String?
      var until: String?
      var faults: [String] = []
      for word in words {
        if word.hasPrefix("reason=") {
          reason = String(word.dropFirst(7))
        } else if word.hasPrefix("until=") {
          until = String(word.dropFirst(6))
          if !Day.isDay(until ?? "") { faults.append(word) }
        } else if word == "-->" || word == "*/" {
          break
        } else {
          faults.append(word)
        }
      }
      return IgnoreComment(
        file: file, line: line, causes: list(value), lines: scope, reason: reason, until: until, isOurs: true,
        faults: faults)
    case 3:
      // check=skip=A,B;error=true
      let skip = value.split(separator: ";").first { $0.hasPrefix("skip=") }
      return foreign(list(String(skip?.dropFirst(5) ?? "")), file, line, scope)
    default: return foreign(list(value), file, line, scope)
    }
  }

  private static func foreign(
    _ rules: [String], _ file: String, _ line: Int, _ scope: ClosedRange<Int>
  ) -> IgnoreComment? {
    let causes = rules.flatMap { ForeignRules.causes(of: $0) }
    if causes.isEmpty { return nil }
    return IgnoreComment(
      file: file, line: line, causes: causes, lines: scope, reason: nil, until: nil, isOurs: false, faults: [])
  }

  private static func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }

  /// Words apart by blanks; what stands in double quotes is one.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, scalar == " " || scalar == "\t" || scalar == "\r" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
