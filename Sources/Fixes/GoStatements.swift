import ProgramSource
import SourceText

/// Where a place stands in a Go file: the statements around it, from outside to inside.
struct GoStatements {
  /// A statement and the block that it stands in.
  struct Step {
    let statement: GoStatement
    let block: GoBlock
  }

  let file: GoFile
  let function: GoFunction
  let steps: [Step]

  /// Nil where no function of the file holds the place.
  init?(around place: ByteRange, in file: GoFile) {
    guard let function = file.functions.first(where: { $0.body?.contains(place) == true }) else { return nil }
    self.file = file
    self.function = function
    var steps: [Step] = []
    var block: GoBlock? = file.body(of: function)
    while let inside = block, let statement = inside.statements.first(where: { $0.range.contains(place) }) {
      steps.append(Step(statement: statement, block: inside))
      block = Self.blocks(statement).first { $0.range.contains(place) }
    }
    self.steps = steps
  }

  /// The blocks directly inside a statement, those of function literals included.
  static func blocks(_ statement: GoStatement) -> [GoBlock] {
    switch statement.kind {
    case .expression(let value), .go(let value), .defer(let value): functions(value)
    case .assign(_, _, let values), .return(let values): values.flatMap(functions)
    case .declare(let lines): lines.flatMap { $0.values.flatMap(functions) }
    case .block(let block): [block]
    case .if(let branches, let last): branches.map(\.body) + (last.map { [$0] } ?? [])
    case .for(let loop): [loop.body]
    case .switch(_, _, let clauses), .select(let clauses): clauses.map(\.body)
    case .labeled(_, let inner): blocks(inner)
    case .send, .jump, .bad: []
    }
  }

  private static func functions(_ expression: GoExpression) -> [GoBlock] {
    switch expression.kind {
    case .function(_, let block): [block]
    case .call(let function, let arguments): functions(function) + arguments.flatMap(functions)
    case .composite(_, let elements): elements.flatMap { functions($0.value) }
    case .unary(_, let operand): functions(operand)
    default: []
    }
  }

  /// Every statement of a block, outer ones first.
  static func all(in block: GoBlock) -> [Step] {
    block.statements.flatMap { [Step(statement: $0, block: block)] + blocks($0).flatMap(all) }
  }

  /// The calls that a statement makes itself, outside of its blocks.
  static func calls(_ statement: GoStatement) -> [GoExpression] {
    switch statement.kind {
    case .expression(let value): calls(value)
    case .assign(_, _, let values), .return(let values): values.flatMap(calls)
    case .if(let branches, _): branches.first?.initial.map(calls) ?? []
    default: []
    }
  }

  private static func calls(_ expression: GoExpression) -> [GoExpression] {
    guard case .call(_, let arguments) = expression.kind else { return [] }
    return [expression] + arguments.flatMap(calls)
  }
}

extension GoFile {
  func text(_ range: ByteRange) -> String { source.text(range) }

  /// The white space that the line of a place begins with.
  func indentation(at offset: Int) -> String {
    var start = min(offset, source.bytes.count)
    while start > 0, source.bytes[start - 1] != 0x0A { start -= 1 }
    return String(decoding: source.bytes[start...].prefix { $0 == 0x09 || $0 == 0x20 }, as: UTF8.self)
  }

  /// The first of some names that nothing in the file is called.
  func unused(_ candidates: String...) -> String? { candidates.first { !mentions($0) } }

  /// Whether a word stands anywhere in the file, comments and texts included.
  func mentions(_ word: String) -> Bool {
    source.bytes.split { byte in
      !(byte == UInt8(ascii: "_") || byte >= 0x80 || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte)
    }.contains { $0.elementsEqual(word.utf8) }
  }

  /// The edits that import packages of the standard library which the file does not import yet.
  ///
  /// Nil where one of their names is taken by something else.
  func importing(_ paths: [String]) -> [TextEdit]? {
    var missing: [String] = []
    for path in paths {
      if let present = imports.first(where: { $0.path == path }) {
        guard present.alias == nil else { return nil }
      } else {
        guard !mentions(path.split(separator: "/").last.map(String.init) ?? path) else { return nil }
        missing.append(path)
      }
    }
    missing.sort()
    guard !missing.isEmpty else { return [] }
    guard let first = imports.first else {
      let lines = missing.map { "\t\"\($0)\"\n" }.joined()
      return [TextEdit(ByteRange(at: lineEnd(package.range.end)), "\nimport (\n\(lines))\n")]
    }
    let indentation = indentation(at: first.range.start)
    guard !indentation.isEmpty else {
      // `import "x"` on a line of its own.
      let last = imports.last ?? first
      return [
        TextEdit(ByteRange(at: lineEnd(last.range.end)), missing.map { "import \"\($0)\"\n" }.joined())
      ]
    }
    guard GoProject.isStandard(first.path) else {
      let lines = missing.map { "\(indentation)\"\($0)\"\n" }.joined()
      return [TextEdit(ByteRange(at: lineStart(first.range.start)), lines + "\n")]
    }
    let group = imports.prefix { GoProject.isStandard($0.path) }
    return missing.map { path in
      let line = "\(indentation)\"\(path)\"\n"
      if let next = group.first(where: { $0.path > path }) {
        return TextEdit(ByteRange(at: lineStart(next.range.start)), line)
      }
      return TextEdit(ByteRange(at: lineEnd((group.last ?? first).range.end)), line)
    }
  }

  /// Behind the line break of a line.
  private func lineEnd(_ offset: Int) -> Int {
    source.bytes[min(offset, source.bytes.count)...].firstIndex(of: 0x0A).map { $0 + 1 } ?? source.bytes.count
  }

  private func lineStart(_ offset: Int) -> Int {
    source.bytes[..<min(offset, source.bytes.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
  }

  /// A function that prints an error: of `log`, or of what the file calls so. Nil where `log` is something else.
  var printing: (function: String, imports: [String])? {
    guard let known = imports.first(where: { $0.localName == "log" }) else {
      return mentions("log") ? nil : ("log.Print", ["log"])
    }
    return ["log", "github.com/sirupsen/logrus"].contains(known.path) ? ("log.Print", []) : nil
  }
}
