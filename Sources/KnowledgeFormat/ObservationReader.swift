import Knowledge

/// Reads `observations/<tool>.yaml`: what a line of output means.
enum ObservationReader {
  static func read(_ document: Document, tool: String, columns: [String]) -> [Observation] {
    document.entries.map { observation("\(tool)/\($0.key.text)", $0.value, columns) }
  }

  private static func observation(_ id: String, _ document: Document, _ columns: [String]) -> Observation {
    let fields = document.fields(required: ["kind", "lines"], optional: ["symptoms", "weight", "cells"])
    let weights: [String: Observation.Weight] = ["event": .event, "echo": .echo, "error": .error]
    let cells = fields["cells"]?.entries.map { (column: $0.key.text, value: $0.value.text) } ?? []
    for cell in cells where !columns.contains(cell.column) {
      document.problem("“observed” has no column “\(cell.column)”")
    }
    return Observation(
      id: id, kind: fields["kind"]?.text ?? "", weight: fields["weight"]?.choice(weights) ?? .error,
      symptoms: fields["symptoms"]?.items.map(\.text) ?? [],
      patterns: fields["lines"]?.items.map { pattern($0, columns) } ?? [], cells: cells)
  }

  /// `{}` is any text, `{path}` a word, `{port:number}` digits, `{name:any}` any text for a column.
  private static func pattern(_ document: Document, _ columns: [String]) -> LinePattern {
    var parts: [LinePattern.Part] = []
    var literal = ""
    var rest = document.text[...]
    while let character = rest.popFirst() {
      guard character == "{", let end = rest.firstIndex(of: "}") else {
        literal.append(character)
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = ""
      parts.append(hole(rest[..<end], document, columns))
      rest = rest[rest.index(after: end)...]
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    if !parts.contains(where: { if case .literal(let text) = $0 { text.utf8.count >= 4 } else { false } }) {
      document.problem("a pattern needs four characters of literal text, to be found fast")
    }
    return LinePattern(parts)
  }

  private static func hole(_ text: Substring, _ document: Document, _ columns: [String]) -> LinePattern.Part {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard let name = parts.first.map(String.init) else { return .hole(column: nil, .any) }
    if name == "number" || name == "word" { return .hole(column: nil, LinePattern.Class(rawValue: name) ?? .any) }
    if !columns.contains(name) { document.problem("“observed” has no column “\(name)”") }
    let numbers: Set<String> = ["port", "code"]
    let standard: LinePattern.Class = numbers.contains(name) ? .number : .word
    guard parts.count == 2 else { return .hole(column: name, standard) }
    guard let kind = LinePattern.Class(rawValue: String(parts[1])) else {
      document.problem("“\(parts[1])” is no class of characters: any, word, number")
      return .hole(column: name, standard)
    }
    return .hole(column: name, kind)
  }
}
