import SourceText

/// What finders of all scripting languages share: calls with what they mean, and the surroundings of a place.
struct ScriptFindings<Language: ScriptLanguage> {
  let files: [ScriptFile]
  let paths: [String: Int]

  /// A call with the file it stands in and the names that its function means, import paths put in.
  struct Site {
    var file: Int
    var call: ScriptCall
    var path: [String]
    /// The path joined by dots.
    var name: String { path.joined(separator: ".") }
  }

  let sites: [Site]

  init(_ files: [ScriptFile], _ paths: [String: Int]) {
    self.files = files
    self.paths = paths
    let evaluator = ScriptEvaluator<Language>(files, paths)
    sites = files.indices.flatMap { file in
      files[file].calls.prefix(20_000).compactMap { call in
        (evaluator.qualified(call.function, in: file) ?? call.function.member.map { ["", $0] }).map { path in
          Site(
            file: file, call: call,
            path: path.filter { $0 != "default" }.enumerated().map { position, name in
              position == 0 && name.hasPrefix("node:") ? String(name.dropFirst(5)) : name
            })
        }
      }
    }
  }

  func value(_ expression: ScriptExpression, in file: Int) -> ScriptValue {
    var evaluator = ScriptEvaluator<Language>(files, paths)
    return evaluator.value(expression, in: file)
  }

  func member(_ path: [String], of value: ScriptValue) -> ScriptValue {
    var evaluator = ScriptEvaluator<Language>(files, paths)
    return evaluator.member(path, of: value)
  }

  func place(_ site: Site) -> SourcePlace { files[site.file].place(site.call.range) }

  /// The name of the function around a place; empty at the top of a file.
  func function(at offset: Int, in file: Int) -> String {
    files[file].function(at: offset).map { files[file].functions[$0].name } ?? ""
  }

  /// Whether a place is reached while the program starts: at the top of a file, or in a function that handles no request.
  func isAtStart(_ offset: Int, in file: Int) -> Answer {
    guard let function = files[file].function(at: offset) else { return .yes }
    let first = files[file].functions[function].parameters.first?.name ?? ""
    return ["req", "request", "_req", "ctx", "context", "event", "self", "message"].contains(first) ? .no : .unknown
  }

  /// Whether an error here ends the program: nobody catches it, and it happens at the top of a file.
  func isFatal(_ offset: Int, in file: Int) -> Answer {
    if files[file].tries.contains(where: { $0.contains(offset) }) { return .no }
    return isAtStart(offset, in: file) == .yes ? .yes : .unknown
  }

  /// A path with what it counts from.
  func traced(path value: ScriptValue, around place: SourcePlace) -> (path: Traced<String>, isBesideSource: Bool) {
    var pieces = value.pieces
    let isBeside = pieces.first?.isSourceFolder ?? false
    if isBeside {
      pieces.removeFirst()
      if let first = pieces.first, let text = first.text, text.hasPrefix("/") {
        pieces[0] = first.part(1, text.utf8.count)
      }
      if pieces.count > 1 { pieces.removeAll { $0.text == "" } }
    }
    return (pieces.traced(around: place), isBeside)
  }
}
