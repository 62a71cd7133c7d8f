import SourceText

/// Finds the signals, variables, files, time zones and programs of a Python program.
struct PythonNeeds {
  let findings: ScriptFindings<PythonLanguage>
  let settings: [[PythonSetting]]
  typealias Site = ScriptFindings<PythonLanguage>.Site

  private func function(_ site: Site) -> String { findings.function(at: site.call.range.start, in: site.file) }
  private func isAtStart(_ site: Site) -> Answer { findings.isAtStart(site.call.range.start, in: site.file) }
  private func unnamed(_ site: Site) -> [ScriptExpression] {
    site.call.arguments.filter { $0.label == nil }.map(\.value)
  }

  // MARK: Signals

  /// Source: https://docs.python.org/3/library/signal.html
  func signals() -> [SignalHandler] {
    findings.sites.compactMap { site in
      guard site.name == "signal.signal" || site.path.last == "add_signal_handler" else { return nil }
      let arguments = unnamed(site)
      guard let first = arguments.first else { return nil }
      let name = findings.files[site.file].source.text(first.range).split(separator: ".").last.map(String.init) ?? ""
      let handler = arguments.count > 1 ? arguments[1] : nil
      let text = handler.map { findings.files[site.file].source.text($0.range) } ?? ""
      let how: SignalHandler.How = text.hasSuffix("SIG_IGN") ? .ignored : text.hasSuffix("SIG_DFL") ? .reset : .handled
      return SignalHandler(
        place: findings.place(site), function: function(site), call: site.name, how: how,
        signals: name.hasPrefix("SIG") ? [name] : [],
        isEverySignal: false, hasUnknownSignals: !name.hasPrefix("SIG"), isBuffered: .unknown,
        outcome: how == .handled ? outcome(handler, site) : .unknown)
    }
  }

  private func outcome(_ handler: ScriptExpression?, _ site: Site) -> SignalHandler.Outcome {
    guard let handler else { return .unknown }
    let file = findings.files[site.file]
    let body = file.functions.first { $0.name == handler.path?.last }?.body ?? handler.range
    let inside = findings.sites.filter { $0.file == site.file && body.contains($0.call.range) }
    let drains: Set<String> = ["shutdown", "stop", "close", "graceful_exit"]
    if inside.contains(where: { drains.contains($0.path.last ?? "") }) { return .drains }
    return inside.contains { ["sys.exit", "exit", "os._exit", "quit"].contains($0.name) } ? .exits : .ends
  }

  // MARK: Variables

  func variables() -> [VariableUse] {
    (findings.sites.compactMap { asked($0) } + findings.files.indices.flatMap { subscripts($0) } + fields())
      .sorted { $0.place < $1.place }
  }

  private func asked(_ site: Site) -> VariableUse? {
    let isOptional = ["os.environ.get", "os.getenv", "os.environ.setdefault", "os.environ.pop"].contains(site.name)
    let isRequired =
      site.name == "decouple.config" || ["environ", "environs"].contains(site.path[0]) && unnamed(site).count > 0
    guard isOptional || isRequired, site.path.last != "read_env", site.path.last != "Env",
      let first = unnamed(site).first
    else { return nil }
    let place = findings.place(site)
    let name = findings.value(first, in: site.file).pieces.traced(around: findings.files[site.file].place(first.range))
      .value
    let second = site.call.arguments.first { $0.label == "default" }?.value ?? unnamed(site).dropFirst().first
    let read = findings.files[site.file].reads.first { $0.expression.range == site.call.range }?.fallback
    let fallback = (second ?? read).flatMap { known($0, site.file) }
    let exit = exit(name.value, site.call.range, site.file)
    let isFatal: Answer =
      exit != nil ? .yes : isRequired && second == nil ? findings.isFatal(site.call.range.start, in: site.file) : .no
    return VariableUse(
      place: place, function: function(site), call: site.name, name: name, fallback: fallback, isFatal: isFatal,
      exit: exit,
      isAtStart: isAtStart(site))
  }

  private func known(_ expression: ScriptExpression, _ file: Int) -> Known<String>? {
    let value = findings.value(expression, in: file)
    guard let text = value.known, !value.pieces.isEmpty else { return nil }
    return .known(text, value.pieces.first?.place ?? findings.files[file].place(expression.range))
  }

  /// `os.environ["KEY"]` fails where the variable is not set.
  private func subscripts(_ file: Int) -> [VariableUse] {
    findings.files[file].reads.compactMap { read in
      guard case .index(let base, let key) = read.expression.kind, base.path?.last == "environ", let name = key.literal
      else { return nil }
      let place = findings.files[file].place(read.expression.range)
      return VariableUse(
        place: place, function: findings.function(at: place.range.start, in: file), call: "os.environ",
        name: .known(name, findings.files[file].place(ByteRange(key.range.start + 1, key.range.end - 1))),
        fallback: nil,
        isFatal: findings.isFatal(place.range.start, in: file), exit: nil,
        isAtStart: findings.isAtStart(place.range.start, in: file))
    }
  }

  private func exit(_ name: String?, _ range: ByteRange, _ file: Int) -> SourcePlace? {
    let source = findings.files[file]
    var names: Set<String> = name.map { [$0] } ?? []
    for binding in source.bindings where binding.value?.range.contains(range) ?? false {
      names.insert(binding.name.text)
    }
    for one in source.guards {
      if one.condition.contains(range) { return source.place(one.exit) }
      let words = PythonScanner.scan(source.source.bytes, in: one.condition).tokens.filter { $0.kind == .name }.map {
        source.source.text($0.range)
      }
      if words.contains(where: names.contains) { return source.place(one.exit) }
    }
    return nil
  }

  /// The fields of pydantic's settings: their names in upper case.
  private func fields() -> [VariableUse] {
    findings.files.indices.flatMap { file in
      settings[file].map { field in
        let place = findings.files[file].place(field.name.range)
        return VariableUse(
          place: place, function: "", call: "BaseSettings", name: .known(field.name.text.uppercasedASCII, place),
          fallback: field.fallback.flatMap { known($0, file) }, isFatal: field.fallback == nil ? .yes : .no, exit: nil,
          isAtStart: .unknown)
      }
    }
  }

  // MARK: Files

  func files() -> [FileUse] { findings.sites.compactMap { file($0) }.sorted { $0.place < $1.place } }

  private func file(_ site: Site) -> FileUse? {
    let offset = site.call.range.start
    var access: FileUse.Access
    let expression: ScriptExpression
    if let found = PythonRules.files[site.name] {
      access = found
      guard
        let argument = site.call.arguments.first(where: {
          $0.label.map(["directory", "filename", "path", "dotenv_path"].contains) ?? false
        })?.value ?? unnamed(site).first
      else {
        guard site.path[0] == "dotenv" else { return nil }
        let path = Traced<String>(.known(".env", findings.place(site)), byFramework: true)
        return use(site, path, .read, isFatal: .no, isBesideSource: false)
      }
      expression = argument
    } else if case .member(let base, let member) = site.call.function.kind,
      let found = PythonRules.pathMethods[member.text],
      case .text = findings.value(base, in: site.file)
    {
      (access, expression) = (found, base)
    } else if ["sqlalchemy.create_engine", "sqlmodel.create_engine"].contains(site.name),
      let argument = unnamed(site).first
    {
      return database(argument, site)
    } else {
      return nil
    }
    let modes = site.name == "open" || site.name == "io.open" || site.path.last == "open" ? mode(site) : ""
    if modes.contains(where: { "wax+".contains($0) }) { access = .write }
    let value = findings.value(expression, in: site.file)
    if value.known == ":memory:" { return nil }
    let (path, isBeside) = findings.traced(path: value, around: findings.files[site.file].place(expression.range))
    let isTolerant = access == .exists || access == .folder || site.path[0] == "dotenv"
    let isServed = site.name.hasSuffix("StaticFiles")
    return use(
      site, path, access, isFatal: isTolerant && !isServed ? .no : findings.isFatal(offset, in: site.file),
      isBesideSource: isBeside)
  }

  private func mode(_ site: Site) -> String {
    let isMethod = site.name != "open" && site.name != "io.open"
    let expression =
      site.call.arguments.first { $0.label == "mode" }?.value ?? unnamed(site).dropFirst(isMethod ? 0 : 1).first
    return expression?.literal ?? ""
  }

  /// `sqlite:///app.db`
  private func database(_ argument: ScriptExpression, _ site: Site) -> FileUse? {
    let value = findings.value(argument, in: site.file)
    guard let text = value.known, text.hasPrefix("sqlite"), let mark = text.firstRange(of: ":///"),
      text.utf8.count > text.utf8.distance(from: text.utf8.startIndex, to: mark.upperBound)
    else { return nil }
    let start = text.utf8.distance(from: text.utf8.startIndex, to: mark.upperBound)
    let pieces = PieceText(value.pieces)[start..<text.utf8.count]
    if pieces.first?.text?.hasPrefix(":memory:") ?? true { return nil }
    return use(
      site, pieces.traced(around: findings.files[site.file].place(argument.range)), .write, isFatal: .unknown,
      isBesideSource: false)
  }

  private func use(
    _ site: Site, _ path: Traced<String>, _ access: FileUse.Access, isFatal: Answer, isBesideSource: Bool
  ) -> FileUse {
    FileUse(
      place: findings.place(site), function: function(site), call: site.name, path: path,
      isPattern: site.name == "glob.glob", access: access,
      isFatal: isFatal, exit: nil, isAtStart: isAtStart(site), isBesideSource: isBesideSource)
  }

  // MARK: Zones and programs

  func zones() -> [ZoneUse] {
    findings.sites.compactMap { site in
      guard ["zoneinfo.ZoneInfo", "pytz.timezone", "dateutil.tz.gettz"].contains(site.name),
        let first = unnamed(site).first
      else { return nil }
      let zone = findings.value(first, in: site.file).pieces.traced(
        around: findings.files[site.file].place(first.range))
      return ZoneUse(
        place: findings.place(site), function: function(site), zone: zone,
        isFatal: findings.isFatal(site.call.range.start, in: site.file), isAtStart: isAtStart(site))
    }
  }

  func commands() -> [CommandUse] {
    findings.sites.compactMap { site in
      guard
        site.path[0] == "subprocess"
          && ["run", "Popen", "call", "check_call", "check_output"].contains(site.path.last ?? "")
          || ["os.system", "os.popen", "shutil.which", "asyncio.create_subprocess_exec", "os.execvp"].contains(
            site.name),
        let first = unnamed(site).first
      else { return nil }
      let around = findings.files[site.file].place(first.range)
      var program = findings.value(first, in: site.file).pieces
      var arguments: [Known<String>] = []
      if case .list(let elements, let file) = findings.value(first, in: site.file), let head = elements.first {
        program = findings.value(head, in: file).pieces
        arguments = elements.dropFirst().map {
          findings.value($0, in: file).pieces.traced(around: findings.files[file].place($0.range)).value
        }
      } else {
        program = URLPieces.split(program, at: " ").0
      }
      return CommandUse(
        place: findings.place(site), function: function(site), call: site.name, program: program.traced(around: around),
        arguments: arguments,
        isFatal: findings.isFatal(site.call.range.start, in: site.file), isAtStart: isAtStart(site))
    }
  }
}
