import SourceText

/// Finds the files that a program uses by paths of its source.
struct GoFiles {
  let calls: GoCalls

  func find() -> [FileUse] {
    let found = calls.library.flatMap { call -> [FileUse] in
      if call.name == "database/sql.Open" || call.symbol.library == "github.com/jmoiron/sqlx" {
        return database(call)
      }
      guard let rules = GoFileRule.byLibrary[call.symbol.library] ?? GoFileRule.byLibrary[call.symbol.package] else {
        return []
      }
      return rules.filter { $0.names.contains(call.symbol.name) }.flatMap { uses($0, call) }
    }
    return (found + settingsFile() + logFiles()).sorted { $0.place < $1.place }
  }

  private func uses(_ rule: GoFileRule, _ site: GoLibraryCall) -> [FileUse] {
    let call = site.call
    if call.arguments.isEmpty, let path = rule.byDefault {
      let traced = Traced<String>(.known(path, calls.place(of: call)), byFramework: true)
      return [use(site, traced, rule.access, isPattern: false, panics: rule.panics)]
    }
    return call.arguments.indices.filter(rule.paths.contains).flatMap { position -> [FileUse] in
      var access = rule.access
      if site.symbol.name == "OpenFile", call.arguments.count > 1, opensForWriting(call.arguments[1]) {
        access = .write
      }
      return paths(call.arguments[position], site).compactMap { path in
        path.value.value == "" ? nil : use(site, path, access, isPattern: rule.isPattern, panics: rule.panics)
      }
    }
  }

  private func use(
    _ site: GoLibraryCall, _ path: Traced<String>, _ access: FileUse.Access, isPattern: Bool, panics: Bool
  ) -> FileUse {
    let failure = panics ? (Answer.yes, calls.place(of: site.call)) : calls.failure(of: site.position)
    let isServed = site.name == "net/http.Dir" || access == .folder && failure.0 == .unknown
    return FileUse(
      place: calls.place(of: site.call), function: calls.function(of: site.call), call: site.name,
      path: path,
      isPattern: isPattern, access: access, isFatal: isServed ? .no : failure.0, exit: isServed ? nil : failure.1,
      isAtStart: calls.flow.isAtStart(site.call.code))
  }

  /// The paths that an argument may be: of a list each, of a variable with several values each.
  private func paths(_ argument: GoExpression, _ site: GoLibraryCall) -> [Traced<String>] {
    let place = SourcePlace(calls.index.units[site.unit].file.path, argument.range)
    return calls.values(argument, in: site.call.code).flatMap { value, _ -> [Traced<String>] in
      switch value {
      case .list(let values): values.map { path($0, place) }
      default: [path(value, place)]
      }
    }
  }

  private func path(_ value: GoValue, _ place: SourcePlace) -> Traced<String> {
    var pieces = value.pieces
    for scheme in ["file://", "file:"] {
      if let first = pieces.first, let text = first.text, text.hasPrefix(scheme) {
        pieces[0] = first.part(scheme.utf8.count, text.utf8.count)
        break
      }
    }
    if let last = pieces.indices.last, let text = pieces[last].text,
      let mark = Array(text.utf8).firstIndex(of: UInt8(ascii: "?"))
    {
      if value.pieces.first?.text?.hasPrefix("file:") == true { pieces[last] = pieces[last].part(0, mark) }
    }
    return pieces.traced(around: place)
  }

  private func opensForWriting(_ flags: GoExpression) -> Bool {
    ["O_WRONLY", "O_RDWR", "O_CREATE", "O_APPEND", "O_TRUNC"].contains { calls.flow.mentions(flags, $0) }
  }

  /// `sql.Open("sqlite3", "app.db")`
  private func database(_ site: GoLibraryCall) -> [FileUse] {
    guard site.call.arguments.count > 1 else { return [] }
    var evaluator = GoEvaluator(calls.index, calls.settings)
    let driver = evaluator.value(site.call.arguments[0], unit: site.unit).known ?? ""
    guard GoFileRule.fileDrivers.contains(driver) else { return [] }
    return paths(site.call.arguments[1], site).compactMap { path in
      if let text = path.value.value, text.isEmpty || text.hasPrefix(":memory:") || text.contains("://") { return nil }
      return use(site, path, .write, isPattern: false, panics: false)
    }
  }

  /// viper's name and folders of a settings file: `SetConfigName("config")`, read by `ReadInConfig()`.
  private func settingsFile() -> [FileUse] {
    guard
      let read = calls.library.first(where: {
        $0.symbol.library == "github.com/spf13/viper" && $0.symbol.name == "ReadInConfig"
      })
    else { return [] }
    let names = calls.library.filter {
      $0.symbol.library == "github.com/spf13/viper" && $0.symbol.name == "SetConfigName"
    }
    return names.flatMap { name -> [FileUse] in
      guard let argument = name.call.arguments.first else { return [] }
      return paths(argument, name).map { path in
        var use = use(read, path, .read, isPattern: true, panics: false)
        use.call = "github.com/spf13/viper.SetConfigName"
        return use
      }
    }
  }

  /// `lumberjack.Logger{Filename: "/var/log/app.log"}`
  private func logFiles() -> [FileUse] {
    calls.index.composites.compactMap { site in
      guard let type = site.type.flatMap({ calls.index.typeSymbol($0, unit: site.unit) }), type.name == "Logger",
        type.library.contains("lumberjack"), let code = site.code,
        let file = site.elements.first(where: { $0.key?.name == "Filename" })?.value
      else { return nil }
      var evaluator = GoEvaluator(calls.index, calls.settings)
      let place = calls.index.place(file.range, unit: site.unit)
      let path = evaluator.value(file, unit: site.unit).pieces.traced(around: place)
      return FileUse(
        place: calls.index.place(site.expression.range, unit: site.unit), function: calls.index.codes[code].name,
        call: type.description, path: path, isPattern: false, access: .write, isFatal: .no, exit: nil,
        isAtStart: calls.flow.isAtStart(code))
    }
  }
}
