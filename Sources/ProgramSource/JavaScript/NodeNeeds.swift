import SourceText

/// Finds the variables, files and programs that a Node.js program uses.
struct NodeNeeds {
  let findings: ScriptFindings<JavaScriptLanguage>
  typealias Site = ScriptFindings<JavaScriptLanguage>.Site

  // MARK: Variables

  func variables() -> [VariableUse] {
    findings.files.indices.flatMap { file in
      findings.files[file].reads.compactMap { read in variable(read, file) }
    }.sorted { $0.place < $1.place }
  }

  private func variable(_ read: ScriptRead, _ file: Int) -> VariableUse? {
    guard let path = read.expression.path,
      let position = [["process", "env"], ["import", "meta", "env"]].first(where: { path.starts(with: $0) }),
      path.count > position.count
    else { return nil }
    let name = path[position.count]
    let place = findings.files[file].place(read.expression.range)
    let fallback = read.fallback.map { findings.value($0, in: file) }.flatMap { value -> Known<String>? in
      guard let text = value.known else { return nil }
      return .known(text, value.pieces.first?.place ?? place)
    }
    let exit = exit(name, read, file)
    return VariableUse(
      place: place, function: findings.function(at: place.range.start, in: file), call: position.joined(separator: "."),
      name: .known(name, place), fallback: fallback, isFatal: exit == nil ? .no : .yes, exit: exit,
      isAtStart: findings.isAtStart(place.range.start, in: file))
  }

  /// What ends the program when the variable, or the name that holds it, is empty.
  private func exit(_ name: String, _ read: ScriptRead, _ file: Int) -> SourcePlace? {
    let source = findings.files[file]
    var names: Set<String> = [name]
    for binding in source.bindings
    where binding.name.range == read.expression.range || binding.value?.range == read.expression.range {
      names.insert(binding.name.text)
    }
    for one in source.guards {
      if one.condition.contains(read.expression.range) { return source.place(one.exit) }
      let words = JavaScriptScanner.scan(source.source.bytes, in: one.condition).tokens.filter { $0.kind == .name }
        .map { source.source.text($0.range) }
      if words.contains(where: names.contains) { return source.place(one.exit) }
    }
    return nil
  }

  // MARK: Files

  func files() -> [FileUse] {
    findings.sites.compactMap { site in
      guard let (access, argument, isThrown) = rule(site) else { return nil }
      let place = findings.place(site)
      let offset = site.call.range.start
      guard site.call.arguments.indices.contains(argument) else {
        guard site.name == "dotenv.config" else { return nil }
        return use(site, (Traced(.known(".env", place), byFramework: true), false), .read, isFatal: .no)
      }
      let expression = site.call.arguments[argument].value
      var value = findings.value(expression, in: site.file)
      if case .object = value { value = findings.member(["path"], of: value) }
      let around = findings.files[site.file].place(expression.range)
      let path = findings.traced(path: value, around: around)
      return use(site, path, access, isFatal: isThrown ? findings.isFatal(offset, in: site.file) : .no)
    }.sorted { $0.place < $1.place }
  }

  /// What a call does with a path, which argument that is, and whether a failure is thrown at once.
  private func rule(_ site: Site) -> (access: FileUse.Access, argument: Int, isThrown: Bool)? {
    switch site.name {
    case "express.static", "serve-static", "koa-static", "@fastify/static": return (.folder, 0, false)
    case "dotenv.config": return (.read, 0, false)
    case "process.chdir": return (.enter, 0, true)
    case let name where name.hasSuffix(".sendFile"): return (.read, 0, false)
    default: break
    }
    guard ["fs", "fs/promises", "fs-extra", "graceful-fs"].contains(site.path[0]), var name = site.path.last else {
      return nil
    }
    let isSynchronous = name.hasSuffix("Sync")
    if isSynchronous { name.removeLast(4) }
    return NodeRules.files[name].map { ($0, 0, isSynchronous && name != "exists") }
  }

  private func use(
    _ site: Site, _ path: (path: Traced<String>, isBesideSource: Bool), _ access: FileUse.Access, isFatal: Answer
  ) -> FileUse {
    FileUse(
      place: findings.place(site), function: findings.function(at: site.call.range.start, in: site.file),
      call: site.name,
      path: path.path, isPattern: false, access: access, isFatal: isFatal, exit: nil,
      isAtStart: findings.isAtStart(site.call.range.start, in: site.file), isBesideSource: path.isBesideSource)
  }

  // MARK: Programs

  func commands() -> [CommandUse] {
    findings.sites.compactMap { site in
      guard site.path[0] == "child_process" || site.path[0] == "execa", let first = site.call.arguments.first?.value,
        ["exec", "execSync", "spawn", "spawnSync", "execFile", "execFileSync", "execa"].contains(site.path.last ?? "")
      else { return nil }
      let offset = site.call.range.start
      let around = findings.files[site.file].place(first.range)
      var program = findings.value(first, in: site.file).pieces
      // A whole command line: its first word is the program.
      if site.path.last?.hasPrefix("exec") == true, site.path.last?.hasPrefix("execFile") == false {
        program = URLPieces.split(program, at: " ").0
      }
      var arguments: [Known<String>] = []
      if site.call.arguments.count > 1,
        case .list(let elements, let file) = findings.value(site.call.arguments[1].value, in: site.file)
      {
        arguments = elements.map {
          findings.value($0, in: file).pieces.traced(around: findings.files[file].place($0.range)).value
        }
      }
      return CommandUse(
        place: findings.place(site), function: findings.function(at: offset, in: site.file), call: site.name,
        program: program.traced(around: around), arguments: arguments, isFatal: .unknown,
        isAtStart: findings.isAtStart(offset, in: site.file))
    }
  }
}
