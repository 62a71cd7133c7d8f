/// Breaks lines at spaces, between Chinese characters, and inside a word only where it does not fit on a line of its own.
///
/// No line begins with a closing mark (，。、) or ends with an opening one (（《).
/// Source: https://www.w3.org/TR/clreq/ ("Prohibition rules for line start and line end").
package enum WordWrap {
  /// The lines of a text in at most `width` columns. Lines after the first begin with `indent` columns of space.
  package static func wrap(_ line: Line, width: Int, indent: Int = 0) -> [Line] {
    let width = max(1, width)
    let indent = min(max(0, indent), width / 2)
    guard line.width > width else { return [line] }
    let cells = line.cells[...]
    var lines: [Line] = []
    var start = 0
    while start < cells.count {
      let room = lines.isEmpty ? width : width - indent
      let end = lineEnd(cells, from: start, room: room)
      var last = end
      while last > start, cells[last - 1].isBlank { last -= 1 }
      lines.append((lines.isEmpty ? Line() : .spaces(indent)) + Line(cells: cells[start..<last]))
      start = end
      while start < cells.count, cells[start].isBlank { start += 1 }
    }
    return lines
  }

  package static func wrap(_ text: String, _ role: Role = .text, width: Int, indent: Int = 0) -> [Line] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { part in
      wrap(Line(String(part), role), width: width, indent: indent)
    }
  }

  /// The index of the first cell of the next line.
  private static func lineEnd(_ cells: ArraySlice<Cell>, from start: Int, room: Int) -> Int {
    var used = 0
    var end = start
    while end < cells.count, used + cells[end].width <= room {
      used += cells[end].width
      end += 1
    }
    guard end < cells.count else { return end }
    if cells[end].isBlank { return end }
    guard let place = lastBreak(cells, from: start, to: end) else { return max(end, start + 1) }
    // A path stays in one piece where that leaves the line mostly full.
    guard cells[place - 1].text == "/", cells[place].width == 1,
      let before = lastBreak(cells, from: start, to: place - 1, where: { cells[$0 - 1].text != "/" }),
      (start..<before).reduce(0, { $0 + cells[$1].width }) * 3 >= room * 2
    else { return place }
    return before
  }

  private static func lastBreak(
    _ cells: ArraySlice<Cell>, from start: Int, to end: Int, where isWanted: (Int) -> Bool = { _ in true }
  ) -> Int? {
    stride(from: end, to: start, by: -1).first { mayBreak(cells, at: $0) && isWanted($0) }
  }

  private static func mayBreak(_ cells: ArraySlice<Cell>, at place: Int) -> Bool {
    let before = cells[place - 1]
    let after = cells[place]
    if after.isBlank { return false }
    if before.isBlank { return true }
    if closing.contains(after.text) || opening.contains(before.text) { return false }
    if before.width == 2 || after.width == 2 { return true }
    // Inside a path or a compound, but not behind the dashes of an option.
    guard before.text == "/" || before.text == "-", place - 2 >= cells.startIndex else { return false }
    return cells[place - 2].text.allSatisfy(\.isLetter) && after.text.allSatisfy(\.isLetter)
  }

  /// A command in several lines that a shell reads as one: breaks at spaces, with a backslash at the end.
  package static func command(_ text: String, _ role: Role = .code, width: Int, indent: Int) -> [Line] {
    let whole = Line.spaces(indent) + Line(text, role)
    guard whole.width > width else { return [whole] }
    var lines: [Line] = []
    var current = Line.spaces(indent)
    for word in text.split(separator: " ") {
      let word = Line(String(word), role)
      if current.width > indent, current.width + 1 + word.width > width - 2 {
        lines.append(current + Line(" \\", role))
        current = .spaces(indent + 2) + word
      } else {
        current += current.width > indent ? Line(" ", role) + word : word
      }
    }
    return (lines + [current]).flatMap { hard($0, width: width) }
  }

  /// Lines as full as they can be, wherever that breaks them: for source text.
  package static func hard(_ line: Line, width: Int) -> [Line] {
    guard line.width > width, width > 1 else { return [line] }
    var lines: [Line] = []
    var cells: [Cell] = []
    var used = 0
    for cell in line.cells {
      if used + cell.width > width {
        lines.append(Line(cells: cells))
        cells = []
        used = 0
      }
      cells.append(cell)
      used += cell.width
    }
    return lines + [Line(cells: cells)]
  }

  private static let closing: Set<String> = [
    "，", "。", "、", "；", "：", "？", "！", "）", "》", "」", "』", "】", "〉", "”", "’", "…", "—", "·", "％",
    ",", ".", ";", ":", "?", "!", ")", "]", "}", "%",
  ]
  private static let opening: Set<String> = ["（", "《", "「", "『", "【", "〈", "“", "‘", "(", "[", "{"]
}
