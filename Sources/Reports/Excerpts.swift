import Inspection
import SourceText
import StyledText

/// The lines of files that evidence stands on, with marks below the characters that matter.
public enum Excerpts {
  /// One excerpt for each file, in the order of the evidence; lines between two marks are left out when there are many.
  public static func of(_ evidence: [ReportEvidence], files: [String: SourceFile], around: Int = 1) -> [ExcerptView] {
    var order: [String] = []
    for item in evidence { if let file = item.file, !order.contains(file) { order.append(file) } }
    return order.compactMap { path in
      files[path].map { excerpt($0, evidence.filter { $0.file == path }, around: around) }
    }
  }

  private static func excerpt(_ file: SourceFile, _ evidence: [ReportEvidence], around: Int) -> ExcerptView {
    let map = file.lineMap
    var marks: [Int: [ExcerptMark]] = [:]
    for item in evidence {
      guard let start = item.start, let range = map.range(ofLine: start.line) else { continue }
      let content = trimmed(range, file)
      // A mark ends with its line; what goes on below is the same statement.
      let first = item.range.start - range.start
      let last = min(max(item.range.end, item.range.start), content.end) - range.start
      marks[start.line, default: []].append(
        ExcerptMark(first, max(first, last), isPrimary: item.isPrimary, label: item.label ?? ""))
    }
    var numbers: Set<Int> = []
    for line in marks.keys { numbers.formUnion(max(1, line - around)...min(map.lineCount, line + around)) }
    // A mark that says that one line is left out takes as much room as the line.
    for line in numbers where numbers.contains(line + 2) { numbers.insert(line + 1) }
    let lines = numbers.sorted().compactMap { number -> ExcerptLine? in
      guard let range = map.range(ofLine: number) else { return nil }
      return ExcerptLine(number, file.text(trimmed(range, file)), marks[number] ?? [])
    }
    return ExcerptView(file: file.path, lines: lines)
  }

  /// The line without its line break.
  private static func trimmed(_ range: ByteRange, _ file: SourceFile) -> ByteRange {
    var end = range.end
    while end > range.start, [0x0A, 0x0D].contains(file.bytes[end - 1]) { end -= 1 }
    return ByteRange(range.start, end)
  }
}
