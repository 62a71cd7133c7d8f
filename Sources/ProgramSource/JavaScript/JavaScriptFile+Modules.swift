import SourceText

/// What a file takes from others, and gives to them.
extension JavaScriptFileReader {
  mutating func noteRequire(_ value: ScriptExpression, _ local: String, _ name: String?) {
    var value = value
    if case .member(let base, let member) = value.kind, name == nil {
      if let module = Self.required(base) {
        file.imports.append(ScriptImport(module: module, name: member.text, local: local, range: base.range))
      }
      return
    }
    if case .call(let function, _) = value.kind, Self.required(function) != nil { value = function }
    if let module = Self.required(value) {
      file.imports.append(ScriptImport(module: module, name: name, local: local, range: value.range))
    }
  }

  static func required(_ expression: ScriptExpression) -> String? {
    guard case .call(let function, let arguments) = expression.kind else { return nil }
    return JavaScriptLanguage.required(function, arguments)
  }

  /// `import a, { b as c } from 'm'`, `import * as n from 'm'`, `import 'm'`
  mutating func readImport(_ index: Int) {
    guard symbol(index + 1) != "(", symbol(index + 1) != "." else { return noteChain(index) }
    parser.index = index + 1
    var names: [(name: String?, local: String)] = []
    if parser.isWord("type"), parser.next.kind == .name || parser.next.symbol == "{" { parser.advance() }
    if parser.token.kind == .name {
      names.append(("default", parser.text(parser.advance())))
      if parser.accept("=") {
        let value = parser.expression()
        return noteRequire(value, names[0].local, nil)
      }
      _ = parser.accept(",")
    }
    if parser.accept("*") {
      parser.advance()
      if parser.token.kind == .name { names.append((nil, parser.text(parser.advance()))) }
    } else if parser.isSymbol("{") {
      names += importedNames().map { ($0.name, $0.local) }
    }
    _ = parser.acceptWord("from")
    guard parser.token.kind == .text else { return }
    let token = parser.token
    let module = ScriptExpression(
      kind: .text(JavaScriptText.parts(parser.bytes, token.range, depth: 50)), range: token.range)
    guard let path = module.literal else { return }
    if names.isEmpty { file.imports.append(ScriptImport(module: path, range: token.range)) }
    for (name, local) in names {
      file.imports.append(ScriptImport(module: path, name: name, local: local, range: token.range))
    }
  }

  mutating func importedNames() -> [(name: String, local: String)] {
    parser.list { parser in
      guard parser.token.kind == .name else { return nil }
      let name = parser.text(parser.advance())
      guard parser.acceptWord("as"), parser.token.kind == .name else { return (name, name) }
      return (name, parser.text(parser.advance()))
    }
  }

  /// `module.exports = …`, `exports.name = …`
  mutating func noteExports(_ path: [String]) {
    let names = path.drop { $0 == "module" || $0 == "exports" }
    guard names.count <= 1, path.contains("exports") else { return }
    parser.advance()
    parser.depth = 0
    file.exports[names.first ?? ""] = parser.expression()
  }

  mutating func readExport(_ index: Int) {
    parser.index = index + 1
    parser.depth = 0
    if parser.acceptWord("default") {
      file.exports["default"] = parser.expression()
    } else if parser.isSymbol("{") {
      for (name, exported) in importedNames() { file.exportedNames[exported] = name }
    } else if ["const", "let", "var"].contains(word(index + 1)) {
      if symbol(index + 2) == "" { file.exportedNames[word(index + 2)] = word(index + 2) }
    } else if word(index + 1) == "function" || word(index + 1) == "async" {
      let name = word(index + 1) == "async" ? word(index + 3) : word(index + 2)
      file.exportedNames[name] = name
    }
  }
}
