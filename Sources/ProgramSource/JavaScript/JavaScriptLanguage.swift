import SourceText

/// What Node.js itself defines. Source: https://nodejs.org/api/process.html
enum JavaScriptLanguage: ScriptLanguage {
  static let fallbackOperators: Set<String> = ["||", "??"]
  static let wholeExports = ["", "default"]

  static let suffixes = [
    "", ".js", ".ts", ".mjs", ".cjs", ".jsx", ".tsx", ".json", "/index.js", "/index.ts", "/index.mjs",
  ]

  static func resolve(_ module: String, from file: ScriptFile, in paths: [String: Int]) -> Int? {
    guard module.hasPrefix("."), let target = GoProject.resolve(module, from: file.directory) else { return nil }
    // TypeScript names the file that it will become: `./config.js` for config.ts.
    let stem = target.hasSuffix(".js") ? String(target.dropLast(3)) : target
    for name in [target, stem] {
      for suffix in suffixes {
        if let found = paths[name + suffix] { return found }
      }
    }
    return nil
  }

  static func required(_ function: ScriptExpression, _ arguments: [ScriptArgument]) -> String? {
    function.name == "require" && arguments.count == 1 ? arguments[0].value.literal : nil
  }

  static func value(of path: [String], place: SourcePlace) -> ScriptValue? {
    let path = path.first == "node:process" ? ["process"] + path.dropFirst() : path
    if path.count == 3, path[0] == "process", path[1] == "env" { return .outside(Setter(.variable, path[2], place)) }
    if path.count == 4, path[0] == "import", path[1] == "meta", path[2] == "env" {
      return .outside(Setter(.variable, path[3], place))
    }
    if path.count == 3, path[0] == "process", path[1] == "argv" {
      return .outside(Setter(.argument, Int(path[2]).map { String($0 - 1) } ?? "", place))
    }
    if path == ["__dirname"] || path == ["import", "meta", "dirname"] {
      return .text([TextPiece(text: "", place: nil, isSourceFolder: true)])
    }
    return nil
  }

  static func value(
    ofCall path: [String], _ arguments: [ScriptArgument], file: Int, place: SourcePlace,
    _ evaluator: inout ScriptEvaluator<JavaScriptLanguage>
  ) -> ScriptValue? {
    func argument(_ position: Int) -> ScriptValue {
      arguments.indices.contains(position)
        ? evaluator.value(arguments[position].value, in: file) : .unknown(.computed, [])
    }
    switch path.last {
    case "parseInt", "Number", "toString", "String", "trim", "parseFloat", "URL":
      if path.count == 1 || path == ["url", "URL"] || path == ["node:url", "URL"] {
        return number(argument(0), path[0])
      }
      return nil
    case "get" where arguments.count == 1:
      guard let key = arguments[0].value.literal else { return nil }
      if path == ["config", "get"] { return .outside(Setter(.configuration, key, place)) }
      // `app.set('port', 3000)` and `app.get('port')` of express.
      let set = evaluator.files[file].calls.first {
        $0.function.path?.last == "set" && $0.arguments.count == 2 && $0.arguments[0].value.literal == key
      }
      return set.map { evaluator.value($0.arguments[1].value, in: file) }
    case "cwd" where path.first == "process": return .text([TextPiece(text: ".", place: nil)])
    case "join" where isPath(path), "resolve" where isPath(path):
      return .text(
        Array(
          arguments.indices.prefix(16).map { argument($0).pieces }.joined(separator: [TextPiece(text: "/", place: nil)])
        ))
    default: return nil
    }
  }

  private static func isPath(_ path: [String]) -> Bool { path.count > 1 && ["path", "node:path"].contains(path[0]) }

  private static func number(_ value: ScriptValue, _ function: String) -> ScriptValue {
    guard function != "String", function != "URL", case .text(let pieces) = value, pieces.count == 1,
      let text = pieces[0].text,
      let number = Int(text)
    else { return value }
    return .number(number, pieces[0].place, pieces[0].setters)
  }
}
