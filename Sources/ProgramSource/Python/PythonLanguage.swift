import SourceText

/// What Python's standard library and common libraries of settings define.
///
/// Sources: https://docs.python.org/3/library/os.html#os.environ, https://docs.python.org/3/library/argparse.html,
/// https://click.palletsprojects.com/options, https://pypi.org/project/python-decouple, https://pypi.org/project/django-environ
enum PythonLanguage: ScriptLanguage {
  static let fallbackOperators: Set<String> = ["or"]
  static let wholeExports: [String] = []

  static func resolve(_ module: String, from file: ScriptFile, in paths: [String: Int]) -> Int? {
    let dots = module.prefix { $0 == "." }.count
    let name = module.dropFirst(dots).split(separator: ".").joined(separator: "/")
    var folders: [String] = []
    if dots > 0 {
      var folder = file.directory[...]
      for _ in 1..<max(dots, 1) { folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? "" }
      folders = [String(folder)]
    } else {
      // The folder of the file that is run is on the path; packages count from a folder above.
      var folder = file.directory
      folders = [folder]
      while let slash = folder.lastIndex(of: "/") {
        folder = String(folder[..<slash])
        folders.append(folder)
      }
      folders.append("")
    }
    for folder in folders {
      let stem = folder.isEmpty ? name : name.isEmpty ? folder : "\(folder)/\(name)"
      for candidate in ["\(stem).py", stem.isEmpty ? "__init__.py" : "\(stem)/__init__.py"] {
        if let found = paths[candidate], candidate != file.path { return found }
      }
    }
    return nil
  }

  static func submodule(_ name: String, of module: String) -> String? {
    module.hasSuffix(".") ? module + name : "\(module).\(name)"
  }

  static func value(of path: [String], place: SourcePlace) -> ScriptValue? {
    if path.count == 3, path[0] == "os", path[1] == "environ" { return .outside(Setter(.variable, path[2], place)) }
    if path.count == 3, path[0] == "sys", path[1] == "argv" { return .outside(Setter(.argument, path[2], place)) }
    if path == ["__file__"] {
      return .text([TextPiece(text: "", place: nil, isSourceFolder: true), TextPiece(text: "/.", place: nil)])
    }
    return nil
  }

  static func value(
    ofCall path: [String], _ arguments: [ScriptArgument], file: Int, place: SourcePlace,
    _ evaluator: inout ScriptEvaluator<PythonLanguage>
  ) -> ScriptValue? {
    func argument(_ position: Int, _ label: String? = nil) -> ScriptValue? {
      if let label, let named = arguments.first(where: { $0.label == label }) {
        return evaluator.value(named.value, in: file)
      }
      let unnamed = arguments.filter { $0.label == nil }
      return unnamed.indices.contains(position) ? evaluator.value(unnamed[position].value, in: file) : nil
    }
    let name = path.joined(separator: ".")
    switch name {
    case "os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop":
      return variable(argument(0), argument(1, "default"), place)
    case "decouple.config": return variable(argument(0), argument(1, "default"), place)
    case "int", "str", "float", "bool", "str.strip", "os.path.abspath", "os.path.realpath", "os.path.expanduser",
      "os.fspath",
      "pathlib.Path", "pathlib.PurePath", "os.path.normpath", "urllib.parse.urlparse":
      return number(argument(0) ?? .unknown(.computed, []), path)
    case "os.path.join", "pathlib.Path.joinpath":
      let parts = arguments.prefix(16).map { evaluator.value($0.value, in: file).pieces }
      return .text(Array(parts.joined(separator: [TextPiece(text: "/", place: nil)])))
    case "os.path.dirname": return argument(0).map { parent($0) }
    case "os.getcwd", "pathlib.Path.cwd": return .text([TextPiece(text: ".", place: nil)])
    default: break
    }
    if path.first == "environ" || path.first == "environs" || path.last == "env" {
      return variable(argument(0), argument(1, "default"), place)
    }
    return nil
  }

  static let transparentMethods: Set<String> = ["resolve", "absolute", "expanduser", "strip", "rstrip", "as_posix"]

  static func member(_ name: String, of value: ScriptValue) -> ScriptValue? {
    guard case .text = value, name == "parent" else { return nil }
    return parent(value)
  }

  private static func variable(_ name: ScriptValue?, _ fallback: ScriptValue?, _ place: SourcePlace) -> ScriptValue {
    let asked = ScriptValue.outside(Setter(.variable, name?.known ?? "", place))
    guard let fallback else { return asked }
    if case .text(let pieces) = fallback, pieces.isEmpty { return asked }
    return asked.or(fallback)
  }

  private static func number(_ value: ScriptValue, _ path: [String]) -> ScriptValue {
    guard path == ["int"], case .text(let pieces) = value, pieces.count == 1, let text = pieces[0].text,
      let number = Int(text)
    else {
      return value
    }
    return .number(number, pieces[0].place, pieces[0].setters)
  }

  /// The folder that holds a path: of the file itself its folder, of anything else one step up.
  static func parent(_ value: ScriptValue) -> ScriptValue {
    guard case .text(var pieces) = value, let last = pieces.last else { return value }
    if last.text == "/.", pieces.count > 1 {
      pieces.removeLast()
    } else {
      pieces.append(TextPiece(text: "/..", place: nil))
    }
    return .text(pieces)
  }

  /// `args.port` of `args = parser.parse_args()`: the default of `add_argument("--port", default=8000)`.
  static func value(ofMade names: [String], file: Int, _ evaluator: inout ScriptEvaluator<PythonLanguage>)
    -> ScriptValue?
  {
    guard names.count > 2, names[names.count - 2] == "()",
      ["parse_args", "parse_known_args"].contains(names[names.count - 3])
    else {
      return nil
    }
    return option(names[names.count - 1], file, &evaluator) { $0.function.path?.last == "add_argument" }
  }

  /// A parameter that click fills: `@click.option("--port", default=8000)`.
  static func value(ofParameter name: String, file: Int, _ evaluator: inout ScriptEvaluator<PythonLanguage>)
    -> ScriptValue?
  {
    option(name, file, &evaluator) { ["option", "Option"].contains($0.function.path?.last ?? "") }
  }

  private static func option(
    _ name: String, _ file: Int, _ evaluator: inout ScriptEvaluator<PythonLanguage>, _ isOption: (ScriptCall) -> Bool
  ) -> ScriptValue? {
    for call in evaluator.files[file].calls.prefix(4_000) where isOption(call) {
      let flags = call.arguments.filter { $0.label == nil }.compactMap(\.value.literal)
      let long = flags.first { $0.hasPrefix("--") } ?? flags.first ?? ""
      let plain = String(long.drop { $0 == "-" })
      let underscored = String(plain.map { $0 == "-" ? "_" : $0 })
      guard underscored == name || call.arguments.contains(where: { $0.label == "dest" && $0.value.literal == name })
      else { continue }
      let place = evaluator.files[file].place(call.range)
      let setter = Setter(long.hasPrefix("-") ? .flag : .argument, plain, place)
      guard let fallback = call.arguments.first(where: { $0.label == "default" }) else { return .outside(setter) }
      let value = evaluator.value(fallback.value, in: file)
      if case .text(let pieces) = value, pieces.isEmpty { return .outside(setter) }
      return value.adding([setter])
    }
    return nil
  }
}
