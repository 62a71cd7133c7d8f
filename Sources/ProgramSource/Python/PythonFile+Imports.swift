import SourceText

/// What a file takes from other modules.
extension PythonFileReader {
  /// `import a.b`, `import a.b as c, d`
  mutating func readImport(_ line: Int) {
    parser.index = lines[line].first + 1
    while parser.index <= lines[line].last {
      let start = parser.token.range
      let module = dottedName()
      guard !module.isEmpty else { return }
      let range = ByteRange(start.start, parser.previousEnd)
      if parser.acceptWord("as") {
        file.imports.append(ScriptImport(module: module, local: parser.text(parser.advance()), range: range))
      } else {
        // `import a.b` binds `a`; members of it are followed as `a.b`.
        let first = module.split(separator: ".").first.map(String.init) ?? module
        file.imports.append(ScriptImport(module: first, local: first, range: range))
        if first != module { file.imports.append(ScriptImport(module: module, range: range)) }
      }
      guard parser.accept(",") else { return }
    }
  }

  /// `from .a import b as c, d`, `from a import (b)`, `from a import *`
  mutating func readFromImport(_ line: Int) {
    parser.index = lines[line].first + 1
    let start = parser.token.range.start
    var dots = ""
    while parser.isSymbol(".") || parser.isSymbol("...") { dots += parser.advance().symbol }
    let module = dots + (parser.isWord("import") ? "" : dottedName())
    let range = ByteRange(start, parser.previousEnd)
    guard parser.acceptWord("import") else { return }
    if parser.isSymbol("*") {
      file.imports.append(ScriptImport(module: module, name: "*", local: "*", range: range))
      return
    }
    if parser.isSymbol("(") { parser.advance() }
    while parser.token.kind == .name, parser.index <= lines[line].last {
      let name = parser.text(parser.advance())
      var local = name
      if parser.acceptWord("as"), parser.token.kind == .name { local = parser.text(parser.advance()) }
      file.imports.append(ScriptImport(module: module, name: name, local: local, range: range))
      guard parser.accept(",") else { return }
    }
  }

  mutating func dottedName() -> String {
    var name = ""
    while parser.token.kind == .name, !parser.isWord("import") {
      name += parser.text(parser.advance())
      guard parser.isSymbol(".") else { return name }
      parser.advance()
      name += "."
    }
    return name
  }
}
